package suppressed

warn contains {"msg": "Say why", "range": {"start": {"line": s.line, "character": 0}, "end": {"line": s.line, "character": 1}}} if {
	some s in input.suppressions
	s.reason == ""
}

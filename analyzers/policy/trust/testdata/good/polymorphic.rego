package polymorphic

deny contains {"msg": "Not in production", "range": effect.range} if {
	some effect in array.concat(input.sql, input.shell)
	dangerous(effect)
}

dangerous(effect) if effect.verb == "drop"

dangerous(effect) if effect.program == "rm"

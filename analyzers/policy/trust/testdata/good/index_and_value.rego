package index_and_value

warn contains {"msg": sprintf("Request %d has no timeout", [i]), "range": call.range} if {
	some i, call in input.llm_calls
	call.client_known
	not call.has_timeout
}

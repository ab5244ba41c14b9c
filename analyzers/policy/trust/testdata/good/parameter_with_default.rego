package parameter_with_default

default limit := 4000

limit := data.params.parameter_with_default.limit

deny contains {"msg": sprintf("More than %d tokens", [limit]), "range": call.range} if {
	some call in input.llm_calls
	call.max_tokens > limit
}

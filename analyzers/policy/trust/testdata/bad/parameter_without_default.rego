# want: never-fires|deny|
package parameter_without_default

deny contains {"msg": "Too many tokens", "range": call.range} if {
	some call in input.llm_calls
	call.max_tokens > data.params.parameter_without_default.limit
}

# want: type-mismatch|"4000"|
package number_as_text

deny contains {"msg": "Too many tokens", "range": call.range} if {
	some call in input.llm_calls
	call.max_tokens > "4000"
}

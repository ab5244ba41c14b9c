# want: type-mismatch|null|
package null

deny contains {"msg": "Name the model", "range": call.range} if {
	some call in input.llm_calls
	nameless(call)
}

nameless(call) if call.model == null

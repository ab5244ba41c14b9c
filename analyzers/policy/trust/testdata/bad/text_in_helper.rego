# want: no-truth-value|not call.model|
package text_in_helper

deny contains {"msg": "Name the model", "range": call.range} if {
	some call in input.llm_calls
	nameless(call)
}

nameless(call) if not call.model

# want: never-fires|deny|
package contradiction_of_negation

deny contains {"msg": "No streams", "range": call.range} if {
	some call in input.llm_calls
	call.stream
	not call.stream
}

# want: never-fires|deny|
package contradiction_of_bounds

deny contains {"msg": "Too hot", "range": call.range} if {
	some call in input.llm_calls
	call.temperature > 1
	call.temperature < 0.5
}

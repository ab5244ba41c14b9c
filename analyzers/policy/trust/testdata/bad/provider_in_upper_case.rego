# want: enum|"OpenAI"|"openai"
package provider_in_upper_case

deny contains {"msg": "Not that one", "range": call.range} if {
	some call in input.llm_calls
	call.provider == "OpenAI"
}

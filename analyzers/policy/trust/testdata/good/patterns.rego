package patterns

deny contains {"msg": sprintf("%s is no model of ours", [call.model]), "range": call.range} if {
	some call in input.llm_calls
	call.model_known
	not regex.match(`^(gpt-5|claude)-`, call.model)
}

warn contains {"msg": "Which model is asked can't be read", "range": call.range} if {
	some call in input.llm_calls
	not call.model_known
}

package names_of_two_lists

deny contains {"msg": sprintf("%s costs too much", [call.model]), "range": call.range, "related": [{"range": run.range, "msg": "per run"}]} if {
	some call in input.llm_calls
	call.cost_known
	call.est_cost_usd > 0.1
	some run in input.runs
	run.entry == call.ctx.function
}

package cost

deny contains {"msg": sprintf("One run may cost %.2f USD", [run.worst_cost_usd]), "range": run.range} if {
	some run in input.runs
	run.worst_cost_usd > 5
}

deny contains {"msg": "The cost of one run has no bound", "range": run.range} if {
	some run in input.runs
	run.bounded != "yes"
}

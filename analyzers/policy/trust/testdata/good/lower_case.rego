package lower_case

deny contains {"msg": "No drops", "range": stmt.range} if {
	some stmt in input.sql
	contains(lower(stmt.statement), "drop table")
	startswith(stmt.verb, "d")
}

deny contains {"msg": "No internal models", "range": call.range} if {
	some call in input.llm_calls
	lower(call.model) == "internal"
}

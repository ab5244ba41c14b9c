package not_safe

deny contains {"msg": "Deletes need approval", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb in {"delete", "drop", "truncate"}
	not stmt.ctx.approved == "yes"
}

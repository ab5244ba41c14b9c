# want: enum|"false"|"no"
package enum_value_negated

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	not stmt.ctx.production == "false"
}

# want: enum|"prod"|"yes"
package enum_value

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	stmt.ctx.production == "prod"
}

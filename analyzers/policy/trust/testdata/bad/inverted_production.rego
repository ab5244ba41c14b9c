# want: inverted|production|
package inverted_production

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	stmt.ctx.production == "no"
}

# want: unknown-passes|production|
package unknown_passes

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	stmt.ctx.production == "yes"
}

# want: no-truth-value|stmt.ctx.production|
package answer_alone

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
	stmt.ctx.production
}

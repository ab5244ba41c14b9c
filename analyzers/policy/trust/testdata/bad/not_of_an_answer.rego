# want: no-truth-value|not stmt.ctx.approved|
package not_of_an_answer

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
	not stmt.ctx.approved
}

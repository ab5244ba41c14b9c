# want: compile|package|
package params.limits

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

# want: unread-results|block|
package results_beside_deny

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

block contains {"msg": "No drops", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "drop"
}

# want: unread-results|violations|
package results_of_another_name

violations contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

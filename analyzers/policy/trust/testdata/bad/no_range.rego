# want: result-shape|{"msg": "No deletes"}|
package no_range

deny contains {"msg": "No deletes"} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

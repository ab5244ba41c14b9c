# want: never-fires|deny|
package contradiction

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
	stmt.verb == "drop"
}

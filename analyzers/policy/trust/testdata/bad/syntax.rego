# want: parse|}|
package syntax

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb ==
}

# want: enum|"DEL"|
package prefix_of_an_enum

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	startswith(stmt.verb, "DEL")
}

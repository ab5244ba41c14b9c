# want: unknown-field|verbs|verb
package field_of_input

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verbs == "delete"
}

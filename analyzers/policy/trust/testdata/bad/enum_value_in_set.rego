# want: enum|"DROP"|"drop"
package enum_value_in_set

deny contains {"msg": "No deletes", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb in destructive
}

destructive := {"delete", "DROP"}

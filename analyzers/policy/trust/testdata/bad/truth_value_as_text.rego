# want: type-mismatch|"no"|
package truth_value_as_text

deny contains {"msg": "Deletes need WHERE", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
	lacks_where(stmt)
}

lacks_where(stmt) if stmt.has_where == "no"

package otherwise

deny contains {"msg": sprintf("This is %s", [risk(stmt)]), "range": stmt.range} if {
	some stmt in input.sql
	risk(stmt) != "fine"
}

risk(stmt) := "fatal" if {
	stmt.verb == "drop"
} else := "bad" if {
	stmt.verb == "delete"
	not stmt.has_where
} else := "fine"

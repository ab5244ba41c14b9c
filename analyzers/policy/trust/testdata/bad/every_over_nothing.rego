# want: empty-every|every table in stmt.tables {|
package every_over_nothing

deny contains {"msg": "Only our tables", "range": stmt.range} if {
	some stmt in input.sql
	not ours(stmt)
}

ours(stmt) if {
	every table in stmt.tables {
		startswith(table, "agent_")
	}
}

package every_with_count

deny contains {"msg": "Only our tables", "range": stmt.range} if {
	some stmt in input.sql
	not ours(stmt)
}

ours(stmt) if {
	count(stmt.tables) > 0
	every table in stmt.tables {
		startswith(table, "agent_")
	}
}

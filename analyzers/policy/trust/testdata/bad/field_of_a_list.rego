# want: unknown-field|name|
package field_of_a_list

deny contains {"msg": "No users", "range": stmt.range} if {
	some stmt in input.sql
	is_users(stmt)
}

is_users(stmt) if stmt.tables.name == "users"

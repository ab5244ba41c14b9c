# want: never-fires|deny|
package lower_case_of_upper

deny contains {"msg": "No drops", "range": stmt.range} if {
	some stmt in input.sql
	lower(stmt.statement) == "DROP TABLE users"
}

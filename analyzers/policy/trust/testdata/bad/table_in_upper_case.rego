# want: enum|"Users"|"users"
package table_in_upper_case

deny contains {"msg": "Leave the users alone", "range": stmt.range} if {
	some stmt in input.sql
	"Users" in stmt.tables
}

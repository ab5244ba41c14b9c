# want: result-shape|deny|
package deny_without_contains

deny if {
	some stmt in input.sql
	stmt.verb == "delete"
}

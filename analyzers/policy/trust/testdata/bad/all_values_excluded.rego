# want: never-fires|deny|
package all_values_excluded

deny contains {"msg": "No SQL", "range": stmt.range} if {
	some stmt in input.sql
	not stmt.known in {"full", "partial"}
	stmt.known != "none"
}

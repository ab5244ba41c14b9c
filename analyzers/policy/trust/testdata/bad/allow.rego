# want: allow|allow|
package allow

allow if {
	every stmt in input.sql {
		stmt.verb == "select"
	}
}

# want: allow|allow|
package default_true

default allow := true

allow := false if {
	some stmt in input.sql
	stmt.verb == "delete"
}

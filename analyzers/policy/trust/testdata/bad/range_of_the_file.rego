# want: constant-range|{"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}|
package range_of_the_file

deny contains {"msg": "No deletes", "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

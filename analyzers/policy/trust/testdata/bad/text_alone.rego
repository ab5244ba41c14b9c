# want: result-shape|"No deletes"|
package text_alone

deny contains "No deletes" if {
	some stmt in input.sql
	stmt.verb == "delete"
}

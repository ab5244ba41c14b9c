# want: no-message|{"msg": " ", "range": stmt.range}|
package empty_message

deny contains {"msg": " ", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

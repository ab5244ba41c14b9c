# want: never-fires|deny|
package message_for_nothing

deny contains {"msg": message(1), "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

message(2) := "No deletes"

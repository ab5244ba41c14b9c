# want: unknown-field|delete|
package message_without_value

deny contains {"msg": names.delete, "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
}

names := {"drop": "No drops"}

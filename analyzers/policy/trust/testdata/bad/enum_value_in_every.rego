# want: enum|"remove"|"delete"
package enum_value_in_every

deny contains {"msg": "All statements delete", "range": first.range} if {
	some first in input.sql
	every stmt in input.sql {
		stmt.verb == "remove"
	}
}

# want: enum|"true"|"yes"
package enum_value_as_argument

deny contains {"msg": message(stmt.ctx.production), "range": stmt.range} if some stmt in input.sql

message("true") := "No SQL in production"

message("unknown") := "No SQL where it may be production"

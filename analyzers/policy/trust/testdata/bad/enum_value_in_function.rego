# want: enum|"production"|"yes"
package enum_value_in_function

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	risky(stmt.ctx)
}

risky(ctx) if ctx.production == "production"

risky(ctx) if ctx.production == "unknown"

# want: unknown-field|producton|production
package field_in_function

deny contains {"msg": "No SQL in production", "range": stmt.range} if {
	some stmt in input.sql
	risky(stmt.ctx)
}

risky(ctx) if ctx.producton != "no"

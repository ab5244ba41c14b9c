# want: unknown-passes|production|
package unknown_has_no_message

deny contains {"msg": sprintf("SQL %s", [when(stmt.ctx.production)]), "range": stmt.range} if {
	some stmt in input.sql
	stmt.ctx.production != "no"
}

when("yes") := "runs in production"

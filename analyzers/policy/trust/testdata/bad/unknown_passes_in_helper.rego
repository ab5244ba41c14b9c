# want: unknown-passes|approved|
package unknown_passes_in_helper

deny contains {"msg": "Deletes need approval", "range": stmt.range} if {
	some stmt in input.sql
	stmt.verb == "delete"
	unapproved(stmt.ctx)
}

unapproved(ctx) if ctx.approved == "no"

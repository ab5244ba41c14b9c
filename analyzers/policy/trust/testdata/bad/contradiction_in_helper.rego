# want: never-fires|deny|
package contradiction_in_helper

deny contains {"msg": "A bounded loop has no bound", "range": call.range} if {
	some call in input.llm_calls
	call.ctx.loop_depth > 0
	top_level(call.ctx)
}

top_level(ctx) if ctx.loop_depth == 0

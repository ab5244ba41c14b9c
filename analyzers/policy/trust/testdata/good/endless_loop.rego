package endless_loop

deny contains {"msg": "This loop never ends", "range": call.range} if {
	some call in input.llm_calls
	call.ctx.loop_depth > 0
	call.ctx.loop_bounded == "no"
}

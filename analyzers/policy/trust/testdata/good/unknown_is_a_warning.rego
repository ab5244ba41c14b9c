package unknown_is_a_warning

deny contains {"msg": "No commands in production", "range": cmd.range} if {
	some cmd in input.shell
	cmd.ctx.production == "yes"
}

warn contains {"msg": "This command may run in production", "range": cmd.range} if {
	some cmd in input.shell
	cmd.ctx.production == "unknown"
}

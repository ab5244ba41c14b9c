package join

deny contains {"msg": sprintf("%s may run commands", [agent.name]), "range": cmd.range} if {
	some agent in input.agents
	some cmd in input.shell
	agent.name in cmd.ctx.agents
	agent.approval != "yes"
}

package sets_of_names

have contains name if {
	some agent in input.agents
	some name in agent.tools
}

warn contains {"msg": sprintf("No agent has %s", [tool.name]), "range": tool.range} if {
	some tool in input.tools
	not tool.name in have
	count(input.agents) > 0
}

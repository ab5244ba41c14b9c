package counted

deny contains {"msg": sprintf("%s has %d tools", [agent.name, n]), "subject": agent.id} if {
	some agent in input.agents
	n := count(agent.tools)
	n > 10
}

warn contains {"msg": "Many agents in one file", "subject": first.id} if {
	names := {a.name | some a in input.agents}
	count(names) > 5
	first := input.agents[0]
}

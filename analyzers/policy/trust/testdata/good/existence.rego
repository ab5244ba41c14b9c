package existence

deny contains {"msg": "Agents and commands do not go together", "range": agent.range} if {
	some agent in input.agents
	input.shell[_]
	agent.has_budget
	not agent.model_known
}

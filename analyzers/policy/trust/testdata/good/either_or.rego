package either_or

deny contains {"msg": "Not both", "range": agent.range} if {
	some agent in input.agents
	some a in ["delete_user", "drop_table"]
	a in agent.tools
	count({"delete_user", "drop_table"} - {t | some t in agent.tools}) == 0
}

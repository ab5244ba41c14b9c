# want: never-fires|deny|
package count_of_text

deny contains {"msg": "No tools", "range": agent.range} if {
	some agent in input.agents
	count(agent.tools) == 3
	count(agent.tools) > 5
}

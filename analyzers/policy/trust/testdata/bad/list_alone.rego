# want: no-truth-value|tool.agents|
package list_alone

deny contains {"msg": "An agent has it", "range": tool.range} if {
	some tool in input.tools
	has_agents(tool)
}

has_agents(tool) if tool.agents

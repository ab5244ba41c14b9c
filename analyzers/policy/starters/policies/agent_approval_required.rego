# METADATA
# title: Tools that change things need approval
# description: >-
#   A tool that writes, deletes, sends or runs something, and that an agent has, needs the
#   approval of a person for each call: by the framework's setting, in its own code, or by
#   the agent. Where it can't be read it is a warning.
# custom:
#   severity: error
package agent_approval_required

# Names of tools that need no approval.
default exempt_tools := []

exempt_tools := data.params.agent_approval_required.exempt_tools if is_array(data.params.agent_approval_required.exempt_tools)

deny contains result if {
	some tool in risky
	tool.requires_approval == "no"
	result := finding(tool, "without the approval of a person")
}

warn contains result if {
	some tool in risky
	tool.requires_approval == "unknown"
	result := finding(tool, "and whether a person approves it can't be read")
}

# Tools that change something, and that an agent has whose steps nobody approves.
risky contains tool if {
	not input.file.is_test
	some tool in input.tools
	tool.mutating == "yes"
	not tool.name in exempt_tools
	some name in tool.agents
	not name in approving
}

approving contains agent.name if {
	some agent in input.agents
	agent.approval == "yes"
}

finding(tool, how) := {
	"msg": sprintf(
		"The tool %s of %s changes things (%s) %s. %s",
		[tool.name, concat(", ", tool.agents), what(tool.effects), how, remedy(tool.framework)],
	),
	"range": tool.range,
	"subject": tool.id,
}

what(effects) := concat(", ", effects) if count(effects) > 0

what([]) := "by what it is"

# How a framework is told to ask a person before each call of a tool.
settings := {
	"agno": "requires_confirmation=True",
	"ai-sdk": "needsApproval: true",
	"google-adk": "require_confirmation=True",
	"langchain": "HumanInTheLoopMiddleware",
	"openai-agents": "needs_approval=True",
	"pydantic-ai": "requires_approval=True",
}

remedy(framework) := sprintf("Set %s, or ask a person in the tool's code", [setting(framework)]) if {
	settings[framework]
} else := "Ask a person in the tool's code before it does so"

setting(framework) := "needsApproval: true" if {
	framework == "openai-agents"
	input.file.language != "python"
} else := settings[framework]

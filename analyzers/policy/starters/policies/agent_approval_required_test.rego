package agent_approval_required_test

import data.agent_approval_required as policy

here := {"start": {"line": 12, "character": 4}, "end": {"line": 12, "character": 15}}

delete_user := {
	"id": "tool:12",
	"name": "delete_user",
	"framework": "langchain",
	"effects": ["sql:delete"],
	"mutating": "yes",
	"requires_approval": "no",
	"agents": ["support"],
	"range": here,
}

given(change) := {
	"file": {"is_test": false},
	"tools": [object.union(delete_user, change)],
	"agents": [{"name": "support", "approval": "no"}],
}

silent if {
	count(policy.deny) == 0
	count(policy.warn) == 0
}

test_tool_without_approval if {
	some found in policy.deny with input as given({})
	found.range == here
	found.subject == "tool:12"
	startswith(
		found.msg,
		"The tool delete_user of support changes things (sql:delete) without the approval of a person",
	)
	contains(found.msg, "Set HumanInTheLoopMiddleware, or ask a person")
}

test_tool_of_which_little_is_known if {
	some found in policy.deny with input as given({"framework": "", "effects": []})
	contains(found.msg, "changes things (by what it is)")
	endswith(found.msg, "Ask a person in the tool's code before it does so")
}

test_setting_of_the_language if {
	doc := object.union(given({"framework": "openai-agents"}), {"file": {"language": "typescript"}})
	some found in policy.deny with input as doc
	contains(found.msg, "Set needsApproval: true")
}

test_setting_of_python if {
	doc := object.union(given({"framework": "openai-agents"}), {"file": {"language": "python"}})
	some found in policy.deny with input as doc
	contains(found.msg, "Set needs_approval=True")
}

test_unknown_approval_is_a_warning if {
	doc := given({"requires_approval": "unknown"})
	count(policy.deny) == 0 with input as doc
	count(policy.warn) == 1 with input as doc
}

test_approval_of_another_agent if {
	doc := object.union(
		given({"agents": ["support", "batch"]}),
		{"agents": [{"name": "support", "approval": "yes"}]},
	)
	count(policy.deny) == 1 with input as doc
}

test_tool_with_approval if silent with input as given({"requires_approval": "yes"})

test_agent_with_approval if {
	silent with input as object.union(given({}), {"agents": [{"name": "support", "approval": "yes"}]})
}

test_tool_that_only_reads if silent with input as given({"mutating": "no"})

test_tool_of_unknown_effects if silent with input as given({"mutating": "unknown", "requires_approval": "unknown"})

test_tool_that_no_agent_has if silent with input as given({"agents": []})

test_exempt_tool if {
	silent with input as given({}) with data.params.agent_approval_required.exempt_tools as ["delete_user"]
}

test_tool_in_a_test_file if {
	silent with input as object.union(given({}), {"file": {"is_test": true}})
}

package llm_rate_limit_test

import data.llm_rate_limit as policy

here := {"start": {"line": 7, "character": 8}, "end": {"line": 7, "character": 60}}

# A call in a loop over as many elements as there are.
in_loop := {
	"id": "llm:7",
	"has_rate_limit": false,
	"rate_limit_rpm": 0,
	"ctx": {
		"function": "label_all",
		"tool": "",
		"loop_depth": 1,
		"loop_bounded": "unknown",
		"rate_limited": "no",
		"in_test": false,
	},
	"range": here,
}

given(change) := {
	"file": {"is_test": false},
	"runs": [{"entry": "answer", "kind": "handler"}, {"entry": "main", "kind": "main"}],
	"llm_calls": [object.union(in_loop, change)],
}

once(ctx) := given({"ctx": object.union({"loop_depth": 0, "loop_bounded": "yes"}, ctx)})

silent if {
	count(policy.warn) == 0
	count(policy.info) == 0
}

test_call_in_a_loop if {
	some found in policy.warn with input as given({})
	found.range == here
	found.subject == "llm:7"
	startswith(found.msg, "This LLM call runs in a loop, and no rate limit slows it down")
}

test_call_in_a_loop_that_is_bounded_is_told if {
	doc := given({"ctx": {"loop_bounded": "yes"}})
	count(policy.warn) == 0 with input as doc
	count(policy.info) == 1 with input as doc
}

test_conversation_with_a_person_is_told if {
	doc := object.union(given({}), {"calls": [{"callee": "input", "ctx": {"function": "label_all", "loop_depth": 1}}]})
	count(policy.warn) == 0 with input as doc
	count(policy.info) == 1 with input as doc
}

test_loop_with_a_pause_is_told if {
	doc := object.union(given({}), {"calls": [{"callee": "time.sleep", "ctx": {"function": "label_all", "loop_depth": 1}}]})
	count(policy.warn) == 0 with input as doc
	count(policy.info) == 1 with input as doc
}

test_pause_of_an_inner_loop if {
	doc := object.union(given({}), {"calls": [{"callee": "time.sleep", "ctx": {"function": "label_all", "loop_depth": 2}}]})
	count(policy.warn) == 1 with input as doc
}

test_person_in_another_function if {
	doc := object.union(given({}), {"calls": [{"callee": "input", "ctx": {"function": "main", "loop_depth": 1}}]})
	count(policy.warn) == 1 with input as doc
}

test_call_in_a_tool if {
	some found in policy.warn with input as once({"tool": "summarize"})
	contains(found.msg, "each time an agent uses the tool summarize")
}

test_call_in_a_handler if {
	some found in policy.warn with input as once({"function": "answer"})
	contains(found.msg, "each time answer is called from outside")
}

test_unknown_limiter_is_none if {
	count(policy.warn) == 1 with input as given({"ctx": {"rate_limited": "unknown"}})
}

test_call_that_runs_once if silent with input as once({"function": "main"})

test_call_behind_a_limiter if silent with input as given({"ctx": {"rate_limited": "yes"}})

test_client_with_a_limiter if silent with input as given({"has_rate_limit": true})

test_call_in_a_test if silent with input as given({"ctx": {"in_test": true}})

test_call_in_a_test_file if {
	silent with input as object.union(given({}), {"file": {"is_test": true}})
}

test_handlers_are_a_parameter if {
	silent with input as once({"function": "answer"}) with data.params.llm_rate_limit.handlers as []
}

test_limiter_that_lets_too_much_through if {
	some found in policy.warn with input as given({"has_rate_limit": true, "rate_limit_rpm": 600})
		with data.params.llm_rate_limit.max_requests_per_minute as 60
	contains(found.msg, "lets 600 requests per minute through; the limit is 60")
}

test_limiter_within_the_limit if {
	silent with input as given({"has_rate_limit": true, "rate_limit_rpm": 60})
		with data.params.llm_rate_limit.max_requests_per_minute as 60
}

test_limiter_that_is_not_known if {
	some found in policy.warn with input as given({"ctx": {"rate_limited": "yes"}})
		with data.params.llm_rate_limit.max_requests_per_minute as 60
	contains(found.msg, "is not known; the limit is 60")
}

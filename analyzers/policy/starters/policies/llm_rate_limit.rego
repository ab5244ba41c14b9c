# METADATA
# title: LLM calls that repeat need a rate limit
# description: >-
#   A call of a language model in a loop, in a tool that an agent calls, or in a handler that
#   anybody can call repeats as often as others decide. It needs a limiter. Source code shows
#   that a limiter is there, not how often the program really asks.
# custom:
#   severity: warning
package llm_rate_limit

# The most requests per minute that a limiter may let through; 0 accepts every limiter.
default max_requests_per_minute := 0

max_requests_per_minute := data.params.llm_rate_limit.max_requests_per_minute if is_number(data.params.llm_rate_limit.max_requests_per_minute)

# Which kinds of entry points count as handlers: kind in input.runs.
default handlers := ["handler", "task"]

handlers := data.params.llm_rate_limit.handlers if is_array(data.params.llm_rate_limit.handlers)

warn contains result if {
	some call in unlimited
	where := repeats(call.ctx)
	result := {
		"msg": sprintf(
			"This LLM call %s, and no rate limit slows it down. Wait for a limiter before it, or give its client one",
			[where],
		),
		"range": call.range,
		"subject": call.id,
	}
}

# A loop that is known to end, that pauses, or in which a person is asked is worth a look, not a warning.
info contains result if {
	some call in unlimited
	not repeats(call.ctx)
	call.ctx.loop_depth > 0
	result := {
		"msg": "This LLM call runs in a loop without a rate limit. A known number of rounds, a pause or a person who is asked slows it down; add a limiter if that is not enough",
		"range": call.range,
		"subject": call.id,
	}
}

warn contains result if {
	max_requests_per_minute > 0
	some call in calls
	limited(call)
	call.rate_limit_rpm > max_requests_per_minute
	result := {
		"msg": sprintf(
			"The limiter of this LLM call lets %v requests per minute through; the limit is %v. Lower it",
			[call.rate_limit_rpm, max_requests_per_minute],
		),
		"range": call.range,
		"subject": call.id,
	}
}

warn contains result if {
	max_requests_per_minute > 0
	some call in calls
	limited(call)
	call.rate_limit_rpm == 0
	result := {
		"msg": sprintf(
			"How many requests per minute the limiter of this LLM call lets through is not known; the limit is %v. Write the number where the limiter is made",
			[max_requests_per_minute],
		),
		"range": call.range,
		"subject": call.id,
	}
}

calls contains call if {
	not input.file.is_test
	some call in input.llm_calls
	not call.ctx.in_test
}

# Unknown counts as unlimited.
unlimited contains call if {
	some call in calls
	not limited(call)
}

limited(call) if call.has_rate_limit

limited(call) if call.ctx.rate_limited == "yes"

# Whether a person decides in a loop of the function when the next round begins.
paced(ctx) if {
	some other in input.calls
	other.ctx.function == ctx.function
	other.ctx.loop_depth > 0
	regex.match(`(^|\.)(input|confirm|prompt|question|readline|\w*user_input|get_input|(input|confirm)_with_\w+)$`, other.callee)
}

# Whether the loop pauses.
paced(ctx) if {
	some other in input.calls
	other.callee in {"time.sleep", "asyncio.sleep", "anyio.sleep", "trio.sleep", "timers/promises.setTimeout"}
	other.ctx.function == ctx.function
	other.ctx.loop_depth == ctx.loop_depth
}

# How the call repeats; the first that holds. Undefined when nothing repeats it without a bound.
repeats(ctx) := "runs in a loop" if {
	ctx.loop_depth > 0
	ctx.loop_bounded != "yes"
	not paced(ctx)
} else := sprintf("runs each time an agent uses the tool %s", [ctx.tool]) if {
	ctx.tool != ""
} else := sprintf("runs each time %s is called from outside", [ctx.function]) if {
	some run in input.runs
	run.kind in handlers
	run.entry == ctx.function
}

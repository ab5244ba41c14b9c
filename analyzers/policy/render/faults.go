package render

import "github.com/qodacode/qodacode/analyzers/policy/intent"

// fault is one way to break a policy.
type fault struct {
	rule     string // deny, warn
	severity string // "" for that of the package
	body     []string
	// open are the lines of body that hold too where it cannot be read what is done, and
	// openName those where it is the name that cannot be read.
	open, openName []string
	message        string // of sprintf when there are args, else a text
	args           []string
}

// faults are the ways to break the policy of an intent.
func faults(in intent.Intent) []fault {
	v := views[in.Subject]
	switch in.Mode {
	case intent.Require:
		return missing(in)
	case intent.Limited:
		return exceeded(in)
	}
	shown := v.shown
	if v.bind != nil && len(in.Names) > 0 {
		shown = v.name
	}
	return []fault{{rule: "deny", message: literal(banned(in)) + ": %s. " + literal(remedy(in)), args: []string{shown}}}
}

// missing are the faults of Require.
func missing(in intent.Intent) []fault {
	shown := views[in.Subject].shown
	deny := func(remedy string, body ...string) fault {
		f := fault{rule: "deny", body: body, open: body, openName: body, message: literal(needed(in)) + ". " + literal(remedy)}
		if in.Subject != intent.LLM {
			f.message, f.args = literal(needed(in))+": %s. "+literal(remedy), []string{shown}
		}
		return f
	}
	warn := func(severity, text string, body ...string) fault {
		return fault{rule: "warn", severity: severity, body: body, message: literal(needed(in)) + ". " + literal(text)}
	}
	// What is not seen on the call may be among settings that cannot be read.
	unset := func(has, readable, remedy string) []fault {
		f := deny(remedy, "not "+has, readable)
		f.open, f.openName = f.body[:1], f.body[:1]
		return []fault{f, warn("warning", "Its settings cannot be read here: write them where it is made", "not "+has, "not "+readable)}
	}
	v := views[in.Subject].v
	switch in.Need {
	case intent.Approval:
		line := guards[intent.WithApproval].off
		if g, ok := special[in.Subject][intent.WithApproval]; ok {
			line = g.off
		}
		return []fault{deny("Ask a person to approve it before it runs", onVar(line, v))}
	case intent.RateLimit:
		line := guards[intent.WithRateLimit].off
		if g, ok := special[in.Subject][intent.WithRateLimit]; ok {
			line = g.off
		}
		return []fault{deny("Put a rate limiter around the call", onVar(line, v))}
	case intent.MaxTokens:
		return unset("call.has_max_tokens", "call.settings_known", "Set max_tokens, or what the library calls it")
	case intent.Timeout:
		return unset("call.has_timeout", "call.client_known", "Set a timeout on the call or its client")
	case intent.Retries:
		return unset("call.has_max_retries", "call.client_known", "Set max_retries on the call or its client")
	case intent.Where:
		f := deny("Add WHERE, so that it reaches only the rows that are meant", "not statement.has_where", `statement.known == "full"`)
		f.open = nil // of what cannot be read no WHERE is known
		f.openName = []string{"not statement.has_where"}
		return []fault{f, warn("warning", "Part of the statement cannot be read: write WHERE where it is executed", "not statement.has_where", `statement.known != "full"`)}
	case intent.HTTPS:
		f := deny("Use https", `request.scheme in {"http", "ws"}`, "not local(request.host)")
		f.openName = nil // where the host cannot be read, the scheme cannot either
		if len(in.Names) > 0 {
			f.body = f.body[:1] // the names say whether the own machine is meant
			return []fault{f}
		}
		return []fault{f, warn("info", "The scheme cannot be read: write it as a constant", `request.scheme == ""`)}
	case intent.MaxSteps:
		return []fault{deny("Set the most steps of one run, as its framework calls it", "not agent.has_max_steps")}
	case intent.Budget:
		if in.Subject == intent.Run {
			return []fault{
				deny("Bound the loops and the steps of its agents", `run.bounded == "no"`),
				warn("warning", "Whether its cost has a bound cannot be read from the code", `run.bounded == "unknown"`),
			}
		}
		return []fault{deny("Set a budget for one run", "not agent.has_budget")}
	case intent.Description:
		if len(in.Operations) > 0 { // what a tool does is only known of a function of this file
			return []fault{deny("Tell the model in a description what the tool does", `tool.description == ""`)}
		}
		return []fault{
			deny("Tell the model in a description what the tool does", `tool.description == ""`, `tool.function != ""`),
			warn("info", "Its description cannot be read from this file", `tool.description == ""`, `tool.function == ""`),
		}
	}
	return nil
}

// bound is how a quantity is read from the facts.
type bound struct {
	value string // expression
	// has is the line that holds when it is set; "" when it need not be.
	has string
	// required is whether it must be set; else what is not set is told at the severity info.
	required bool
	// readable is the line that holds when the settings that may have it can be read; "": they always can.
	readable string
	// unknown is the line that holds when its value cannot be read; "" for none.
	unknown string
	remedy  string
}

var bounds = map[intent.Subject]map[intent.Quantity]bound{
	intent.LLM: {
		intent.PerMinute: {value: "call.rate_limit_rpm", has: "call.has_rate_limit", required: true, unknown: "call.rate_limit_rpm == 0",
			remedy: "Put a rate limiter around the call, with a constant for its limit"},
		intent.Tokens: {value: "call.max_tokens", has: "call.has_max_tokens", required: true, readable: "call.settings_known", unknown: "call.max_tokens == 0",
			remedy: "Set max_tokens, or what the library calls it, to a constant"},
		intent.Seconds: {value: "call.timeout_seconds", has: "call.has_timeout", required: true, readable: "call.client_known", unknown: "call.timeout_seconds == 0",
			remedy: "Set a timeout on the call or its client, as a constant"},
		intent.RetryCount:  {value: "call.max_retries", has: "call.has_max_retries", remedy: "Set max_retries on the call or its client"},
		intent.Temperature: {value: "call.temperature", has: "call.has_temperature", remedy: "Set the temperature on the call"},
		intent.USDPerCall: {value: "max([call.est_cost_usd, call.worst_cost_usd])", has: "call.cost_known",
			remedy: "Bound the output with max_tokens, shorten the input, or use a cheaper model"},
	},
	intent.Agent: {
		intent.Steps: {value: "agent.max_steps", has: "agent.has_max_steps", required: true,
			remedy: "Set the most steps of one run to a constant, as its framework calls it"},
		intent.USDPerRun: {value: "agent.budget_usd", has: "agent.has_budget", required: true, unknown: "agent.budget_usd == 0",
			remedy: "Set a budget for one run"},
		intent.ToolCount: {value: "count(agent.tools)", remedy: "Share the tools among several agents"},
	},
	intent.Run: {
		intent.USDPerRun: {value: "max([run.cost_usd, run.worst_cost_usd])", has: "run.cost_known",
			remedy: "Bound the loops, the steps and the output of its calls, or use a cheaper model"},
	},
}

// exceeded are the faults of Limit.
func exceeded(in intent.Intent) []fault {
	b := bounds[in.Subject][in.Limit.Quantity]
	what, most := quantityWords[in.Limit.Quantity].name, amount(in.Limit)
	if in.Subject == intent.Agent && in.Limit.Quantity == intent.USDPerRun {
		what = "the budget"
	}
	value := "%v"
	if in.Limit.Quantity == intent.USDPerRun || in.Limit.Quantity == intent.USDPerCall {
		value = "$%v"
	}
	remedy := literal(b.remedy)
	all := []fault{{rule: "deny", body: []string{b.value + " > maximum"},
		message: literal(capital(what)) + " is " + value + ", and must be at most " + literal(most) + ". " + remedy, args: []string{b.value}}}
	if b.required {
		body := []string{"not " + b.has}
		if b.readable != "" {
			body = append(body, b.readable)
			all = append(all, fault{rule: "warn", severity: "warning", body: []string{"not " + b.has, "not " + b.readable},
				message: literal("Settings that cannot be read: "+what+" must be at most "+most+". ") + remedy})
		}
		all = append(all, fault{rule: "deny", body: body,
			message: literal(capital(one(in))+" without a limit: "+what+" must be at most "+most+". ") + remedy})
	}
	if b.unknown != "" {
		all = append(all, fault{rule: "warn", severity: "warning", body: []string{b.has, b.unknown},
			message: literal("A limit that cannot be read: "+what+" must be at most "+most+". ") + remedy})
	}
	if b.has != "" && !b.required {
		severity := "info"
		if in.Subject == intent.Run || in.Limit.Quantity == intent.USDPerCall {
			severity = "warning"
		}
		all = append(all, fault{rule: "warn", severity: severity, body: []string{"not " + b.has},
			message: literal(capital(what)+" cannot be read here, and must be at most "+most+". ") + remedy})
	}
	if in.Subject == intent.Run {
		all = append(all,
			fault{rule: "deny", body: []string{`run.bounded == "no"`}, message: literal("A run whose cost has no bound: it must be at most "+most+". ") + remedy},
			fault{rule: "warn", severity: "warning", body: []string{`run.bounded == "unknown"`, "run.cost_known"},
				message: literal("A run whose cost may have no bound: it must be at most "+most+". ") + remedy})
	}
	return all
}

package phrase

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// limiting reads the number of a limit, and what it bounds.
func (c *clause) limiting(in *intent.Intent) *Refusal {
	if len(c.numbers) == 0 {
		if in.Mode == intent.Limited && c.units["rate"] && len(c.units) == 1 && len(c.needs) == 0 { // "limit the rate of LLM calls"
			in.Mode, in.Need = intent.Require, intent.RateLimit
			return nil
		}
		if in.Mode == intent.Limited {
			return refused("it does not say how much is allowed: add a number with its unit, as 60 per minute, 4000 tokens, 30 seconds, 20 steps or $5 per run")
		}
		return nil
	}
	if len(c.numbers) > 1 {
		return refused("it has two numbers: write one comment for each limit")
	}
	if in.Mode == intent.Require { // "a rate limit of 60 per minute"
		if in.Need != "" && !bounded[string(in.Need)] {
			return refused("a number does not go with what is required")
		}
		in.Mode, in.Need = intent.Limited, ""
	}
	if in.Mode != intent.Limited {
		return refused("it forbids a number: say \"at most\" with the number that is allowed")
	}
	max := c.numbers[0].it
	needs := func(n string) bool {
		return slices.ContainsFunc(c.needs, func(x scoped[string]) bool { return x.it == n })
	}
	has := func(u string) bool { return c.units[u] }
	cost := has("cost")
	money := has("usd") || has("cent")
	var found []intent.Quantity
	add := func(q intent.Quantity, ok bool) {
		if ok && !slices.Contains(found, q) {
			found = append(found, q)
		}
	}
	rate := has("rpm") || has("rps") || has("rph")
	add(intent.PerMinute, rate)
	seconds := has("second") || has("millisecond") || has("minute")
	add(intent.Seconds, seconds && !rate)
	add(intent.Tokens, has("token") || needs("max_tokens"))
	add(intent.RetryCount, has("retry") || needs("max_retries"))
	add(intent.Steps, has("step") || needs("max_steps"))
	add(intent.Temperature, has("temperature"))
	if money || cost || needs("budget") {
		if !money {
			return refused("it does not say what the number of the cost counts: add dollars")
		}
		perCall := has("per call") || in.Subject == intent.LLM && !has("per run")
		if perCall && !has("per call") && !c.each() {
			return refused("it does not say whether that is the cost of one call or of all: add \"per call\" or \"per run\"")
		}
		add(intent.USDPerCall, perCall)
		add(intent.USDPerRun, !perCall)
	}
	add(intent.ToolCount, len(found) == 0 && in.Subject == intent.Tool || len(found) == 0 && in.Subject == intent.Agent && c.mentions(intent.Tool))
	switch {
	case len(found) == 0:
		return refused("it does not say what the number counts: add its unit, as 60 per minute, 4000 tokens, 30 seconds, 20 steps or $5 per run")
	case len(found) > 1:
		return refused("it limits several things at once: write one comment for each")
	case rate && needs("timeout"), has("usd") && has("cent"):
		return refused("the unit can be read in two ways: write one")
	case needs("timeout") && found[0] != intent.Seconds, has("time") && found[0] != intent.Seconds && found[0] != intent.Steps, needs("rate_limit") && found[0] != intent.PerMinute, has("rate") && found[0] != intent.PerMinute:
		return refused("the number does not have the unit of what it bounds")
	case has("usd") && has("token"), has("per run") && found[0] != intent.USDPerRun, has("per call") && found[0] != intent.USDPerCall && found[0] != intent.Tokens && found[0] != intent.RetryCount && found[0] != intent.Seconds:
		return refused("per run and per call are for costs: say for instance at most $5 per run")
	}
	if bad := c.quantified(in, found[0]); bad != nil {
		return bad
	}
	switch {
	case has("rps"):
		max *= 60
	case has("rph"):
		max /= 60
	case has("cent"):
		max /= 100
	case found[0] == intent.Seconds && has("minute"):
		max *= 60
	case found[0] == intent.Seconds && has("millisecond"):
		max /= 1000
	}
	in.Limit = intent.Limit{Quantity: found[0], Max: max}
	return nil
}

// each reports whether the clause speaks of calls one by one.
func (c *clause) each() bool {
	return slices.ContainsFunc(c.items, func(it item) bool {
		first, _, _ := strings.Cut(plain(it.text), " ")
		switch first {
		case "each", "every", "any", "no", "a", "single", "one", "cada", "toda", "cualquier", "ninguna", "una":
			return true
		}
		return false
	})
}

// quantified sets the subject that has the quantity, where the sentence's own agrees.
func (c *clause) quantified(in *intent.Intent, q intent.Quantity) *Refusal {
	switch q {
	case intent.USDPerRun:
		if in.Subject == intent.LLM {
			in.Subject = intent.Run
		}
	case intent.USDPerCall:
		if in.Subject == intent.Run {
			in.Subject = intent.LLM
		}
	case intent.ToolCount, intent.Steps:
		if in.Subject == intent.Tool && (len(in.Names) > 0 || len(in.Operations) > 0) {
			return refused("only the number of all tools of an agent can be limited")
		}
		if in.Subject == intent.Tool || in.Subject == intent.Run {
			in.Subject = intent.Agent
		}
		in.When = slices.DeleteFunc(in.When, func(c intent.Condition) bool { return c == intent.InTool })
	}
	if rules, _ := intent.RulesOf(in.Subject); !slices.Contains(rules.Limits, q) {
		return refused("for " + things[in.Subject] + " this cannot be read from the code")
	}
	return nil
}

// mentions reports whether a subject is named anywhere.
func (c *clause) mentions(s intent.Subject) bool {
	return slices.ContainsFunc(c.subjects, func(x scoped[string]) bool { return x.it == string(s) })
}

package phrase

import (
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// assemble makes the intent of a clause.
func (c *clause) assemble() (intent.Intent, *Refusal) {
	in := intent.Intent{Version: intent.Version}
	mode, bad := c.mode()
	if bad != nil {
		return in, bad
	}
	in.Mode = mode
	toolDoes := false
	if in.Subject, toolDoes, bad = c.subject(); bad != nil {
		return in, bad
	}
	if toolDoes {
		in.When = append(in.When, intent.InTool)
	}
	steps := []func(*intent.Intent) *Refusal{c.conditions, c.what, c.naming, c.needing, c.limiting, c.restricting, c.widening}
	for _, step := range steps {
		if bad := step(&in); bad != nil {
			return in, bad
		}
	}
	in = in.Canonical()
	if err := in.Validate(); err != nil {
		return in, refused("it is understood as a demand that is not possible: " + err.Error())
	}
	return in, nil
}

// conditions puts the conditions where their prepositions say.
func (c *clause) conditions(in *intent.Intent) *Refusal {
	conds := slices.Clone(c.conds)
	for _, x := range c.subjects {
		if x.it == string(intent.Tool) && x.scope != filler {
			conds = append(conds, scoped[intent.Condition]{intent.InTool, x.scope, x.at})
		}
	}
	for _, x := range conds {
		switch x.scope {
		case filler, when:
			in.When = append(in.When, x.it)
		case except, outside:
			in.Unless = append(in.Unless, x.it)
		case without:
			if x.it != intent.Interpolated && x.it != intent.ViaShell {
				return refused("\"without\" is for an approval, or for what must be there")
			}
			return refused("say what must not be there, without a second negation")
		default:
			return refused("it does not say when that is")
		}
	}
	if in.Mode == intent.Only && len(in.Unless) > 0 && len(c.names) == 0 {
		// "only outside production" is never in production.
		if len(in.When) > 0 || len(in.Unless) > 1 {
			return refused("it has two conditions: write one comment for each")
		}
		if c.scopeOf(in.Unless[0]) == except {
			return refused(twoModes)
		}
		in.Mode, in.When, in.Unless = intent.Forbid, in.Unless, nil
	}
	return nil
}

func (c *clause) scopeOf(cond intent.Condition) kind {
	for _, x := range c.conds {
		if x.it == cond {
			return x.scope
		}
	}
	return filler
}

// what finds the operations.
func (c *clause) what(in *intent.Intent) *Refusal {
	for _, x := range slices.Concat(c.subjects, c.weak) {
		if x.scope == without || x.scope == except {
			if x.scope == except && c.nameAfter(x.at) {
				continue
			}
			return refused("an exception can be a place, a condition or names, and not something that is done")
		}
		if x.scope == outside && !c.nameAfter(x.at) && x.it != string(intent.Tool) {
			return refused("it does not say outside of which")
		}
	}
	ops, bad := c.operations(in.Subject)
	if bad != nil {
		return bad
	}
	in.Operations = ops
	if in.Subject == intent.Tool {
		effects, bad := c.effects()
		if bad != nil {
			return bad
		}
		in.Operations = append(in.Operations, effects...)
	}
	return nil
}

// nameAfter reports whether a name is the next part of content.
func (c *clause) nameAfter(at int) bool {
	it, _, ok := c.next(at)
	return ok && it.name != nil
}

// naming puts the names where they belong: into what is forbidden, or into what alone is allowed.
func (c *clause) naming(in *intent.Intent) *Refusal {
	outer := 0
	for _, n := range c.names {
		if !n.it.fits(in.Subject) {
			return refused(fmt.Sprintf("%q does not look like one of %s: put a name in backticks, or write one comment for each demand", n.it.text, things[in.Subject]))
		}
		switch n.scope {
		case except, outside:
			outer++
		case without, before:
			return refused("a name cannot stand behind \"without\"")
		}
		in.Names = append(in.Names, n.it.as(in.Subject))
	}
	for _, n := range c.names {
		if n.scope == except && slices.ContainsFunc(c.conds, func(x scoped[intent.Condition]) bool { return x.scope == when && x.at > n.at }) {
			return refused("the condition may belong to the exception or to the ban: begin with the condition, as in \"In production, no HTTP requests except api.example.com\"")
		}
	}
	if in.Mode == intent.Only && in.Subject == intent.HTTP && len(in.Operations) > 0 && len(in.Names) > 0 {
		return refused("\"only\" may be about the method or about the host: say for instance \"No POST requests to api.example.com\", or leave the method out")
	}
	switch {
	case outer == 0:
	case outer < len(c.names):
		return refused("it names what is forbidden and what is allowed at once: write one comment for each")
	case in.Mode != intent.Forbid:
		return refused("exceptions by name are for what is forbidden: say for instance \"No HTTP requests except api.example.com\"")
	default:
		in.Mode = intent.Only
	}
	return nil
}

// needing reads what is needed, and what lifts a ban.
func (c *clause) needing(in *intent.Intent) *Refusal {
	for _, n := range c.needs {
		lifts := n.scope == without || n.scope == except || n.scope == before
		isWith := n.scope == when
		switch {
		case n.it == "http_plain":
			if in.Mode != intent.Forbid || n.scope != filler {
				return refused("it does not say whether plain HTTP is forbidden")
			}
			in.Mode, in.Need = intent.Require, intent.HTTPS
		case in.Mode == intent.Limited:
			if lifts && n.it == "approval" {
				in.Unless = append(in.Unless, intent.WithApproval)
			} else if lifts || !bounded[n.it] {
				return refused("it limits and demands at once: write one comment for each")
			}
		case n.it == "approval" && lifts && in.Mode != intent.Only:
			if in.Mode == intent.Require && in.Need == "" && len(c.needs) == 1 {
				return refused(twoNegations)
			}
			in.Unless = append(in.Unless, intent.WithApproval)
		case in.Mode == intent.Forbid && lifts && in.Need == "":
			if n.it == "rate_limit" && in.Subject != intent.LLM && in.Subject != intent.HTTP && in.Subject != intent.Call {
				in.Unless = append(in.Unless, intent.WithRateLimit)
				continue
			}
			in.Mode, in.Need = intent.Require, intent.Need(n.it)
		case in.Mode == intent.Forbid:
			return refused("it forbids what is usually required: say what must be there, or what must not be there without it")
		case in.Mode == intent.Only && isWith && in.Need == "":
			if len(c.names) > 0 && n.it != "approval" {
				return refused("it names what is allowed and demands something at once: write one comment for each")
			}
			if n.it == "approval" {
				if len(c.names) > 0 && !c.onlyBefore(n.at) {
					return refused("it can be read in two ways: say what is forbidden without approval")
				}
				in.Mode, in.Unless = intent.Forbid, append(in.Unless, intent.WithApproval)
			} else {
				in.Mode, in.Need = intent.Require, intent.Need(n.it)
			}
		case in.Mode == intent.Require && !lifts && in.Need == "":
			in.Need = intent.Need(n.it)
		default:
			return refused("it asks for several things at once: write one comment for each")
		}
	}
	if c.persons && !slices.ContainsFunc(c.needs, func(n scoped[string]) bool { return n.it == "approval" }) {
		return refused("who does it cannot be seen in the code, only whether a person approves it: say \"without approval\"")
	}
	if in.Mode != intent.Limited && len(c.numbers) == 0 {
		for u := range c.units {
			if u != "per call" && u != "per agent" && !(u == "rate" && in.Need == intent.RateLimit) {
				return refused("it speaks of an amount without a number: say at most how much, with its unit")
			}
		}
	}
	if in.Mode == intent.Require && in.Need == "" && len(c.numbers) == 0 {
		return refused("it does not say what is required: approval, a rate limit, max_tokens, a timeout, retries, WHERE, a limit of steps, a budget, a description or https")
	}
	return nil
}

// bounded are the needs that a limit may name: "a timeout of at most 30 s".
var bounded = map[string]bool{"rate_limit": true, "max_tokens": true, "timeout": true, "max_retries": true, "max_steps": true, "budget": true}

// onlyBefore reports whether "only" stands right before the item at i, but for words without meaning.
func (c *clause) onlyBefore(i int) bool {
	for _, only := range c.modes[onlyWord] {
		plain := only < i
		for j := only + 1; j < i && plain; j++ {
			it := c.items[j]
			plain = !it.content() || it.name == nil && it.number == nil && (it.kind == when || it.kind == allow || it.kind == soft || it.kind == person || it.kind == outside)
		}
		if plain {
			return true
		}
	}
	return false
}

// restricting reads "only" that is about conditions: "only in tests".
func (c *clause) restricting(in *intent.Intent) *Refusal {
	if in.Mode != intent.Only {
		return nil
	}
	bound := slices.ContainsFunc(c.conds, func(x scoped[intent.Condition]) bool { return c.onlyBefore(x.at) }) ||
		slices.ContainsFunc(c.subjects, func(x scoped[string]) bool { return x.it == "tool" && x.scope == when && c.onlyBefore(x.at) })
	switch {
	case len(in.Names) > 0 && !bound:
		return nil
	case len(in.When) == 1 && len(in.Unless) == 0:
		in.Mode, in.Unless, in.When = intent.Forbid, in.When, nil
		return nil
	case len(in.When) > 1:
		return refused("\"only\" is about several conditions: write one comment for each")
	}
	return refused("it does not say what alone is allowed: names, or a condition such as \"in tests\" or \"with approval\"")
}

// widening holds back what would forbid more than a sentence can mean.
func (c *clause) widening(in *intent.Intent) *Refusal {
	if in.Subject == intent.HTTP && in.Mode == intent.Forbid && len(in.Names) == 0 && len(in.Operations) == 0 &&
		!slices.ContainsFunc(slices.Concat(c.subjects, c.weak), func(x scoped[string]) bool { return x.it != "" && plain(c.items[x.at].text) != "http" }) {
		return refused("\"http\" may mean all requests, or those that are not encrypted: say \"HTTP requests\" or \"plain HTTP\"")
	}
	if in.Mode == intent.Forbid && len(in.Names) == 0 && len(in.Operations) == 0 && len(in.When) == 0 && len(in.Unless) == 0 {
		switch in.Subject {
		case intent.Tool, intent.Agent:
			return refused("that would forbid all " + things[in.Subject] + ": name those that are meant, or say what they need")
		}
	}
	return nil
}

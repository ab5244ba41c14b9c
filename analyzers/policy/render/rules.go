package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// policy is what the rules of one intent are made of.
type policy struct {
	w    *writer
	in   intent.Intent
	view view
	// from is the iteration that the rules start with: over the facts, or over those that the conditions leave.
	from string
}

// writeRules writes the sets, the rules and the helpers of a policy.
func writeRules(w *writer, in intent.Intent) {
	p := &policy{w: w, in: in, view: views[in.Subject]}
	p.sets()
	p.judged()
	sure, doubts := p.selected()
	for _, f := range faults(in) {
		p.report(f.rule, f.severity, append(slices.Clip(sure), f.body...), f.message, f.args...)
		if f.rule != "deny" || in.Mode == intent.Limited {
			continue
		}
		for _, d := range doubts {
			open := f.open
			if d.byName {
				open = f.openName
			}
			p.report("warn", d.severity, append(slices.Clip(d.body), open...), literal(unreadable(in, d.what)))
		}
	}
	p.helpers()
}

// unless are what lifts the policy: tests too, where it does not speak of them.
func unless(in intent.Intent) []intent.Condition {
	if slices.Contains(in.When, intent.InTests) || slices.Contains(in.Unless, intent.InTests) {
		return in.Unless
	}
	return append(slices.Clip(in.Unless), intent.InTests)
}

// conditions are the lines that a fact must hold to be judged.
func (p *policy) conditions(s intent.Subject, v string) []string {
	var lines []string
	get := func(c intent.Condition) guard {
		if g, ok := special[s][c]; ok {
			return g
		}
		return guards[c]
	}
	for _, c := range p.in.When {
		lines = append(lines, strings.ReplaceAll(get(c).on, "V.", v+"."))
	}
	for _, c := range unless(p.in) {
		lines = append(lines, strings.ReplaceAll(get(c).off, "V.", v+"."))
	}
	return lines
}

// judged writes the facts that the conditions leave.
func (p *policy) judged() {
	v := p.view
	p.w.line("\n# What the policy is about.")
	head := "judged contains " + v.v
	body := append([]string{fmt.Sprintf("some %s in input.%s", v.v, v.list)}, p.conditions(p.in.Subject, v.v)...)
	p.w.line("%s if {", head)
	for _, line := range body {
		p.w.line("\t%s", line)
	}
	p.w.line("}")
	p.from = fmt.Sprintf("some %s in judged", v.v)
	// The models of agents stand where the agents are made: there is nothing around them.
	if p.in.Subject == intent.Model && readsAgents(p.in) {
		p.w.block("judged contains agent", append([]string{"some agent in input.agents"}, p.conditions(intent.Agent, "agent")...))
	}
}

// readsAgents reports whether a policy on models is about those of agents too.
func readsAgents(in intent.Intent) bool {
	return !slices.ContainsFunc(in.When, aroundCalls) && !slices.ContainsFunc(in.Unless, aroundCalls)
}

func aroundCalls(c intent.Condition) bool { return c != intent.InTests }

// report writes a rule. The message is a text with %s for args; severity "" is that of the package.
func (p *policy) report(rule, severity string, body []string, message string, args ...string) {
	result := fmt.Sprintf(`{"msg": msg, "range": %s.range, "subject": %s.id}`, p.view.v, p.view.v)
	if severity != "" {
		result = fmt.Sprintf(`{"msg": msg, "range": %s.range, "subject": %s.id, "severity": %q}`, p.view.v, p.view.v, severity)
	}
	lines := append([]string{p.from}, body...)
	if len(args) == 0 {
		lines = append(lines, "msg := "+quote(strings.ReplaceAll(message, "%%", "%")))
	} else {
		lines = append(lines, fmt.Sprintf("msg := sprintf(%s, [%s])", quote(message), strings.Join(args, ", ")))
	}
	p.w.block(rule+" contains "+result, lines)
}

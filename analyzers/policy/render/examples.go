package render

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// maker collects examples.
type maker struct {
	in   intent.Intent
	all  []intent.Example
	seen map[string]bool
}

// add puts an example to the others, unless its code is there already.
func (m *maker) add(language, code string, fires bool, why string, args ...any) {
	if code == "" || m.seen[code] {
		return
	}
	m.seen[code] = true
	m.all = append(m.all, intent.Example{Language: language, Code: code, Fires: fires, Why: clip(fmt.Sprintf(why, args...), 160)})
}

// examples are code that shows what the policy means: what it reports, and for each of its
// conditions, code that differs in that condition alone.
func examples(in intent.Intent) []intent.Example {
	m := &maker{in: in, seen: map[string]bool{}}
	switch in.Subject {
	case intent.Tool:
		m.tools()
	case intent.Agent:
		m.agents()
	case intent.Import:
		m.imports()
	case intent.Run:
		m.runs()
	default:
		m.effects()
	}
	return m.all
}

// base is the scene in which the policy applies.
func base(in intent.Intent) scene {
	s := scene{holds: slices.Clone(in.When), noEnv: in.Subject == intent.Env}
	return s
}

func (m *maker) effects() {
	in, s := m.in, base(m.in)
	hit, miss := variant{}, variant{name: otherName(in)}
	if in.Mode == intent.Only {
		hit, miss = miss, hit
	}
	about := against(in)
	broken, kept := m.states()
	for _, b := range broken {
		v := b.v
		v.name = hit.name
		why := about
		if b.why != "" {
			why += ": " + b.why
		}
		m.add("python", s.python(python(in, v)), true, "%s", why)
	}
	if c, ok := typescript(in); ok && !slices.ContainsFunc(in.When, func(c intent.Condition) bool { return c == intent.InTests || c == intent.InTool }) {
		m.add("typescript", s.script(c), true, "%s, in TypeScript", about)
	}
	for _, k := range kept {
		v := k.v
		v.name = hit.name
		m.add("python", s.python(python(in, v)), false, "%s", k.why)
	}
	m.kept(s, hit.name)
	first := broken[0].v
	first.name = hit.name
	// What the policy is not about.
	if len(in.Names) > 0 && miss.name != hit.name && (in.Mode == intent.Only || miss.name != "") {
		for _, b := range broken {
			v := b.v
			v.name = miss.name
			m.add("python", s.python(python(in, v)), false, "another name: %s", orName(in, v.name))
		}
	}
	if op := otherOp(in); op != "" {
		v := first
		v.op = op
		m.add("python", s.python(python(in, v)), false, "another operation: %s", op)
	}
	m.patterns(s, first)
	if in.Subject == intent.Model && readsAgents(in) {
		agent := func(name string) snippet {
			return snippet{imports: []string{"from agents import Agent"}, lines: []string{`return Agent(name="helper", instructions="Help.", model=` + quote(name) + ")"}}
		}
		m.add("python", s.python(agent(hit.orElse(in))), true, "the model of an agent")
		m.add("python", s.with(intent.InTests).python(agent(hit.orElse(in))), slices.Contains(in.When, intent.InTests), "the model of an agent in tests")
		if slices.Contains(in.When, intent.InTests) {
			m.add("python", s.without(intent.InTests).python(agent(hit.orElse(in))), false, "the model of an agent outside tests")
		}
	}
	// Each condition alone.
	for _, c := range in.When {
		v := first
		v.plain = c == intent.Interpolated || c == intent.ViaShell
		m.add("python", s.without(c).python(python(in, v)), false, "%s", conditionWords[c].not)
	}
	for _, c := range unless(in) {
		m.add("python", s.with(c).python(python(in, first)), false, "%s", conditionWords[c].held)
	}
	m.unknown(s, first, hit.name)
}

// kept are examples in which what is around the code keeps the policy.
func (m *maker) kept(s scene, name string) {
	in, v := m.in, variant{name: name}
	about := against(in)
	switch {
	case in.Need == intent.Approval:
		approved := s.with(intent.WithApproval)
		m.add("python", approved.python(python(in, v)), false, "with approval by a person")
		if len(in.Operations) > 0 && (in.Subject == intent.SQL || in.Subject == intent.HTTP && len(in.Names) == 0) {
			m.add("python", approved.python(python(in, variant{name: name, noOp: true})), false, "what it does cannot be read, but it has approval")
		}
		if len(in.Names) > 0 && views[in.Subject].unknown != nil {
			m.add("python", approved.python(python(in, variant{noName: true})), false, "%s cannot be read, but it has approval", nounsOf[in.Subject].unknown)
		}
	case in.Need == intent.RateLimit:
		limited := s.with(intent.WithRateLimit)
		m.add("python", limited.python(python(in, v)), false, "with a rate limit")
		if len(in.Operations) > 0 && in.Subject == intent.HTTP && len(in.Names) == 0 {
			m.add("python", limited.python(python(in, variant{name: name, noOp: true})), false, "what it does cannot be read, but it has a rate limit")
		}
		if len(in.Names) > 0 && views[in.Subject].unknown != nil {
			m.add("python", limited.python(python(in, variant{noName: true})), false, "%s cannot be read, but it has a rate limit", nounsOf[in.Subject].unknown)
		}
	case in.Limit.Quantity == intent.PerMinute:
		limited := s.with(intent.WithRateLimit)
		limited.rate = number(math.Floor(in.Limit.Max))
		if in.Limit.Max >= 1 {
			m.add("python", limited.python(python(in, v)), false, "with a limiter of %s requests per minute", limited.rate)
		}
		limited.rate = number(math.Floor(in.Limit.Max) + 1)
		m.add("python", limited.python(python(in, v)), true, "%s: with a limiter of %s requests per minute", about, limited.rate)
		if other := otherName(in); len(in.Names) > 0 && other != "" {
			m.add("python", limited.python(python(in, variant{name: other})), false, "another name: %s", other)
		}
		limited.rate = `int(os.environ["CALLS"])`
		for _, n := range []string{name, otherName(in)} {
			if n == name || len(in.Names) > 0 && n != "" {
				c := python(in, variant{name: n})
				c.imports = append(c.imports, "import os")
				m.add("python", limited.python(c), n == name, "%s: with a limiter whose rate cannot be read", about)
			}
		}
	case in.Need == intent.HTTPS:
		if len(in.Names) == 0 {
			m.add("python", s.python(python(in, variant{name: "localhost:8000"})), false, "a host of the own machine")
		}
		if len(in.Operations) > 0 && len(in.Names) == 0 {
			m.add("python", s.python(python(in, variant{noOp: true, safe: true})), false, "what it does cannot be read, but it has https")
			m.add("python", s.python(python(in, variant{noOp: true, name: "localhost:8000"})), false, "what it does cannot be read, on the own machine")
			if op := otherOp(in); op != "" {
				m.add("python", s.python(python(in, variant{op: op, unclear: true})), false, "another operation, of which the scheme cannot be read")
			}
		}
	case in.Need == intent.Where:
		m.add("python", s.python(python(in, variant{name: name, safe: true, unclear: true})), false, "with WHERE, and a part that cannot be read")
		if len(in.Names) > 0 {
			m.add("python", s.python(python(in, variant{noName: true, safe: true})), false, "with WHERE, on a table that cannot be read")
		}
		if op := otherOp(in); op != "" {
			m.add("python", s.python(python(in, variant{name: name, op: op, unclear: true})), false, "another operation, of which a part cannot be read")
		}
	}
	if in.Subject == intent.SQL && len(in.Names) > 0 {
		x := variant{name: otherName(in), unclear: true, plain: true}
		if in.Mode == intent.Only {
			x.name = ""
		}
		if in.Need != intent.Where {
			m.add("python", s.python(python(in, x)), false, "a part cannot be read, but the table can")
		}
		for _, text := range []string{"SELECT 1", "CREATE SCHEMA archive"} {
			op, _, _ := strings.Cut(strings.ToLower(text), " ")
			if slices.Contains(in.When, intent.Interpolated) {
				break
			}
			if len(in.Operations) == 0 && op == "select" || slices.Contains(in.Operations, op) {
				m.add("python", s.python(snippet{imports: []string{"import sqlite3"}, setup: []string{`db = sqlite3.connect("app.db")`},
					lines: []string{"db.execute(" + quote(text) + ")"}}), false, "no table at all")
			}
		}
	}
}

// orElse is the name of a variant, or that of the intent.
func (v variant) orElse(in intent.Intent) string {
	if v.name != "" {
		return v.name
	}
	return subjectName(in)
}

func orName(in intent.Intent, n string) string {
	if n == "" {
		return subjectName(in)
	}
	return n
}

// patterns are examples of names that are patterns, and of paths that lead out of what is allowed.
func (m *maker) patterns(s scene, first variant) {
	in := m.in
	for _, n := range in.Names[:min(len(in.Names), 6)] {
		v := first
		v.name = instance(in, n)
		m.add("python", s.python(python(in, v)), in.Mode != intent.Only, "%s", v.name)
	}
	if in.Mode == intent.Only && in.Subject == intent.File {
		for _, n := range in.Names {
			inside := instance(in, n)
			if folder := inside[:len(inside)-len("/notes.txt")+0]; len(inside) > len("/notes.txt") && folder+"/notes.txt" == inside {
				v := first
				v.name = folder + "/../../secrets.txt"
				m.add("python", s.python(python(in, v)), true, "a path that leads out by ..")
				return
			}
		}
	}
}

// unknown are examples of what cannot be read from the code.
func (m *maker) unknown(s scene, first variant, name string) {
	in, v := m.in, views[m.in.Subject]
	if len(in.Operations) > 0 && (in.Subject == intent.SQL || in.Subject == intent.HTTP && len(in.Names) == 0) {
		x := first
		x.noOp = true
		m.add("python", s.python(python(in, x)), true, "what it does cannot be read")
	}
	if in.Mode == intent.Limited {
		return
	}
	if len(in.Names) > 0 && v.unknown != nil {
		if in.Subject == intent.LLM && in.Mode == intent.Require && in.Need != intent.Approval && in.Need != intent.RateLimit {
			m.add("python", s.python(python(in, variant{noName: true, safe: true})), false, "the provider cannot be read, but it has %s", needWords[in.Need])
		}
		x := first
		x.noName = true
		m.add("python", s.python(python(in, x)), true, "%s cannot be read", nounsOf[in.Subject].unknown)
		if op := otherOp(in); op != "" {
			x.op = op
			m.add("python", s.python(python(in, x)), false, "%s cannot be read, but it is another operation", nounsOf[in.Subject].unknown)
		}
	}
}

// state is a variant with why it breaks or keeps the policy.
type state struct {
	v   variant
	why string
}

// states are the ways to break the policy and to keep it, in what it requires or limits.
func (m *maker) states() (broken, kept []state) {
	in := m.in
	switch in.Mode {
	case intent.Require:
		broken = []state{{variant{}, "without " + needWords[in.Need]}}
		switch in.Need {
		case intent.Approval, intent.RateLimit:
			return broken, nil // a scene of its own
		case intent.Where:
			broken = append(broken, state{variant{unclear: true}, "a part of it cannot be read"})
		case intent.HTTPS:
			if len(in.Names) == 0 {
				broken = append(broken, state{variant{unclear: true}, "the scheme cannot be read"})
			}
		}
		kept = []state{{variant{safe: true}, "with " + needWords[in.Need]}}
		if in.Subject == intent.LLM {
			broken = append(broken, state{variant{hidden: true}, "its settings cannot be read"})
			kept = append(kept, state{variant{safe: true, hidden: true}, "with " + needWords[in.Need] + ", and settings that cannot be read"})
		}
		return broken, kept
	case intent.Limited:
		max := in.Limit.Max
		switch in.Limit.Quantity {
		case intent.PerMinute:
			return []state{{variant{unset: true}, "without a limiter"}}, nil
		case intent.USDPerCall:
			return []state{{variant{value: 1 + max*1e9}, "more output than that pays for"}, {variant{unclear: true}, "the model cannot be read"}},
				[]state{{variant{value: 1}, "little output"}}
		case intent.RetryCount, intent.Temperature:
			return []state{{variant{value: max + 1}, "more than that"}, {variant{unset: true}, "not set"}}, []state{{variant{value: max}, "exactly that"}}
		}
		return []state{{variant{value: max + 1}, "more than that"}, {variant{unset: true}, "not set"}, {variant{unclear: true}, "its value cannot be read"},
				{variant{unset: true, hidden: true}, "its settings cannot be read"}},
			[]state{{variant{value: max}, "exactly that"}, {variant{value: max, hidden: true}, "exactly that, and settings that cannot be read"}}
	}
	return []state{{variant{}, ""}}, nil
}

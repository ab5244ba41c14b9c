package phrase

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

func cutSpace(s string) (before, after string, found bool) { return strings.Cut(s, " ") }

// implied are the subjects of conditions, needs and quantities that only one subject has.
var implied = map[string]intent.Subject{
	"interpolated": intent.SQL, "via_shell": intent.Shell, "where": intent.SQL, "max_tokens": intent.LLM, "timeout": intent.LLM,
	"max_retries": intent.LLM, "temperature": intent.LLM, "max_steps": intent.Agent, "description": intent.Tool, "https": intent.HTTP,
	"http_plain": intent.HTTP, "per run": intent.Run, "per agent": intent.Agent, "mutating": intent.Tool, "retry": intent.LLM, "token": intent.LLM, "step": intent.Agent,
}

// subject decides what a clause is about. toolDoes is set when it is tools that do something.
func (c *clause) subject() (s intent.Subject, toolDoes bool, bad *Refusal) {
	var found []intent.Subject
	add := func(s intent.Subject) {
		if s != "" && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	drop := func(s intent.Subject) {
		if i := slices.Index(found, s); i >= 0 && len(found) > 1 {
			found = slices.Delete(found, i, i+1)
		}
	}
	has := func(s intent.Subject) bool { return slices.Contains(found, s) }
	if slices.ContainsFunc(c.ops, func(op scoped[string]) bool { return op.it == "import" }) {
		add(intent.Import)
	}
	tools := -1
	for _, x := range c.subjects {
		if x.it == string(intent.Tool) && x.scope != filler {
			continue // "in tools" is a condition
		}
		if x.it == string(intent.Tool) {
			tools = x.at
		}
		add(intent.Subject(x.it))
	}
	var hints []intent.Subject
	for _, n := range c.names {
		if n.it.hint != "" && !slices.Contains(hints, n.it.hint) {
			hints = append(hints, n.it.hint)
		}
	}
	// Names say which of two close subjects is meant.
	switch {
	case (has(intent.LLM) || has(intent.Model) || has(intent.HTTP)) && slices.Equal(hints, []intent.Subject{intent.LLM}):
		add(intent.LLM)
		drop(intent.Model)
		drop(intent.HTTP)
	case has(intent.LLM) && slices.Equal(hints, []intent.Subject{intent.Model}):
		found[slices.Index(found, intent.LLM)] = intent.Model
		found = slices.Compact(found)
	case has(intent.LLM):
		drop(intent.Model)
	case has(intent.Model) && len(c.names) == 0 && (len(c.weak) > 0 || c.units["per call"] || slices.ContainsFunc(c.ops, func(op scoped[string]) bool { return op.it == "talk" })):
		found[slices.Index(found, intent.Model)] = intent.LLM // calls of a model
	}
	actor := len(found) == 1 && (found[0] == intent.Agent || found[0] == intent.Tool) && !c.named(found[0])
	if len(found) == 0 || actor {
		for _, h := range hints {
			add(h)
		}
	}
	if len(found) == 0 {
		for _, w := range c.weak {
			add(intent.Subject(w.it))
		}
	}
	if len(found) == 0 || len(found) == 1 && found[0] == intent.Agent || len(found) == 1 && found[0] == intent.Tool {
		for _, s := range c.bySole() {
			add(s)
		}
	}
	if len(found) == 0 && len(c.ops) == 1 && c.ops[0].it == "delete from" && len(c.names) > 0 {
		add(intent.SQL)
	}
	if len(found) == 0 {
		for _, s := range c.byImplication() {
			add(s)
		}
	}
	// A weak word says what is done where the rest only says who does it.
	for _, w := range c.weak {
		s := intent.Subject(w.it)
		switch {
		case s == "" || has(s):
		case len(found) == 1 && (found[0] == intent.Tool || found[0] == intent.Agent):
			add(s)
		case len(found) > 0 && !slices.Contains(weakly[s], found[0]):
			return "", false, refused(fmt.Sprintf("%q does not go with %s: write one comment for each", c.items[w.at].text, things[found[0]]))
		}
	}
	// Who does it is not what is done.
	if len(found) > 1 && has(intent.Agent) && !c.agentMatters() {
		if c.named(intent.Agent) {
			return "", false, refused("what one agent does cannot be told from what others do: leave its name out")
		}
		drop(intent.Agent)
	}
	if len(found) > 1 && has(intent.Run) {
		drop(intent.Run)
		c.ops = append(c.ops, scoped[string]{it: "run"})
	}
	if len(found) > 1 && has(intent.Tool) {
		switch {
		case len(found) > 2:
		case c.relative > tools:
			return intent.Tool, false, nil
		case c.named(intent.Tool):
			return "", false, refused("what one tool does cannot be told from what others do: leave its name out, or require approval for the tool")
		default:
			drop(intent.Tool)
			return found[0], true, nil
		}
	}
	switch len(found) {
	case 0:
		return "", false, refused("it does not say what it is about: databases, HTTP requests, files, shell commands, LLM calls, models, tools, agents, functions or modules")
	case 1:
		return found[0], false, nil
	}
	return "", false, refused(fmt.Sprintf("it is about several things (%s): write one comment for each", list(found)))
}

// weakly are the subjects that a weak word of another subject may stand with: requests to a model.
var weakly = map[intent.Subject][]intent.Subject{
	intent.HTTP: {intent.LLM, intent.Model, intent.Run}, intent.Shell: {intent.SQL, intent.Call},
	intent.SQL: {intent.HTTP, intent.File, intent.LLM, intent.Model, intent.Env, intent.Run},
}

// mentionsOther reports whether the clause names anything that tools may work on.
func (c *clause) mentionsOther() bool {
	return slices.ContainsFunc(c.subjects, func(x scoped[string]) bool { return x.it != string(intent.Tool) && x.it != string(intent.Agent) })
}

// named reports whether names stand right behind a word for a subject.
func (c *clause) named(s intent.Subject) bool {
	for _, x := range c.subjects {
		if x.it != string(s) {
			continue
		}
		for j := x.at + 1; j < len(c.items); j++ {
			if it := c.items[j]; it.name != nil {
				return true
			} else if it.content() {
				break
			}
		}
	}
	return false
}

// agentMatters reports whether only agents have what is asked.
func (c *clause) agentMatters() bool {
	return c.units["per agent"] || c.units["step"] || slices.ContainsFunc(c.needs, func(n scoped[string]) bool { return n.it == "max_steps" || n.it == "budget" })
}

// bySole are the subjects that all operations share, when it is only one.
func (c *clause) bySole() []intent.Subject {
	var shared []string
	ops := slices.DeleteFunc(slices.Clone(c.ops), func(op scoped[string]) bool { return op.it == "set" })
	for i, op := range ops {
		var subjects []string
		for s := range verbs[op.it] {
			subjects = append(subjects, s)
		}
		if i == 0 {
			shared = subjects
			continue
		}
		shared = slices.DeleteFunc(shared, func(s string) bool { return !slices.Contains(subjects, s) })
	}
	if len(shared) == 1 {
		return []intent.Subject{intent.Subject(shared[0])}
	}
	if len(ops) > 0 && ops[0].it == "run" && len(c.names) > 0 {
		return []intent.Subject{intent.Shell}
	}
	return nil
}

// byImplication are the subjects of what only one subject has.
func (c *clause) byImplication() []intent.Subject {
	var all []intent.Subject
	add := func(key string) {
		if s, ok := implied[key]; ok && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for _, x := range c.conds {
		add(string(x.it))
	}
	for _, x := range c.needs {
		add(x.it)
	}
	for _, x := range c.ops {
		add(x.it)
	}
	if len(all) == 0 {
		for unit := range c.units {
			add(unit)
		}
	}
	return all
}

func list(all []intent.Subject) string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = string(s)
	}
	slices.Sort(texts)
	return strings.Join(texts, ", ")
}

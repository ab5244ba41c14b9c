package phrase

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// operations are those of the verbs for a subject.
func (c *clause) operations(s intent.Subject) ([]string, *Refusal) {
	var all []string
	for _, op := range c.ops {
		if op.scope != filler {
			return nil, refused("an exception can be a place, a condition or names, and not something that is done")
		}
		if op.it == "mutating" || op.it == "destroy" && s == intent.Tool && !c.mentionsOther() {
			if s != intent.Tool {
				return nil, refused("which of them is dangerous cannot be read from the code: say what is done")
			}
			all = append(all, "mutating")
			continue
		}
		if s == intent.Tool || op.it == "set" && s != intent.Env {
			continue // "set a timeout"
		}
		row := verbs[op.it]
		ops, ok := row[string(s)]
		if !ok {
			return nil, refused(fmt.Sprintf("\"%s\" does not go with %s", c.items[op.at].text, things[s]))
		}
		if (op.it == "delete" || op.it == "delete from") && s == intent.SQL {
			switch written := c.items[op.at].text; {
			case op.it == "delete" && c.wholeTables(op.at):
				ops = []string{"drop"}
			case strings.ToUpper(written) != written && !c.needsWhere():
				ops = verbs["destroy"]["sql"] // who deletes data with TRUNCATE deletes it too
			}
		}
		all = append(all, ops...)
	}
	return all, nil
}

// things are the subjects in words.
var things = map[intent.Subject]string{
	intent.SQL: "databases", intent.HTTP: "HTTP requests", intent.File: "files", intent.Shell: "shell commands", intent.Env: "environment variables",
	intent.LLM: "LLM calls", intent.Model: "models", intent.Tool: "tools", intent.Agent: "agents", intent.Call: "functions", intent.Import: "modules", intent.Run: "runs",
}

// needsWhere reports whether the clause is about WHERE, which only some statements have.
func (c *clause) needsWhere() bool {
	return slices.ContainsFunc(c.needs, func(n scoped[string]) bool { return n.it == "where" })
}

// wholeTables reports whether the object of a verb is tables, not rows of them.
func (c *clause) wholeTables(at int) bool {
	for j := at + 1; j < len(c.items); j++ {
		it := c.items[j]
		if it.kind == introduces && strings.HasPrefix(it.value, "sql") {
			return true
		}
		first, _, _ := strings.Cut(plain(it.text), " ")
		if it.kind == filler && it.sign == "" && it.name == nil && it.number == nil && !slices.Contains([]string{"from", "de", "del", "of", "in", "en"}, first) {
			continue
		}
		return it.kind == subjectWord && strings.HasSuffix(plain(it.text), "tables")
	}
	return false
}

// effects are the operations of tools that do something: "tools that delete files".
func (c *clause) effects() ([]string, *Refusal) {
	var subjects []string
	for _, x := range c.subjects {
		if x.it != string(intent.Tool) && x.it != string(intent.Agent) && x.scope == filler {
			subjects = append(subjects, x.it)
		}
	}
	var ops []string
	for _, op := range c.ops {
		if op.it != "mutating" && op.it != "destroy" && op.it != "set" {
			ops = append(ops, op.it)
		}
	}
	if len(subjects) == 0 {
		for _, s := range c.bySole() {
			subjects = append(subjects, string(s))
		}
		if len(subjects) == 0 && len(ops) == 0 {
			return nil, nil
		}
		if len(subjects) == 0 && len(ops) == 1 && ops[0] == "modify" {
			return []string{"mutating"}, nil
		}
		if len(subjects) == 0 && len(ops) == 1 && (ops[0] == "talk" || ops[0] == "run" || ops[0] == "access") {
			return nil, nil // "never call the tool"
		}
	}
	if len(subjects) != 1 {
		return nil, refused("it does not say what the tools do: say for instance tools that delete files, or tools that run shell commands")
	}
	row := toolEffects[subjects[0]]
	if len(ops) == 0 {
		ops = []string{""}
	}
	var all []string
	for _, op := range ops {
		effect, ok := row[op]
		switch {
		case ok:
			all = append(all, effect)
		case subjects[0] == "sql" && (op == "write" || op == "modify"):
			all = append(all, "sql:insert", "sql:update", "sql:delete")
		case op == "run" || op == "access" || op == "talk":
			all = append(all, row[""])
		default:
			return nil, refused(fmt.Sprintf("whether a tool does this cannot be read from the code: %s", op))
		}
	}
	return all, nil
}

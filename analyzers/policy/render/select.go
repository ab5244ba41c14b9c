package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// doubt is a fact of which it cannot be read whether the policy is about it.
type doubt struct {
	severity string
	body     []string
	what     string // what cannot be read
	byName   bool   // whether it is the name
}

// selected are the lines that hold for facts that the operations and names of the intent
// choose, and those of facts of which that is not known.
func (p *policy) selected() (sure []string, doubts []doubt) {
	in, v := p.in, p.view
	named := len(in.Names) > 0
	var op []string
	switch {
	case in.Subject == intent.Tool && len(in.Operations) > 0:
		op = []string{"concerned(tool)"}
		if slices.Contains(in.Operations, "mutating") {
			doubts = append(doubts, doubt{"warning", append([]string{`tool.mutating == "unknown"`}, p.named(nil)...), "what it changes", false})
		}
	case len(in.Operations) > 0:
		op = []string{v.op + " in operations"}
		switch {
		case in.Subject == intent.SQL:
			doubts = append(doubts, doubt{"warning", []string{`statement.verb == "unknown"`}, "what the statement does", false})
		case in.Subject == intent.HTTP && !named:
			doubts = append(doubts, doubt{"info", []string{`request.method == ""`}, "the method", false})
		}
	}
	sure = append(sure, op...)
	if !named {
		return sure, doubts
	}
	sure = p.named(sure)
	if v.unknown != nil {
		severity := "warning"
		if in.Mode != intent.Only && in.Subject != intent.SQL {
			severity = "info" // one among many is rarely the one that is meant
		}
		unknown := v.unknown
		if in.Subject == intent.SQL && len(op) > 0 && !slices.Contains(in.Operations, "select") && !slices.Contains(in.Operations, "create") {
			unknown = unknown[:1] // without a table it is not known in full
		}
		if slices.Contains(in.When, intent.Interpolated) {
			unknown = unknown[:1] // nor is it with values in its text
		}
		doubts = append(doubts, doubt{severity, slices.Concat(op, unknown), nounsOf[in.Subject].unknown, true})
	}
	return sure, doubts
}

// named appends the lines that choose facts by name.
func (p *policy) named(lines []string) []string {
	in, v := p.in, p.view
	if len(in.Names) == 0 {
		return lines
	}
	if in.Mode == intent.Only {
		lines = append(lines, v.known...)
		lines = append(lines, v.bind...)
		return append(lines, fmt.Sprintf("not allowed(%s)", v.name))
	}
	lines = append(lines, v.bind...)
	return append(lines, fmt.Sprintf("named(%s)", v.name))
}

// sets writes the constants of the policy.
func (p *policy) sets() {
	in := p.in
	if len(in.Operations) > 0 {
		name, items := "operations", in.Operations
		if in.Subject == intent.Tool {
			name, items = "effects", slices.DeleteFunc(slices.Clone(items), func(op string) bool { return op == "mutating" })
		}
		if len(items) > 0 {
			p.w.set(name, items)
		}
	}
	if len(in.Names) > 0 {
		p.w.set(nounsOf[in.Subject].set, patterns(in))
	}
	if in.Mode == intent.Limited {
		p.w.line("\nmaximum := %s", number(in.Limit.Max))
	}
}

// localHosts are the machine's own, which no list of hosts has to name.
var localHosts = []string{"localhost", "*.localhost", "127.*", "0.0.0.0", "::1", "host.docker.internal"}

// helpers writes the functions that the rules call.
func (p *policy) helpers() {
	in := p.in
	if in.Subject == intent.Tool && len(in.Operations) > 0 {
		if slices.Contains(in.Operations, "mutating") {
			p.w.line("\nconcerned(tool) if tool.mutating == \"yes\"")
		}
		if slices.ContainsFunc(in.Operations, func(op string) bool { return op != "mutating" }) {
			p.w.block("concerned(tool)", []string{"some done in tool.effects", "some effect in effects",
				`startswith(concat("", [done, ":"]), concat("", [effect, ":"]))`})
		}
	}
	if in.Need == intent.HTTPS && len(in.Names) == 0 {
		p.w.block("local(host)", []string{"some pattern in " + rendered(localHosts), `glob.match(pattern, null, host)`})
	}
	if len(in.Names) == 0 {
		return
	}
	head, noun := "named", nounsOf[in.Subject]
	if in.Mode == intent.Only {
		head = "allowed"
	}
	body := []string{"some pattern in " + noun.set, matcher(in)}
	if in.Mode == intent.Only && in.Subject == intent.File {
		body = append(body, `not contains(path, "..")`)
	}
	p.w.block(fmt.Sprintf("%s(%s)", head, noun.param), body)
}

func rendered(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = quote(item)
	}
	return "{" + strings.Join(quoted, ", ") + "}"
}

// patterns are the names of an intent as glob.match reads them.
func patterns(in intent.Intent) []string {
	var all []string
	for _, name := range in.Names {
		all = append(all, patternsOf(in, glob(name))...)
	}
	if in.Subject == intent.HTTP && in.Mode == intent.Only {
		all = append(all, localHosts...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// glob keeps * and ? of a name, and takes the meaning from other signs of patterns.
func glob(name string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", `\{`, "}", `\}`, "!", `\!`).Replace(name)
}

func patternsOf(in intent.Intent, name string) []string {
	switch in.Subject {
	case intent.File:
		folder := strings.HasSuffix(name, "/")
		name = strings.TrimRight(name, "/")
		prefix := "/"
		if relative := !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "~") && name != ""; relative && in.Mode != intent.Only {
			prefix = "**/" // wherever the folder is that the program runs in
		}
		_ = folder
		return []string{prefix + name, prefix + name + "/**"}
	case intent.Model:
		if strings.ContainsAny(name, "*?") {
			return []string{name}
		}
		return []string{name, name + "-20*", name + "-latest", name + ":*", name + "@*"}
	case intent.Import:
		return []string{strings.ReplaceAll(name, "/", ".")}
	}
	return []string{name}
}

// matcher is the line that matches pattern with the parameter of the helper.
func matcher(in intent.Intent) string {
	switch in.Subject {
	case intent.SQL:
		return `glob.match(concat("", ["*.", pattern]), null, concat("", [".", table]))`
	case intent.File:
		return `glob.match(pattern, ["/"], concat("", ["/", path]))`
	case intent.Model:
		return `glob.match(concat("", ["*/", pattern]), null, concat("", ["/", lower(model)]))`
	case intent.Import:
		return `glob.match(concat("", [pattern, ".*"]), null, replace(module, "/", "."))`
	}
	return fmt.Sprintf("glob.match(pattern, null, %s)", nounsOf[in.Subject].param)
}

package intent

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Canonical is the intent in the form that all of the same meaning share: no duplicates, lists
// in the order of the rules, names as the facts write them. No list in it is nil.
func (in Intent) Canonical() Intent {
	rules, _ := RulesOf(in.Subject)
	ops := make([]string, 0, len(in.Operations))
	for _, op := range in.Operations {
		if in.Subject == HTTP {
			op = strings.ToUpper(op)
		} else {
			op = strings.ToLower(op)
		}
		ops = append(ops, op)
	}
	if in.Need == Where && len(ops) == 0 {
		ops = []string{"update", "delete"} // those that a missing WHERE hurts
	}
	in.Operations = ordered(ops, rules.Operations)
	if len(rules.Operations) > 0 && slices.Equal(in.Operations, rules.Operations) {
		in.Operations = []string{}
	}
	names := make([]string, 0, len(in.Names))
	for _, name := range in.Names {
		names = append(names, canonicalName(in.Subject, name))
	}
	slices.Sort(names)
	in.Names = slices.Compact(names)
	in.When, in.Unless = ordered(in.When, Conditions()), ordered(in.Unless, Conditions())
	if in.Limit.Max == 0 {
		in.Limit.Max = 0 // -0 is 0
	}
	return in
}

// ordered sorts items by their place in order, those that have none last, without duplicates.
func ordered[S ~string](items, order []S) []S {
	out := make([]S, 0, len(items))
	for _, item := range order {
		if slices.Contains(items, item) {
			out = append(out, item)
		}
	}
	for _, item := range items {
		if !slices.Contains(out, item) {
			out = append(out, item)
		}
	}
	return out
}

func canonicalName(s Subject, name string) string {
	name = strings.TrimSpace(name)
	switch s {
	case HTTP:
		return host(strings.ToLower(name))
	case SQL, Model, LLM:
		return strings.ToLower(name)
	case File:
		name = strings.ReplaceAll(name, `\`, "/")
		for strings.HasPrefix(name, "./") && len(name) > 2 {
			name = name[2:]
		}
		return name
	case Call:
		return strings.TrimSuffix(name, "()")
	}
	return name
}

// host takes the host out of a URL; a host alone stays.
func host(name string) string {
	text := name
	if !strings.Contains(text, "://") {
		text = "//" + text
	}
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return name
}

// String is the intent in short, for people: forbid sql(delete) {users} when production unless approval.
func (in Intent) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", in.Mode, in.Subject)
	if len(in.Operations) > 0 {
		b.WriteString("(" + strings.Join(in.Operations, ",") + ")")
	}
	if len(in.Names) > 0 {
		b.WriteString(" {" + strings.Join(in.Names, ", ") + "}")
	}
	for _, part := range []struct {
		word string
		have []Condition
	}{{"when", in.When}, {"unless", in.Unless}} {
		if len(part.have) > 0 {
			b.WriteString(" " + part.word + " " + strings.ReplaceAll(list(part.have), ", ", ","))
		}
	}
	if in.Need != "" {
		fmt.Fprintf(&b, " need %s", in.Need)
	}
	if in.Limit.Quantity != "" {
		fmt.Fprintf(&b, " %s %s", in.Limit.Quantity, strconv.FormatFloat(in.Limit.Max, 'f', -1, 64))
	}
	return b.String()
}

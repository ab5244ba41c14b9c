package render

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// writer writes Rego as opa fmt does.
type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// block is a rule with its body.
func (w *writer) block(head string, body []string) {
	w.line("\n%s if {", head)
	for _, line := range body {
		w.line("\t%s", line)
	}
	w.line("}")
}

// set is a constant set of texts, one per line when they don't fit one.
func (w *writer) set(name string, items []string) {
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = quote(item)
	}
	if all := strings.Join(quoted, ", "); len(items) < 2 || len(all) < 80 {
		w.line("\n%s := {%s}", name, all)
		return
	}
	w.line("\n%s := {", name)
	for _, item := range quoted {
		w.line("\t%s,", item)
	}
	w.line("}")
}

// quote is a text as Rego, JSON and YAML write it.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var (
	collection = regexp.MustCompile(`(?m)^judged contains (\w+) if`)
	iteration  = regexp.MustCompile(`some (\w+) in input\.(\w+)`)
	fileField  = regexp.MustCompile(`\binput\.file\.(\w+)`)
)

// reads finds the fields of the facts that a policy of this package reads: all go through the
// variable of an iteration, and one variable always stands for the same list.
func reads(rego string) map[string][]string {
	found := map[string][]string{}
	add := func(list, field string) {
		if !slices.Contains(found[list], field) {
			found[list] = append(found[list], field)
		}
	}
	// What is collected in one set is read by the variable of any of it.
	var collected []string
	for _, m := range collection.FindAllStringSubmatch(rego, -1) {
		collected = append(collected, m[1])
	}
	for _, m := range iteration.FindAllStringSubmatch(rego, -1) {
		variable := m[1]
		if slices.Contains(collected, variable) {
			variable = "(?:" + strings.Join(collected, "|") + ")"
		}
		m[1] = variable
		for _, f := range regexp.MustCompile(`\b`+m[1]+`\.([a-z_]+(?:\.[a-z_]+)?)`).FindAllStringSubmatch(rego, -1) {
			add(m[2], f[1])
		}
	}
	for _, m := range fileField.FindAllStringSubmatch(rego, -1) {
		add("file", m[1])
	}
	for _, fields := range found {
		slices.Sort(fields)
	}
	return found
}

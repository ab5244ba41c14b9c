package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Case is an example with the facts of its code.
type Case struct {
	Example intent.Example
	Facts   map[string]any
}

// Test writes NAME_test.rego. The facts are reduced to what the policy reads.
func Test(r *Rendered, cases []Case) (string, error) {
	var w writer
	w.line("package %s_test", r.Name)
	w.line("\nimport data.%s as policy", r.Name)
	var found []string
	for _, rule := range []string{"deny", "violation", "warn", "info"} {
		if strings.Contains(r.Rego, "\n"+rule+" contains ") {
			found = append(found, fmt.Sprintf("count(policy.%s)", rule))
		}
	}
	if len(found) == 0 {
		return "", fmt.Errorf("the policy %s has no rule deny, violation, warn or info to test", r.Name)
	}
	w.line("\nfound := %s", strings.Join(found, " + "))
	for i, c := range cases {
		facts, err := literalFacts(reduce(c.Facts, r.Reads))
		if err != nil {
			return "", fmt.Errorf("the facts of example %d cannot be written as JSON: %w", i+1, err)
		}
		name, holds := "is_silent", "found == 0"
		if c.Example.Fires {
			name, holds = "fires", "found > 0"
		}
		w.line("\n# %s", oneLine(c.Example.Why))
		w.line("test_%s_%d if {", name, i+1)
		w.line("\t%s with input as %s", holds, facts)
		w.line("}")
	}
	return w.String(), nil
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == '\u2028' || r == '\u2029' || r == 0x7f }), " ")
}

// reduce keeps the fields that are read of the facts that are there; all facts when reads is nil.
func reduce(facts map[string]any, reads map[string][]string) map[string]any {
	out := map[string]any{}
	for list, value := range facts {
		if reads == nil {
			if items, ok := value.([]any); !ok || len(items) > 0 {
				out[list] = value
			}
			continue
		}
		if fields, ok := reads[list]; ok {
			out[list] = pick(value, fields)
		}
	}
	return out
}

// pick keeps fields, which may be nested by a dot, of an object or of all objects of a list.
func pick(value any, fields []string) any {
	switch value := value.(type) {
	case []any:
		out := make([]any, len(value))
		for i, item := range value {
			out[i] = pick(item, fields)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for _, field := range fields {
			key, rest, nested := strings.Cut(field, ".")
			item, ok := value[key]
			if !ok {
				continue
			}
			if nested {
				part, _ := pick(item, []string{rest}).(map[string]any)
				if before, ok := out[key].(map[string]any); ok {
					for k, v := range part {
						before[k] = v
					}
					continue
				}
				item = part
			}
			out[key] = item
		}
		return out
	}
	return value
}

// literalFacts writes facts as opa fmt does: one list per line, one fact per line.
func literalFacts(facts map[string]any) (string, error) {
	if len(facts) == 0 {
		return "{}", nil
	}
	var b strings.Builder
	b.WriteString("{\n")
	keys := make([]string, 0, len(facts))
	for key := range facts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		items, ok := facts[key].([]any)
		if !ok || len(items) < 2 {
			text, err := compact(facts[key])
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "\t\t%s: %s,\n", quote(key), text)
			continue
		}
		fmt.Fprintf(&b, "\t\t%s: [\n", quote(key))
		for _, item := range items {
			text, err := compact(item)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "\t\t\t%s,\n", text)
		}
		b.WriteString("\t\t],\n")
	}
	b.WriteString("\t}")
	return b.String(), nil
}

// compact is JSON on one line, with a space behind signs, as opa fmt has it.
func compact(value any) (string, error) {
	switch value := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		parts := make([]string, len(keys))
		for i, key := range keys {
			text, err := compact(value[key])
			if err != nil {
				return "", err
			}
			parts[i] = quote(key) + ": " + text
		}
		return "{" + strings.Join(parts, ", ") + "}", nil
	case []any:
		parts := make([]string, len(value))
		for i, item := range value {
			text, err := compact(item)
			if err != nil {
				return "", err
			}
			parts[i] = text
		}
		return "[" + strings.Join(parts, ", ") + "]", nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return strings.TrimSpace(b.String()), err
}

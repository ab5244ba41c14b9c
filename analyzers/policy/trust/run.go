package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/parser"
)

// silent judges by documents in which nothing is wrong: a file without code, and code that is clean.
func (j *judge) silent(ctx context.Context) {
	for _, d := range emptyDocuments() {
		if found, ok := j.eval(ctx, d); ok && len(found) > 0 {
			j.add(finding{severity: rego.Warning, code: "always-fires",
				message: fmt.Sprintf("The policy fires on a file without any code: %q. Begin with the facts that it is about, such as some call in input.llm_calls", found[0].Message)})
			break
		}
	}
	for _, d := range j.req.Clean {
		if found, ok := j.eval(ctx, d); ok && len(found) > 0 {
			j.add(finding{severity: rego.Warning, code: "fires-on-clean",
				message: fmt.Sprintf("The policy fires on code in which nothing is wrong, in %s: %q. Add the condition that tells it apart", pathOf(d), found[0].Message)})
		}
	}
}

func emptyDocuments() []json.RawMessage {
	var documents []json.RawMessage
	for _, e := range []struct {
		path     string
		language parser.Language
	}{{"agent.py", parser.Python}, {"agent.ts", parser.TypeScript}} {
		if b, err := json.Marshal(facts.Empty(e.path, e.language)); err == nil {
			documents = append(documents, b)
		}
	}
	return documents
}

func pathOf(document json.RawMessage) string {
	var d struct{ File struct{ Path string } }
	if json.Unmarshal(document, &d) != nil || d.File.Path == "" {
		return "a file"
	}
	return d.File.Path
}

// examples judges by examples: it must fire where they say, and be silent where they say.
func (j *judge) examples(ctx context.Context) {
	if j.req.Generated {
		fires := slices.ContainsFunc(j.req.Examples, func(e Example) bool { return e.Fires })
		silent := slices.ContainsFunc(j.req.Examples, func(e Example) bool { return !e.Fires })
		if !fires || !silent {
			j.add(finding{severity: rego.Error, code: "no-examples",
				message: "Nothing shows what the policy means. Give examples that it reports, and examples that it passes"})
		}
	}
	for _, e := range j.req.Examples {
		found, ok := j.eval(ctx, e.Facts)
		switch {
		case !ok:
		case e.Fires && len(found) == 0:
			j.add(finding{severity: rego.Error, code: "example-silent",
				message: fmt.Sprintf("The policy is silent on an example that it must report: %s", e.Name)})
		case !e.Fires && len(found) > 0:
			j.add(finding{severity: rego.Error, code: "example-fires",
				message: fmt.Sprintf("The policy reports an example on which it must be silent: %s: %q", e.Name, found[0].Message)})
		}
	}
}

// eval runs the policy on a document. What fails is a problem; it is not ok when a rule has failed.
func (j *judge) eval(ctx context.Context, document json.RawMessage) (found []rego.Violation, ok bool) {
	in, err := rego.NewInput(document)
	if err != nil {
		j.add(finding{severity: rego.Error, code: "example", message: "An example can't be read: " + err.Error()})
		return nil, false
	}
	found, failures := j.compiled.Eval(ctx, in)
	ok = true
	for _, f := range failures {
		ok = ok && f.Code == "result-shape"
		p := rego.Problem{Path: f.Path, Span: f.Span, Severity: rego.Error, Code: f.Code, Message: f.Message}
		if f.Code == "result-shape" && !j.req.Generated {
			p.Severity = rego.Warning
		}
		if p.Path == j.req.Policy {
			j.problems = append(j.problems, p)
		}
	}
	return found, ok
}

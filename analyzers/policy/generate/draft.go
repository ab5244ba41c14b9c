package generate

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/history"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/render"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
)

// draft is a policy that is not checked yet.
type draft struct {
	rendered    render.Rendered
	intent      *intent.Intent // nil in free form
	free        bool
	builtin     int // how many of the examples are the renderer's; they come first
	explanation string
	test        string
	warnings    []string
}

func (d *draft) result(source string) *Result {
	r := &Result{Status: StatusOK, Source: source, Instead: []string{}, Intent: d.intent, Name: d.rendered.Name, Title: d.rendered.Title,
		Explanation: d.explanation, Rego: d.rendered.Rego, Test: d.test, Examples: d.rendered.Examples, Warnings: d.warnings}
	if r.Warnings == nil {
		r.Warnings = []string{}
	}
	return r
}

// packageLine is where a module says its name. Only names of one word become names of files.
var packageLine = regexp.MustCompile(`(?m)^package[ \t]+([^\s#;]+)`)

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

func packageOf(source string) (string, error) {
	found := packageLine.FindStringSubmatch(source)
	switch {
	case found == nil:
		return "", errors.New("the module has no line `package name`")
	case !plainName.MatchString(found[1]):
		return "", fmt.Errorf("the package's name %.60q must be one word of lower-case letters, digits and _", found[1])
	case strings.HasSuffix(found[1], "_test"):
		return "", fmt.Errorf("the package's name %q must not end in _test, which is for tests", found[1])
	}
	return found[1], history.CheckName(found[1] + ".rego")
}

// rename gives a draft a name that is not taken.
func (d *draft) rename(taken func(string) bool) {
	if taken == nil || !taken(d.rendered.Name) {
		return
	}
	base := d.rendered.Name
	for n := 2; taken(d.rendered.Name); n++ {
		d.rendered.Name = fmt.Sprintf("%s_%d", base, n)
	}
	at := packageLine.FindStringSubmatchIndex(d.rendered.Rego)
	d.rendered.Rego = d.rendered.Rego[:at[2]] + d.rendered.Name + d.rendered.Rego[at[3]:]
}

// check puts a draft in its final form and tells what is wrong with it; nothing: it may be
// offered. The error is ctx's or the sandbox's.
func (w *writer) check(d *draft) (wrong []string, err error) {
	d.rename(w.opts.Taken)
	path, testPath := d.rendered.Name+".rego", d.rendered.Name+"_test.rego"
	if formatted, err := w.opts.Sandbox.Format(w.ctx, path, d.rendered.Rego); err == nil {
		d.rendered.Rego = formatted
	} else if w.ctx.Err() != nil {
		return nil, w.ctx.Err()
	} // else it does not parse, which Trust says with its place
	cases, wrong, err := w.cases(d)
	if err != nil || len(wrong) > 0 {
		return wrong, err
	}
	if fires, silent := sides(cases); !fires || !silent {
		return []string{"it needs an example in which it fires, and one in which it is silent"}, nil
	}
	clean, err := cleanFacts(w.ctx)
	if err != nil {
		return nil, err
	}
	request := trust.Request{Set: rego.Set{Modules: []rego.Module{{Path: path, Source: d.rendered.Rego}}}, Policy: path, Clean: clean, Generated: true}
	for i, c := range cases {
		data, err := json.Marshal(c.Facts)
		if err != nil {
			return nil, err
		}
		request.Examples = append(request.Examples, trust.Example{Name: d.exampleName(i), Fires: c.Example.Fires, Facts: data})
	}
	report, err := w.opts.Sandbox.Trust(w.ctx, request)
	if err != nil {
		return nil, err
	}
	for _, p := range report.Problems {
		switch text := placed(d.rendered.Rego, p); {
		case p.Severity == "error":
			wrong = append(wrong, text)
		case p.Severity == "warning":
			d.warnings = append(d.warnings, text)
		}
	}
	if len(wrong) > 0 {
		return wrong, nil
	}
	if d.free {
		d.rendered.Title, d.explanation = report.Policy.Title, report.Policy.Description
	}
	return w.test(d, cases, testPath)
}

// sides reports whether there are examples of both kinds.
func sides(cases []render.Case) (fires, silent bool) {
	for _, c := range cases {
		fires, silent = fires || c.Example.Fires, silent || !c.Example.Fires
	}
	return fires, silent
}

// exampleName names an example as its author counts.
func (d *draft) exampleName(i int) string {
	name := fmt.Sprintf("example %d", i+1-d.builtin)
	if i < d.builtin {
		name = fmt.Sprintf("built-in example %d", i+1)
	}
	if why := d.rendered.Examples[i].Why; why != "" {
		name += " (" + why + ")"
	}
	return name
}

// placed is a problem with its line.
func placed(source string, p rego.Problem) string {
	if start := p.Span.Start; start > 0 && int(start) <= len(source) && !strings.HasPrefix(p.Code, "example") {
		return fmt.Sprintf("line %d: %s", 1+strings.Count(source[:start], "\n"), p.Message)
	}
	return p.Message
}

// cases are the examples with the facts of their code.
func (w *writer) cases(d *draft) (cases []render.Case, wrong []string, err error) {
	for i, e := range d.rendered.Examples {
		name, ok := fileNames[e.Language]
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s is in %.40q, whose facts cannot be read", d.exampleName(i), e.Language))
			continue
		}
		document, err := facts.OfCode(w.ctx, name, e.Code)
		if err != nil {
			return nil, nil, err
		}
		if n := document.File.ParseErrors; n > 0 {
			wrong = append(wrong, fmt.Sprintf("%s has %d syntax errors", d.exampleName(i), n))
			continue
		}
		plain, err := plainFacts(document)
		if err != nil {
			return nil, nil, err
		}
		cases = append(cases, render.Case{Example: e, Facts: plain})
	}
	return cases, wrong, nil
}

// fileNames are where the code of an example is said to stand.
var fileNames = map[string]string{"python": "agent.py", "typescript": "agent.ts"}

func plainFacts(document *facts.Document) (map[string]any, error) {
	data, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	var plain map[string]any
	return plain, json.Unmarshal(data, &plain)
}

// test writes the policy's test and runs it. The facts in it are as few as do: what the
// renderer knows to be read, else what the module has a word for, else all.
func (w *writer) test(d *draft, cases []render.Case, path string) (wrong []string, err error) {
	all := d.rendered
	all.Reads = nil
	variants := []variant{{&d.rendered, cases}, {&all, mentioned(d.rendered.Rego, cases)}, {&all, cases}}
	if d.free {
		variants = variants[1:]
	}
	for _, v := range variants {
		source, err := render.Test(v.of, v.cases)
		if err != nil {
			return []string{err.Error()}, nil
		}
		if formatted, err := w.opts.Sandbox.Format(w.ctx, path, source); err == nil {
			source = formatted
		}
		report, err := w.opts.Sandbox.Test(w.ctx, rego.Set{Modules: []rego.Module{
			{Path: d.rendered.Name + ".rego", Source: d.rendered.Rego}, {Path: path, Source: source}}}, "")
		if err != nil {
			return nil, err
		}
		if wrong = failures(report, len(v.cases)); len(wrong) == 0 {
			d.test = source
			return nil, nil
		}
	}
	return wrong, nil
}

// variant is a test with more or fewer of the facts.
type variant struct {
	of    *render.Rendered
	cases []render.Case
}

// failures are tests that did not pass, or did not run.
func failures(report *rego.TestReport, want int) (wrong []string) {
	for _, r := range report.Results {
		if !r.Passed || r.Skipped {
			wrong = append(wrong, strings.TrimSuffix(fmt.Sprintf("its test %s fails: %s", r.Name, r.Message), ": "))
		}
	}
	if len(report.Results) < want {
		wrong = append(wrong, fmt.Sprintf("only %d of its %d tests could be run", len(report.Results), want))
	}
	return wrong
}

// mentioned leaves out of facts what a module has no word for. Whether that changes what the
// policy says is seen when its tests run.
func mentioned(source string, cases []render.Case) []render.Case {
	words := map[string]bool{}
	for _, word := range regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`).FindAllString(source, -1) {
		words[word] = true
	}
	var keep func(value any) any
	keep = func(value any) any {
		switch value := value.(type) {
		case map[string]any:
			out := map[string]any{}
			for key, inner := range value {
				if words[key] {
					out[key] = keep(inner)
				}
			}
			return out
		case []any:
			out := slices.Clone(value)
			for i := range out {
				out[i] = keep(out[i])
			}
			return out
		}
		return value
	}
	reduced := slices.Clone(cases)
	for i := range reduced {
		reduced[i].Facts, _ = keep(reduced[i].Facts).(map[string]any)
	}
	return reduced
}

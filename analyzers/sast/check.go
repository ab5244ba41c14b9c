package sast

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// prefix is what the ids of qodacode's own rules begin with.
const prefix = "SAST-"

// New is the check of qodacode's own rules.
func New() diagnostics.Check {
	return diagnostics.Check{
		Name: "sast", Family: "sast", Beside: true,
		Rules: func() []diagnostics.Rule { return described(packed(), prefix, "sast") },
		Warm:  func() { own() },
		Run:   func(pass *diagnostics.Pass) { own().report(pass, prefix) },
	}
}

// own are qodacode's own rules, compiled at their first use.
var own = sync.OnceValue(func() *Ruleset { return NewRuleset(packed()) })

// described are rules as people see them, each id once: a weakness has a rule per language.
func described(rules []*rule.Rule, prefix, family string) []diagnostics.Rule {
	var out []diagnostics.Rule
	at := map[string]int{}
	for _, r := range rules {
		id := prefix + r.ID
		i, known := at[id]
		if !known {
			i = len(out)
			at[id] = i
			out = append(out, diagnostics.Rule{ID: id, Title: titleOf(r), Family: family, Severity: r.Severity, Since: r.Metadata.Since,
				Doc: r.Metadata.Doc, CWE: r.Metadata.CWE, OWASPLLM: r.Metadata.OWASPLLM})
		}
		if known {
			out[i].Doc += elsewhere(r)
		}
		if out[i].Doc == "" {
			out[i].Doc = r.Message
		}
		for _, l := range r.Languages {
			if !slices.Contains(out[i].Languages, l) {
				out[i].Languages = append(out[i].Languages, l)
			}
		}
	}
	return out
}

// elsewhere is the example of a weakness in the second language that it has a rule for.
func elsewhere(r *rule.Rule) string {
	if len(r.Languages) == 0 || !r.Languages[0].IsScript() {
		return ""
	}
	_, example, ok := strings.Cut(r.Metadata.Doc, "## Example\n")
	end := strings.LastIndex(example, "```\n")
	if !ok || end < 0 {
		return ""
	}
	return "\n## In JavaScript and TypeScript\n" + example[:end+len("```\n")]
}

// longestTitle is how much of a message stands for a title that is not there, in bytes.
const longestTitle = 70

// titleOf is a rule's title; users' rules rarely have one, and begin their messages with it.
func titleOf(r *rule.Rule) string {
	if r.Metadata.Title != "" {
		return r.Metadata.Title
	}
	first, _, _ := strings.Cut(strings.TrimSpace(r.Message), "\n")
	first, _, _ = strings.Cut(first, ". ")
	first = strings.TrimSuffix(first, ".")
	if len(first) > longestTitle {
		cut := strings.LastIndexByte(first[:longestTitle], ' ')
		if cut < 0 {
			return r.ID
		}
		first = first[:cut] + "…"
	}
	return cmp.Or(first, r.ID)
}

// report runs the rules over the file of pass. Files beside rules are their tests, with
// findings on purpose.
func (s *Ruleset) report(pass *diagnostics.Pass, prefix string) {
	if slices.Contains(strings.Split(pass.File.Path, "/"), ruleFolder) {
		return
	}
	if prefix != "" && minified(pass.File) { // users' rules say themselves where they run
		return
	}
	result := s.ScanOn(pass.Context, pass.File, pass.Modules, max(1, pass.Threads))
	for _, f := range result.Findings {
		pass.Report(diagnostics.Finding{Rule: prefix + f.Rule.ID, Severity: f.Rule.Severity, Span: f.Span, Message: f.Message,
			Related: related(pass, f), Flow: len(f.Trace) > 0, Fix: fixOf(f)})
	}
	for _, id := range result.Exceeded {
		pass.Warn("the rule " + prefix + id + " takes too long in " + pass.File.Path + " and was stopped there; what it found until then is reported. " +
			"Make its patterns more specific, or leave the file out with check.exclude")
	}
	for _, id := range result.Failed {
		pass.Warn("the rule " + prefix + id + " failed in " + pass.File.Path + " and was left out there; the others ran. Please report it with the file, or a part of it that is enough")
	}
}

// stepMessages tell what happens at each step of a flow.
var stepMessages = map[taint.StepKind]string{
	taint.SourceStep: "the data comes from here",
	taint.AssignStep: "and is stored here",
	taint.CallStep:   "and is passed on here",
	taint.ReturnStep: "and comes back here",
}

// related is the way of the data, without the place where the finding stands.
func related(pass *diagnostics.Pass, f Finding) []diagnostics.Related {
	var out []diagnostics.Related
	for _, step := range f.Trace {
		message, ok := stepMessages[step.Kind]
		if !ok || step.File == pass.File && step.Span == f.Span {
			continue
		}
		r := diagnostics.Related{Span: step.Span, Message: message}
		if step.File != pass.File {
			r.Path, r.Span = step.File.Path, step.File.Locate(step.Span)
		}
		if !slices.ContainsFunc(out, func(o diagnostics.Related) bool { return o.Path == r.Path && o.Span == r.Span }) {
			out = append(out, r)
		}
	}
	return out
}

// Fix is what can be done about a finding of a rule: a change that the rule has itself, or
// one that codeactions knows by the name of the rule's fixer.
type Fix struct {
	Title string
	Safe  bool
	Edit  *Edit  // of File.Text; nil where the rule has none
	Fixer string // "" for none
	Span  text.Span
	Rule  *rule.Rule
}

func fixOf(f Finding) any {
	if f.Fix == nil && f.Rule.Metadata.Fixer == "" {
		return nil
	}
	return &Fix{Title: f.Rule.Metadata.FixTitle, Safe: f.Rule.Metadata.FixSafe, Edit: f.Fix, Fixer: f.Rule.Metadata.Fixer, Span: f.Span, Rule: f.Rule}
}

package policy

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// Verdict is what policies say of one version of one file. It is immutable.
type Verdict struct {
	Set      *Set       // the policies; nil: there are none
	Source   *text.Text // the file as it was judged
	Findings []diagnostics.Finding
}

// Violation is what a finding of a policy has for who offers fixes: diagnostics.Finding.Fix.
type Violation struct {
	Policy rego.Policy
	File   File // of the policy
	// Fix is the change that the policy proposes, New in place of Span; "" and no span for none.
	Title string
	Span  text.Span
	New   string
}

// Fixable reports whether the policy proposes a change.
func (v *Violation) Fixable() bool { return v.Title != "" }

// Suggestion is the fix of a problem in a policy: what was meant instead of the text at Span.
type Suggestion struct {
	Span text.Span
	New  string
}

// Verdict is what an evaluation of the set says of the file whose facts were evaluated.
func (s *Set) Verdict(source *text.Text, result *sandbox.Evaluation) *Verdict {
	v := &Verdict{Set: s, Source: source}
	for _, violation := range result.Violations {
		if p, ok := s.byID[violation.Policy]; ok {
			v.Findings = append(v.Findings, s.finding(source, p, violation))
		}
	}
	return v
}

func (s *Set) finding(source *text.Text, p rego.Policy, v rego.Violation) diagnostics.Finding {
	out := &Violation{Policy: p}
	out.File, _ = s.File(p.Path)
	f := diagnostics.Finding{Rule: p.ID, Severity: severityOf(v.Severity), Span: spanOf(source, v.Range), Message: v.Message, Fix: out}
	if v.Fix != nil {
		out.Title, out.Span, out.New = v.Fix.Title, exactSpan(source, v.Fix.Range), v.Fix.NewText
	}
	for _, r := range v.Related {
		f.Related = append(f.Related, diagnostics.Related{Span: spanOf(source, r.Range), Message: r.Message})
	}
	if out.File.Abs != "" {
		f.Related = append(f.Related, diagnostics.Related{Path: out.File.Path, Span: p.Span, Message: "the policy"})
	}
	return f
}

// Lint is the verdict on a policy: its own problems. src is the newest text of the file of that name.
func (s *Set) Lint(ctx context.Context, name string, src *text.Text) (*Verdict, error) {
	set := rego.Set{Params: s.set.Params}
	found := false
	for _, m := range s.set.Modules {
		if m.Path == name {
			m.Source, found = src.String(), true
		}
		set.Modules = append(set.Modules, m)
	}
	if !found {
		set.Modules = append(set.Modules, rego.Module{Path: name, Source: src.String()})
	}
	problems, err := s.host.opts.Sandbox.Lint(ctx, set, name)
	if err != nil {
		return nil, err
	}
	v := &Verdict{Set: s, Source: src}
	for _, p := range problems {
		if p.Path == name {
			v.Findings = append(v.Findings, Finding(p, src))
		}
	}
	return v, nil
}

// Problems are those of one file of the set.
func (s *Set) Problems(ctx context.Context, f File) ([]rego.Problem, error) {
	problems, err := s.host.opts.Sandbox.Lint(ctx, s.set, f.Path)
	return slices.DeleteFunc(problems, func(p rego.Problem) bool { return p.Path != f.Path }), err
}

// Has reports whether there is a file for a policy of that name. A nil set has none.
func (s *Set) Has(name string) bool {
	return s != nil && slices.ContainsFunc(s.files, func(f File) bool { return path.Base(filepath.ToSlash(f.Path)) == name+".rego" })
}

// FailureFinding is a policy that has no result on a file, as a finding in its own file. ok is
// false where there is a result after all, whose form is wrong: that is found without a file.
func FailureFinding(f rego.Failure, file string) (finding diagnostics.Finding, ok bool) {
	return diagnostics.Finding{Rule: diagnostics.PolicyRule, Severity: diagnostics.Error, Span: f.Span,
		Message: "the policy has no result on " + file + ": " + f.Message}, f.Code != "result-shape"
}

// IsError reports whether a finding is an error.
func IsError(f diagnostics.Finding) bool { return f.Severity == diagnostics.Error }

// Finding is a problem of a policy, whose text is src, as a finding in its file.
func Finding(p rego.Problem, src *text.Text) diagnostics.Finding {
	span := text.Span{Start: min(max(p.Span.Start, 0), src.Len()), End: min(max(p.Span.End, 0), src.Len())}
	span.End = max(span.Start, span.End)
	f := diagnostics.Finding{Rule: diagnostics.PolicyRule, Severity: severityOf(p.Severity), Span: span, Message: p.Message}
	if p.Suggestion != "" {
		f.Fix = &Suggestion{Span: span, New: p.Suggestion}
	}
	return f
}

// severityOf is a policy's severity.
func severityOf(s string) diagnostics.Severity {
	if severity, ok := diagnostics.ParseSeverity(s); ok {
		return severity
	}
	return diagnostics.Warning
}

// spanOf is the bytes of a range; the first line of the file for a range that is empty or outside.
func spanOf(src *text.Text, r facts.Range) text.Span {
	if span := exactSpan(src, r); span.Len() > 0 {
		return span
	}
	if r.Start.Line >= 0 && r.Start.Line < src.Lines() {
		return src.Line(r.Start.Line)
	}
	return src.Line(0)
}

func exactSpan(src *text.Text, r facts.Range) text.Span {
	start, _ := src.Offset(text.Position{Line: r.Start.Line, Column: r.Start.Character}, text.UTF16)
	end, _ := src.Offset(text.Position{Line: r.End.Line, Column: r.End.Character}, text.UTF16)
	return text.Span{Start: start, End: max(start, end)}
}

// ruleOf describes a policy as a rule.
func ruleOf(p rego.Policy) diagnostics.Rule {
	title := p.Title
	if title == "" {
		title = strings.ReplaceAll(p.Package, "_", " ")
	}
	doc := "## What it does\n" + p.Description + "\n"
	if p.Description == "" {
		doc = "## What it does\nHolds the code to the policy `" + p.Package + "`.\n"
	}
	return diagnostics.Rule{ID: p.ID, Title: title, Family: "policy", Severity: severityOf(p.Severity),
		Doc: doc + "\nIt stands in `" + p.Path + "`. `# qodacode:ignore " + p.ID + " -- reason` silences it at one place.\n"}
}

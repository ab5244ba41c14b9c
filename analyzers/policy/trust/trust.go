// Package trust judges whether a policy can be relied on: that it fires where it should, is
// silent where it should be, and rests on all its conditions. It runs in the sandbox.
//
// That a policy compiles proves little: most that are wrong compile and never fire. So a policy
// is judged in four ways: what it reads, by following fields of the facts through its rules
// (flow); what is left of it when all but the input is known (way); what it says of documents
// that are known; and, with examples, whether one of them notices that a condition is gone.
package trust

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// Request is a policy with what it is judged by.
type Request struct {
	Set    rego.Set `json:"set"`
	Policy string   `json:"policy"` // path of the module that is judged
	// Examples are facts of code on which it must fire or be silent. Without any, it is judged by itself.
	Examples []Example `json:"examples"`
	// Clean are facts of code in which every policy should be silent.
	Clean []json.RawMessage `json:"clean"`
	// Generated makes errors of warnings: what nobody has written by hand is not offered with a doubt.
	Generated bool `json:"generated"`
}

// Example is the facts of one example.
type Example struct {
	Name  string          `json:"name"`
	Fires bool            `json:"fires"`
	Facts json.RawMessage `json:"facts"`
}

// Report is what was found. A policy is trusted when no problem is an error.
type Report struct {
	Policy   rego.Policy    `json:"policy"`
	Problems []rego.Problem `json:"problems"`
}

// Trusted reports whether the policy may be offered.
func (r *Report) Trusted() bool {
	for _, p := range r.Problems {
		if p.Severity == rego.Error {
			return false
		}
	}
	return true
}

// Judge judges a policy. Its problems are those of rego.Check, and of trust when there is no
// error among them. gate is asked before each step that may take long; nil lets all pass.
func Judge(ctx context.Context, req Request, gate rego.Gate) *Report {
	compiled, problems := rego.Check(ctx, req.Set, req.Policy, gate)
	report := &Report{Problems: append(problems, unread(req.Set, req.Policy)...)}
	if req.Generated {
		for i := range report.Problems {
			if report.Problems[i].Code == "unread-results" {
				report.Problems[i].Severity = rego.Error
			}
		}
	}
	if compiled == nil {
		switch {
		case !report.Trusted() || rego.IsTest(req.Policy):
		case len(req.Examples) == 0:
			report.Problems = append(report.Problems, helps(ctx, req.Set, req.Policy, gate)...)
		default:
			report.Problems = append(report.Problems, rego.Problem{Path: req.Policy, Severity: rego.Error, Code: "no-results",
				Message: "This module reports nothing. Write `deny contains result if { … }`."})
		}
		return report
	}
	report.Policy = compiled.Policy
	report.Problems = append(report.Problems, judged(ctx, compiled, req, gate)...)
	return report
}

// helps judges a module without results by what the policies that use it give to its functions.
func helps(ctx context.Context, set rego.Set, path string, gate rego.Gate) []rego.Problem {
	policies, _ := rego.Compile(ctx, set, gate)
	j := &judge{req: Request{Set: set, Policy: path}}
	for _, m := range set.Modules {
		if m.Path == path {
			j.source = m.Source
		}
	}
	for _, p := range policies {
		if p.Modules[path] == nil {
			continue
		}
		j.compiled = p
		var rules []*ast.Rule
		for _, name := range p.Rules {
			rules = append(rules, p.Compiler.GetRulesExact(p.Ref(name))...)
		}
		j.guarded(func() { follow(p.Compiler, rules).check(j.add) })
	}
	return j.sorted()
}

func judged(ctx context.Context, compiled *rego.Compiled, req Request, gate rego.Gate) []rego.Problem {
	j := &judge{req: req, compiled: compiled, gate: gate}
	for _, m := range req.Set.Modules {
		if m.Path == req.Policy {
			j.source = m.Source
		}
	}
	j.guarded(func() { j.run(ctx) })
	return j.sorted()
}

// guarded keeps a panic of OPA to the policy that caused it.
func (j *judge) guarded(work func()) {
	defer func() {
		if p := recover(); p != nil {
			j.add(finding{severity: rego.Error, code: "internal", message: fmt.Sprintf("The policy can't be judged: %v. Please report it with the policy", p)})
		}
	}()
	work()
}

// judge is the work on one policy.
type judge struct {
	req      Request
	compiled *rego.Compiled
	gate     rego.Gate
	source   string
	problems []rego.Problem
}

func (j *judge) run(ctx context.Context) {
	j.reads()
	if !j.step("eval") {
		return
	}
	j.fires(ctx)
	j.silent(ctx)
	j.examples(ctx)
	if len(j.req.Examples) > 0 && !slices.ContainsFunc(j.problems, func(p rego.Problem) bool { return p.Severity == rego.Error }) {
		j.mutate(ctx)
	}
}

// sorted are the problems by place, each once.
func (j *judge) sorted() []rego.Problem {
	slices.SortStableFunc(j.problems, func(a, b rego.Problem) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(j.problems)
}

// step asks the gate before work that may never end.
func (j *judge) step(work string) bool {
	if j.gate == nil {
		return true
	}
	err := j.gate(rego.Step{Work: work, Path: j.req.Policy, Policy: j.compiled.ID, Key: j.compiled.Key})
	if err != nil {
		j.add(finding{severity: rego.Error, code: "limit", message: err.Error()})
	}
	return err == nil
}

// add adds a finding; one in another module is left to that module's own judgement.
func (j *judge) add(f finding) {
	p := rego.Problem{Path: j.req.Policy, Severity: f.severity, Code: f.code, Message: sentence(f.message), Suggestion: f.suggestion, Span: j.compiled.Span}
	if f.location != nil {
		if f.location.File != j.req.Policy {
			return
		}
		p.Span = rego.SpanOf(j.source, f.location)
	}
	if j.req.Generated && p.Severity == rego.Warning {
		p.Severity = rego.Error
	}
	j.problems = append(j.problems, p)
}

// resultRules are the rules of the judged module that report, compiled.
func (j *judge) resultRules() []*ast.Rule {
	var rules []*ast.Rule
	for _, name := range j.compiled.Rules {
		for _, r := range j.compiled.Compiler.GetRulesExact(j.compiled.Ref(name)) {
			if r.Location != nil && r.Location.File == j.req.Policy {
				rules = append(rules, r)
			}
		}
	}
	slices.SortStableFunc(rules, func(a, b *ast.Rule) int { return cmp.Compare(a.Location.Row, b.Location.Row) })
	return rules
}

// nameOf is the name of a result rule, and headOf its place.
func nameOf(r *ast.Rule) string {
	ref := r.Head.Ref()
	switch last := ref[len(ref)-1].Value.(type) {
	case ast.String:
		return string(last)
	case ast.Var:
		return string(last)
	}
	return ref.String()
}

func headOf(r *ast.Rule) *ast.Location {
	at := *r.Location
	if r.Head.Location != nil {
		at = *r.Head.Location
	}
	at.Text = []byte(nameOf(r))
	return &at
}

package rego

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Lint are the problems of one module of a set.
func Lint(ctx context.Context, set Set, path string, gate Gate) []Problem {
	_, problems := Check(ctx, set, path, gate)
	return problems
}

// Check compiles the policy that one module of a set belongs to, and finds the problems of the
// module. The policy is nil for tests, for modules without results, and when a problem is an error.
func Check(ctx context.Context, set Set, path string, gate Gate) (*Compiled, []Problem) {
	p := parse(set, gate)
	problems := p.problems
	m := p.modules[path]
	var c *Compiled
	switch {
	case m == nil:
	case IsTest(path):
		problems = append(problems, p.testProblems(path, gate)...)
	default:
		var wrong []Problem
		c, wrong = p.policy(ctx, m.Package.Path.String(), NewStore(set.Params), gate)
		problems = append(problems, wrong...)
		rules, _ := resultRules(m, path, p.sources[path])
		if c == nil && len(wrong) == 0 {
			_, wrong := p.compileAt(path, p.closure([]string{path}), gate)
			problems = append(problems, wrong...)
		}
		if len(rules) > 0 && !p.tested(m.Package.Path.String()) {
			problems = append(problems, Problem{Path: path, Span: SpanOf(p.sources[path], m.Package.Path[len(m.Package.Path)-1].Location), Severity: Hint, Code: "no-test",
				Message: "No test uses this policy. Write one in " + strings.TrimSuffix(path, ".rego") + "_test.rego."})
		}
	}
	return c, slices.DeleteFunc(tidy(problems), func(p Problem) bool { return p.Path != path })
}

// compileAt compiles modules for the sake of one of them.
func (p *program) compileAt(path string, paths []string, gate Gate) (compiled bool, problems []Problem) {
	if err := gate.ask(Step{Work: "compile", Path: path, Key: p.key(paths)}); err != nil {
		return false, []Problem{{Path: path, Severity: Error, Code: "limit", Message: err.Error()}}
	}
	problems = p.brokenImport(paths)
	if hasErrors(problems) {
		return false, problems
	}
	problems = protect(path, func() []Problem {
		_, problems := p.compile(paths)
		return problems
	})
	return !hasErrors(problems), problems
}

// tested reports whether a test refers to a package, or is in it.
func (p *program) tested(name string) bool {
	for _, path := range slices.Sorted(maps.Keys(p.modules)) {
		m := p.modules[path]
		own := m.Package.Path.String() == name
		if own && len(testRules(m)) > 0 {
			return true
		}
		if !IsTest(path) {
			continue
		}
		for _, ref := range p.refs[path] {
			if s := ref.String(); s == name || strings.HasPrefix(s, name+".") {
				return true
			}
		}
	}
	return false
}

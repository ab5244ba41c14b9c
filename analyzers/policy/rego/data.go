package rego

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// checkData finds what compiled modules refer to in data that is not there. OPA expects such
// data at run time; here it would make a rule silent for ever.
func (p *program) checkData(compiler *ast.Compiler) []Problem {
	var problems []Problem
	for path, m := range compiler.Modules {
		source := p.sources[path]
		visitRefs(m, func(ref ast.Ref) {
			if !ref[0].Equal(ast.DefaultRootDocument) || len(ref) < 2 {
				return
			}
			ground := ref.GroundPrefix()
			if len(ground) < 2 || ground[1].Equal(paramsTerm) {
				return
			}
			if problem, ok := p.missing(ground); ok {
				problem.Path = path
				problem.Span = SpanOf(source, ref[0].Location)
				problems = append(problems, problem)
			}
		})
	}
	return problems
}

var paramsTerm = ast.StringTerm("params")

// missing tells when no rule is at a ref.
func (p *program) missing(ref ast.Ref) (Problem, bool) {
	var rules []string
	exact := ""
	for name, paths := range p.packages {
		pkg := p.modules[paths[0]].Package.Path
		if !overlap(pkg, ref) {
			continue
		}
		if len(ref) <= len(pkg) {
			return Problem{}, false
		}
		want, ok := ref[len(pkg)].Value.(ast.String)
		if !ok {
			return Problem{}, false
		}
		for _, path := range paths {
			for _, r := range p.modules[path].Rules {
				rule := r.Head.Ref()[0].Value.String()
				if strings.Trim(rule, `"`) == string(want) || strings.HasPrefix(string(want), rule+"#") {
					return Problem{}, false
				}
				rules = append(rules, rule)
			}
		}
		exact = name
	}
	severity, code := Error, "unknown-rule"
	if exact != "" {
		want := string(ref[strings.Count(exact, ".")+1].Value.(ast.String))
		message := fmt.Sprintf("The package %s has no rule %s.", strings.TrimPrefix(exact, "data."), want)
		slices.Sort(rules)
		if near := nearest(want, rules); near != "" {
			message += fmt.Sprintf(" Did you mean %s?", near)
		}
		return Problem{Severity: severity, Code: code, Message: message}, true
	}
	name := strings.TrimPrefix(ref.String(), "data.")
	message := fmt.Sprintf("There is no package for %s: data holds the packages of the policies, and data.params.", name)
	var names []string
	for _, n := range slices.Sorted(maps.Keys(p.packages)) {
		names = append(names, strings.TrimPrefix(n, "data."))
	}
	first := strings.Trim(ref[1].Value.String(), `"`)
	if near := nearest(first, append(names, "params")); near != "" {
		message += fmt.Sprintf(" Did you mean data.%s?", near)
	}
	return Problem{Severity: severity, Code: "unknown-package", Message: message}, true
}

// visitRefs calls f for the refs of a module but those that `with` replaces.
func visitRefs(m *ast.Module, f func(ast.Ref)) {
	var v *ast.GenericVisitor
	v = ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.Package, *ast.Import, *ast.Annotations:
			return true
		case *ast.With:
			v.Walk(x.Value)
			return true
		case *ast.Head:
			// The head's own ref is a name, not a use.
			for _, t := range []*ast.Term{x.Key, x.Value} {
				if t != nil {
					v.Walk(t)
				}
			}
			return true
		case ast.Ref:
			if len(x) > 0 {
				f(x)
			}
		}
		return false
	})
	v.Walk(m)
}

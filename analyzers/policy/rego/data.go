package rego

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/parser/text"
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
				return // see checkParams
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

// checkParams finds parameters that rules of a policy cannot do without and nobody sets: the
// rules would be silent. A rule with a default or an else can do without, and a policy that
// asks for `not data.params.…` knows that it may be missing.
func (p *program) checkParams(compiler *ast.Compiler, own []string) []Problem {
	var problems []Problem
	optional := map[string]bool{} // refs, and names of rules
	for _, path := range own {
		for _, r := range compiler.Modules[path].Rules {
			if r.Default || r.Else != nil {
				optional[r.Head.Ref()[0].String()] = true
			}
			ast.WalkExprs(r, func(e *ast.Expr) bool {
				if e.Negated {
					visitRefs(e, func(ref ast.Ref) { optional[ref.String()] = true })
				}
				return false
			})
		}
	}
	for _, path := range own {
		for _, r := range compiler.Modules[path].Rules {
			if optional[r.Head.Ref()[0].String()] {
				continue
			}
			visitRefs(r, func(ref ast.Ref) {
				ground := ref.GroundPrefix()
				if len(ground) < 3 || !ground[0].Equal(ast.DefaultRootDocument) || !ground[1].Equal(paramsTerm) || optional[ref.String()] {
					return
				}
				if name := p.unset(ground[2:]); name != "" {
					problems = append(problems, Problem{Path: path, Span: refSpan(p.sources[path], ground), Severity: Warning, Code: "unset-param",
						Message: fmt.Sprintf("data.params.%s is not set, so this is never true. Set it in the configuration, or give the rule a default.", name)})
				}
			})
		}
	}
	return problems
}

// refSpan is the place of a ref from its first to its last element.
func refSpan(source string, ref ast.Ref) text.Span {
	span := SpanOf(source, ref[0].Location)
	if end := SpanOf(source, ref[len(ref)-1].Location); end.Start > span.Start && !strings.Contains(source[span.Start:end.End], "\n") {
		span.End = end.End
	}
	return span
}

// unset is the name of a parameter when it has no value.
func (p *program) unset(ref ast.Ref) string {
	var value any = p.params
	var names []string
	for _, t := range ref {
		key, ok := t.Value.(ast.String)
		object, isObject := value.(map[string]any)
		if !ok || !isObject {
			return "" // an element of a list, or a type that OPA judges
		}
		names = append(names, string(key))
		if value, ok = object[string(key)]; !ok {
			return strings.Join(names, ".")
		}
	}
	return ""
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

// visitRefs calls f for the refs of a node but those that `with` replaces.
func visitRefs(node any, f func(ast.Ref)) {
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
	v.Walk(node)
}

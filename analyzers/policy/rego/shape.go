package rego

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// resultRule is the name of a rule whose elements are results.
var resultRule = regexp.MustCompile(`^(deny|violation|warn|info)(_\w+)?$`)

// severityOf is the severity of what a rule reports, by its name.
func severityOf(rule string) string {
	switch kind, _, _ := strings.Cut(rule, "_"); kind {
	case "warn":
		return Warning
	case "info":
		return Info
	}
	return Error
}

// resultKeys are the keys of a result.
var resultKeys = []string{"msg", "range", "subject", "rule", "severity", "fix", "related"}

// resultRules are the names of the rules of a module that report, and what is wrong with
// rules that look like them.
func resultRules(m *ast.Module, path, source string) (rules []string, problems []Problem) {
	for _, r := range m.Rules {
		ref := r.Head.Ref()
		first, _ := ref[0].Value.(ast.Var)
		name := string(first)
		wrong := func(severity, code, message string, loc *ast.Location) {
			span := SpanOf(source, loc)
			if loc == r.Location || loc == r.Head.Location {
				span = firstWord(source, span)
			}
			problems = append(problems, Problem{Path: path, Span: span, Severity: severity, Code: code, Message: message})
		}
		if name == "allow" && len(r.Head.Args) == 0 {
			wrong(Error, "allow", "A policy does not allow, it reports what it finds. Write `deny contains result if { … }` for what must not be.", r.Head.Location)
			continue
		}
		if !resultRule.MatchString(name) || len(r.Head.Args) > 0 {
			continue
		}
		if r.Head.RuleKind() != ast.MultiValue || len(ref) != 1 || r.Default {
			wrong(Error, "result-shape", notASet(name, r), r.Head.Location)
			continue
		}
		if !slices.Contains(rules, name) {
			rules = append(rules, name)
		}
		checkResult(r, wrong)
	}
	return rules, problems
}

func notASet(name string, r *ast.Rule) string {
	kind, _, named := strings.Cut(name, "_")
	if named {
		return fmt.Sprintf("A rule whose name begins with %s_ reports results: write `%s contains result if { … }`. Give a rule that only helps another name.", kind, name)
	}
	if r.Default {
		return fmt.Sprintf("%s is a set of results, which needs no default. Delete this line.", name)
	}
	return fmt.Sprintf("%s has no results without contains: write `%s contains result if { … }`, where result is {\"msg\": \"…\", \"range\": call.range}.", name, name)
}

// checkResult looks at what a rule puts in its set, where it is written out.
func checkResult(r *ast.Rule, wrong func(severity, code, message string, loc *ast.Location)) {
	result := resolve(r.Head.Key, r.Body)
	if result == nil {
		return
	}
	const say = "write {\"msg\": \"…\", \"range\": call.range}, or \"subject\": call.id"
	var object ast.Object
	switch v := result.Value.(type) {
	case ast.Object:
		object = v
	case ast.String, *ast.TemplateString:
		wrong(Warning, "result-shape", "A text alone has no place and is shown at the top of the file: "+say+".", result.Location)
		return
	case ast.Call:
		if fn := v[0].String(); fn == "sprintf" || fn == "concat" || fn == "internal.template_string" {
			wrong(Warning, "result-shape", "A text alone has no place and is shown at the top of the file: "+say+".", result.Location)
		}
		return
	case ast.Number, ast.Boolean, ast.Null, *ast.Array, ast.Set:
		wrong(Error, "result-shape", "A result is an object: "+say+".", result.Location)
		return
	default:
		return
	}
	placed, message, open := false, false, false
	for _, k := range object.Keys() {
		key, ok := k.Value.(ast.String)
		if !ok {
			open = true
			continue
		}
		switch {
		case key == "range" || key == "subject":
			placed = true
		case key == "msg":
			message = true
		case !slices.Contains(resultKeys, string(key)):
			if near := nearest(string(key), resultKeys); near != "" {
				wrong(Warning, "result-shape", fmt.Sprintf("Nothing reads %s of a result. Did you mean %s?", key, near), k.Location)
			}
		}
	}
	if !message && !open {
		wrong(Error, "result-shape", "A result needs \"msg\", the text that is shown.", result.Location)
	}
	if !placed && !open {
		wrong(Warning, "result-shape", "The result has no place and is shown at the top of the file: add \"range\": call.range, or \"subject\": call.id.", result.Location)
	}
}

// resolve is what a term stands for when it is a variable that the body assigns once.
func resolve(t *ast.Term, body ast.Body) *ast.Term {
	if t == nil {
		return nil
	}
	name, ok := t.Value.(ast.Var)
	if !ok {
		return t
	}
	for _, e := range body {
		if e.IsAssignment() && e.Operand(0).Value.Compare(name) == 0 {
			return e.Operand(1)
		}
	}
	return nil
}

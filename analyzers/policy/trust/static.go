package trust

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// reads judges what the rules read.
func (j *judge) reads() {
	rules := j.resultRules()
	for _, r := range rules {
		if !j.readsInput(r) {
			j.add(finding{location: headOf(r), severity: rego.Error, code: "ignores-input",
				message: fmt.Sprintf("This %s reads nothing of the input: it says the same of every file. Begin with the facts that it is about, such as some call in input.llm_calls", nameOf(r))})
		}
		j.constantRange(r)
	}
	follow(j.compiled.Compiler, rules).check(j.add)
	j.elements()
}

func (j *judge) readsInput(r *ast.Rule) bool {
	found := false
	for _, used := range reachable(j.compiled.Compiler, []*ast.Rule{r}) {
		ast.WalkRefs(used, func(ref ast.Ref) bool {
			found = found || len(ref) > 1 && ref[0].Equal(ast.InputRootDocument)
			return found
		})
		ast.WalkTerms(used, func(t *ast.Term) bool {
			found = found || t.Value.Compare(ast.InputRootDocument.Value) == 0
			return found
		})
	}
	return found
}

// unread warns of rules of a module that look like results and that nothing of the set reads.
func unread(set rego.Set, path string) []rego.Problem {
	var problems []rego.Problem
	for _, m := range set.Modules {
		if m.Path != path || rego.IsTest(path) {
			continue
		}
		module, _ := rego.Parse(m)
		if module == nil {
			continue
		}
		for _, r := range module.Rules {
			name := nameOf(r)
			if r.Head.RuleKind() != ast.MultiValue || isResult.MatchString(name) || !resultNames.MatchString(name) && !hasMessage(r) || refersTo(set, name) {
				continue
			}
			problems = append(problems, rego.Problem{Path: path, Span: rego.SpanOf(m.Source, headOf(r)), Severity: rego.Warning, Code: "unread-results",
				Message: fmt.Sprintf("Nothing reads %s. Results are read from deny, violation, warn and info, and from rules whose names begin so: deny_%s.", name, name)})
		}
	}
	return problems
}

var isResult = regexp.MustCompile(`^(deny|violation|warn|info)(_\w+)?$`)

// refersTo reports whether a module of a set uses a rule of some name: it stands elsewhere
// than where rules begin.
func refersTo(set rego.Set, name string) bool {
	word := regexp.MustCompile(`(?m).\b` + regexp.QuoteMeta(name) + `\b`)
	return slices.ContainsFunc(set.Modules, func(m rego.Module) bool {
		return !rego.IsTest(m.Path) && word.MatchString(commentLine.ReplaceAllString(m.Source, ""))
	})
}

var commentLine = regexp.MustCompile(`(?m)^[ \t]*#.*$`)

// hasMessage reports whether a rule makes an object with a message.
func hasMessage(r *ast.Rule) bool {
	found := false
	ast.WalkTerms(r, func(t *ast.Term) bool {
		if object, ok := t.Value.(ast.Object); ok && object.Get(ast.StringTerm("msg")) != nil {
			found = true
		}
		return found
	})
	return found
}

// constantRange warns of results that always stand at the same place.
func (j *judge) constantRange(r *ast.Rule) {
	if r.Head.Key == nil {
		return
	}
	ast.WalkTerms(r, func(t *ast.Term) bool {
		object, ok := t.Value.(ast.Object)
		if !ok || object.Get(ast.StringTerm("msg")) == nil {
			return false
		}
		if at := object.Get(ast.StringTerm("range")); at != nil && at.IsGround() {
			if _, isObject := at.Value.(ast.Object); isObject {
				j.add(finding{location: cmp.Or(at.Location, t.Location), severity: rego.Warning, code: "constant-range",
					message: "Every result stands at the same place. Take the range of the fact that it is about: call.range"})
			}
		}
		if msg, ok := object.Get(ast.StringTerm("msg")).Value.(ast.String); ok && strings.TrimSpace(string(msg)) == "" {
			j.add(finding{location: t.Location, severity: rego.Warning, code: "no-message",
				message: "The message is empty. Say what is wrong, why, and what to do"})
		}
		return true
	})
}

// elements warns of two wildcards over one list in a rule: they stand for different elements,
// so that the verb of one statement is taken with the place of another.
func (j *judge) elements() {
	module := j.compiled.Modules[j.req.Policy]
	if module == nil {
		return
	}
	for _, r := range module.Rules {
		lists := map[string]ast.Ref{}
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			for n := 2; n < len(ref)-1; n++ { // something of the element is read
				v, isVar := ref[n].Value.(ast.Var)
				if !isVar || !v.IsWildcard() {
					continue
				}
				key := ref[:n].String()
				other, ok := lists[key]
				if !ok {
					lists[key] = ref[:n+1]
				} else if !other[n].Value.(ast.Var).Equal(v) {
					name := "x"
					j.add(finding{location: ref[0].Location, severity: rego.Warning, code: "different-elements",
						message: fmt.Sprintf("Each _ of this rule stands for another element of %s. Name one element: some %s in %s", key, name, key)})
				}
				break
			}
			return false
		})
	}
}

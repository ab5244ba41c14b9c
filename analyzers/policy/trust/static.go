package trust

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
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

// fires judges by what is left of each rule whether it can fire, and whether it can be silent.
func (j *judge) fires(ctx context.Context) {
	for _, name := range j.compiled.Rules {
		var rules []*ast.Rule
		for _, r := range j.resultRules() {
			if nameOf(r) == name {
				rules = append(rules, r)
			}
		}
		for _, r := range rules {
			if !j.readsInput(r) {
				return // that has been said
			}
		}
	}
	var all []*way
	for _, name := range j.compiled.Rules {
		rules := slices.DeleteFunc(j.resultRules(), func(r *ast.Rule) bool { return nameOf(r) != name })
		if len(rules) == 0 {
			continue
		}
		ways, err := waysOf(ctx, j.compiled.Compiler, j.compiled.Store, j.compiled.Ref(name))
		if err != nil {
			return // what can't be evaluated is told by the evaluation
		}
		if slices.ContainsFunc(ways, func(w *way) bool { return w.unconditional }) {
			j.add(finding{location: headOf(rules[0]), severity: rego.Error, code: "always-fires",
				message: fmt.Sprintf("This %s fires on every file. Begin with the facts that it is about, such as some call in input.llm_calls, and say which of them", name)})
		}
		possible := slices.DeleteFunc(ways, (*way).contradictory)
		if len(possible) == 0 {
			j.neverFires(name, rules, len(ways) > 0)
		}
		all = append(all, possible...)
	}
	j.unknowns(all)
}

func (j *judge) neverFires(name string, rules []*ast.Rule, contradiction bool) {
	message := fmt.Sprintf("This %s never fires", name)
	switch missing := j.missingParams(rules); {
	case len(missing) > 0:
		message += fmt.Sprintf(": %s is not set. Write a default for it: default %s := …", missing[0], lastPart(missing[0]))
	case contradiction:
		message += ": its conditions contradict each other. Delete or change one of them"
	default:
		message += ": something in it is never true, or a function has no value for what it is given"
	}
	j.add(finding{location: headOf(rules[0]), severity: rego.Error, code: "never-fires", message: message})
}

func lastPart(ref string) string { return ref[strings.LastIndexByte(ref, '.')+1:] }

// missingParams are the parameters that rules read and that have no value.
func (j *judge) missingParams(rules []*ast.Rule) []string {
	var missing []string
	for _, r := range reachable(j.compiled.Compiler, rules) {
		if slices.ContainsFunc(j.compiled.Compiler.GetRulesExact(r.Ref().GroundPrefix()), func(r *ast.Rule) bool { return r.Default }) {
			continue
		}
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			if ground := ref.GroundPrefix(); len(ground) > 2 && ground.HasPrefix(paramsRef) && !j.hasParam(ground) {
				missing = append(missing, ground.String())
			}
			return false
		})
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

var paramsRef = ast.MustParseRef("data.params")

func (j *judge) hasParam(ref ast.Ref) bool {
	section, _ := ref[2].Value.(ast.String)
	values, ok := j.req.Set.Params[string(section)]
	if !ok || len(ref) == 3 {
		return ok
	}
	name, _ := ref[3].Value.(ast.String)
	_, ok = values[string(name)]
	return ok
}

// unknowns warns where no way to fire lets a field be unknown that may be dangerous then, or
// where all ask for the value that is safe.
func (j *judge) unknowns(ways []*way) {
	type admitted struct{ bad, safe, unknown bool }
	fields := map[string]*admitted{} // by path of the field
	for _, w := range ways {
		for key, f := range w.fields {
			row, ok := dangers[f.Name]
			if !ok || !slices.Contains(f.Enum, "unknown") {
				continue
			}
			a := fields[f.Path]
			if a == nil {
				a = &admitted{}
				fields[f.Path] = a
			}
			left := w.domains[key].left()
			a.bad = a.bad || has(left, ast.String(row.bad))
			a.safe = a.safe || has(left, ast.String(row.safe))
			a.unknown = a.unknown || has(left, ast.String("unknown"))
		}
	}
	for path, a := range fields {
		field := facts.FieldAt(strings.Split(strings.ReplaceAll(path, "[_]", ""), ".")...)
		row := dangers[field.Name]
		at := j.where(field)
		switch {
		case a.safe && !a.bad:
			j.add(finding{location: at, severity: rego.Warning, code: "inverted",
				message: fmt.Sprintf("The policy fires where %s is %s, and is silent where %s. Write %s != %s", field.Name, literal(row.safe), row.means, field.Name, literal(row.safe))})
		case a.bad && !a.unknown && !row.ordinary:
			j.add(finding{location: at, severity: rego.Warning, code: "unknown-passes",
				message: fmt.Sprintf("Where %s is \"unknown\" the policy is silent. Write %s != %s, or a warn rule for \"unknown\"", field.Name, field.Name, literal(row.safe))})
		}
	}
}

// where is the first place in the module that names a field.
func (j *judge) where(field *facts.Field) *ast.Location {
	var at *ast.Location
	ast.WalkRefs(j.compiled.Modules[j.req.Policy], func(ref ast.Ref) bool {
		for _, t := range ref[1:] {
			if name, ok := t.Value.(ast.String); ok && string(name) == field.Name && at == nil {
				at = t.Location
			}
		}
		return at != nil
	})
	return at
}

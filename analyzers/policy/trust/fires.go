package trust

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// maxWays is how long ways to fire are looked for. Tests, which expect them on any machine, take longer.
var maxWays = 300 * time.Millisecond

// fires judges by what is left of each rule whether it can fire, and whether it can be silent.
func (j *judge) fires(ctx context.Context) {
	all := j.resultRules()
	if slices.ContainsFunc(all, func(r *ast.Rule) bool { return !j.readsInput(r) }) {
		return // that has been said
	}
	// Ways multiply: a policy with many alternatives is judged without them.
	ctx, cancel := context.WithTimeout(ctx, maxWays)
	defer cancel()
	var admitted []*way
	for _, name := range j.compiled.Rules {
		rules := slices.DeleteFunc(slices.Clone(all), func(r *ast.Rule) bool { return nameOf(r) != name })
		if len(rules) == 0 {
			continue // they are in another module of the package
		}
		ways, err := waysOf(ctx, j.compiled.Compiler, j.compiled.Store, j.compiled.Ref(name))
		if err != nil {
			return // it has too many, or can't be evaluated, which the evaluation tells
		}
		if slices.ContainsFunc(ways, func(w *way) bool { return w.unconditional }) {
			j.add(finding{location: headOf(rules[0]), severity: rego.Error, code: "always-fires",
				message: fmt.Sprintf("This %s fires on every file. Begin with the facts that it is about, such as some call in input.llm_calls, and say which of them", name)})
		}
		possible := slices.DeleteFunc(slices.Clone(ways), (*way).contradictory)
		if len(possible) == 0 {
			j.neverFires(name, rules, len(ways) > 0)
		}
		admitted = append(admitted, possible...)
	}
	j.unknowns(admitted)
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
		case a.safe && !a.bad && row.either && (a.unknown || j.req.Generated):
			// It is about the safe value, and examples show it or unknown does not pass.
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

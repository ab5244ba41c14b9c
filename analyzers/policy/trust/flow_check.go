package trust

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// check reports names that no field has, and comparisons with values that a field never has.
func (f *flow) check(report func(finding)) {
	for _, r := range f.rules {
		for branch := r; branch != nil; branch = branch.Else {
			c := &checker{flow: f, rule: r, report: report}
			c.body(branch.Body)
			if branch.Head.Value != nil {
				c.terms(branch.Head.Value)
			}
			if branch.Head.Key != nil {
				c.terms(branch.Head.Key)
			}
		}
	}
}

// finding is a problem at a place in a module.
type finding struct {
	location       *ast.Location
	severity, code string
	message        string
	suggestion     string
}

type checker struct {
	*flow
	rule   *ast.Rule
	report func(finding)
}

func (c *checker) body(body ast.Body) {
	for _, e := range body {
		switch terms := e.Terms.(type) {
		case *ast.Every:
			c.terms(terms.Domain)
			c.every(body, e, terms)
			c.body(terms.Body)
			continue
		case *ast.Term:
			c.terms(terms)
			c.truth(terms, e)
			continue
		}
		for _, t := range e.Operands() {
			c.terms(t)
		}
		c.compare(e)
	}
}

// terms checks the names in refs, and what stands in comprehensions.
func (c *checker) terms(t *ast.Term) {
	ast.WalkTerms(t, func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case ast.Ref:
			c.ref(v)
		case *ast.ArrayComprehension:
			c.body(v.Body)
			c.terms(v.Term)
			return true
		case *ast.SetComprehension:
			c.body(v.Body)
			c.terms(v.Term)
			return true
		case *ast.ObjectComprehension:
			c.body(v.Body)
			c.terms(v.Key)
			c.terms(v.Value)
			return true
		}
		return false
	})
}

func (c *checker) ref(ref ast.Ref) {
	if ref[0].Equal(ast.InputRootDocument) || ref[0].Equal(ast.DefaultRootDocument) {
		return // the types of OPA know the input; data is checked elsewhere
	}
	v := c.of(c.rule, ref[0])
	for _, operand := range ref[1:] {
		if lacks(v, operand) {
			c.unknownField(v, operand)
			return
		}
		v = step(v, operand)
	}
}

func (c *checker) unknownField(v value, name *ast.Term) {
	var all, paths []string
	for p := range v.is {
		paths = append(paths, p.path())
		for _, child := range p.fields() {
			all = append(all, child.Name)
		}
	}
	slices.Sort(paths)
	slices.Sort(all)
	all = slices.Compact(all)
	key := string(name.Value.(ast.String))
	message := fmt.Sprintf("There is no %s in %s", key, strings.Join(paths, " or "))
	suggestion := nearest(key, all)
	switch {
	case len(all) == 0 && slices.ContainsFunc(slices.Collect(maps.Keys(v.is)), place.isArray):
		message += ", which is a list: the rule is silent. Iterate over it: some x in " + paths[0]
	case len(all) == 0:
		message += ", which is no object: the rule is silent"
	case suggestion != "":
		message += fmt.Sprintf(": the rule is silent. Did you mean %s?", suggestion)
	default:
		message += fmt.Sprintf(": the rule is silent. There are %s", strings.Join(all, ", "))
	}
	if suggestion != "" && name.Location != nil && strings.HasPrefix(string(name.Location.Text), `"`) {
		suggestion = literal(suggestion)
	}
	c.report(finding{location: name.Location, severity: "error", code: "unknown-field", message: message, suggestion: suggestion})
}

// every warns of a condition that holds when there is nothing to hold it.
func (c *checker) every(body ast.Body, e *ast.Expr, every *ast.Every) {
	domain := c.of(c.rule, every.Domain)
	lists := slices.SortedFunc(maps.Keys(domain.is), func(a, b place) int { return strings.Compare(a.path(), b.path()) })
	if len(lists) == 0 || !lists[0].isArray() || c.counts(body, domain) {
		return
	}
	c.report(finding{location: e.Location, severity: "warning", code: "empty-every",
		message: fmt.Sprintf("every holds when %s is empty. Write count(…) > 0 beside it, or say why an empty list is right", lists[0].path())})
}

// counts reports whether something in a body fails when the list is empty.
func (c *checker) counts(body ast.Body, list value) bool {
	same := func(t *ast.Term) bool {
		for p := range c.of(c.rule, t).is {
			if list.is[p] {
				return true
			}
		}
		return false
	}
	found := false
	ast.WalkTerms(body, func(t *ast.Term) bool {
		if ref, ok := t.Value.(ast.Ref); ok {
			for n := 1; n < len(ref); n++ {
				if _, isVar := ref[n].Value.(ast.Var); isVar && same(ast.NewTerm(ref[:n])) {
					found = true // some x in list
				}
			}
		}
		return found
	})
	for _, e := range body {
		if e.IsCall() && e.Operator().String() == ast.Count.Name && same(e.Operand(0)) {
			found = true
		}
	}
	return found
}

// truth reports a condition that is no truth value: in Rego all but false holds, "no" and 0 too.
func (c *checker) truth(t *ast.Term, e *ast.Expr) {
	v := c.of(c.rule, t)
	if len(v.is) == 0 || len(v.of) > 0 || len(v.consts) > 0 {
		return
	}
	places := slices.SortedFunc(maps.Keys(v.is), func(a, b place) int { return strings.Compare(a.path(), b.path()) })
	for _, p := range places {
		if p.field == nil || p.kind() == "boolean" || p.elem {
			return // an element of a list asks whether there is one
		}
	}
	p := places[0]
	name, holds := p.field.Name, "always holds"
	if e.Negated {
		holds = "never holds with not before it"
	}
	message := fmt.Sprintf("%s is %s, which %s: ", p.path(), withArticle(p.kind()), holds)
	switch row, known := dangers[name]; {
	case known && p.enum() != nil && e.Negated:
		message += fmt.Sprintf("write %s != %s", name, literal("yes"))
	case known && p.enum() != nil:
		message += fmt.Sprintf("write %s != %s", name, literal(row.safe))
	case p.enum() != nil:
		message += "compare it with one of " + quoted(p.enum())
	case p.kind() == "string":
		message += fmt.Sprintf(`an empty text is written %s == ""`, name)
	case p.isArray():
		message += fmt.Sprintf("an empty list is written count(…%s) == 0", name)
	default:
		message += "compare it with a value"
	}
	c.report(finding{location: e.Location, severity: "error", code: "no-truth-value", message: message})
}

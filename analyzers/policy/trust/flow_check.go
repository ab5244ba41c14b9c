package trust

import (
	"encoding/json"
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

// compare checks comparisons, and arguments with which a function can't be called.
func (c *checker) compare(e *ast.Expr) {
	if !e.IsCall() {
		return
	}
	operands := e.Operands()
	switch op := e.Operator().String(); op {
	case ast.Equality.Name, ast.Equal.Name, ast.NotEqual.Name:
		if len(operands) == 2 {
			c.constant(operands[0], operands[1], e)
			c.constant(operands[1], operands[0], e)
		}
	case ast.Member.Name:
		c.member(operands[0], operands[1], e)
	case ast.ObjectGet.Name:
		if _, missing := c.get(c.rule, operands[0], operands[1]); missing != nil {
			c.unknownField(c.of(c.rule, operands[0]), missing)
		}
	default:
		for _, fn := range c.called(e) {
			for i, arg := range fn.Head.Args {
				if i < len(operands) && arg.IsGround() {
					c.constant(operands[i], arg, nil)
				}
			}
		}
	}
}

// constant checks that what t stands for can have the value of a constant.
func (c *checker) constant(t, constant *ast.Term, e *ast.Expr) {
	if _, isVar := constant.Value.(ast.Var); isVar || !constant.IsGround() {
		return
	}
	if _, isRef := constant.Value.(ast.Ref); isRef {
		return
	}
	c.never(c.of(c.rule, t), constant, e)
}

// member checks x in {"a", "b"}, and "a" in list.
func (c *checker) member(x, collection *ast.Term, e *ast.Expr) {
	if _, isVar := x.Value.(ast.Var); !isVar && x.IsGround() {
		if _, isRef := x.Value.(ast.Ref); !isRef {
			c.never(c.of(c.rule, collection).elements(), x, e)
			return
		}
	}
	consts := c.of(c.rule, collection).consts
	v := c.of(c.rule, x)
	for _, constant := range consts {
		each(constant, func(element *ast.Term) { c.never(v, element, e) })
	}
}

// each calls fn for the elements of a collection.
func each(collection *ast.Term, fn func(*ast.Term)) {
	switch v := collection.Value.(type) {
	case *ast.Array:
		v.Foreach(fn)
	case ast.Set:
		v.Foreach(fn)
	}
}

// never reports a constant that none of the fields that v may be can have.
func (c *checker) never(v value, constant *ast.Term, e *ast.Expr) {
	if len(v.is) == 0 || len(v.of) > 0 || len(v.consts) > 0 {
		return
	}
	var first *finding
	places := slices.SortedFunc(maps.Keys(v.is), func(a, b place) int { return strings.Compare(a.path(), b.path()) })
	for _, p := range places {
		found := impossible(p, constant)
		if found == nil {
			return
		}
		if first == nil {
			first = found
		}
	}
	first.location = constant.Location
	if e != nil && (first.location == nil || len(first.location.Text) == 0) {
		first.location = e.Location
	}
	if first.suggestion != "" && !strings.HasPrefix(string(first.location.Text), `"`) {
		first.suggestion = "" // the place is not that of the text
	}
	c.report(*first)
}

// impossible tells why a field can't have a value; nil when it can.
func impossible(p place, constant *ast.Term) *finding {
	kind := p.kind()
	var got string
	switch constant.Value.(type) {
	case ast.String:
		got = "string"
	case ast.Boolean:
		got = "boolean"
	case ast.Number:
		got = "number"
	case ast.Null:
		got = "null"
	case *ast.Array:
		got = "array"
	case ast.Object:
		got = "object"
	default:
		got = "set"
	}
	written := constant.String()
	if want := strings.Replace(kind, "integer", "number", 1); got != want {
		f := &finding{severity: "error", code: "type-mismatch",
			message: fmt.Sprintf("%s is never %s: it is %s. ", p.path(), written, withArticle(kind))}
		switch {
		case got == "boolean" && p.enum() != nil:
			f.message += "Its values are " + quoted(p.enum())
		case got == "null":
			f.message += "No field of the facts is null; what is not known is a value"
		case kind == "boolean":
			f.message += "Write the field alone, or not before it"
		default:
			f.message += "Compare it with " + withArticle(kind)
		}
		return f
	}
	text, ok := constant.Value.(ast.String)
	if !ok {
		return nil
	}
	if enum := p.enum(); enum != nil {
		if slices.Contains(enum, string(text)) {
			return nil
		}
		f := &finding{severity: "error", code: "enum", message: fmt.Sprintf("%s is never %s: its values are %s", p.path(), written, quoted(enum))}
		if meant := meantBy(string(text), enum); meant != "" {
			f.message += fmt.Sprintf(". Did you mean %s?", literal(meant))
			f.suggestion = literal(meant)
		}
		return f
	}
	row, ok := spellings[p.path()]
	if !ok || row.form.MatchString(string(text)) {
		return nil
	}
	f := &finding{severity: "error", code: "enum", message: fmt.Sprintf("%s is never %s: its values are %s", p.path(), written, row.says)}
	if row.fix != nil {
		if fixed := row.fix(string(text)); row.form.MatchString(fixed) {
			f.message += fmt.Sprintf(". Did you mean %s?", literal(fixed))
			f.suggestion = literal(fixed)
		}
	}
	return f
}

func (p place) enum() []string {
	if p.field == nil || p.isArray() {
		return nil
	}
	return p.field.Enum
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

func literal(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

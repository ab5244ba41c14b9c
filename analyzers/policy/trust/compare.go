package trust

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

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
	case ast.GreaterThan.Name, ast.GreaterThanEq.Name, ast.LessThan.Name, ast.LessThanEq.Name:
		c.ordered(operands[0], operands[1], e)
		c.ordered(operands[1], operands[0], e)
	case ast.StartsWith.Name, ast.EndsWith.Name, ast.Contains.Name:
		c.predicate(predicates[op], operands[0], operands[1], e)
	case ast.RegexMatch.Name:
		c.predicate(matches, operands[1], operands[0], e)
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

// ordered checks that what is compared by < is of one type: OPA orders a text after every number.
func (c *checker) ordered(t, constant *ast.Term, e *ast.Expr) {
	switch constant.Value.(type) {
	case ast.String, ast.Boolean, ast.Null, ast.Number:
	default:
		return
	}
	v := c.of(c.rule, t)
	for p := range v.is {
		if found := impossible(p, constant); found == nil || found.code != "type-mismatch" {
			return
		}
	}
	c.never(v, constant, e)
}

// predicate checks a function that asks something of a text: of an enum some value must have it.
func (c *checker) predicate(holds func(value, constant string) bool, t, constant *ast.Term, e *ast.Expr) {
	text, ok := constant.Value.(ast.String)
	if !ok {
		return
	}
	v := c.of(c.rule, t)
	var enum []string
	for p := range v.is {
		if p.enum() == nil {
			return
		}
		enum = append(enum, p.enum()...)
	}
	if len(enum) == 0 || slices.ContainsFunc(enum, func(value string) bool { return holds(value, string(text)) }) {
		return
	}
	slices.Sort(enum)
	c.report(finding{location: cmp.Or(constant.Location, e.Location), severity: "error", code: "enum",
		message: fmt.Sprintf("No value of %s is like that: they are %s", c.pathOf(v), quoted(slices.Compact(enum)))})
}

func (c *checker) pathOf(v value) string {
	var paths []string
	for p := range v.is {
		paths = append(paths, p.path())
	}
	slices.Sort(paths)
	return strings.Join(paths, " or ")
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
	row, ok := p.spelling()
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

// matches reports whether a pattern is found in a value; what is no pattern is told by OPA.
func matches(value, pattern string) bool {
	re, err := regexp.Compile(pattern)
	return err != nil || re.MatchString(value)
}

func (p place) spelling() (row spelling, ok bool) {
	longest := 0
	for end, candidate := range spellings {
		if path := p.path(); len(end) > longest && (path == end || strings.HasSuffix(path, "."+end)) {
			row, ok, longest = candidate, true, len(end)
		}
	}
	return row, ok
}

func (p place) enum() []string {
	if p.field == nil || p.isArray() {
		return nil
	}
	return p.field.Enum
}

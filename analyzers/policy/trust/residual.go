package trust

import (
	"context"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// What is left of a rule when all but the input is known: a query for each way to fire. No
// query means that it never fires; a query without conditions, that it always does.

// way is one way to fire: for each term under conditions what it may be.
type way struct {
	domains       map[string]*domain
	fields        map[string]*facts.Field // by the same key, where the term is a field
	unconditional bool                    // it needs nothing of the input
}

func (w *way) contradictory() bool {
	for _, d := range w.domains {
		if d.empty() {
			return true
		}
	}
	return false
}

// waysOf are the ways in which a rule fires.
func waysOf(ctx context.Context, compiler *ast.Compiler, store storage.Store, rule ast.Ref) ([]*way, error) {
	query := ast.NewBody(ast.NewExpr(ast.NewTerm(rule.Append(ast.VarTerm("result")))))
	partial, err := rego.New(
		rego.Compiler(compiler), rego.Store(store), rego.ParsedQuery(query),
		rego.Unknowns([]string{"input"}),
	).Partial(ctx)
	if err != nil {
		return nil, err
	}
	var ways []*way
	for _, q := range partial.Queries {
		ways = append(ways, newWay(q))
	}
	return ways, nil
}

func newWay(query ast.Body) *way {
	w := &way{domains: map[string]*domain{}, fields: map[string]*facts.Field{}, unconditional: true}
	names := map[ast.Var]ast.Ref{} // variables that stand for a ref
	for _, e := range query {
		if e.IsEquality() && !e.Negated {
			a, b := e.Operand(0), e.Operand(1)
			for range 2 {
				if v, isVar := a.Value.(ast.Var); isVar {
					if ref, isRef := b.Value.(ast.Ref); isRef {
						names[v] = ref
					}
				}
				a, b = b, a
			}
		}
	}
	for _, e := range query {
		ast.WalkRefs(e, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) {
				for _, t := range ref[1:] {
					if _, isVar := t.Value.(ast.Var); isVar {
						w.unconditional = false // there must be an element
					}
				}
			}
			return false
		})
		w.condition(e, names)
	}
	return w
}

// condition narrows what the terms of an expression may be.
func (w *way) condition(e *ast.Expr, names map[ast.Var]ast.Ref) {
	if t, ok := e.Terms.(*ast.Term); ok {
		if d := w.at(t, names); d != nil {
			if isBoolean(d) {
				d.is(ast.Boolean(!e.Negated))
			} else if !e.Negated {
				d.isNot(ast.Boolean(false))
			}
		}
		w.unconditional = false
		return
	}
	if !e.IsCall() {
		w.unconditional = false // every
		return
	}
	if e.IsEquality() && !e.Negated && (isVar(e.Operand(0)) || isVar(e.Operand(1))) {
		return // names a value
	}
	w.unconditional = false
	operands := e.Operands()
	if len(operands) < 2 {
		return
	}
	op := e.Operator().String()
	a, b := operands[0], operands[1]
	if op == ast.Member.Name {
		if values, ok := elements(b); ok {
			if d := w.at(a, names); d != nil {
				d.restrict(!e.Negated, values...)
			}
		}
		return
	}
	if constant(a) {
		a, b = b, a
		op = mirrored[op]
	}
	if len(operands) > 2 || !constant(b) {
		// f(x, value): what a built-in gives
		if last := operands[len(operands)-1]; constant(last) && !e.Negated && op != "" {
			key := ast.CallTerm(append([]*ast.Term{e.OperatorTerm()}, operands[:len(operands)-1]...)...)
			if d := w.at(key, names); d != nil {
				d.is(last.Value)
			}
		}
		return
	}
	d := w.at(a, names)
	if d == nil {
		return
	}
	switch op {
	case ast.Equality.Name, ast.Equal.Name:
		d.restrict(!e.Negated, b.Value)
	case ast.NotEqual.Name:
		d.restrict(e.Negated, b.Value)
	case ast.GreaterThan.Name, ast.GreaterThanEq.Name, ast.LessThan.Name, ast.LessThanEq.Name:
		if limit, ok := number(b.Value); ok {
			if e.Negated {
				op = opposite[op]
			}
			d.bound(op, limit)
		}
	case ast.Count.Name, ast.Lower.Name, ast.Upper.Name:
		if e.Negated {
			return
		}
		if d := w.at(ast.CallTerm(e.OperatorTerm(), a), names); d != nil {
			d.is(b.Value)
			if text, ok := b.Value.(ast.String); ok && written[op] != nil && written[op](string(text)) != string(text) {
				d.isNot(b.Value) // lower(x) is never "DELETE"
			}
		}
	}
}

// written is how the results of functions are written.
var written = map[string]func(string) string{ast.Lower.Name: strings.ToLower, ast.Upper.Name: strings.ToUpper}

func (d *domain) restrict(to bool, values ...ast.Value) {
	if to {
		d.is(values...)
	} else {
		d.isNot(values...)
	}
}

var mirrored = map[string]string{
	ast.Equality.Name: ast.Equality.Name, ast.Equal.Name: ast.Equal.Name, ast.NotEqual.Name: ast.NotEqual.Name,
	ast.GreaterThan.Name: ast.LessThan.Name, ast.LessThan.Name: ast.GreaterThan.Name,
	ast.GreaterThanEq.Name: ast.LessThanEq.Name, ast.LessThanEq.Name: ast.GreaterThanEq.Name,
}

var opposite = map[string]string{
	ast.GreaterThan.Name: ast.LessThanEq.Name, ast.LessThanEq.Name: ast.GreaterThan.Name,
	ast.GreaterThanEq.Name: ast.LessThan.Name, ast.LessThan.Name: ast.GreaterThanEq.Name,
}

// at is the domain of a ref into the input, or of a call of a function on one; nil for others.
func (w *way) at(t *ast.Term, names map[ast.Var]ast.Ref) *domain {
	key, field, ok := keyOf(t, names)
	if !ok {
		return nil
	}
	if w.domains[key] == nil {
		w.domains[key] = newDomain(field)
		if field != nil {
			w.fields[key] = field
		}
	}
	return w.domains[key]
}

func keyOf(t *ast.Term, names map[ast.Var]ast.Ref) (key string, field *facts.Field, ok bool) {
	switch v := t.Value.(type) {
	case ast.Ref:
		ref := resolved(v, names)
		if !ref[0].Equal(ast.InputRootDocument) {
			return "", nil, false
		}
		return ref.String(), fieldOf(ref), true
	case ast.Var:
		if ref, named := names[v]; named {
			return keyOf(ast.NewTerm(ref), names)
		}
	case ast.Call:
		parts := []string{v[0].String()}
		for _, arg := range v[1:] {
			key, _, ok := keyOf(arg, names)
			if !ok && !constant(arg) {
				return "", nil, false
			} else if !ok {
				key = arg.String()
			}
			parts = append(parts, key)
		}
		return strings.Join(parts, " "), nil, true
	}
	return "", nil, false
}

// resolved puts for a variable that stands for a ref that ref.
func resolved(ref ast.Ref, names map[ast.Var]ast.Ref) ast.Ref {
	for range 10 { // a circle of names ends
		v, isVar := ref[0].Value.(ast.Var)
		target, named := names[v]
		if !isVar || !named {
			break
		}
		ref = target.Concat(ref[1:])
	}
	return ref
}

// fieldOf is the field that a ref leads to; nil where it is no field or an array's index is last.
func fieldOf(ref ast.Ref) *facts.Field {
	at := place{}
	for _, t := range ref[1:] {
		name, named := t.Value.(ast.String)
		switch {
		case at.isArray() && !named:
			at.elem = true
		case named:
			child, ok := at.child(string(name))
			if !ok {
				return nil
			}
			at = child
		default:
			return nil
		}
	}
	if at.elem {
		return nil
	}
	return at.field
}

func isVar(t *ast.Term) bool { _, ok := t.Value.(ast.Var); return ok }

func isBoolean(d *domain) bool {
	return d.closed && len(d.values) > 0 && func() bool { _, ok := d.values[0].(ast.Boolean); return ok }()
}

func constant(t *ast.Term) bool {
	switch t.Value.(type) {
	case ast.String, ast.Number, ast.Boolean, ast.Null:
		return true
	}
	return false
}

// elements are those of a collection of constants.
func elements(t *ast.Term) ([]ast.Value, bool) {
	var values []ast.Value
	known := true
	switch t.Value.(type) {
	case *ast.Array, ast.Set:
		each(t, func(e *ast.Term) {
			known = known && constant(e)
			values = append(values, e.Value)
		})
		return values, known
	}
	return nil, false
}

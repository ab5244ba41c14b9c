package trust

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// domain is what one term may still be after the conditions on it. Only what is certain
// narrows it; so an empty domain proves that the conditions contradict each other.
type domain struct {
	values   []ast.Value // the only ones; nil: any
	closed   bool        // values says all
	not      []ast.Value
	from, to float64 // of numbers; both included
	open     [2]bool // from, to not included
	whole    bool    // an integer
}

func newDomain(f *facts.Field) *domain {
	d := &domain{from: math.Inf(-1), to: math.Inf(1)}
	if f == nil {
		return d
	}
	switch {
	case f.Type == "boolean":
		d.closed, d.values = true, []ast.Value{ast.Boolean(true), ast.Boolean(false)}
	case f.Enum != nil:
		d.closed = true
		for _, v := range f.Enum {
			d.values = append(d.values, ast.String(v))
		}
	case f.Type == "integer":
		d.whole = true
	}
	return d
}

func (d *domain) is(values ...ast.Value) {
	if !d.closed {
		d.closed, d.values = true, values
		return
	}
	d.values = slices.DeleteFunc(slices.Clone(d.values), func(v ast.Value) bool { return !has(values, v) })
}

func (d *domain) isNot(values ...ast.Value) { d.not = append(d.not, values...) }

// bound narrows by x op limit.
func (d *domain) bound(op string, limit float64) {
	switch op {
	case ast.GreaterThan.Name, ast.GreaterThanEq.Name:
		open := op == ast.GreaterThan.Name
		if limit > d.from || limit == d.from && open {
			d.from, d.open[0] = limit, open
		}
	case ast.LessThan.Name, ast.LessThanEq.Name:
		open := op == ast.LessThan.Name
		if limit < d.to || limit == d.to && open {
			d.to, d.open[1] = limit, open
		}
	}
}

// left are the values of a closed domain that no condition forbids.
func (d *domain) left() []ast.Value {
	return slices.DeleteFunc(slices.Clone(d.values), func(v ast.Value) bool {
		if n, ok := number(v); ok && !d.inside(n) {
			return true
		}
		return has(d.not, v)
	})
}

func (d *domain) inside(n float64) bool {
	return (n > d.from || n == d.from && !d.open[0]) && (n < d.to || n == d.to && !d.open[1])
}

func (d *domain) empty() bool {
	if d.closed {
		return len(d.left()) == 0
	}
	if d.whole && !math.IsInf(d.from, 0) && !math.IsInf(d.to, 0) {
		first, last := math.Ceil(d.from), math.Floor(d.to)
		if first == d.from && d.open[0] {
			first++
		}
		if last == d.to && d.open[1] {
			last--
		}
		return first > last
	}
	return d.from > d.to || d.from == d.to && (d.open[0] || d.open[1])
}

func has(values []ast.Value, v ast.Value) bool {
	return slices.ContainsFunc(values, func(w ast.Value) bool { return v.Compare(w) == 0 })
}

func number(v ast.Value) (float64, bool) {
	n, ok := v.(ast.Number)
	if !ok {
		return 0, false
	}
	f, err := json.Number(n).Float64()
	return f, err == nil
}

package trust

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// place is a field of the document, or with elem any element of an array field. The zero
// place is the document.
type place struct {
	field *facts.Field
	elem  bool
}

// fields are those of an object; nil for others.
func (p place) fields() []*facts.Field {
	if p.field == nil {
		return facts.Fields()
	}
	if p.isArray() {
		return nil
	}
	return p.field.Fields
}

func (p place) isArray() bool { return p.field != nil && p.field.Type == "array" && !p.elem }

// kind is the JSON type.
func (p place) kind() string {
	switch {
	case p.field == nil:
		return "object"
	case p.elem:
		return p.field.Elem
	}
	return p.field.Type
}

// path is how a policy writes it, without input: sql[_].verb.
func (p place) path() string {
	switch {
	case p.field == nil:
		return "input"
	case p.elem:
		return p.field.Path + "[_]"
	}
	return p.field.Path
}

func (p place) child(name string) (place, bool) {
	i := slices.IndexFunc(p.fields(), func(f *facts.Field) bool { return f.Name == name })
	if i < 0 {
		return place{}, false
	}
	return place{field: p.fields()[i]}, true
}

// value is what a term may be: fields of the document, or a collection made in the policy
// whose elements are such fields, and the constants that are known of it.
type value struct {
	is, of map[place]bool
	consts []*ast.Term
}

// add reports whether v grew.
func (v *value) add(w value) bool {
	grew := false
	for _, pair := range []struct {
		to   *map[place]bool
		from map[place]bool
	}{{&v.is, w.is}, {&v.of, w.of}} {
		for p := range pair.from {
			if (*pair.to)[p] {
				continue
			}
			if *pair.to == nil {
				*pair.to = map[place]bool{}
			}
			(*pair.to)[p] = true
			grew = true
		}
	}
	for _, t := range w.consts {
		if len(v.consts) < maxConsts && !slices.ContainsFunc(v.consts, func(u *ast.Term) bool { return u == t }) {
			v.consts = append(v.consts, t)
			grew = true
		}
	}
	return grew
}

// elements are what iterating over v gives.
func (v value) elements() value {
	out := value{is: map[place]bool{}}
	for p := range v.is {
		if p.isArray() {
			out.is[place{field: p.field, elem: true}] = true
		}
	}
	for p := range v.of {
		out.is[p] = true
	}
	return out
}

// maxConsts is how many constants of one value are kept.
const maxConsts = 64

// step is what an index or a name gives.
func step(v value, operand *ast.Term) value {
	name, named := operand.Value.(ast.String)
	if !named {
		return v.elements()
	}
	out := value{is: map[place]bool{}}
	for p := range v.is {
		if c, ok := p.child(string(name)); ok {
			out.is[c] = true
		}
	}
	for p := range v.of { // an object whose values are known, by a key
		out.is[p] = true
	}
	return out
}

// lacks reports whether nothing that v may be has the name.
func lacks(v value, operand *ast.Term) bool {
	if _, named := operand.Value.(ast.String); !named || len(v.is) == 0 || len(v.of) > 0 {
		return false
	}
	return len(step(v, operand).is) == 0
}

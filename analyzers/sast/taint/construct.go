package taint

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// recoded is what encoding and decoding make of a value: what was put in comes out again.
func (in *interp) recoded(qname string, v *value, marks []mark) (*value, bool) {
	if strings.Contains(qname, ".dump") {
		if v == nil || v.cell == 0 {
			return tainted(marks), true
		}
		out := &value{marks: marks, inside: in.copyOf(v, false)}
		return out, true
	}
	if v != nil && v.inside != nil {
		return v.inside, true
	}
	return nil, false
}

// namedTuple is the class that collections.namedtuple makes.
func (in *interp) namedTuple(args []arg) *value {
	if len(args) < 2 {
		return nil
	}
	fn := &callee{kind: class, unit: in.unit, node: tree.None, use: new(usage)}
	if c := in.cell(args[1].v); c != nil && c.kind == listCell && c.exact {
		for _, e := range c.elems {
			if e.konst() == str {
				fn.fields = append(fn.fields, in.intern(e.str))
			}
		}
	} else if args[1].v.konst() == str {
		for f := range strings.FieldsSeq(strings.ReplaceAll(args[1].v.str, ",", " ")) {
			fn.fields = append(fn.fields, in.intern(f))
		}
	}
	if len(fn.fields) == 0 {
		return nil
	}
	return &value{fn: fn}
}

// construct is a new container.
func (in *interp) construct(kind cellKind, qname string, args []arg) *value {
	id, c := in.alloc(kind)
	out := &value{cell: id}
	switch kind {
	case listCell:
		if !in.unit.python && (qname == "Array" || qname == "Array.of") {
			for i := range args {
				in.push(out, args[i].v)
			}
			return out
		}
		if len(args) > 0 {
			v := args[0].v
			if from := in.cell(v); from != nil && from.kind == listCell {
				in.extend(out, v)
			} else {
				c.exact = false
				if from != nil {
					c.rest = in.iterate(v)
				} else {
					c.rest = tainted(v.taint())
				}
			}
		}
	case dictCell, objectCell:
		for i := range args {
			a := &args[i]
			switch {
			case a.name != 0:
				if c := in.own(id); c != nil {
					c.put(a.name, a.v)
				}
			case a.star == 2, in.cell(a.v) != nil && in.cell(a.v).kind != listCell:
				in.update(out, a.v)
			case a.v != nil && a.v.fn != nil: // defaultdict(list)
			default:
				if c := in.own(id); c != nil {
					in.fromPairs(out, a.v)
				}
			}
		}
		if qname == "collections.defaultdict" {
			in.own(id).exact = false
		}
	}
	return out
}

// fromPairs fills a dictionary from a list of pairs.
func (in *interp) fromPairs(o, v *value) {
	c := in.cell(v)
	if c == nil || c.kind != listCell {
		in.update(o, v)
		return
	}
	for _, e := range slices.Clone(c.elems) {
		if p := in.cell(e); p != nil && p.kind == listCell && len(p.elems) == 2 {
			in.putElement(o, p.elems[0], p.elems[1])
		} else {
			in.update(o, e)
		}
	}
	if c.rest != nil {
		if p := in.cell(c.rest); p != nil && p.kind == listCell && len(p.elems) == 2 {
			in.putElement(o, p.elems[0], p.elems[1])
		} else {
			in.update(o, tainted(in.deep(c.rest)))
		}
	}
}

// copyOf is a copy of a container; shuffled where the order of its elements is lost.
func (in *interp) copyOf(v *value, shuffled bool) *value {
	c := in.cell(v)
	if c == nil || in.st == nil {
		return v
	}
	fresh := *c
	fresh.owner = in.st.owner
	fresh.elems, fresh.fields = slices.Clone(c.elems), slices.Clone(c.fields)
	id := in.newID()
	in.st.set(id, &fresh)
	out := *v
	out.cell = id
	if shuffled {
		if fresh.kind != listCell {
			rest := in.iterate(v)
			lid, l := in.alloc(listCell)
			l.exact, l.rest = false, rest
			return &value{cell: lid, marks: v.marks}
		}
		in.loosen(in.own(id))
	}
	return &out
}

// parsedAddress is an address that was taken apart: it knows the variable that it was read from.
func (in *interp) parsedAddress(args []arg, marks []mark) *value {
	id, c := in.alloc(objectCell)
	c.rest = tainted(marks)
	if len(args) > 0 && args[0].node >= 0 && in.unit.tree.Kind(args[0].node) == tree.Ident {
		c.put(in.intern(parsedOf), numValue(float64(in.name(args[0].node))))
	}
	return &value{cell: id, marks: marks}
}

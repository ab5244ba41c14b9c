package agents

import (
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// Each are the values that the variable of a loop takes, in order, where the loop runs over
// something that is written out: a list, a dictionary's items, enumerate, zip,
// Object.entries. Two variables of one loop have values of the same order, so a
// construct in a loop (for name, fn in NODES.items(): add_node(name, fn)) can be unrolled
// by index. complete is false where r is no such variable or some values can't be told.
func (p *Project) Each(r Ref) (values []Ref, complete bool) {
	if r.Kind() != parser.KindIdentifier && r.Kind() != parser.KindShorthand {
		return nil, false
	}
	for _, d := range r.File.DefsOf(r.Node) {
		if d.Kind == parser.LoopDef {
			return p.iterated(Ref{r.File, d.Value}, d.Path, maxHops)
		}
		if d.Kind == parser.ParamDef || d.Kind == parser.UnpackDef { // xs.forEach((x) => …)
			if l := callbackLoop(r.File, d); l != nil {
				return p.iterated(Ref{r.File, l.Iter}, d.Path, maxHops)
			}
		}
	}
	return nil, false
}

// callbackLoop is the loop whose callback has d as its first parameter, or a part of it.
func callbackLoop(f *parser.File, d *parser.Def) *parser.Loop {
	for i := range f.Loops {
		if l := &f.Loops[i]; l.Kind == parser.CallbackLoop && l.Target != parser.NoNode && f.Within(d.Node, l.Target) {
			return l
		}
	}
	return nil
}

// iterated are the parts at path of the elements of what a loop runs over.
func (p *Project) iterated(iter Ref, path string, hops int) (values []Ref, complete bool) {
	o := p.Origin(iter, nil)
	head, rest, _ := strings.Cut(path, ".")
	if c := o.File.CallAt(o.Node); c != nil && hops > 0 {
		object := o.at(o.File.Field(o.File.Unwrap(c.Callee), parser.FieldObject))
		switch {
		case c.Name == "items" && len(c.Args) == 0, c.Name == "entries" && len(c.Args) == 1:
			if c.Name == "entries" {
				object = o.at(c.Args[0].Value)
			}
			pairs, all := p.Pairs(object)
			for _, pair := range pairs {
				if head == "1" {
					values = append(values, p.part(pair[1], rest))
				} else {
					values = append(values, pair[0])
				}
			}
			return values, all && (head == "0" || head == "1")
		case c.Name == "keys" || c.Name == "values":
			if len(c.Args) == 1 {
				object = o.at(c.Args[0].Value)
			}
			pairs, all := p.Pairs(object)
			for _, pair := range pairs {
				if c.Name == "keys" {
					values = append(values, pair[0])
				} else {
					values = append(values, p.part(pair[1], path))
				}
			}
			return values, all
		case c.Name == "enumerate" && len(c.Args) > 0 && head == "1":
			return p.iterated(o.at(c.Args[0].Value), rest, hops-1)
		case c.Name == "zip" && head != "" && atoi(head) < len(c.Args):
			return p.iterated(o.at(c.Args[atoi(head)].Value), rest, hops-1)
		}
	}
	if o.Kind() == parser.KindDict { // its keys
		pairs, all := p.Pairs(o)
		for _, pair := range pairs {
			values = append(values, pair[0])
		}
		return values, all && path == ""
	}
	elems, all := p.Elements(iter)
	for _, e := range elems {
		values = append(values, p.part(e, path))
	}
	return values, all
}

// part is what a destructuring path takes out of r: an index of a tuple, a key of an object.
func (p *Project) part(r Ref, path string) Ref {
	for path != "" {
		var step string
		step, path, _ = strings.Cut(path, ".")
		o := p.Origin(r, nil)
		if o.Kind() == parser.KindDict {
			r = o.at(o.File.Property(o.Node, step))
		} else {
			elems, _ := p.Elements(r)
			if i := atoi(step); step == strconv.Itoa(i) && i < len(elems) {
				r = elems[i]
			} else {
				return Ref{nil, parser.NoNode}
			}
		}
	}
	return r
}

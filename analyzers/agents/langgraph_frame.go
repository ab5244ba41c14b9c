package agents

import (
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// frame is what parameters and loops' variables stand for where a helper is called or a
// loop runs: the innermost first.
type frame struct {
	name  Ref // of the definition
	value slot
	outer *frame
	site  Ref // the call that a parameter got its value from
}

// slot is one value: an expression, several of them (an element of zip or items), or a
// text that is written nowhere (a number of range).
type slot struct {
	Ref
	frame *frame // for names in Ref
	parts []slot
	text  string
}

func (e *frame) with(name Ref, value slot) *frame { return &frame{name: name, value: value, outer: e} }

// get is the value of the name at r, where a frame has it.
func (e *frame) get(r Ref) (slot, bool) {
	if e == nil || r.Kind() != parser.KindIdentifier && r.Kind() != parser.KindShorthand {
		return slot{}, false
	}
	for _, d := range r.File.DefsOf(r.Node) {
		for s := e; s != nil; s = s.outer {
			if s.name == r.at(d.Node) {
				return s.value, true
			}
		}
	}
	return slot{}, false
}

// resolve replaces a name that a frame has by what it stands for.
func (l *langgraph) resolve(r Ref, e *frame) slot {
	for range maxHops {
		if !r.Valid() {
			break
		}
		r.Node = r.File.Unwrap(r.Node)
		v, ok := e.get(r)
		if !ok {
			break
		}
		if !v.Valid() {
			return v
		}
		r, e = v.Ref, v.frame
	}
	return slot{Ref: r, frame: e}
}

// enter binds the parameters of fn to the arguments of the call at site.
func (l *langgraph) enter(fn, site Ref, c *parser.Call, e *frame) *frame {
	info, out := fn.Func(), e
	skip := 0
	if info.Class >= 0 && len(info.Params) > 0 && !fn.File.Language.IsScript() {
		if s := info.Params[0].Name; s == "self" || s == "cls" {
			skip = 1
		}
	}
	for i := range info.Params {
		d := &info.Params[i]
		a, ok := site.File.Argument(c, d.Name, i-skip)
		switch {
		case i < skip || d.Name == "":
		case ok:
			out = out.with(fn.at(d.Node), slot{Ref: site.at(a.Value), frame: e})
		case d.Value != parser.NoNode:
			out = out.with(fn.at(d.Node), slot{Ref: fn.at(d.Value)})
		}
	}
	return out
}

// bind gives the names in a loop's target their values in one round.
func (l *langgraph) bind(target Ref, v slot, e *frame) *frame {
	f := target.File
	switch target.Kind() {
	case parser.KindIdentifier, parser.KindShorthandPattern:
		return e.with(target, v)
	case parser.KindTuple, parser.KindPattern, parser.KindList:
		i := 0
		for c := range f.Children(target.Node) {
			if part, ok := l.partOf(v, strconv.Itoa(i)); ok {
				e = l.bind(target.at(c), part, e)
			}
			i++
		}
	case parser.KindParameter, parser.KindParenthesized:
		inner := f.Field(target.Node, parser.FieldPattern)
		if inner == parser.NoNode {
			inner = f.FirstChild(target.Node)
		}
		if inner != parser.NoNode {
			return l.bind(target.at(inner), v, e)
		}
	case parser.KindObjectPattern:
		for c := range f.Children(target.Node) {
			key, at := f.Slice(c), c
			if f.Kind(c) == parser.KindPairPattern {
				key, at = f.Slice(f.Field(c, parser.FieldKey)), f.Field(c, parser.FieldValue)
			}
			if part, ok := l.partOf(v, key); ok {
				e = l.bind(target.at(at), part, e)
			}
		}
	}
	return e
}

// partOf is an index of a tuple, a key of a dictionary or an attribute of a record.
func (l *langgraph) partOf(v slot, key string) (slot, bool) {
	if v.parts != nil {
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v.parts) {
			return v.parts[i], true
		}
		return slot{}, false
	}
	if !v.Valid() {
		return slot{}, false
	}
	o := l.originOf(v)
	switch o.Kind() {
	case parser.KindDict:
		for c := range o.File.Children(o.Node) {
			if o.File.Kind(c) == parser.KindPair {
				if k, ok := l.Key(o.at(o.File.Field(c, parser.FieldKey))); ok && k == key {
					return slot{Ref: o.at(o.File.Field(c, parser.FieldValue)), frame: o.frame}, true
				}
			}
		}
		n := o.File.Property(o.Node, key)
		return slot{Ref: o.at(n), frame: o.frame}, n != parser.NoNode
	case parser.KindCall, parser.KindNew: // Config(name="x")
		if c := o.File.CallAt(o.Node); c != nil && key != "" && (key[0] < '0' || key[0] > '9') {
			if a, ok := o.File.Argument(c, key, -1); ok {
				return slot{Ref: o.at(a.Value), frame: o.frame}, true
			}
		}
		return slot{}, false
	}
	i, err := strconv.Atoi(key)
	if err != nil {
		return slot{}, false
	}
	elems, _ := l.items(v.Ref, v.frame)
	if i < 0 {
		i += len(elems)
	}
	if i < 0 || i >= len(elems) {
		return slot{}, false
	}
	return elems[i], true
}

// originOf follows v to where it was made; names of the frame are kept as they are inside of it.
func (l *langgraph) originOf(v slot) slot {
	for range maxHops {
		v = l.resolve(v.Ref, v.frame)
		if !v.Valid() || l.spent() {
			return v
		}
		if o := l.Origin(v.Ref, nil); o != v.Ref {
			if s := l.resolve(o, v.frame); s.Valid() {
				v = s
			}
		}
		next, ok := l.taken(v)
		if !ok || !next.Valid() {
			return v
		}
		v = next
	}
	return v
}

// taken is the part of a table or a tuple that v takes out: xs[0], or a name unpacked from it.
func (l *langgraph) taken(v slot) (slot, bool) {
	switch v.Kind() {
	case parser.KindSubscript:
		if v.File.KindName(v.File.Field(v.Node, parser.FieldSubscript)) != "slice" {
			return l.subscript(v)
		}
	case parser.KindIdentifier:
		defs := v.File.DefsOf(v.Node)
		if len(defs) != 1 {
			return slot{}, false
		}
		switch d := defs[0]; {
		case d.Kind == parser.UnpackDef && !v.File.Within(v.Node, d.Value):
			return l.partOf(slot{Ref: v.at(d.Value), frame: v.frame}, d.Path)
		case d.Kind == parser.ParamDef: // of a function that is called once
			if fn := v.File.EnclosingFunc(d.Node); fn != nil && d.Name != "self" {
				if sites := l.sites(v.at(fn.Node), maxHops); len(sites) == 1 {
					return sites[0].get(v.Ref)
				}
			}
		}
	}
	return slot{}, false
}

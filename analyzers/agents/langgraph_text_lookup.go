package agents

import (
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// nameAttributes are how code asks for the name of a function, a class or a member of an enum.
var nameAttributes = map[string]bool{"__name__": true, "name": true}

func (l *langgraph) attributeTexts(r Ref, e *frame, hops int) ([]string, bool) {
	f := r.File
	object, name := r.at(f.Field(r.Node, parser.FieldObject)), r.name()
	if f.Kind(object.Node) == parser.KindIdentifier && e != nil {
		if v, ok := e.get(object); ok {
			if part, ok := l.partOf(v, name); ok {
				return l.textsOf(part)
			}
			if v.Valid() && (name == "value" || name == "val") {
				return l.textsOf(v)
			}
			object = v.Ref
			if !object.Valid() {
				return nil, false
			}
			if texts, ok := l.instanceTexts(v, name, hops); ok {
				return texts, true
			}
		}
	}
	if v := f.Eval(r.Node); v.Kind == parser.String {
		return []string{v.Str}, true
	}
	if next, ok := l.member(r, maxHops); ok {
		if texts, ok := l.textsIn(next, e, hops-1); ok {
			return texts, ok
		}
	}
	if texts, ok := l.instanceTexts(slot{Ref: object, frame: e}, name, hops); ok {
		return texts, true
	}
	if name == "value" {
		return l.textsIn(object, e, hops-1)
	}
	if nameAttributes[name] {
		if fns, ok := l.callables(object, e, maxHops); ok && len(fns) == 1 && fns[0].Func().Name != "" && fns[0].Func().Name != "__call__" {
			return []string{fns[0].Func().Name}, true
		}
		for _, m := range l.made(object, e, maxHops) {
			if a := l.agents[m.root]; a != nil {
				return []string{l.agentName(a)}, true
			}
		}
		if part, ok := l.partOf(slot{Ref: object, frame: e}, name); ok {
			return l.textsOf(part)
		}
	}
	return l.Strings(r)
}

// instanceTexts are the texts of an attribute of an instance of a class, as its constructor
// was called.
func (l *langgraph) instanceTexts(v slot, name string, hops int) (texts []string, complete bool) {
	o := l.originOf(v)
	if !o.Valid() || o.File.CallAt(o.Node) == nil {
		return nil, false
	}
	class := l.Class(o.Ref, maxHops)
	if !class.Valid() {
		return nil, false
	}
	info := class.File.ClassAt(class.Node)
	e := o.frame
	for _, d := range class.File.Members(info, "__init__") {
		if init := l.defValue(class.File, d); init.Valid() && init.Func() != nil {
			e = l.enter(init, o.Ref, o.File.CallAt(o.Node), o.frame)
			break
		}
	}
	for _, d := range class.File.Members(info, name) {
		if d.Kind != parser.AssignDef || d.Value == parser.NoNode {
			continue
		}
		if texts, ok := l.textsIn(class.at(d.Value), e, hops-1); ok {
			return texts, true
		}
	}
	return nil, false
}

// lookup is table[key]: the value of the key, or any value where the key is not known.
func (l *langgraph) lookup(r Ref, e *frame, hops int) (texts []string, complete bool) {
	f := r.File
	key := f.Field(r.Node, parser.FieldSubscript)
	if key == parser.NoNode {
		key = f.Field(r.Node, parser.FieldIndex)
	}
	table := slot{Ref: r.at(f.FirstChild(r.Node)), frame: e}
	if i, ok := l.number(r.at(key), e); ok {
		if part, ok := l.partOf(table, strconv.Itoa(i)); ok {
			return l.textsOf(part)
		}
		return nil, false
	}
	if keys, ok := l.texts(r.at(key), e); ok && len(keys) == 1 {
		if part, ok := l.partOf(table, keys[0]); ok {
			return l.textsOf(part)
		}
		return nil, false
	}
	return l.anyValue(table, hops)
}

// anyValue are the texts of all values of a table.
func (l *langgraph) anyValue(table slot, hops int) (texts []string, complete bool) {
	pairs, complete := l.pairs(table.Ref, table.frame)
	for _, p := range pairs {
		inner, all := l.textsIn(p[1].Ref, p[1].frame, hops-1)
		texts, complete = append(texts, inner...), complete && all
	}
	return texts, complete && len(texts) > 0
}

package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// agents are the agents that an expression may be. complete is false where there may be others.
func (r *roster) agents(v val, hops int) (found []*member, complete bool) {
	if hops <= 0 || !r.sinks() {
		return nil, false
	}
	defer r.rise()
	o := r.follow(v)
	if !o.Valid() {
		return nil, false
	}
	f := o.File
	add := func(v val) {
		more, all := r.agents(v, hops-1)
		for _, m := range more {
			if !slices.Contains(found, m) {
				found = append(found, m)
			}
		}
		complete = complete && all
	}
	switch o.Kind() {
	case parser.KindCall, parser.KindNew:
		if ms := r.instances(o); len(ms) > 0 {
			return ms, true
		}
		c := f.CallAt(o.Node)
		if c == nil {
			return nil, false
		}
		if callee := f.Unwrap(c.Callee); c.Name == "get" && f.Kind(callee) == parser.KindAttribute {
			return r.entries(o.at(f.Field(callee, parser.FieldObject)), hops)
		}
		if fn := r.Function(o.Ref.at(c.Callee)); fn.Valid() && !r.visited[o.Ref] {
			r.visited[o.Ref] = true
			defer delete(r.visited, o.Ref)
			complete = true
			for _, ret := range r.Returns(fn) {
				add(val{ret, r.bind(fn, o)})
			}
			return found, complete && len(found) > 0
		}
	case parser.KindConditional:
		complete = true
		for _, side := range branches(o.Ref) {
			add(val{side, o.bindings})
		}
	case parser.KindBinary:
		complete = true
		add(o.at(f.Field(o.Node, parser.FieldLeft)))
		add(o.at(f.Field(o.Node, parser.FieldRight)))
		complete = complete || len(found) > 0
	case parser.KindNone:
		return nil, true
	case parser.KindSubscript: // any entry of a literal, for a key that is not known
		return r.entries(o.at(f.FirstChild(o.Node)), hops)
	case parser.KindIdentifier:
		return r.anyOf(o, hops)
	}
	return found, complete
}

// anyOf are the agents that a name with several values may stand for: a loop's variable, a
// parameter, or a variable that is assigned more than once.
func (r *roster) anyOf(o val, hops int) (found []*member, complete bool) {
	if r.visited[o.Ref] {
		return nil, true
	}
	r.visited[o.Ref] = true
	defer delete(r.visited, o.Ref)
	complete = true
	add := func(v val) {
		more, all := r.agents(v, hops-1)
		for _, m := range more {
			if !slices.Contains(found, m) {
				found = append(found, m)
			}
		}
		complete = complete && all
	}
	f := o.File
	for _, d := range f.DefsOf(o.Node) {
		switch d.Kind {
		case parser.LoopDef:
			for _, fr := range r.rounds(val{o.Ref.at(d.Value), o.bindings}) {
				if v, ok := fr.vars[o.Ref.at(d.Node)]; ok {
					add(v)
				}
			}
		case parser.ParamDef:
			if fn := f.EnclosingFunc(d.Node); fn != nil {
				for _, fr := range r.framesOf(o.Ref.at(fn.Node), fn, 2) {
					if v, ok := fr.vars[o.Ref.at(d.Node)]; ok {
						add(v)
					}
				}
			}
		case parser.UnpackDef: // a, b = make()
			source := r.follow(val{o.Ref.at(d.Value), o.bindings})
			if part := r.part(source.Ref, d.Path); source.Valid() && part.Valid() && part != o.Ref {
				add(val{part, source.bindings})
			} else {
				complete = false
			}
		default:
			if next := r.defValue(f, d); next.Valid() && next != o.Ref {
				add(val{next, o.bindings})
			} else {
				complete = false
			}
		}
	}
	return found, complete && len(found) > 0
}

// entries are the agents in a dictionary or list that is written out.
func (r *roster) entries(v val, hops int) (found []*member, complete bool) {
	o := r.follow(v)
	if !o.Valid() {
		return nil, false
	}
	var values []val
	if o.Kind() == parser.KindDict {
		pairs, all := r.Pairs(o.Ref)
		complete = all
		for _, p := range pairs {
			values = append(values, val{p[1], o.bindings})
		}
	} else {
		values, complete = r.elements(v, hops-1)
	}
	for _, e := range values {
		more, all := r.agents(e, hops-1)
		complete = complete && all
		for _, m := range more {
			if !slices.Contains(found, m) {
				found = append(found, m)
			}
		}
	}
	return found, complete && len(found) > 0
}

// instances are the members that the construct at o makes in its frame; where the frame
// does not tell, all that it makes.
func (r *roster) instances(o val) []*member {
	all := r.byMade[o.Ref]
	if len(all) <= 1 {
		return all
	}
	name, _ := r.nameOf(o)
	if m := r.byKey[rosterKey{o.Ref, name}]; m != nil && o.bindings != nil {
		return []*member{m}
	}
	return all
}

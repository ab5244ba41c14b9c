package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// maxSteps bounds how many names, calls and entries the agents of one project are followed through.
const maxSteps = 1 << 21

// maxFrames bounds how many calls and rounds one construct is looked at in.
const maxFrames = 64

// bindings give names the values that they have in one call of a function or one round of a loop.
type bindings struct {
	vars  map[Ref]val // by the node that defines the name
	outer *bindings
}

// val is an expression in a frame.
type val struct {
	Ref
	*bindings
}

func (v val) at(n parser.NodeID) val { return val{v.Ref.at(n), v.bindings} }

// member is one agent: a construct, told apart by name where a function or a loop makes several.
type member struct {
	Node
	class    string // the construct: Agent, LoopAgent
	made     []val  // the construct in each frame that makes this agent
	base     *member
	tools    []*tool
	checks   []*tool // functions that check it
	links    []link
	problem  []Unresolved
	leads    bool // a run begins with it
	absorbed bool // a graph of its own would say nothing: others are made from it, or a workflow shows it
	named    bool // the name is written down, not derived from a variable
}

// tool is a function or a set of functions that agents may call.
type tool struct {
	Node
	fn    Ref       // its body, where it is known
	calls []*member // agents that it runs
}

// link leads from a member to another one.
type link struct {
	Edge
	to *member
}

// roster is all agents of one framework in a project.
type roster struct {
	*constructs
	x       *extraction
	members []*member
	byKey   map[rosterKey]*member
	byMade  map[Ref][]*member
	runs    []run
	called  map[framesKey][]*bindings
	steps   int          // left, so that hostile code ends
	visited map[Ref]bool // names being followed, against recursion
}

type rosterKey struct {
	made Ref
	name string
}

// newRoster finds all calls of the constructs in agents; others are further names that tables refer to.
func newRoster(x *extraction, roots []string, agents []string, others ...string) *roster {
	r := &roster{constructs: newConstructs(x.Project, roots, append(slices.Clone(agents), others...)...), x: x,
		byKey: map[rosterKey]*member{}, byMade: map[Ref][]*member{},
		called: map[framesKey][]*bindings{}, visited: map[Ref]bool{}, steps: maxSteps}
	var found []object
	r.each(func(o object) { found = append(found, o) }, agents...)
	for _, o := range found {
		for _, fr := range r.frames(o.Ref, 3) {
			r.member(val{o.Ref, fr}, o.class)
		}
	}
	return r
}

// member is the agent that a construct makes in a frame.
func (r *roster) member(v val, class string) *member {
	name, named := r.nameOf(v)
	key := rosterKey{v.Ref, name}
	m := r.byKey[key]
	if m == nil {
		if name == "" {
			name = class
		}
		m = &member{class: class, named: named, Node: Node{Name: name, Kind: Agent, Place: v.Place(), Calls: true}}
		m.alias(v.bound())
		r.byKey[key] = m
		r.byMade[v.Ref] = append(r.byMade[v.Ref], m)
		r.members = append(r.members, m)
	}
	m.made = append(m.made, v)
	return m
}

// nameOf is what an agent is called: its name argument, else what it is bound to.
func (r *roster) nameOf(v val) (name string, written bool) {
	if a, ok := r.arg(v, "name", r.namePosition(v)); ok {
		if s, ok := r.text(a); ok && s != "" {
			return s, true
		}
	}
	return v.bound(), false
}

// namePosition: Agent("name", …) is how the OpenAI Agents SDK may be written in Python.
func (r *roster) namePosition(v val) int {
	if slices.Contains(r.roots, "agents") && !v.File.Language.IsScript() {
		return 0
	}
	return -1
}

// frames are the calls and rounds in which a construct is made: one per call of the
// function around it whose parameters it reads, and per round of loops over literals.
func (r *roster) frames(made Ref, depth int) []*bindings {
	f := made.File
	var fn *parser.Func
	loops := map[parser.NodeID]bool{} // what is iterated
	for n := made.Node; f.Within(n, made.Node); n++ {
		if k := f.Kind(n); k != parser.KindIdentifier && k != parser.KindShorthand {
			continue
		}
		for _, d := range f.DefsOf(n) {
			if f.Within(d.Node, made.Node) {
				continue
			}
			switch d.Kind {
			case parser.ParamDef, parser.UnpackDef:
				if g := f.EnclosingFunc(d.Node); g != nil && f.Within(made.Node, g.Node) && f.Within(d.Node, g.Node) && !f.Within(d.Node, g.Body) {
					fn = g
				}
			case parser.LoopDef:
				loops[d.Value] = true
			}
		}
	}
	frames := []*bindings{nil}
	if fn != nil && depth > 0 {
		if calls := r.framesOf(made.at(fn.Node), fn, depth); len(calls) > 0 {
			frames = calls
		}
	}
	for iter := range loops {
		var rounds []*bindings
		for _, fr := range frames {
			rounds = append(rounds, r.rounds(val{made.at(iter), fr})...)
		}
		if len(rounds) > 0 {
			frames = rounds
		}
	}
	if len(frames) > maxFrames {
		frames = frames[:maxFrames]
	}
	return frames
}

// framesOf are the calls of a function as frames of its parameters.
func (r *roster) framesOf(target Ref, fn *parser.Func, depth int) []*bindings {
	key := framesKey{target, depth}
	frames, ok := r.called[key]
	if ok {
		return frames
	}
	r.called[key] = nil // while they are looked up: a function that calls itself
	for _, call := range r.callers(target, fn) {
		for _, outer := range r.frames(call, depth-1) {
			if len(frames) < maxFrames {
				frames = append(frames, r.bind(target, val{call, outer}))
			}
		}
	}
	r.called[key] = frames
	return frames
}

type framesKey struct {
	fn    Ref
	depth int
}

// bind gives a function's parameters the arguments of a call.
func (r *roster) bind(target Ref, call val) *bindings {
	fr := &bindings{vars: map[Ref]val{}, outer: nil}
	fn, c := target.Func(), call.File.CallAt(call.Node)
	if fn == nil || c == nil {
		return fr
	}
	skip := 0
	if len(fn.Params) > 0 && (fn.Params[0].Name == "self" || fn.Params[0].Name == "cls") {
		skip = 1
	}
	for i := range fn.Params {
		p := &fn.Params[i]
		if p.Path == "..." {
			continue
		}
		if p.Name == "" { // a destructured parameter
			if i < len(c.Args) {
				r.bindParts(fr, target, p.Node, call.at(c.Args[i].Value))
			}
			continue
		}
		pos := i - skip
		for j, a := range c.Args {
			if a.Name == p.Name || a.Name == "" && a.Spread == 0 && j == pos {
				fr.vars[target.at(p.Node)] = call.at(a.Value)
			}
		}
	}
	return fr
}

// bindParts gives the names of a pattern their parts of a value.
func (r *roster) bindParts(fr *bindings, target Ref, pattern parser.NodeID, value val) {
	f := target.File
	for i := range f.Defs {
		if d := &f.Defs[i]; d.Kind == parser.UnpackDef && f.Within(d.Node, pattern) {
			if part := r.part(r.follow(value).Ref, d.Path); part.Valid() {
				fr.vars[target.at(d.Node)] = val{part, value.bindings}
			}
		}
	}
}

// rounds are the frames of a loop over iter: its variables with the values of each round.
func (r *roster) rounds(iter val) []*bindings {
	f := iter.File
	var frames []*bindings
	for i := range f.Defs {
		d := &f.Defs[i]
		if d.Kind != parser.LoopDef || d.Value != iter.Node {
			continue
		}
		var values []val
		if d.Path == "" {
			values, _ = r.elements(iter, maxHops)
		}
		if len(values) == 0 {
			parts, _ := r.iterated(iter.Ref, d.Path, maxHops)
			for _, p := range parts {
				values = append(values, val{p, iter.bindings})
			}
		}
		for j, v := range values {
			if j >= maxFrames {
				break
			}
			if j == len(frames) {
				frames = append(frames, &bindings{vars: map[Ref]val{}, outer: iter.bindings})
			}
			if v.Valid() {
				frames[j].vars[iter.Ref.at(d.Node)] = v
			}
		}
	}
	return frames
}

// value is what a name stands for in v's frame.
func (r *roster) value(v val) (val, bool) {
	if v.bindings == nil {
		return v, false
	}
	for _, d := range v.File.DefsOf(v.Node) {
		for fr := v.bindings; fr != nil; fr = fr.outer {
			if bound, ok := fr.vars[v.Ref.at(d.Node)]; ok {
				return bound, true
			}
		}
	}
	return v, false
}

// follow goes from an expression to the one that made its value: through names, frames,
// attributes, subscripts of literals, and functions of the project with one return.
func (r *roster) follow(v val) val {
	for range 3 * maxHops {
		if r.steps--; !v.Valid() || r.steps < 0 {
			return val{Ref{nil, parser.NoNode}, nil}
		}
		f := v.File
		v.Node = f.Unwrap(v.Node)
		switch v.Kind() {
		case parser.KindIdentifier, parser.KindShorthand:
			next, ok := r.value(v)
			if !ok {
				if next.Ref, ok = r.Value(v.Ref); !ok {
					return v
				}
			}
			v = next
		case parser.KindAttribute:
			next, ok := r.Project.member(v.Ref, maxHops)
			if !ok {
				return v
			}
			v.Ref = next
		case parser.KindSubscript:
			next, ok := r.item(v)
			if !ok {
				return v
			}
			v = next
		case parser.KindNamedExpression:
			v.Node = f.Field(v.Node, parser.FieldValue)
		case parser.KindAsPattern:
			v.Node = f.FirstChild(v.Node)
		case parser.KindCall:
			if r.of(v.Ref) != "" {
				return v
			}
			fn := r.Function(v.Ref.at(f.Field(v.Node, parser.FieldFunction)))
			if !fn.Valid() {
				return v
			}
			returns := r.Returns(fn)
			if len(returns) != 1 || !returns[0].Valid() {
				return v
			}
			v = val{returns[0], r.bind(fn, v)}
		default:
			return v
		}
	}
	return val{Ref{nil, parser.NoNode}, nil}
}

// item is the entry of a literal that a subscript with a known key takes.
func (r *roster) item(v val) (val, bool) {
	f := v.File
	index := f.Field(v.Node, parser.FieldSubscript)
	if index == parser.NoNode {
		index = f.Field(v.Node, parser.FieldIndex)
	}
	o := r.follow(v.at(f.FirstChild(v.Node)))
	if !o.Valid() {
		return v, false
	}
	if key, ok := r.text(v.at(index)); ok && o.Kind() == parser.KindDict {
		pairs, _ := r.Pairs(o.Ref)
		for _, p := range pairs {
			if k, ok := r.Key(p[0]); ok && k == key {
				return val{p[1], o.bindings}, true
			}
		}
	}
	if i, ok := r.Number(v.Ref.at(index)); ok && i >= 0 && (o.Kind() == parser.KindList || o.Kind() == parser.KindTuple) {
		if elems, all := r.elements(o, maxHops); all && i < len(elems) {
			return elems[i], true
		}
	}
	return v, false
}

// text is the string that v evaluates to.
func (r *roster) text(v val) (string, bool) {
	v = r.follow(v)
	if !v.Valid() {
		return "", false
	}
	e := v.File.Eval(v.Node)
	switch e.Kind {
	case parser.String:
		return e.Str, true
	case parser.Template:
		var b strings.Builder
		for _, p := range e.Parts {
			s, ok := p.Str, p.Kind == parser.String
			if !ok && p.Node != v.Node {
				s, ok = r.text(v.at(p.Node))
			}
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	return r.String(v.Ref)
}

// elements are the members of a list in a frame, as Project.Elements; comprehensions and
// map over what is written out are unrolled.
func (r *roster) elements(v val, hops int) (elems []val, complete bool) {
	if !v.Valid() {
		return nil, true
	}
	if hops <= 0 {
		return nil, false
	}
	v.Node = v.File.Unwrap(v.Node)
	if bound, ok := r.value(v); ok {
		return r.elements(bound, hops-1)
	}
	o := r.follow(v)
	if !o.Valid() {
		return nil, false
	}
	f := o.File
	join := func(part parser.NodeID) {
		inner, all := r.elements(o.at(part), hops-1)
		elems, complete = append(elems, inner...), complete && all
	}
	switch o.Kind() {
	case parser.KindList, parser.KindTuple:
		complete = true
		for c := range f.Children(o.Node) {
			if f.Kind(c) == parser.KindSpread {
				join(f.FirstChild(c))
			} else {
				elems = append(elems, o.at(c))
			}
		}
	case parser.KindBinary:
		complete = true
		join(f.Field(o.Node, parser.FieldLeft))
		join(f.Field(o.Node, parser.FieldRight))
	case parser.KindConditional:
		complete = true
		for _, side := range branches(o.Ref) {
			join(side.Node)
		}
	case parser.KindNone:
		complete = true
	case parser.KindComprehension:
		elems, complete = r.comprehended(o)
	case parser.KindCall:
		c := f.CallAt(o.Node)
		switch {
		case c == nil:
		case len(c.Args) == 1 && wraps[c.Name]:
			complete = true
			join(c.Args[0].Value)
		case c.Name == "tool_namespace" || c.Name == "toolNamespace": // several tools under one name
			if a, ok := f.Argument(c, "tools", -1); ok {
				complete = true
				join(a.Value)
			}
		case c.Name == "values" && len(c.Args) == 0 && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute:
			pairs, all := r.Pairs(r.follow(o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))).Ref)
			for _, p := range pairs {
				elems = append(elems, val{p[1], nil})
			}
			complete = all
		case c.Name == "map" && len(c.Args) > 0:
			elems, complete = r.mapped(o, c, hops)
		case c.Name == "filter" && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute:
			complete = true
			join(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		}
	}
	if k := v.Kind(); (k == parser.KindIdentifier || k == parser.KindAttribute) && o.Valid() {
		more, all := r.appended(v.Ref, r.Origin(v.Ref, nil), hops)
		for _, e := range more {
			elems = append(elems, val{e, v.bindings})
		}
		complete = complete && all
	}
	return elems, complete
}

// comprehended are the elements of a comprehension over what is written out.
func (r *roster) comprehended(o val) (elems []val, complete bool) {
	f := o.File
	body := f.Field(o.Node, parser.FieldBody)
	for c := range f.Children(o.Node) {
		if f.Kind(c) != parser.KindForClause {
			continue
		}
		if complete {
			return nil, false // nested
		}
		for _, fr := range r.rounds(o.at(f.Field(c, parser.FieldRight))) {
			elems, complete = append(elems, val{o.Ref.at(body), fr}), true
		}
	}
	return elems, complete
}

// mapped are the elements of xs.map(f).
func (r *roster) mapped(o val, c *parser.Call, hops int) (elems []val, complete bool) {
	f := o.File
	fn := r.Function(o.Ref.at(c.Args[0].Value))
	info := fn.Func()
	returns := r.Returns(fn)
	if info == nil || len(info.Params) == 0 || len(returns) != 1 {
		return nil, false
	}
	values, complete := r.elements(o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject)), hops-1)
	for _, v := range values {
		fr := &bindings{vars: map[Ref]val{}, outer: o.bindings}
		if p := info.Params[0]; p.Name != "" {
			fr.vars[fn.at(p.Node)] = v
		} else {
			r.bindParts(fr, fn, p.Node, v)
		}
		elems = append(elems, val{returns[0], fr})
	}
	return elems, complete
}

// agents are the agents that an expression may be. complete is false where there may be others.
func (r *roster) agents(v val, hops int) (found []*member, complete bool) {
	if hops <= 0 {
		return nil, false
	}
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

// arg is an argument of a construct: given to it, spread into it, set in the class that
// derives from it, or taken over from the agent that it clones.
func (r *roster) arg(v val, name string, pos int) (val, bool) {
	f := v.File
	c := f.CallAt(v.Node)
	if c == nil {
		return v, false
	}
	if a, ok := f.Argument(c, name, -1); ok {
		return v.at(a.Value), true
	}
	if a, ok := f.Argument(c, name, pos); ok && !(f.Language.IsScript() && f.Kind(f.Unwrap(a.Value)) == parser.KindDict) {
		return v.at(a.Value), true
	}
	for i, a := range c.Args { // f(**settings), new Agent(settings)
		if a.Spread == 2 || f.Language.IsScript() && i == 0 && a.Name == "" {
			o := r.follow(v.at(a.Value))
			if !o.Valid() || o.Kind() != parser.KindDict {
				continue
			}
			pairs, _ := r.Pairs(o.Ref)
			for _, p := range pairs {
				if k, ok := r.Key(p[0]); ok && k == name {
					return val{p[1], o.bindings}, true
				}
			}
		}
	}
	if class := r.Class(v.Ref.at(c.Callee), maxHops); class.Valid() {
		return r.inherited(v, class, name, maxHops)
	}
	return v, false
}

// inherited is what a class of the project that derives from a construct sets: in the call
// of super().__init__, or as a field.
func (r *roster) inherited(v val, class Ref, name string, hops int) (val, bool) {
	info := class.File.ClassAt(class.Node)
	if info == nil || hops <= 0 || r.derives(class, maxHops) == "" { // the framework's own class sets nothing
		return v, false
	}
	f := class.File
	for i := range f.Calls {
		c := &f.Calls[i]
		if !f.Within(c.Node, class.Node) || c.Name != "__init__" && f.Slice(c.Callee) != "super" {
			continue
		}
		fn := f.EnclosingFunc(c.Node)
		if a, ok := f.Argument(c, name, -1); ok && fn != nil {
			return val{class.at(a.Value), r.bind(class.at(fn.Node), v)}, true
		}
	}
	for _, d := range f.Members(info, name) {
		if d.Value != parser.NoNode {
			return val{class.at(d.Value), nil}, true
		}
	}
	for _, base := range info.Bases {
		if up := r.Class(class.at(base), maxHops); up.Valid() && up != class {
			return r.inherited(v, up, name, hops-1)
		}
	}
	return v, false
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

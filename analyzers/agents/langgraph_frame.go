package agents

import (
	"strconv"
	"strings"

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

// maxRounds bounds how often one call is unrolled.
const maxRounds = 400

// frames are the rounds in which the call at r runs for graph g, one frame each: through
// the loops around it, and, where its arguments name parameters of the function that it
// stands in, through the calls of that function.
func (l *langgraph) frames(r Ref, e *frame, g *stateGraph) []*frame {
	outer := []*frame{e}
	if fn := r.File.EnclosingFunc(r.Node); fn != nil && e == nil {
		if sites := l.paramFrames(r, fn, g); len(sites) > 0 {
			outer = sites
		}
	}
	var out []*frame
	for _, o := range outer {
		for _, inner := range l.rounds(r, o) {
			if len(out) < maxRounds && l.happens(r, inner) {
				out = append(out, inner)
			}
		}
	}
	return out
}

// paramFrames are the calls of fn as frames, if the arguments of the call at r name
// parameters of it. A function that makes the graph itself makes another one at each call: see variants.
func (l *langgraph) paramFrames(r Ref, fn *parser.Func, g *stateGraph) []*frame {
	c, f := r.File.CallAt(r.Node), r.File
	uses := false
	for _, a := range c.Args {
		for n := a.Value; !uses && f.Within(n, a.Value); n++ {
			if f.Kind(n) == parser.KindIdentifier {
				for _, d := range f.DefsOf(n) {
					uses = uses || d.Kind == parser.ParamDef && f.EnclosingFunc(d.Node) == fn && d.Name != "self"
				}
			}
		}
	}
	if !uses {
		return nil
	}
	if g != nil && g.root.File == f && f.Within(g.root.Node, fn.Node) {
		g.maker = r.at(fn.Node)
		return nil
	}
	return l.sites(r.at(fn.Node), maxHops)
}

// sites are frames with the arguments of all calls of the function at fn.
func (l *langgraph) sites(fn Ref, hops int) []*frame {
	info := fn.Func()
	if info == nil || info.Name == "" || hops <= 0 || l.looking[fn] {
		return nil
	}
	if out, ok := l.called[fn]; ok {
		return out
	}
	l.looking[fn] = true
	defer delete(l.looking, fn)
	var out []*frame
	defer func() { l.called[fn] = out }()
	name, class := info.Name, fn.File.ClassAround(fn.Node)
	makes := class != nil && (name == "__init__" || name == "constructor")
	if makes {
		name = class.Name
	}
	for _, site := range l.callers(name) {
		c := site.File.CallAt(site.Node)
		if makes {
			if of := l.Class(site, maxHops); of != fn.at(class.Node) {
				continue
			}
		} else if l.Function(site.at(c.Callee)) != fn {
			continue
		}
		for _, e := range l.rounds(site, nil) {
			in := l.enter(fn, site, c, e)
			if in != e {
				in.site = site
			}
			out = append(out, in)
		}
		if len(out) > maxRounds {
			break
		}
	}
	return out
}

// callers are all calls in the project of something that is called name.
func (l *langgraph) callers(name string) []Ref {
	if calls, ok := l.calls[name]; ok {
		return calls
	}
	var calls []Ref
	for _, f := range l.Files() {
		for i := range f.Calls {
			if f.Calls[i].Name == name {
				calls = append(calls, Ref{f, f.Calls[i].Node})
			}
		}
	}
	l.calls[name] = calls
	return calls
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

// rounds are the frames of all rounds of the loops around r, in its function.
func (l *langgraph) rounds(r Ref, e *frame) []*frame {
	var loops []*parser.Loop
	f := r.File
	top := f.EnclosingFunc(r.Node)
	for i := range f.Loops {
		lp := &f.Loops[i]
		if lp.Target == parser.NoNode || !f.Within(r.Node, lp.Body) {
			continue
		}
		if lp.Kind == parser.CallbackLoop {
			if top != nil && !f.Within(lp.Node, top.Node) && top.Body != lp.Body {
				continue
			}
		} else if f.EnclosingFunc(lp.Node) != top && !l.insideCallback(r, lp, top) {
			continue
		}
		loops = append(loops, lp)
	}
	out := []*frame{e}
	for _, lp := range loops {
		var next []*frame
		for _, o := range out {
			items, _ := l.items(r.at(lp.Iter), o)
			if len(items) == 0 {
				next = append(next, o)
			}
			for _, it := range items {
				if next = append(next, l.bind(r.at(lp.Target), it, o)); len(next) > maxRounds {
					return next
				}
			}
		}
		out = next
	}
	return out
}

// insideCallback reports whether top is the callback of a loop within lp.
func (l *langgraph) insideCallback(r Ref, lp *parser.Loop, top *parser.Func) bool {
	f := r.File
	if top == nil || !f.Within(top.Node, lp.Body) {
		return false
	}
	for i := range f.Loops {
		if in := &f.Loops[i]; in.Kind == parser.CallbackLoop && in.Body == top.Body {
			return f.EnclosingFunc(in.Node) == f.EnclosingFunc(lp.Node)
		}
	}
	return false
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
			if part, ok := l.partOf(v, digits(i)); ok {
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

// happens reports whether the conditions on the loops' variables around r hold, as far as they can be told.
func (l *langgraph) happens(r Ref, e *frame) bool {
	f, child := r.File, r.Node
	if e == nil {
		return true
	}
	for p := range f.Ancestors(r.Node) {
		switch f.Kind(p) {
		case parser.KindFunction, parser.KindMethod:
			return true
		case parser.KindIf:
			holds, known := l.holds(r.at(f.Field(p, parser.FieldCondition)), e)
			if known && holds != (child == f.Field(p, parser.FieldConsequence)) && (holds || child == f.Field(p, parser.FieldConsequence)) {
				return false
			}
		}
		child = p
	}
	return true
}

// holds evaluates a comparison of two texts.
func (l *langgraph) holds(r Ref, e *frame) (holds, known bool) {
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindComparison, parser.KindBinary:
	case parser.KindUnary: // not x
		if s := r.Text(); strings.HasPrefix(s, "not") || strings.HasPrefix(s, "!") {
			holds, known = l.holds(r.at(f.LastChild(r.Node)), e)
			return !holds, known
		}
		return false, false
	default:
		v := l.resolve(r, e)
		if !v.Valid() || v.Ref == r && e == nil {
			return false, false
		}
		value := v.File.Eval(v.Node)
		return value.Bool, value.Kind == parser.Bool && !value.Default
	}
	var sides []Ref
	for c := range f.Children(r.Node) {
		sides = append(sides, r.at(c))
	}
	if len(sides) != 2 {
		return false, false
	}
	op := string(f.Text.Slice(f.Span(r.Node))[f.Span(sides[0].Node).End-f.Span(r.Node).Start : f.Span(sides[1].Node).Start-f.Span(r.Node).Start])
	op = strings.TrimSpace(op)
	if b := f.Eval(sides[1].Node); b.Kind == parser.Bool && (op == "is" || op == "==" || op == "===") {
		holds, known = l.holds(sides[0], e)
		return holds == b.Bool, known
	}
	if x, ok := l.number(sides[0], e); ok {
		if y, ok := l.number(sides[1], e); ok {
			return compare(op, x, y)
		}
	}
	a, ok := l.texts(sides[0], e)
	if !ok || len(a) != 1 {
		return false, false
	}
	switch op {
	case "==", "===", "!=", "!==":
		b, ok := l.texts(sides[1], e)
		if !ok || len(b) != 1 {
			return false, false
		}
		return (a[0] == b[0]) == (op[0] == '='), true
	case "in", "not in":
		items, all := l.items(sides[1], e)
		for _, it := range items {
			b, ok := l.textsOf(it)
			if ok && len(b) == 1 && b[0] == a[0] {
				return op == "in", true
			}
			all = all && ok
		}
		return op != "in", all
	}
	return false, false
}

func compare(op string, x, y int) (holds, known bool) {
	switch op {
	case "<":
		return x < y, true
	case "<=":
		return x <= y, true
	case ">":
		return x > y, true
	case ">=":
		return x >= y, true
	case "==", "===":
		return x == y, true
	case "!=", "!==":
		return x != y, true
	}
	return false, false
}

package agents

import "github.com/qodacode/qodacode/parser"

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
	names := carries(r)
	out := []*frame{l.leave(r, names, e)}
	for _, lp := range loops {
		var next []*frame
		for _, o := range out {
			items, _ := l.items(r.at(lp.Iter), o)
			if len(items) == 0 {
				next = append(next, o)
			}
			var last *frame
			for _, it := range items {
				last = enterRound(r, lp, names, l.bind(r.at(lp.Target), it, o), last)
				if next = append(next, last); len(next) > maxRounds {
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

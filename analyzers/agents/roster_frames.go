package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// maxSteps bounds how many names, calls and entries the agents of one project are followed through.
// Each agent may take more, as its arguments are read.
const (
	maxSteps     = 1 << 19
	stepsByAgent = 2000
)

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

// maxDepth bounds how deep literals, conditions and chains are nested that readers look into.
const maxDepth = 60

// sinks reports whether a reader that follows what it finds, which may refer to itself, may
// go one deeper; if so, it has to call rise at its end.
func (r *roster) sinks() bool {
	if r.depth >= maxDepth || r.steps < 0 {
		return false
	}
	r.depth++
	return true
}

func (r *roster) rise() { r.depth-- }

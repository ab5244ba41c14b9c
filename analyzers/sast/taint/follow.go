package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// follow runs a function or makes an instance of a class. It declines where it would go too deep.
func (in *interp) follow(fn *callee, args []arg, n tree.ID) (*value, bool) {
	if in.depth >= deepest || in.st == nil {
		return nil, false
	}
	if in.inlined > mostInlined || in.visits < in.reserve || fn.use.visits > mostUsage {
		return nil, false
	}
	for _, s := range in.stack {
		if s.node == fn.node && s.unit == fn.unit {
			return nil, false // it calls itself
		}
	}
	if fn.kind == class {
		return in.instance(fn, args, n), true
	}
	if fn.self != nil && fn.unit.isAbstract(fn.node) {
		return nil, false
	}
	if in.idle(fn, args) {
		return nil, true
	}
	if len(fn.fixed) > 0 {
		all := append(append([]arg(nil), fn.fixed...), args...)
		args = all
	}
	fn.use.calls++
	return in.run(fn, args, n)
}

// idle reports whether nothing comes of running a function: it is not a small one, nothing tainted
// goes in, and no taint arises in it or below it.
func (in *interp) idle(fn *callee, args []arg) bool {
	nodes := fn.unit.tree.Nodes
	if fn.node < 0 || int(nodes[fn.node].Next-fn.node) < smallBody || fn.unit.gives(in, fn.node) {
		return false
	}
	for i := range args {
		if v := args[i].v; v != nil && (v.fn != nil || v.ext != nil || len(in.deep(v)) > 0) {
			return false
		}
	}
	if fn.self != nil && len(in.deep(fn.self)) > 0 {
		return false
	}
	return !in.taintedAround(fn)
}

// taintedAround reports whether a variable around a function is tainted.
func (in *interp) taintedAround(fn *callee) bool {
	frame := fn.frame
	if fn.kind == class {
		if c := in.get(frame); c != nil {
			frame = c.up
		}
	}
	for f := frame; f != 0; {
		c := in.get(f)
		if c == nil {
			break
		}
		for _, v := range c.fields {
			if v.v != nil && (len(v.v.marks) > 0 || v.v.cell != 0) && len(in.deep(v.v)) > 0 {
				return true
			}
		}
		f = c.up
	}
	return false
}

// smallBody is how many nodes a function has that is run for what it may return.
const smallBody = 100

// invoke runs a function where the caller has no use for a refusal.
func (in *interp) invoke(fn *callee, args []arg, n tree.ID) *value {
	if v, ok := in.follow(fn, args, n); ok {
		return v
	}
	var marks []mark
	for i := range args {
		marks = union(marks, in.deep(args[i].v))
	}
	return tainted(marks)
}

// run runs the body of a function.
func (in *interp) run(fn *callee, args []arg, n tree.ID) (*value, bool) {
	key, ok := in.memoKey(fn, args)
	if ok {
		for _, e := range in.memo[key] {
			if e.same(args) {
				return e.result, true
			}
		}
	}
	visits, inlined := in.visits, in.inlined
	v, act := in.body(fn, args, n)
	used := visits - in.visits
	in.inlined = inlined + used
	fn.use.visits += used
	if ok && in.st != nil && !act.global && v.cellOf(nil) == 0 && (v == nil || v.fn == nil) && len(in.memo[key]) < 8 {
		in.memo[key] = append(in.memo[key], memoEntry{values(args), v})
	}
	return v, true
}

// body runs a function's body in a frame of its own.
func (in *interp) body(fn *callee, args []arg, n tree.ID) (*value, *activation) {
	wasUnit, wasFrame, wasAct, wasEntry := in.unit, in.frame, in.act, in.entry
	if wasUnit == in.root && fn.unit != in.root {
		in.entry = n
		// The finding is shown where the tainted argument stands, if there is one.
		for i := range args {
			if args[i].node >= 0 && len(in.deep(args[i].v)) > 0 {
				break
			}
		}
	}
	id, frame := in.alloc(frameCell)
	frame.up = fn.frame
	act := &activation{frame: id}
	// The steps of arguments stand in the caller's file.
	passed := make([]arg, len(args))
	for i, a := range args {
		if a.node >= 0 && len(a.v.taint()) > 0 {
			a.v = in.through(a.v, CallStep, a.node)
		}
		passed[i] = a
	}
	in.unit, in.frame, in.act = fn.unit, id, act
	in.depth++
	in.stack = append(in.stack, fn)
	in.bindParams(fn, passed)
	u := fn.unit
	body := u.kid(fn.node, tree.Body)
	if body >= 0 {
		in.exec(body)
	}
	exit := in.join(act.exit, in.st)
	result := act.returns
	if in.st != nil && act.some { // it may also end without a return
		result = result.or(nil)
		if act.exit == nil {
			result = nil
		}
	}
	in.st = exit
	in.leftovers(act)
	if act.yielded && in.st != nil {
		list, c := in.alloc(listCell)
		c.exact, c.rest = false, act.yields
		result = &value{cell: list}
	}
	in.stack = in.stack[:len(in.stack)-1]
	in.depth--
	in.unit, in.frame, in.act, in.entry = wasUnit, wasFrame, wasAct, wasEntry
	if in.st == nil {
		return nil, act
	}
	return in.through(result, ReturnStep, n), act
}

// leftovers runs the functions that a body defined and nobody has called: somebody will, later.
func (in *interp) leftovers(act *activation) {
	for i := 0; i < len(act.made) && in.st != nil; i++ {
		fn := act.made[i]
		if fn.use.calls > 0 || in.visits < 0 {
			continue
		}
		if !in.unit.reaches(in, fn.node) || !in.unit.gives(in, fn.node) && !in.taintedAround(fn) {
			continue
		}
		switch fn.kind {
		case class:
			in.methods(fn)
		case function:
			fn.use.calls++
			before := in.st.fork()
			in.body(fn, nil, tree.None)
			in.st = in.join(before, in.st)
		}
	}
}

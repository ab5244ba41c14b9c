package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// rounds is how often the body of a loop is followed at most.
const rounds = 4

func (in *interp) ifStatement(n tree.ID) {
	u := in.unit
	test, then, other := u.kid(n, tree.Test), u.kid(n, tree.Then), u.kid(n, tree.Else)
	truth := in.test(test)
	if in.st == nil {
		return
	}
	switch truth {
	case yes:
		in.refine(test, true)
		in.exec(then)
		return
	case no:
		in.refine(test, false)
		in.exec(other)
		return
	}
	before := in.st.fork()
	in.refine(test, true)
	in.exec(then)
	after := in.st
	in.st = before
	in.refine(test, false)
	in.exec(other)
	in.st = in.join(after, in.st)
}

// loopBody runs a body until it changes nothing any more. once runs one round and reports
// whether the loop may be left before it.
func (in *interp) loopBody(label int32, head func() tri, body func()) {
	l := &loop{label: label}
	in.act.loops = append(in.act.loops, l)
	var out *state
	for i := 0; i < rounds && in.st != nil; i++ {
		start := in.st.fork()
		truth := head()
		if in.st == nil {
			break
		}
		if truth != yes {
			left := in.st.fork()
			out = in.join(left, out)
		}
		if truth == no {
			in.st = nil
			break
		}
		l.next_ = nil
		body()
		end := in.join(in.st, l.next_)
		if end == nil {
			in.st = nil
			break
		}
		if in.covers(start, end) {
			if truth == yes { // the test of do … while is seen only here
				if in.st = end; head() != yes && in.st != nil {
					out = in.join(in.st.fork(), out)
				}
			}
			in.st = nil
			break
		}
		in.st = in.join(start, end)
	}
	if in.st != nil && in.visits >= 0 {
		out = in.join(out, in.st)
	}
	in.act.loops = in.act.loops[:len(in.act.loops)-1]
	in.st = in.join(out, l.brk)
}

func (in *interp) forStatement(n tree.ID) {
	u := in.unit
	target, iter, body, other := u.kid(n, tree.Target), u.kid(n, tree.Iter), u.kid(n, tree.Body), u.kid(n, tree.Else)
	over := in.eval(iter)
	if in.st == nil || in.act == nil {
		return
	}
	how := tree.OpAssign
	if !u.python {
		how = tree.OpConst
	}
	forIn := !u.python && u.tree.Nodes[n].Op != tree.OpForOf
	if c := in.cell(over); c != nil && c.kind == listCell && c.exact && len(c.elems) > 0 && len(c.elems) <= rounds && c.rest == nil && !forIn {
		in.unroll(n, c.elems, func(e *value) { in.assign(target, e, how); in.exec(body) })
		in.exec(other)
		return
	}
	label := in.labelOf(n)
	first := false
	if c := in.cell(over); c != nil && c.kind == listCell && !forIn {
		first = len(c.elems) > 0
		if c.exact && !first { // nothing to do
			in.exec(other)
			return
		}
	}
	in.loopBody(label, func() tri {
		if first {
			first = false
			return yes
		}
		return maybe
	}, func() {
		var e *value
		if forIn {
			e = in.keys(over)
		} else {
			e = in.iterate(over)
		}
		if f := u.flags[iter]; f&(isSource|inSource) != 0 && e == nil {
			e = tainted(over.taint())
		}
		in.assign(target, e, how)
		in.exec(body)
	})
	in.exec(other)
}

// unroll runs a body for each element of a short list.
func (in *interp) unroll(n tree.ID, elems []*value, body func(*value)) {
	l := &loop{label: in.labelOf(n)}
	in.act.loops = append(in.act.loops, l)
	elems = append([]*value(nil), elems...)
	for _, e := range elems {
		if in.st == nil {
			break
		}
		l.next_ = nil
		body(e)
		in.st = in.join(in.st, l.next_)
	}
	in.act.loops = in.act.loops[:len(in.act.loops)-1]
	in.st = in.join(in.st, l.brk)
}

func (in *interp) whileStatement(n tree.ID) {
	u := in.unit
	test, body := u.kid(n, tree.Test), u.kid(n, tree.Body)
	if in.act == nil {
		return
	}
	first := u.tree.Is(n, tree.DoWhile)
	in.loopBody(in.labelOf(n), func() tri {
		if first {
			first = false
			return yes
		}
		return in.test(test)
	}, func() {
		in.refine(test, true)
		in.exec(body)
	})
	in.refine(test, false)
	in.exec(u.kid(n, tree.Else))
}

func (in *interp) forClassic(n tree.ID) {
	u := in.unit
	test, body := u.kid(n, tree.Test), u.kid(n, tree.Body)
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.Init {
			in.exec(c)
		}
	}
	if in.act == nil || in.st == nil {
		return
	}
	in.loopBody(in.labelOf(n), func() tri {
		if test < 0 {
			return yes
		}
		return in.test(test)
	}, func() {
		in.exec(body)
		if l := in.act.loops[len(in.act.loops)-1]; l.next_ != nil {
			in.st = in.join(in.st, l.next_)
			l.next_ = nil
		}
		if step := u.kid(n, tree.Step); step >= 0 {
			in.eval(step)
		}
	})
}

func (in *interp) labelOf(n tree.ID) int32 {
	p := in.unit.tree.Parent(n)
	if in.unit.tree.Kind(p) == tree.Block {
		p = in.unit.tree.Parent(p)
	}
	if in.unit.tree.Kind(p) != tree.Labeled {
		return 0
	}
	return in.name(in.unit.kid(p, tree.Name))
}

func (in *interp) labeled(n tree.ID) {
	in.exec(in.unit.kid(n, tree.Body))
}

// jump follows break and continue.
func (in *interp) jump(n tree.ID) {
	var label int32
	if name := in.unit.kid(n, tree.Name); name >= 0 {
		label = in.name(name)
	}
	isBreak := in.unit.tree.Kind(n) == tree.Break
	if in.act == nil {
		in.st = nil
		return
	}
	for i := len(in.act.loops) - 1; i >= 0; i-- {
		l := in.act.loops[i]
		if label != 0 && l.label != label || l.isSwitch && !isBreak {
			continue
		}
		if isBreak {
			l.brk = in.join(l.brk, in.st)
		} else {
			l.next_ = in.join(l.next_, in.st)
		}
		break
	}
	in.st = nil
}

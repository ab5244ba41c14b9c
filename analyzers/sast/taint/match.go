package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// match runs Python's match statement.
func (in *interp) match(n tree.ID) {
	u := in.unit
	subject := u.kid(n, tree.Subject)
	v := in.eval(subject)
	var out *state
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) != tree.Case || in.st == nil {
			continue
		}
		var pattern, guard tree.ID = u.kid(c, tree.Test), tree.None
		if u.tree.Is(c, tree.Guarded) {
			for t := range u.tree.Children(c) {
				if u.tree.Nodes[t].Role == tree.Test {
					guard = t
				}
			}
		}
		before := in.st.fork()
		truth := in.fits(pattern, v, subject)
		if truth != no && guard >= 0 && guard != pattern {
			switch in.test(guard) {
			case no:
				truth = no
			case maybe:
				truth = maybe
			}
			in.refine(guard, true)
		}
		if truth == no {
			in.st = before
			continue
		}
		in.exec(u.kid(c, tree.Body))
		out = in.join(out, in.st)
		in.st = before
		if truth == yes {
			in.st = nil
		}
	}
	in.st = in.join(out, in.st)
}

// fits tells whether a value matches a pattern, and binds the pattern's names.
func (in *interp) fits(p tree.ID, v *value, subject tree.ID) tri {
	if p < 0 || in.st == nil {
		return yes
	}
	u := in.unit
	switch u.tree.Kind(p) {
	case tree.Ident:
		if u.tree.Text(p) != "_" {
			in.assign(p, v, tree.OpAssign)
		}
		return yes
	case tree.String, tree.Number, tree.Bool, tree.Null, tree.Unary, tree.Concat:
		truth := in.equal(v, in.eval(p))
		if truth == maybe && subject >= 0 && u.tree.Kind(subject) == tree.Ident {
			in.setVariable(in.name(subject), in.eval(p), tree.OpAssign)
		}
		return truth
	case tree.Attr:
		return in.equal(v, in.eval(p))
	case tree.Binary:
		a := in.fits(u.kid(p, tree.Left), v, tree.None)
		b := in.fits(u.kid(p, tree.Right), v, tree.None)
		if a == yes || b == yes {
			return yes
		}
		if a == no && b == no {
			return no
		}
		if subject >= 0 && u.tree.Kind(subject) == tree.Ident && in.literals(p) {
			in.setVariable(in.name(subject), nil, tree.OpAssign)
		}
		return maybe
	case tree.Assign:
		truth := in.fits(u.kid(p, tree.Value), v, tree.None)
		in.assign(u.kid(p, tree.Target), v, tree.OpAssign)
		return truth
	case tree.Tuple, tree.List:
		return in.fitsList(p, v)
	case tree.Dict:
		for pair := range u.tree.Children(p) {
			if u.tree.Kind(pair) == tree.Pair {
				in.fits(u.kid(pair, tree.Value), in.element(v, in.eval(u.kid(pair, tree.Key))), tree.None)
			} else {
				in.fits(u.kid(pair, tree.Value), v, tree.None)
			}
		}
		return maybe
	case tree.Call:
		for a := range u.tree.Children(p) {
			if u.tree.Nodes[a].Role != tree.Arg {
				continue
			}
			if u.tree.Kind(a) == tree.KwArg {
				in.fits(u.kid(a, tree.Value), in.attribute(v, in.name(u.kid(a, tree.Name)), a), tree.None)
			} else {
				in.fits(a, v, tree.None)
			}
		}
		return maybe
	}
	for c := range u.tree.Children(p) {
		in.fits(c, tainted(in.deep(v)), tree.None)
	}
	return maybe
}

func (in *interp) fitsList(p tree.ID, v *value) tri {
	u := in.unit
	c := in.cell(v)
	i, truth := 0, yes
	if c == nil || c.kind != listCell || !c.exact {
		truth = maybe
	}
	for e := range u.tree.Children(p) {
		var part *value
		switch {
		case u.tree.Kind(e) == tree.Spread:
			in.fits(u.kid(e, tree.Value), v, tree.None)
			truth = maybe
			continue
		case c != nil && c.kind == listCell && c.exact && i < len(c.elems):
			part = c.elems[i]
		default:
			part = in.iterate(v)
		}
		i++
		switch in.fits(e, part, tree.None) {
		case no:
			return no
		case maybe:
			truth = maybe
		}
	}
	if c != nil && c.kind == listCell && c.exact && truth == yes && i != len(c.elems) {
		return no
	}
	return truth
}

// literals reports whether a pattern is made of constants only.
func (in *interp) literals(p tree.ID) bool {
	u := in.unit
	switch u.tree.Kind(p) {
	case tree.Binary:
		return in.literals(u.kid(p, tree.Left)) && in.literals(u.kid(p, tree.Right))
	case tree.String, tree.Number, tree.Bool, tree.Null:
		return true
	}
	return false
}

// switchStatement runs JavaScript's switch. A case that does not break goes on with the next one.
func (in *interp) switchStatement(n tree.ID) {
	u := in.unit
	subject := u.kid(n, tree.Subject)
	v := in.eval(subject)
	if in.st == nil || in.act == nil {
		return
	}
	l := &loop{isSwitch: true, label: in.labelOf(n)}
	in.act.loops = append(in.act.loops, l)
	fallen := (*state)(nil) // what comes from the case above
	waiting := in.st        // where no case has matched yet
	hasDefault, decided := false, false
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) != tree.Case {
			continue
		}
		truth, tests := no, 0
		for t := range u.tree.Children(c) {
			if u.tree.Nodes[t].Role != tree.Test {
				continue
			}
			tests++
			if waiting == nil {
				continue
			}
			in.st = waiting
			k := in.eval(t)
			waiting = in.st
			if e := in.equal(v, k); e == yes || e == maybe && truth == no {
				truth = e
			}
		}
		if tests == 0 {
			hasDefault, truth = true, maybe
			if decided {
				truth = no
			}
		}
		entry := fallen
		if truth != no && waiting != nil {
			entry = in.join(entry, waiting.fork())
			if truth == yes {
				waiting, decided = nil, true
			}
		}
		in.st = entry
		if in.st != nil && tests > 0 && truth == maybe && fallen == nil && subject >= 0 && u.tree.Kind(subject) == tree.Ident && in.cases(c) {
			in.setVariable(in.name(subject), nil, tree.OpAssign)
		}
		in.exec(u.kid(c, tree.Body))
		fallen = in.st
	}
	in.act.loops = in.act.loops[:len(in.act.loops)-1]
	in.st = in.join(fallen, l.brk)
	if !hasDefault {
		in.st = in.join(in.st, waiting)
	}
}

// cases reports whether all tests of a case are constants.
func (in *interp) cases(c tree.ID) bool {
	for t := range in.unit.tree.Children(c) {
		if in.unit.tree.Nodes[t].Role == tree.Test && !in.literals(t) {
			return false
		}
	}
	return true
}

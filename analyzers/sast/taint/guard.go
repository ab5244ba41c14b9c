package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// test evaluates a condition and tells its truth.
func (in *interp) test(n tree.ID) tri { return in.truthOf(in.eval(n)) }

// refine notes what holds once a condition has turned out true or false: a value that is
// one of an allow-list, equal to a constant or a number can't carry anything dangerous.
func (in *interp) refine(n tree.ID, holds bool) {
	if n < 0 || in.st == nil {
		return
	}
	u := in.unit
	switch u.tree.Kind(n) {
	case tree.Unary:
		if u.tree.Nodes[n].Op == tree.OpNot {
			in.refine(u.kid(n, tree.Value), !holds)
		}
	case tree.Assign: // walrus
		in.refine(u.kid(n, tree.Value), holds)
	case tree.Binary:
		in.refineBinary(n, holds)
	case tree.Call:
		in.refineCall(n, holds)
	case tree.Ident:
		in.refineFlag(n, holds)
	}
}

func (in *interp) refineBinary(n tree.ID, holds bool) {
	u := in.unit
	left, right := u.kid(n, tree.Left), u.kid(n, tree.Right)
	switch op := u.tree.Nodes[n].Op; op {
	case tree.OpAnd, tree.OpOr:
		if (op == tree.OpAnd) == holds {
			in.refine(left, holds)
			in.refine(right, holds)
			return
		}
		// One of the two turned out so: what both rule out is ruled out.
		other := in.st.fork()
		in.refine(left, holds)
		in.st, other = other, in.st
		in.refine(left, !holds)
		in.refine(right, holds)
		in.st = in.join(other, in.st)
	case tree.OpIn, tree.OpNotIn:
		member := (op == tree.OpIn) == holds
		if member {
			if !in.choose(left, right) {
				in.parents(left, right)
			}
		} else {
			in.excludes(left, right)
		}
	case tree.OpEq, tree.OpPhysEq, tree.OpIs, tree.OpNotEq, tree.OpPhysNotEq, tree.OpIsNot:
		equal := op == tree.OpEq || op == tree.OpPhysEq || op == tree.OpIs
		if in.isAnswer(left, right, equal == holds) {
			return
		}
		if equal == holds {
			in.equals(left, right)
			in.equals(right, left)
		} else if !u.python {
			in.missing(left, right)
		}
	case tree.OpGe, tree.OpGt: // list.indexOf(x) >= 0, > -1
		if holds && !u.python && in.quiet(right).konst() == number {
			in.isIndexOf(left)
		}
	case tree.OpLt: // list.indexOf(x) < 0
		if !holds && !u.python && in.quiet(right).konst() == number {
			in.isIndexOf(left)
		}
	}
}

// isAnswer is test(x) is None, test(x) == True and the like.
func (in *interp) isAnswer(left, right tree.ID, equal bool) bool {
	k := in.unit.tree.Kind(left)
	if k != tree.Call && k != tree.Ident {
		return false
	}
	switch in.unit.tree.Kind(right) {
	case tree.Null:
		if k == tree.Call {
			in.refine(left, !equal)
			return true
		}
	case tree.Bool:
		in.refine(left, equal == (truth(in.quiet(right)) == yes))
		return true
	}
	return false
}

// missing is list.indexOf(x) !== -1.
func (in *interp) missing(left, right tree.ID) {
	if v := in.quiet(right); v.konst() == number && v.num == -1 {
		in.isIndexOf(left)
	}
}

func (in *interp) isIndexOf(n tree.ID) {
	u := in.unit
	if u.tree.Kind(n) != tree.Call {
		return
	}
	callee, arg := u.kid(n, tree.Callee), u.kid(n, tree.Arg)
	if u.tree.Kind(callee) == tree.Attr && arg >= 0 && u.tree.Text(u.kid(callee, tree.Name)) == "indexOf" {
		in.choose(arg, u.kid(callee, tree.Object))
	}
}

// equals notes that place a has the value of b.
func (in *interp) equals(a, b tree.ID) {
	v := in.quiet(b)
	if v.konst() != unknown {
		if in.unit.tree.Kind(a) == tree.Unary && in.unit.tree.Nodes[a].Op == tree.OpTypeof {
			if v.str == "number" || v.str == "boolean" {
				in.becomes(in.unit.kid(a, tree.Value), nil, 0)
			}
			return
		}
		if v.kind == null {
			return
		}
		in.becomes(a, v, 0)
	}
	if in.isCommonPath(a) {
		in.cleanPlaces(a, pathClass)
	}
}

// becomes notes that the value of an expression is one that the program itself gave: it has no
// taint but what keep says.
func (in *interp) becomes(n tree.ID, v *value, keep uint64) {
	if n < 0 {
		return
	}
	u := in.unit
	switch u.tree.Kind(n) {
	case tree.Assign:
		in.becomes(u.kid(n, tree.Target), v, keep)
	case tree.Ident, tree.Index, tree.Attr:
		if in.isHostOf(n) {
			return
		}
		old := in.quiet(n)
		if len(in.deep(old)) == 0 && v == nil {
			return
		}
		if old.konst() == unknown && old.cellOf(nil) == 0 {
			in.store(n, v.with(without(old.taint(), ^keep)))
		}
	case tree.Call: // x.lower() in …
		callee := u.kid(n, tree.Callee)
		if u.tree.Kind(callee) == tree.Attr {
			switch u.tree.Text(u.kid(callee, tree.Name)) {
			case "lower", "upper", "strip", "casefold", "toLowerCase", "toUpperCase", "trim":
				in.becomes(u.kid(callee, tree.Object), nil, keep)
			}
		}
		if u.tree.Kind(callee) == tree.Ident && u.tree.Text(callee) == "str" {
			in.becomes(u.kid(n, tree.Arg), nil, keep)
		}
	case tree.Tuple, tree.List:
		for c := range u.tree.Children(n) {
			in.becomes(c, nil, keep)
		}
	}
}

// isChoice reports whether an expression is a collection of what is permitted, and which bits
// of taint it has itself.
func (in *interp) isChoice(n tree.ID) (keep uint64, ok bool) {
	if n < 0 {
		return 0, false
	}
	u := in.unit
	in.peek(n, func(v *value) {
		keep = bitsOf(in.deep(v))
		ok = v.konst() == str
		if c := in.cell(v); c != nil && (c.exact || c.kind == listCell || c.kind == dictCell) && (len(c.elems) > 0 || len(c.fields) > 0) {
			ok = true
		}
	})
	if ok {
		return keep, true
	}
	switch u.tree.Kind(n) {
	case tree.Ident:
		return keep, isAllowList(u.tree.Text(n))
	case tree.Attr:
		return keep, isAllowList(u.tree.Text(u.kid(n, tree.Name)))
	case tree.Call, tree.Index:
		if callee := u.kid(n, tree.Callee); callee >= 0 {
			switch u.tree.Text(u.kid(callee, tree.Name)) {
			case "keys", "values":
				return in.isChoice(u.kid(callee, tree.Object))
			}
		}
	}
	return keep, false
}

// choose notes that a value is one of a collection, if that is what is permitted.
func (in *interp) choose(n, from tree.ID) bool {
	keep, ok := in.isChoice(from)
	if ok {
		in.becomes(n, nil, keep)
	}
	return ok
}

// refineFlag follows a variable that holds the answer of a test.
func (in *interp) refineFlag(n tree.ID, holds bool) {
	v, ok := in.lookup(in.name(n))
	if !ok || v == nil || v.test == nil || v.test.unit != in.unit || v.test.frame != in.frame {
		return
	}
	if in.flags == maxFlags { // "ok = ok and done" tests itself
		return
	}
	in.flags++
	in.refine(v.test.node, holds)
	in.flags--
}

// maxFlags is how many variables that hold answers are followed, one through the other.
const maxFlags = 4

// outcome is a test whose answer is kept in a variable.
type outcome struct {
	unit  *unit
	frame cellID
	node  tree.ID
}

package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

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

// isHostOf notes that the host of an address is one of those that the program knows, where n is that host.
func (in *interp) isHostOf(n tree.ID) bool {
	u := in.unit
	if u.tree.Kind(n) != tree.Attr {
		return false
	}
	switch u.tree.Text(u.kid(n, tree.Name)) {
	case "netloc", "hostname", "host", "origin":
	default:
		return false
	}
	object := u.kid(n, tree.Object)
	if u.tree.Kind(object) == tree.Call || u.tree.Kind(object) == tree.New {
		if arg := u.kid(object, tree.Arg); arg >= 0 {
			in.cleanPlace(arg, urlClass)
			return true
		}
		return false
	}
	v := in.quiet(object)
	c := in.cell(v)
	if c == nil {
		return false
	}
	of, ok := c.field(in.intern(parsedOf))
	if !ok {
		return false
	}
	in.cleanPlace(object, urlClass)
	if f := in.own(in.frame); f != nil && of.konst() == number {
		if old, ok := f.field(int32(of.num)); ok {
			f.put(int32(of.num), in.clean(old, in.classes[urlClass]))
		}
	}
	return true
}

// parsedOf is the hidden field of a parsed address: the variable that it was read from.
const parsedOf = "#parsed-of"

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

// refineCall notes what a call that returned true or false tells about its arguments.
func (in *interp) refineCall(n tree.ID, holds bool) {
	u := in.unit
	callee := u.kid(n, tree.Callee)
	var args [3]tree.ID
	count := 0
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.Arg && count < len(args) {
			args[count] = c
			count++
		}
	}
	if u.tree.Kind(callee) == tree.Ident {
		if !holds {
			return
		}
		switch u.tree.Text(callee) {
		case "isinstance":
			if count == 2 && onlyNumbers(u, args[1]) {
				in.becomes(args[0], nil, 0)
			}
		case "bool":
			if count == 1 {
				in.refine(args[0], holds)
			}
		case "fullmatch", "match":
			if count >= 2 && in.matches(args[0], u.tree.Text(callee)) {
				in.becomes(args[1], nil, 0)
			}
		}
		return
	}
	if u.tree.Kind(callee) != tree.Attr {
		return
	}
	object, method := u.kid(callee, tree.Object), u.tree.Text(u.kid(callee, tree.Name))
	if !holds {
		switch {
		case method == "includes" && count == 1:
			in.excludes(args[0], object)
		case (method == "startswith" || method == "startsWith") && count >= 1:
			switch v := in.quiet(args[0]); {
			case v.konst() == str && v.str == "/":
				in.learn(object, noRoot)
			case v.konst() == str && v.str == "//":
				in.learn(object, notTwice)
			}
		}
		return
	}
	switch method {
	case "isdigit", "isdecimal", "isnumeric", "isalnum", "isalpha", "isidentifier":
		in.becomes(object, nil, 0)
	case "includes", "has", "hasOwnProperty", "__contains__", "contains":
		if count == 1 {
			in.choose(args[0], object)
		}
	case "hasOwn":
		if count == 2 {
			in.choose(args[1], args[0])
		}
	case "isInteger", "isSafeInteger", "isFinite":
		if count == 1 && u.tree.Text(object) == "Number" {
			in.becomes(args[0], nil, 0)
		}
	case "test":
		if count == 1 && in.matches(object, method) {
			in.becomes(args[0], nil, 0)
		}
	case "match", "fullmatch":
		switch {
		case count == 1 && in.matches(object, method):
			in.becomes(args[0], nil, 0)
		case count == 1 && !u.python && in.matches(args[0], "test"):
			in.becomes(object, nil, 0)
		case count >= 2 && in.matches(args[0], method):
			in.becomes(args[1], nil, 0)
		}
	case "is_relative_to":
		in.cleanNormal(object)
	case "startswith", "startsWith":
		if count >= 1 && len(in.deep(in.quiet(args[0]))) == 0 {
			in.cleanNormal(object)
			in.startsWithHost(object, args[0])
		}
	}
}

// startsWithHost is url.startswith("https://host/"): nothing that follows changes where it leads.
func (in *interp) startsWithHost(object, prefix tree.ID) {
	v := in.quiet(prefix)
	if v.konst() != str {
		return
	}
	if v.str == "/" {
		in.learn(object, rooted)
	}
	if leadsHome(v.str) {
		in.cleanPlace(object, urlClass)
	}
}

// leadsHome reports whether an address that begins so leads to a host that the program chose,
// whatever follows.
func leadsHome(prefix string) bool {
	if _, rest, ok := strings.Cut(prefix, "://"); ok {
		host, _, ok := strings.Cut(rest, "/")
		return ok && host != ""
	}
	return len(prefix) > 1 && prefix[0] == '/' && prefix[1] != '/' && prefix[1] != '\\'
}

// learn notes a fact about the text of a variable. Facts together may rule out a weakness.
func (in *interp) learn(n tree.ID, fact facts) {
	if n < 0 || !in.assignable(n) {
		return
	}
	v := in.quiet(n)
	if v == nil || len(v.marks) == 0 || v.cell != 0 || v.facts&fact != 0 {
		return
	}
	fresh := *v
	fresh.facts |= fact
	if fresh.facts&(noDots|noRoot) == noDots|noRoot {
		fresh.marks = without(fresh.marks, in.classes[pathClass])
	}
	if fresh.facts&(rooted|notTwice) == rooted|notTwice {
		fresh.marks = without(fresh.marks, in.classes[urlClass])
	}
	in.store(n, &fresh)
}

// onlyNumbers reports whether the second argument of isinstance names types of numbers only.
func onlyNumbers(u *unit, n tree.ID) bool {
	switch u.tree.Kind(n) {
	case tree.Ident:
		switch u.tree.Text(n) {
		case "int", "float", "bool", "complex":
			return true
		}
		return false
	case tree.Tuple:
		for c := range u.tree.Children(n) {
			if !onlyNumbers(u, c) {
				return false
			}
		}
		return true
	}
	return false
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

// cleanNormal notes that a path lies in a folder of the program, if it has no .. in it.
func (in *interp) cleanNormal(n tree.ID) {
	u := in.unit
	if u.tree.Kind(n) == tree.Call {
		callee := u.kid(n, tree.Callee)
		if u.tree.Kind(callee) == tree.Ident && u.tree.Text(callee) == "str" {
			n = u.kid(n, tree.Arg)
		}
	}
	if v := in.quiet(n); v != nil && v.facts&normal != 0 {
		in.cleanPlace(n, pathClass)
	}
}

// parents is base in path.parents.
func (in *interp) parents(left, right tree.ID) {
	u := in.unit
	if u.tree.Kind(right) == tree.Attr && u.tree.Text(u.kid(right, tree.Name)) == "parents" {
		in.cleanNormal(u.kid(right, tree.Object))
	}
}

// isCommonPath is os.path.commonpath([base, path]) == base.
func (in *interp) isCommonPath(n tree.ID) bool {
	u := in.unit
	if u.tree.Kind(n) != tree.Call {
		return false
	}
	callee := u.kid(n, tree.Callee)
	name := u.tree.Text(callee)
	return strings.HasSuffix(name, "commonpath") || strings.HasSuffix(name, "commonprefix")
}

// cleanPlaces cleans the variables that are named in n of what matters to a class of sinks.
func (in *interp) cleanPlaces(n tree.ID, class sinkClass) {
	u := in.unit
	for i := n + 1; i < u.tree.Nodes[n].Next; i++ {
		if u.tree.Kind(i) == tree.Ident && u.tree.Nodes[i].Role != tree.Name && u.tree.Nodes[i].Role != tree.Callee {
			in.cleanPlace(i, class)
		}
	}
}

// cleanPlace cleans one variable, attribute or element of what matters to a class of sinks.
func (in *interp) cleanPlace(n tree.ID, class sinkClass) {
	bits := in.classes[class]
	if bits == 0 || n < 0 || !in.assignable(n) {
		return
	}
	v := in.quiet(n)
	if bitsOf(in.deep(v))&bits != 0 {
		in.store(n, in.clean(v, bits))
	}
}

// excludes notes that some text is not in a string: a quote, so that it can't end the quotes that
// it is put in, or two dots, so that it can't leave a folder.
func (in *interp) excludes(char, n tree.ID) {
	v := in.quiet(char)
	if v.konst() != str {
		return
	}
	switch v.str {
	case "..", "../":
		in.learn(n, noDots)
		return
	case "'", "\"":
	default:
		return
	}
	u := in.unit
	for u.tree.Kind(n) == tree.Index {
		if k := u.kid(n, tree.Arg); u.tree.Kind(k) != tree.Slice {
			break
		}
		n = u.kid(n, tree.Object)
	}
	in.cleanPlace(n, quoteClass)
}

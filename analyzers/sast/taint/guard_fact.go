package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

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

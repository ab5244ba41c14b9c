package parser

import (
	"slices"
)

// lookup is the chain of definitions that name has as seen from scope, and the scope they are in.
func (f *File) lookup(name string, from ScopeID) (first int32, in ScopeID) {
	for s := from; s >= 0; s = f.Scopes[s].Parent {
		if f.Scopes[s].Kind == ClassScope && s != from {
			continue // methods do not see the names of their class
		}
		if d, ok := f.names[defKey{s, name}]; ok {
			return d, s
		}
	}
	return -1, -1
}

// ScopeAt is the innermost scope that n stands in.
func (f *File) ScopeAt(n NodeID) ScopeID {
	// Scopes are in preorder: the last one that contains n is the innermost.
	i, _ := slices.BinarySearchFunc(f.Scopes, n, func(s Scope, n NodeID) int {
		if s.Node <= n {
			return -1
		}
		return 1
	})
	for s := ScopeID(i - 1); s > 0; s = f.Scopes[s].Parent {
		if f.Within(n, f.Scopes[s].Node) && n != f.Scopes[s].Node {
			return s
		}
	}
	return 0
}

// DefsOf are the definitions that may have given the name at n its value, in order of
// position. Within one function, later definitions and those that another one certainly
// overwrites before n are left out.
func (f *File) DefsOf(n NodeID) []*Def {
	if f.Kind(n) != KindIdentifier && f.Kind(n) != KindShorthand && f.Kind(n) != KindTypeIdentifier {
		return nil
	}
	return f.defsOf(f.Slice(n), n)
}

func (f *File) defsOf(name string, use NodeID) []*Def {
	from := f.ScopeAt(use)
	first, in := f.lookup(name, from)
	if first < 0 {
		return nil
	}
	defs := f.chain(first)
	if len(defs) == 1 || f.functionOf(in) != f.functionOf(from) {
		return defs
	}
	return f.reaching(defs, use)
}

func (f *File) chain(first int32) []*Def {
	var defs []*Def
	for i := first; i >= 0; i = f.Defs[i].next {
		defs = append(defs, &f.Defs[i])
	}
	return defs
}

// functionOf is the function, class or module scope that s is part of.
func (f *File) functionOf(s ScopeID) ScopeID {
	for s > 0 && (f.Scopes[s].Kind == BlockScope || f.Scopes[s].Kind == ComprehensionScope) {
		s = f.Scopes[s].Parent
	}
	return s
}

// reaching keeps of defs, all in the function of use, those whose value use can see: the
// last one before it that stands in a block around it, those in between, and those further
// down in a loop around both.
func (f *File) reaching(defs []*Def, use NodeID) []*Def {
	last := -1
	for i, d := range defs {
		if d.Node < use && d.Kind != AugmentedDef && f.Within(use, f.blockOf(d)) && !f.Within(use, f.statementOf(d.Node)) {
			last = i
		}
	}
	var out []*Def
	for i, d := range defs {
		switch {
		case d.Node < use && i >= last:
			out = append(out, d)
		case d.Node > use && f.shareLoop(d.Node, use, defs, last):
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return defs
	}
	return out
}

// shareLoop reports whether a loop brings the value of a definition at d, below use, back
// to use: it contains both, and not the definition that use sees at first in each round.
func (f *File) shareLoop(d, use NodeID, defs []*Def, last int) bool {
	for p := range f.Ancestors(use) {
		switch f.Kind(p) {
		case KindFor, KindForClassic, KindWhile:
			if f.Within(d, p) && (last < 0 || !f.Within(defs[last].Node, p)) {
				return true
			}
		}
	}
	return false
}

// blockOf is the innermost construct around d whose parts run together once control enters it.
func (f *File) blockOf(d *Def) NodeID {
	n := d.Node
	if d.Kind == FuncDef || d.Kind == ClassDef {
		n = f.Parent(n) // the name stands in the function, but is defined around it
	}
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case KindBlock, KindModule, KindIf, KindElse, KindFor, KindForClassic, KindWhile, KindSwitchBody,
			KindFunction, KindLambda, KindMethod, KindClassBody, KindComprehension, KindCatch:
			return p
		}
	}
	return 0
}

// statementOf is the assignment that n is a target of, so that x in x = f(x) is not its own value.
func (f *File) statementOf(n NodeID) NodeID {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case KindAssignment, KindDeclarator, KindAugmentedAssignment, KindNamedExpression:
			return p
		case KindBlock, KindModule, KindExpressionStatement:
			return NoNode
		}
	}
	return NoNode
}

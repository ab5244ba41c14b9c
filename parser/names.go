package parser

import (
	"slices"
	"strings"
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

// QName is the qualified name of what expression n evaluates to, seen from the imports:
// openai.OpenAI.chat.completions.create. An instance goes by its class's name, the result
// of any other call by the callee's name and "()". It is "" where n does not lead to an
// import, or to different ones.
func (f *File) QName(n NodeID) string { return f.qname(n, newBudget()) }

func (f *File) qname(n NodeID, depth budget) string {
	if n < 0 || depth.spent() {
		return ""
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindIdentifier, KindShorthand, KindTypeIdentifier:
		return f.common(f.DefsOf(n), depth)
	case KindAttribute:
		return f.attributeQName(n, depth)
	case KindCall:
		return f.callQName(n, f.Field(n, FieldFunction), depth)
	case KindNew:
		return f.qname(f.Field(n, FieldConstructor), depth.next())
	case KindConditional, KindBinary:
		return f.eitherQName(n, depth)
	case KindAsPattern, KindNamedExpression, KindAssignment:
		for _, field := range []Field{FieldValue, FieldRight} {
			if v := f.Field(n, field); v != NoNode {
				return f.qname(v, depth.next())
			}
		}
		return f.qname(f.FirstChild(n), depth.next())
	}
	return ""
}

// common is the one qualified name of all the definitions that have one.
func (f *File) common(defs []*Def, depth budget) string {
	name := ""
	for _, d := range defs {
		q := f.defQName(d, depth)
		if q != "" && name != "" && q != name {
			return ""
		}
		if q != "" {
			name = q
		}
	}
	return name
}

func (f *File) defQName(d *Def, depth budget) string {
	if depth.spent() {
		return ""
	}
	switch d.Kind {
	case ImportDef:
		imp := f.Imports[d.Index]
		switch {
		case imp.Name != "":
			return imp.Module + "." + imp.Name
		case !f.Language.IsScript():
			// import a.b binds a; with an alias, a.b
			if root, _, dotted := strings.Cut(imp.Module, "."); dotted && imp.Alias == root {
				return root
			}
		}
		return imp.Module
	case ParamDef, AssignDef:
		// typing.Any and a bare Final say nothing of the value's class.
		if q := f.typeQName(d.Annotation, depth.next()); q != "" && !strings.HasPrefix(q, "typing.") && !strings.HasPrefix(q, "typing_extensions.") {
			return q
		}
		return f.qname(d.Value, depth.next())
	case WithDef:
		return f.qname(d.Value, depth.next())
	case UnpackDef:
		if q := f.qname(f.element(d), depth.next()); q != "" {
			return q
		}
		if q := f.qname(d.Value, depth.next()); q != "" && f.Language.IsScript() && !strings.HasPrefix(d.Path, "...") {
			return q + "." + d.Path
		}
	}
	return ""
}

// element is the expression that an unpacked name gets, where the value is written out: a, b = x, y.
func (f *File) element(d *Def) NodeID {
	value := f.Unwrap(d.Value)
	if k := f.Kind(value); k != KindTuple && k != KindList {
		return NoNode
	}
	i := 0
	for c := range f.Children(value) {
		if itoa(i) == d.Path {
			return c
		}
		i++
	}
	return NoNode
}

func (f *File) attributeQName(n NodeID, depth budget) string {
	object, name := f.Field(n, FieldObject), f.Slice(f.attributeName(n))
	if f.isSelf(object) {
		return f.common(f.memberDefs(f.classAround(n), name), depth.next())
	}
	if q := f.qname(object, depth.next()); q != "" {
		return q + "." + name
	}
	if class := f.localClass(object, depth); class != nil {
		return f.common(f.memberDefs(class, name), depth.next())
	}
	return ""
}

// classAround is the class whose body n stands in, or nil.
func (f *File) classAround(n NodeID) *Class {
	for s := f.ScopeAt(n); s >= 0; s = f.Scopes[s].Parent {
		if f.Scopes[s].Kind == ClassScope {
			for i := range f.Classes {
				if f.Classes[i].Scope == s {
					return &f.Classes[i]
				}
			}
		}
	}
	return nil
}

// memberDefs are the definitions of an attribute in a class and its bases in this file.
func (f *File) memberDefs(c *Class, name string) []*Def {
	for range maxDepth {
		if c == nil {
			return nil
		}
		for _, key := range []string{"." + name, name} {
			if first, ok := f.names[defKey{c.Scope, key}]; ok {
				return f.chain(first)
			}
		}
		var base *Class
		for _, b := range c.Bases {
			if base = f.classNamed(b); base != nil {
				break
			}
		}
		c = base
	}
	return nil
}

func (f *File) classNamed(n NodeID) *Class {
	for _, d := range f.DefsOf(n) {
		if d.Kind == ClassDef {
			return &f.Classes[d.Index]
		}
	}
	return nil
}

// localClass is the class of this file that n names or is an instance of.
func (f *File) localClass(n NodeID, depth budget) *Class {
	if depth.spent() {
		return nil
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindIdentifier:
		if c := f.classNamed(n); c != nil {
			return c
		}
		for _, d := range f.DefsOf(n) {
			if d.Kind == AssignDef || d.Kind == WithDef {
				return f.localClass(d.Value, depth.next())
			}
			if d.Kind == ParamDef && d.Annotation != NoNode {
				return f.localClass(f.plainType(d.Annotation), depth.next())
			}
		}
	case KindTypeIdentifier:
		return f.classNamed(n)
	case KindCall:
		return f.localClass(f.Field(n, FieldFunction), depth.next())
	case KindNew:
		return f.localClass(f.Field(n, FieldConstructor), depth.next())
	}
	return nil
}

func (f *File) callQName(n, callee NodeID, depth budget) string {
	if q := f.qname(callee, depth.next()); q != "" {
		last := q[strings.LastIndexByte(q, '.')+1:]
		if last != "" && last[0] >= 'A' && last[0] <= 'Z' {
			return q // an instance
		}
		return q + "()"
	}
	if fn := f.FuncOf(callee); fn != nil {
		return f.resultQName(fn, depth.next())
	}
	return ""
}

// FuncOf is the function of this file that callee names, or nil.
func (f *File) FuncOf(callee NodeID) *Func {
	callee = f.Unwrap(callee)
	var defs []*Def
	switch f.Kind(callee) {
	case KindIdentifier:
		defs = f.DefsOf(callee)
	case KindAttribute:
		if f.isSelf(f.Field(callee, FieldObject)) {
			defs = f.memberDefs(f.classAround(callee), f.Slice(f.attributeName(callee)))
		} else if c := f.localClass(f.Field(callee, FieldObject), newBudget()); c != nil {
			defs = f.memberDefs(c, f.Slice(f.attributeName(callee)))
		}
	}
	if len(defs) != 1 {
		return nil
	}
	switch d := defs[0]; d.Kind {
	case FuncDef:
		return &f.Funcs[d.Index]
	case AssignDef:
		if f.Kind(d.Value) == KindLambda {
			return f.funcAt(d.Value)
		}
	}
	return nil
}

func (f *File) funcAt(n NodeID) *Func {
	i, ok := slices.BinarySearchFunc(f.Funcs, n, func(fn Func, n NodeID) int { return int(fn.Node - n) })
	if !ok {
		return nil
	}
	return &f.Funcs[i]
}

// resultQName is what a function of this file returns: its annotation, or its return statements.
func (f *File) resultQName(fn *Func, depth budget) string {
	if depth.spent() {
		return ""
	}
	if q := f.typeQName(fn.Returns, depth.next()); q != "" {
		return q
	}
	if k := f.Kind(fn.Body); k != KindBlock && fn.Body != NoNode {
		return f.qname(fn.Body, depth.next()) // an arrow function's or lambda's expression
	}
	name := ""
	for n := fn.Body; f.Within(n, fn.Body); n++ {
		switch f.Kind(n) {
		case KindFunction, KindLambda, KindMethod, KindClass:
			n = NodeID(f.Nodes[n].Next) - 1
		case KindReturn:
			q := f.qname(f.FirstChild(n), depth.next())
			if q != "" && name != "" && q != name {
				return ""
			}
			if q != "" {
				name = q
			}
		}
	}
	return name
}

// eitherQName is for `a or b`, `a ?? b` and `b if c else d`: the one name that both or one of them has.
func (f *File) eitherQName(n NodeID, depth budget) string {
	sides := []NodeID{f.Field(n, FieldLeft), f.Field(n, FieldRight)}
	if f.Kind(n) == KindConditional {
		if sides = []NodeID{f.Field(n, FieldConsequence), f.Field(n, FieldAlternative)}; sides[0] == NoNode { // Python has no fields here
			sides = slices.Collect(f.Children(n))
			if len(sides) == 3 {
				sides = []NodeID{sides[0], sides[2]}
			}
		}
	} else if op := f.Slice(f.Field(n, FieldOperator)); op != "or" && op != "||" && op != "??" && op != "and" && op != "&&" {
		return ""
	}
	name := ""
	for _, side := range sides {
		q := f.qname(side, depth.next())
		if q != "" && name != "" && q != name {
			return ""
		}
		if q != "" {
			name = q
		}
	}
	return name
}

package parser

import "strings"

// python records the facts of one node of a Python tree.
func (b *builder) python(n NodeID, kind Kind) {
	switch kind {
	case KindFunction, KindLambda:
		b.pythonFunc(n, kind)
	case KindClass:
		b.pythonClass(n)
	case KindComprehension:
		b.pythonComprehension(n)
	case KindForClause:
		b.assign(b.Field(n, FieldLeft), b.Field(n, FieldRight), def("", LoopDef, b.scope(), n))
	case KindFor:
		left, right := b.Field(n, FieldLeft), b.Field(n, FieldRight)
		b.assign(left, right, b.local(LoopDef))
		b.Loops = append(b.Loops, Loop{Node: n, Kind: ForLoop, Target: left, Iter: right, Body: b.Field(n, FieldBody), Async: b.hasToken(n, "async")})
	case KindWhile:
		b.Loops = append(b.Loops, Loop{Node: n, Kind: WhileLoop, Target: NoNode, Iter: b.Field(n, FieldCondition), Body: b.Field(n, FieldBody)})
	case KindAssignment:
		b.pythonAssignment(n)
	case KindAugmentedAssignment:
		left := b.Field(n, FieldLeft)
		d := b.local(AugmentedDef)
		b.assign(left, b.Field(n, FieldRight), d)
	case KindNamedExpression:
		d := def("", AssignDef, b.enclosing(FunctionScope, ClassScope, ModuleScope), n)
		b.assign(b.Field(n, FieldName), b.Field(n, FieldValue), d)
	case KindAsPattern:
		b.pythonAs(n)
	case KindDelete, KindCasePattern:
		for c := range b.Children(n) {
			if b.Kind(c) == KindIdentifier || b.Kind(c) == KindDottedName && kind == KindCasePattern {
				b.assign(b.identifierIn(c), NoNode, b.local(OtherDef))
			}
		}
	case KindImport, KindImportFrom:
		b.pythonImport(n, kind)
	case KindTypeAlias:
		b.assign(b.identifierIn(b.FirstChild(n)), NoNode, b.local(OtherDef))
	case KindCall:
		b.call(n, b.Field(n, FieldFunction), b.Field(n, FieldArguments), false)
		b.pythonDynamicImport(&b.Calls[len(b.Calls)-1])
	case KindString:
		b.Strings = append(b.Strings, Str{n, b.contentOf(n)})
	}
}

// local is a definition in the function, class or module that is open.
func (b *builder) local(kind DefKind) Def {
	return def("", kind, b.enclosing(FunctionScope, ClassScope, ModuleScope), NoNode)
}

func (b *builder) identifierIn(n NodeID) NodeID {
	for n != NoNode && b.Kind(n) != KindIdentifier {
		n = b.FirstChild(n)
	}
	return n
}

func (b *builder) pythonFunc(n NodeID, kind Kind) {
	fn := Func{Node: n, Scope: -1, Class: -1, Returns: b.Field(n, FieldReturnType), Body: b.Field(n, FieldBody), Async: b.hasToken(n, "async")}
	if b.Scopes[b.scope()].Kind == ClassScope {
		fn.Class = b.class[len(b.class)-1]
	}
	if kind == KindFunction {
		name := b.Field(n, FieldName)
		fn.Name = b.Slice(name)
		d := b.local(FuncDef)
		d.Name, d.Node, d.Index = fn.Name, name, int32(len(b.Funcs))
		b.define(d)
		fn.Decorators = b.decorators(n)
	}
	fn.Scope = b.push(FunctionScope, n, -1)
	for p := range b.Children(b.Field(n, FieldParameters)) {
		d := def("", ParamDef, fn.Scope, p)
		d.Index = int32(len(fn.Params))
		name := p
		if b.Kind(p) == KindParameter {
			d.Annotation, d.Value = b.Field(p, FieldType), b.Field(p, FieldValue)
			if name = b.Field(p, FieldName); name == NoNode {
				name = b.FirstChild(p)
			}
		}
		if b.Kind(name) == KindRestPattern {
			name, d.Path, d.Annotation = b.FirstChild(name), "...", NoNode
		}
		if b.Kind(name) != KindIdentifier {
			continue // * and /
		}
		d.Name, d.Node = b.Slice(name), name
		b.define(d)
		fn.Params = append(fn.Params, d)
	}
	b.Funcs = append(b.Funcs, fn)
	b.globals(fn)
}

// globals lets assignments to names that a function declares global or nonlocal define
// them outside of it. Python requires the declaration before the first use, and in nearly
// all code it is among the first statements of the body.
func (b *builder) globals(fn Func) {
	for s := range b.Children(fn.Body) {
		if b.Kind(s) != KindGlobal {
			continue
		}
		for name := range b.Children(s) {
			b.outer = append(b.outer, defKey{fn.Scope, b.Slice(name)})
		}
	}
}

func (b *builder) decorators(n NodeID) []NodeID {
	parent := b.Parent(n)
	if b.Kind(parent) != KindDecorated {
		return nil
	}
	var out []NodeID
	for c := range b.Children(parent) {
		if b.Kind(c) == KindDecorator {
			out = append(out, b.FirstChild(c))
		}
	}
	return out
}

func (b *builder) pythonClass(n NodeID) {
	name := b.Field(n, FieldName)
	d := b.local(ClassDef)
	d.Name, d.Node, d.Index = b.Slice(name), name, int32(len(b.Classes))
	b.define(d)
	c := Class{Node: n, Name: d.Name, Body: b.Field(n, FieldBody), Decorators: b.decorators(n)}
	for base := range b.Children(b.Field(n, FieldSuperclasses)) {
		if b.Kind(base) != KindKeywordArgument {
			c.Bases = append(c.Bases, base)
		}
	}
	c.Scope = b.push(ClassScope, n, int32(len(b.Classes)))
	b.Classes = append(b.Classes, c)
}

func (b *builder) pythonComprehension(n NodeID) {
	b.push(ComprehensionScope, n, -1)
	for c := range b.Children(n) {
		if b.Kind(c) == KindForClause {
			b.Loops = append(b.Loops, Loop{Node: n, Kind: ComprehensionLoop, Target: b.Field(c, FieldLeft), Iter: b.Field(c, FieldRight), Body: b.Field(n, FieldBody), Async: b.hasToken(c, "async")})
		}
	}
}

// pythonAssignment handles x = v, x: T = v, x: T and a = b = v.
func (b *builder) pythonAssignment(n NodeID) {
	value := b.Field(n, FieldRight)
	for b.Kind(value) == KindAssignment {
		value = b.Field(value, FieldRight)
	}
	d := b.local(AssignDef)
	d.Annotation = b.Field(n, FieldType)
	b.assign(b.Field(n, FieldLeft), value, d)
}

// pythonAs handles `with v as x`, `except E as x` and `case p as x`.
func (b *builder) pythonAs(n NodeID) {
	alias := b.Field(n, FieldAlias)
	if alias == NoNode {
		alias = b.LastChild(n)
	}
	kind, value := OtherDef, NoNode
	if b.Kind(b.Parent(n)) == KindWithItem {
		kind, value = WithDef, b.FirstChild(n)
	}
	b.assign(alias, value, b.local(kind))
}

func (b *builder) pythonImport(n NodeID, kind Kind) {
	module := b.Slice(b.Field(n, FieldModuleName))
	if module == "" && strings.HasPrefix(b.KindName(n), "future") {
		module = "__future__"
	}
	typeOnly := b.underTypeChecking(n)
	for c := range b.All(n) {
		imp := Import{Node: n, Module: module, Scope: b.enclosing(FunctionScope, ClassScope, ModuleScope), TypeOnly: typeOnly}
		at, name := c, c
		switch {
		case b.FieldOf(c) == FieldName && b.Kind(c) == KindAliasedImport:
			name, at = b.Field(c, FieldName), b.Field(c, FieldAlias)
			imp.Alias = b.Slice(at)
		case b.FieldOf(c) == FieldName:
		case b.Kind(c) == KindWildcardImport:
			imp.Name = "*"
			b.Imports = append(b.Imports, imp)
			continue
		default:
			continue
		}
		if kind == KindImport && module == "" {
			imp.Module = b.Slice(name)
			if imp.Alias == "" { // import a.b binds a
				imp.Alias, _, _ = strings.Cut(imp.Module, ".")
			}
		} else {
			imp.Name = b.Slice(name)
			if imp.Alias == "" {
				imp.Alias = imp.Name
			}
		}
		b.addImport(imp, at)
	}
}

// addImport records imp and defines its alias.
func (b *builder) addImport(imp Import, at NodeID) {
	d := def(imp.Alias, ImportDef, imp.Scope, at)
	d.Index = int32(len(b.Imports))
	b.Imports = append(b.Imports, imp)
	if imp.Alias != "" {
		b.define(d)
	}
}

func (b *builder) underTypeChecking(n NodeID) bool {
	for p := range b.Ancestors(n) {
		if b.Kind(p) == KindIf {
			c := b.Slice(b.Field(p, FieldCondition))
			return c == "TYPE_CHECKING" || c == "typing.TYPE_CHECKING"
		}
	}
	return false
}

// pythonDynamicImport records importlib.import_module("m") and __import__("m").
func (b *builder) pythonDynamicImport(c *Call) {
	if c.Name != "import_module" && c.Name != "__import__" || len(c.Args) == 0 || b.Kind(c.Args[0].Value) != KindString {
		return
	}
	b.Imports = append(b.Imports, Import{Node: c.Node, Module: b.Text.Slice(b.contentOf(c.Args[0].Value)), Scope: c.Scope, Dynamic: true})
}

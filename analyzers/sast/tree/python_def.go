package tree

import "github.com/qodacode/qodacode/parser"

// pythonDefinition lowers a function or class with its decorators.
func (b *builder) pythonDefinition(n parser.NodeID, role Role) {
	outer := n
	if b.Kind(n) == parser.KindDecorated {
		if n = b.Field(outer, parser.FieldDefinition); n < 0 {
			b.pythonOther(outer, role)
			return
		}
	}
	kind := Func
	if b.Kind(n) == parser.KindClass {
		kind = Class
	}
	b.outerOf(outer, n)
	s := b.Nodes[outer]
	id := b.openAt(kind, role, n, s.Start, s.End)
	b.async(id, n)
	for c := range b.Children(outer) {
		if b.Kind(c) == parser.KindDecorator {
			b.pythonDecorator(c)
		}
	}
	b.pythonNode(b.Field(n, parser.FieldName), Name)
	if kind == Class {
		b.pythonArguments(b.Field(n, parser.FieldSuperclasses), Base)
	} else {
		b.pythonFunction(id, n)
	}
	b.pythonNode(b.Field(n, parser.FieldBody), Body)
	b.close(id)
}

// pythonDecorator makes a call of a decorator that is written without one, as it is one.
func (b *builder) pythonDecorator(n parser.NodeID) {
	id := b.open(Decorator, DecoratorOf, n)
	value := b.FirstChild(n)
	if k := b.Kind(value); k == parser.KindAttribute || k == parser.KindIdentifier && b.Slice(value) != "staticmethod" {
		call := b.openAt(Call, Value, parser.NoNode, b.Nodes[value].Start, b.Nodes[value].End)
		b.flag(call, Synthetic)
		b.pythonNode(value, Callee)
		b.close(call)
	} else {
		b.pythonNode(value, Value)
	}
	b.close(id)
}

// outerOf notes that inner is opened for outer too.
func (b *builder) outerOf(outer, inner parser.NodeID) {
	if outer != inner {
		b.skip(outer)
	}
}

func (b *builder) pythonFunction(id ID, n parser.NodeID) {
	if fn := b.FuncAt(n); fn != nil && fn.Class >= 0 {
		b.flag(id, Method)
	}
	b.pythonParams(b.Field(n, parser.FieldParameters))
	b.pythonType(b.Field(n, parser.FieldReturnType), Returns)
}

func (b *builder) pythonParams(n parser.NodeID) {
	for p := range b.Children(n) {
		b.pythonParam(p)
	}
}

func (b *builder) pythonParam(p parser.NodeID) {
	id := b.open(Param, ParamOf, p)
	name := p
	if b.Kind(p) == parser.KindParameter {
		if name = b.Field(p, parser.FieldName); name < 0 {
			name = b.FirstChild(p)
		}
	}
	if b.Kind(name) == parser.KindRestPattern {
		if b.KindName(name) == "dictionary_splat_pattern" {
			b.flag(id, DoubleStar)
		} else {
			b.flag(id, Star)
		}
		name = b.FirstChild(name)
	}
	switch b.KindName(name) {
	case "keyword_separator":
		b.flag(id, Star)
	case "positional_separator":
	default:
		b.pythonNode(name, Name)
	}
	if b.Kind(p) == parser.KindParameter {
		b.pythonType(b.Field(p, parser.FieldType), TypeOf)
		b.pythonNode(b.Field(p, parser.FieldValue), Default)
	}
	b.close(id)
}

// pythonImport makes each module of an import a statement, and of a from import one.
func (b *builder) pythonImport(n parser.NodeID, role Role) {
	module := b.Field(n, parser.FieldModuleName)
	future := b.KindName(n) == "future_import_statement"
	if b.Kind(n) == parser.KindImport && !future {
		for c := range b.Children(n) {
			id := b.openAt(Import, role, n, b.Nodes[n].Start, b.Nodes[c].End)
			name, alias := b.importName(c)
			b.leaf(Ident, Source, name)
			if alias >= 0 {
				b.leaf(Ident, Name, alias)
			}
			b.close(id)
		}
		return
	}
	id := b.open(ImportFrom, role, n)
	switch {
	case future:
		b.leaf(Ident, Source, b.token(n, "__future__"))
	case module >= 0:
		b.leaf(Ident, Source, module)
	}
	for c := range b.Children(n) {
		switch {
		case b.Kind(c) == parser.KindWildcardImport, b.FieldOf(c) == parser.FieldName:
			item := b.open(ImportName, Elem, c)
			name, alias := b.importName(c)
			b.leaf(Ident, Name, name)
			if alias >= 0 {
				b.leaf(Ident, Alias, alias)
			}
			b.close(item)
		}
	}
	b.close(id)
}

// importName is the name and the alias, if any, of one imported thing.
func (b *builder) importName(n parser.NodeID) (name, alias parser.NodeID) {
	if b.Kind(n) != parser.KindAliasedImport {
		return n, parser.NoNode
	}
	if name = b.Field(n, parser.FieldName); name < 0 {
		return n, parser.NoNode
	}
	return name, b.Field(n, parser.FieldAlias)
}

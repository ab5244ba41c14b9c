package tree

import "github.com/qodacode/qodacode/parser"

// scriptImport lowers all forms of import.
func (b *builder) scriptImport(n parser.NodeID, role Role) {
	source := b.Field(n, parser.FieldSource)
	for c := range b.Children(n) {
		switch b.Kind(c) {
		case parser.KindImportRequire:
			b.scriptImportRequire(n, c, role)
			return
		case parser.KindImportClause:
			b.scriptImportClause(n, c, source, role)
			return
		}
	}
	id := b.open(Import, role, n)
	b.scriptSource(source)
	b.close(id)
}

func (b *builder) scriptSource(n parser.NodeID) {
	if n != parser.NoNode {
		b.leaf(String, Source, n)
	}
}

// scriptImportClause lowers import a, {b as c}, * as d from "m". The names that stand in
// braces and the default are one ImportFrom, the module as a whole is an Import.
func (b *builder) scriptImportClause(n, clause, source parser.NodeID, role Role) {
	from := None
	begin := func() {
		if from == None {
			from = b.open(ImportFrom, role, n)
			b.scriptSource(source)
		}
	}
	for c := range b.Children(clause) {
		switch b.Kind(c) {
		case parser.KindIdentifier:
			begin()
			b.scriptDefaultImport(c)
		case parser.KindNamedImports:
			begin()
			for s := range b.Children(c) {
				b.scriptImportName(s)
			}
		}
	}
	if from != None {
		b.close(from)
	}
	for c := range b.Children(clause) {
		if b.Kind(c) == parser.KindNamespaceImport {
			id := b.open(Import, role, n)
			b.scriptSource(source)
			if name := b.FirstChild(c); name != parser.NoNode {
				b.leaf(Ident, Name, name)
			}
			b.close(id)
		}
	}
}

// scriptDefaultImport lowers import a from "m" like {default as a}.
func (b *builder) scriptDefaultImport(n parser.NodeID) {
	id := b.open(ImportName, Elem, n)
	s := b.Nodes[n]
	name := b.openAt(Ident, Name, parser.NoNode, s.Start, s.End)
	b.flag(name, Synthetic)
	b.close(name)
	b.t.bySource[n] = b.leaf(Ident, Alias, n)
	b.close(id)
}

// scriptImportName lowers a and a as b in braces, of an import or an export.
func (b *builder) scriptImportName(n parser.NodeID) {
	id := b.open(ImportName, Elem, n)
	if name := b.Field(n, parser.FieldName); name != parser.NoNode {
		b.leaf(Ident, Name, name)
	}
	if alias := b.Field(n, parser.FieldAlias); alias != parser.NoNode {
		b.leaf(Ident, Alias, alias)
	}
	b.close(id)
}

// scriptImportRequire lowers import a = require("m") to const a = require("m").
func (b *builder) scriptImportRequire(n, clause parser.NodeID, role Role) {
	b.skip(n)
	id := b.open(Assign, role, clause)
	b.op(id, OpConst)
	if name := b.FirstChild(clause); name != parser.NoNode {
		b.leaf(Ident, Target, name)
	}
	if require := b.token(clause, "require"); require != parser.NoNode {
		call := b.openAt(Call, Value, parser.NoNode, b.Nodes[require].Start, b.Nodes[clause].End)
		b.leaf(Ident, Callee, require)
		if source := b.Field(clause, parser.FieldSource); source != parser.NoNode {
			b.leaf(String, Arg, source)
		}
		b.close(call)
	}
	b.close(id)
}

// scriptExport lowers what is exported, as if it were not.
func (b *builder) scriptExport(n parser.NodeID, role Role) {
	first := ID(len(b.t.Nodes))
	source := b.Field(n, parser.FieldSource)
	declaration, value := b.Field(n, parser.FieldDefinition), b.Field(n, parser.FieldValue)
	for c := range b.Children(n) {
		switch {
		case source != parser.NoNode || declaration != parser.NoNode || value != parser.NoNode:
		case b.Kind(c) != parser.KindDecorator:
			declaration = c
		}
	}
	switch {
	case source != parser.NoNode:
		b.scriptExportFrom(n, source, role)
	case declaration != parser.NoNode && b.KindName(declaration) != "export_clause":
		b.skip(n)
		b.scriptStatement(declaration, role)
	case value != parser.NoNode:
		id := b.open(ExprStmt, role, n)
		b.scriptExpr(value, Value)
		b.close(id)
	default:
		b.leaf(Other, role, n)
	}
	flags := Exported
	if b.token(n, "default") != parser.NoNode {
		flags |= DefaultExport
	}
	b.outer = parser.NoNode
	for id := first; int(id) < len(b.t.Nodes); id = b.t.Nodes[id].Next {
		b.flag(id, flags)
	}
}

// scriptExportFrom lowers export {a} from "m", which is an import as well.
func (b *builder) scriptExportFrom(n, source parser.NodeID, role Role) {
	for c := range b.Children(n) {
		if b.KindName(c) == "export_clause" {
			id := b.open(ImportFrom, role, n)
			b.scriptSource(source)
			for s := range b.Children(c) {
				b.scriptImportName(s)
			}
			b.close(id)
			return
		}
	}
	id := b.open(Import, role, n)
	b.scriptSource(source)
	b.close(id)
}

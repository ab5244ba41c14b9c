package parser

// required is m in require('m') and import('m').
func (b *builder) required(n NodeID) string {
	if b.Kind(n) != KindCall {
		return ""
	}
	if callee := b.Slice(b.Field(n, FieldFunction)); callee != "require" && callee != "import" {
		return ""
	}
	return b.moduleOf(b.FirstChild(b.Field(n, FieldArguments)))
}

func (b *builder) moduleOf(n NodeID) string {
	if b.Kind(n) != KindString {
		return ""
	}
	return b.Text.Slice(b.contentOf(n))
}

func (b *builder) scriptRequire(n, target NodeID, module string, scope ScopeID) {
	imp := Import{Node: n, Module: module, Scope: scope}
	if b.Kind(target) != KindObjectPattern {
		imp.Alias = b.Slice(target)
		b.addImport(imp, target)
		return
	}
	for c := range b.Children(target) {
		at := c
		imp.Name = b.Slice(c)
		if b.Kind(c) == KindPairPattern {
			at = b.Field(c, FieldValue)
			imp.Name = propertyName(b.File, b.Field(c, FieldKey))
		}
		imp.Alias = b.Slice(at)
		b.addImport(imp, at)
	}
}

func (b *builder) scriptDynamicImport(n NodeID) {
	module := b.required(n)
	if module == "" {
		return
	}
	p := b.Parent(n)
	if b.Kind(p) == KindAwait {
		p = b.Parent(p)
	}
	if b.Kind(p) != KindDeclarator { // that one has recorded it
		b.Imports = append(b.Imports, Import{Node: n, Module: module, Scope: b.scope(), Dynamic: true})
	}
}

func (b *builder) scriptImport(n NodeID) {
	module := b.moduleOf(b.Field(n, FieldSource))
	if module == "" {
		return
	}
	imp := Import{Node: n, Module: module, TypeOnly: b.hasToken(n, "type")}
	if b.Kind(n) == KindExport {
		imp.Name = "*"
		b.Imports = append(b.Imports, imp)
		return
	}
	clause := NoNode
	for c := range b.Children(n) {
		if b.Kind(c) == KindImportClause {
			clause = c
		}
	}
	if clause == NoNode { // import 'm'
		b.Imports = append(b.Imports, imp)
		return
	}
	for c := range b.Children(clause) {
		switch b.Kind(c) {
		case KindIdentifier:
			imp.Name, imp.Alias = "default", b.Slice(c)
			b.addImport(imp, c)
		case KindNamespaceImport:
			imp.Name, imp.Alias = "", b.Slice(b.FirstChild(c))
			b.addImport(imp, b.FirstChild(c))
		case KindNamedImports:
			for s := range b.Children(c) {
				one, at := imp, b.Field(s, FieldName)
				one.Name = propertyName(b.File, at)
				one.TypeOnly = imp.TypeOnly || b.hasToken(s, "type")
				if alias := b.Field(s, FieldAlias); alias != NoNode {
					at = alias
				}
				one.Alias = b.Slice(at)
				b.addImport(one, at)
			}
		}
	}
}

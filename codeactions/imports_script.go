package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// joinScriptImport adds a name to an import of its module: to a declaration, or to what is
// taken apart from a require.
func (d *draft) joinScriptImport(w wanted) bool {
	for i := range d.Imports {
		imp := &d.Imports[i]
		if moduleName(imp.Module) != w.module || imp.Dynamic || imp.Scope != 0 || !d.reaches(imp, w.use) {
			continue
		}
		switch d.Kind(imp.Node) {
		case parser.KindImport:
			if d.Parent(imp.Node) == 0 && d.isTypeImport(imp.Node) == w.typeOnly && d.joinDeclaration(imp.Node, w) {
				return true
			}
		case parser.KindDeclarator:
			if d.Parent(d.Parent(imp.Node)) == 0 && !w.typeOnly && w.name != "default" && d.joinNames(d.Field(imp.Node, parser.FieldName), parser.KindObjectPattern, w.name) {
				return true
			}
		}
	}
	return false
}

// isTypeImport reports whether a declaration imports types only: import type { … }.
func (d *draft) isTypeImport(n parser.NodeID) bool {
	for c := range d.All(n) {
		if !d.IsNamed(c) && d.KindName(c) == "type" {
			return true
		}
	}
	return false
}

func (d *draft) joinDeclaration(n parser.NodeID, w wanted) bool {
	clause := d.FirstChild(n)
	if d.Kind(clause) != parser.KindImportClause {
		return false
	}
	first, last := d.FirstChild(clause), d.LastChild(clause)
	switch {
	case w.name == "default":
		if d.Kind(first) == parser.KindIdentifier || w.typeOnly { // import type may not have both
			return false
		}
		d.insert(d.Span(clause).Start, w.local+", ")
		return true
	case d.Kind(last) == parser.KindNamedImports:
		return d.joinNames(last, parser.KindNamedImports, w.name)
	case d.Kind(last) == parser.KindIdentifier && !w.typeOnly:
		d.insert(d.Span(last).End, ", { "+w.name+" }")
		return true
	}
	return false
}

// joinNames adds a name to names in braces.
func (d *draft) joinNames(list parser.NodeID, kind parser.Kind, name string) bool {
	if d.Kind(list) != kind {
		return false
	}
	var names []parser.NodeID
	for c := range d.Children(list) {
		if d.Kind(c) == parser.KindRestPattern { // must stay the last one
			return false
		}
		names = append(names, c)
	}
	if len(names) == 0 {
		return false
	}
	d.insertName(names, name, false, func(a, b string) bool {
		return len(names) > 1 && strings.ToLower(a) < strings.ToLower(b) // two names at least make an order
	})
	return true
}

// newScriptImport adds an import of its own behind the last one, with the quotes and
// semicolons of the first.
func (d *draft) newScriptImport(w wanted) bool {
	header := d.header(w.use)
	quote, semicolon := d.scriptStyle(header)
	source := quote + w.module + quote
	var line string
	switch require := d.isCommonJS(); {
	case require && w.typeOnly:
		return false
	case require && w.name == "default":
		line = "const " + w.local + " = require(" + source + ")"
	case require:
		line = "const { " + w.name + " } = require(" + source + ")"
	case w.name == "default" && w.typeOnly:
		line = "import type " + w.local + " from " + source
	case w.name == "default":
		line = "import " + w.local + " from " + source
	case w.typeOnly:
		line = "import type { " + w.name + " } from " + source
	default:
		line = "import { " + w.name + " } from " + source
	}
	if line += semicolon; len(header) == 0 {
		d.addFirst(w.use, line)
	} else {
		d.addAfter(header[len(header)-1], false, line)
	}
	return true
}

// scriptStyle is the quote of the first import, or of the first string, and ";" unless the
// first import, or the first statement, ends without.
func (d *draft) scriptStyle(header []parser.NodeID) (quote, semicolon string) {
	quote, semicolon = "'", ";"
	at := parser.NoNode
	if len(header) > 0 {
		at = header[0]
	} else {
		for n := range d.Children(0) {
			switch d.Kind(n) {
			case parser.KindExpressionStatement, parser.KindDeclaration, parser.KindVarDeclaration:
				if at == parser.NoNode {
					at = n
				}
			}
		}
	}
	if source := d.Slice(at); at != parser.NoNode && !strings.HasSuffix(source, ";") && (source == "" || !strings.Contains("([`+-/.<", source[:1])) {
		semicolon = "" // unless the first statement would go on with the one before it
	}
	for i := range d.Strings {
		s := d.Strings[i].Node
		if d.Kind(s) == parser.KindString && (len(header) == 0 || d.Within(s, header[0])) {
			return quoteOf(d.File, s), semicolon
		}
	}
	return quote, semicolon
}

// isCommonJS reports whether the file requires its modules: it does so already, or is
// JavaScript that exports by assignment, and has no import or export declaration.
func (d *draft) isCommonJS() bool {
	if strings.HasSuffix(d.Path, ".cjs") {
		return true
	}
	if d.Language != parser.JavaScript || strings.HasSuffix(d.Path, ".mjs") {
		return false
	}
	requires := false
	for n := range d.Children(0) {
		switch k := d.Kind(n); {
		case k == parser.KindImport || k == parser.KindExport:
			return false
		case d.isImport(n):
			requires = true
		case k == parser.KindExpressionStatement:
			requires = requires || strings.HasPrefix(d.Slice(n), "module.exports") || strings.HasPrefix(d.Slice(n), "exports.")
		}
	}
	return requires
}

package codeactions

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// joinPythonImport adds a name to a from-import of its module.
func (d *draft) joinPythonImport(w wanted) bool {
	for i := range d.Imports {
		imp := &d.Imports[i]
		n := imp.Node
		if imp.Module != w.module || imp.TypeOnly || d.Kind(n) != parser.KindImportFrom || imp.Name == "*" || d.Parent(n) != 0 || !d.reaches(imp, w.use) {
			continue
		}
		var names []parser.NodeID
		inline := true
		for c := range d.All(n) {
			if d.FieldOf(c) == parser.FieldName {
				names = append(names, c)
			}
			inline = inline && d.KindName(c) != "("
		}
		if len(names) == 0 {
			continue
		}
		d.insertName(names, w.name, inline, beforeInPython)
		return true
	}
	return false
}

// beforeInPython is the order of names in which isort and ruff write them: constants,
// classes, everything else.
func beforeInPython(a, b string) bool {
	class := func(s string) int {
		switch {
		case len(s) > 1 && s == strings.ToUpper(s):
			return 0
		case s != "" && s[0] >= 'A' && s[0] <= 'Z':
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(class(a), class(b)), cmp.Compare(a, b)) < 0
}

// newPythonImport adds a from-import, or without a name a plain one: in the section that it
// belongs to, and sorted there if that is.
func (d *draft) newPythonImport(w wanted) bool {
	line := "from " + w.module + " import " + w.name
	if w.name == "" {
		line = "import " + w.module
	}
	header := d.header(w.use)
	if len(header) == 0 {
		d.addFirst(w.use, line)
		return true
	}
	own := sectionOf(w.module)
	after := parser.NoNode // the last statement of w's section, of w's package where there is one
	near := false
	lower := parser.NoNode // the last statement of a section that comes before it
	for _, n := range header {
		module := d.firstModule(n)
		switch section := sectionOf(module); {
		case section == own && rootModule(module) == rootModule(w.module) && d.Kind(n) == parser.KindImportFrom:
			after, near = n, true
		case section == own && !near:
			after = n
		case section < own:
			lower = n
		}
	}
	switch {
	case after != parser.NoNode:
		if before := d.firstGreater(header, after, w, own); before != parser.NoNode {
			d.addStatement(d.lineStart(before), "", line, d.Text.EOL())
		} else {
			d.addAfter(after, false, line)
		}
	case lower != parser.NoNode:
		d.addAfter(lower, true, line)
	default:
		d.addStatement(d.lineStart(header[0]), "", line, d.Text.EOL()+d.Text.EOL())
	}
	return true
}

// firstGreater is the first import that a new one stands before, among those of its section
// that stand together with after; NoNode where there is none, or they are not sorted.
func (d *draft) firstGreater(header []parser.NodeID, after parser.NodeID, w wanted, section int) parser.NodeID {
	at := slices.Index(header, after)
	first, last := at, at
	for first > 0 && !d.gap(header[first-1], header[first]) {
		first--
	}
	for last+1 < len(header) && !d.gap(header[last], header[last+1]) {
		last++
	}
	greater, previous := parser.NoNode, ""
	for _, n := range header[first : last+1] {
		plain := d.Kind(n) == parser.KindImport
		switch {
		case sectionOf(d.firstModule(n)) != section || plain && w.name != "":
			continue
		case !plain && w.name == "": // import a stands before from b import c
			return firstOf(greater, n)
		}
		key := strings.ToLower(d.firstModule(n))
		if key < previous {
			return parser.NoNode
		}
		if previous = key; greater == parser.NoNode && key > strings.ToLower(w.module) {
			greater = n
		}
	}
	return greater
}

func firstOf(a, b parser.NodeID) parser.NodeID {
	if a != parser.NoNode {
		return a
	}
	return b
}

// The sections of imports in the order of PEP 8.
const (
	standardSection = iota
	packageSection
	localSection
)

func sectionOf(module string) int {
	if strings.HasPrefix(module, ".") {
		return localSection
	}
	if _, found := slices.BinarySearch(standardLibrary, rootModule(module)); found {
		return standardSection
	}
	return packageSection
}

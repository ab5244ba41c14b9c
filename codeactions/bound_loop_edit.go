package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// addSetting gives a call one more argument by name: a keyword in Python, a property of the
// options in JavaScript, which are the last argument.
func (d *draft) addSetting(c *parser.Call, name, value string) bool {
	if d.Language.IsScript() {
		return d.addOption(c, name, value)
	}
	written := name + "=" + value
	if len(c.Args) == 0 {
		open := d.Field(c.Node, parser.FieldArguments)
		if open == parser.NoNode {
			return false
		}
		d.insert(d.Span(open).Start+1, written)
		return true
	}
	d.insertBehind(c.Args[len(c.Args)-1].Node, written)
	return true
}

func (d *draft) addOption(c *parser.Call, name, value string) bool {
	written := name + ": " + value
	if len(c.Args) == 0 {
		return false
	}
	last := c.Args[len(c.Args)-1]
	options := d.Unwrap(last.Value)
	if d.Kind(options) != parser.KindDict {
		d.insertBehind(last.Node, "{ "+written+" }")
		return true
	}
	property := parser.NoNode
	for p := range d.Children(options) {
		if d.Kind(p) != parser.KindComment {
			property = p
		}
	}
	if property == parser.NoNode {
		d.replace(d.Span(options), "{ "+written+" }")
		return true
	}
	d.insertBehind(property, written)
	return true
}

// insertBehind puts a member of a list behind n, on a line of its own where n has one.
func (d *draft) insertBehind(n parser.NodeID, written string) {
	at := d.Span(n)
	if indent, alone := indentAt(d.Text, at.Start); alone {
		d.insert(at.End, ","+d.Text.EOL()+indent+written)
		return
	}
	d.insert(at.End, ", "+written)
}

// importName makes a name of a module usable in the whole file, and answers what it is called
// there. It adds to an import of the same package, and is not ok where there is none.
func (d *draft) importName(module, name string) (local string, ok bool) {
	root, _, _ := strings.Cut(module, ".")
	var same, near *parser.Import
	for i := range d.Imports {
		imp := &d.Imports[i]
		if imp.Scope != 0 || imp.TypeOnly || imp.Dynamic || imp.Name == "" {
			continue
		}
		switch {
		case imp.Module == module && imp.Name == name:
			return imp.Alias, true
		case imp.Module == module && imp.Name == "*":
			return name, true
		case imp.Module == module && imp.Name != "default":
			same = imp
		case imp.Module == root || strings.HasPrefix(imp.Module, root+"."):
			near = imp
		}
	}
	for i := range d.Defs {
		if d.Defs[i].Name == name {
			return "", false
		}
	}
	switch {
	case same != nil:
		last := parser.NoNode
		for n := same.Node; d.Within(n, same.Node); n++ {
			if k := d.Kind(n); k == parser.KindImportSpecifier || !d.Language.IsScript() && d.Parent(n) == same.Node && d.FieldOf(n) == parser.FieldName {
				last = n
			}
		}
		if last == parser.NoNode {
			return "", false
		}
		d.insertBehind(last, name)
		return name, true
	case near != nil && !d.Language.IsScript():
		line := "from " + module + " import " + name
		if near.Module > module {
			d.insert(d.lineStart(near.Node), line+d.Text.EOL())
		} else {
			d.insertAfterLine(near.Node, line)
		}
		return name, true
	}
	return "", false
}

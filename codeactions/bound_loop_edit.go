package codeactions

import (
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

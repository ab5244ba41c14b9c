package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// invocation is a call of a function: by itself, or by another that it is passed to.
type invocation struct {
	*parser.Call
	callee parser.NodeID
	name   string
	shift  int // arguments before the function's own
}

// runners are functions that call a function with the arguments behind it, by its position.
var runners = map[string]int{"to_thread": 0, "run_sync": 0, "run_in_executor": 1, "run_in_threadpool": 0, "submit": 0, "partial": 0}

func (v *view) invocation(c *parser.Call) invocation {
	if i, ok := runners[c.Name]; ok && i < len(c.Args) && !v.Language.IsScript() {
		fn := v.Unwrap(c.Args[i].Value)
		switch v.Kind(fn) {
		case parser.KindAttribute:
			return invocation{c, fn, v.Slice(v.AttributeName(fn)), i + 1}
		case parser.KindIdentifier:
			return invocation{c, fn, v.Slice(fn), i + 1}
		}
	}
	callee, name := v.Unwrap(c.Callee), c.Name
	if name == "" && v.KindName(callee) == "sequence_expression" { // (0, fs.unlink)(path)
		if callee = v.Unwrap(v.LastChild(callee)); v.Kind(callee) == parser.KindAttribute {
			name = v.Slice(v.AttributeName(callee))
		}
	}
	return invocation{c, callee, name, 0}
}

// object is what the function is a member of, or NoNode.
func (v *view) object(c *invocation) parser.NodeID {
	if v.Kind(c.callee) == parser.KindAttribute {
		return v.Field(c.callee, parser.FieldObject)
	}
	return parser.NoNode
}

// arg is the expression of an argument, or NoNode. spread tells that it may be hidden in *args or ...args.
func (v *view) arg(c *invocation, a *argument) (n parser.NodeID, spread bool) {
	if a == nil {
		return parser.NoNode, false
	}
	for rest := a.names; rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, " ")
		for i := range c.Args {
			if x := &c.Args[i]; x.Name == name {
				return x.Value, false
			} else if x.Spread == 2 {
				spread = true
				if found, ok := v.Argument(c.Call, name, -1); ok {
					return found.Value, false
				}
			}
		}
	}
	if a.pos >= 0 {
		for i := c.shift; i < len(c.Args) && i <= a.pos+c.shift; i++ {
			x := &c.Args[i]
			switch {
			case x.Spread != 0:
				return parser.NoNode, true
			case x.Name != "":
				return parser.NoNode, spread
			case i == a.pos+c.shift:
				return x.Value, false
			}
		}
	}
	return parser.NoNode, spread
}

// option is a property of an object that is an argument, written out or in a variable, or a
// keyword. open tells that an argument may have it without a sign of it.
func (v *view) option(c *invocation, name string) (n parser.NodeID, open bool) {
	for i := range c.Args {
		a := &c.Args[i]
		switch {
		case a.Name == name:
			return a.Value, false
		case a.Spread != 0:
			open = true
		case a.Name != "" || !v.Language.IsScript():
		default:
			object := v.dict(a.Value)
			if object == parser.NoNode {
				if k := v.Kind(v.Unwrap(a.Value)); k == parser.KindIdentifier && i > c.shift || k == parser.KindCall && i > c.shift {
					open = true
				}
				continue
			}
			if value := v.Property(object, name); value != parser.NoNode {
				return value, false
			}
			for p := range v.Children(object) {
				if v.Kind(p) == parser.KindSpread || v.Kind(p) == parser.KindDictSpread {
					open = true
				}
			}
		}
	}
	return parser.NoNode, open
}

// dict is the dictionary or object literal that n stands for, or NoNode.
func (v *view) dict(n parser.NodeID) parser.NodeID {
	for range maxDepth {
		switch n = v.Unwrap(n); v.Kind(n) {
		case parser.KindDict:
			return n
		case parser.KindIdentifier, parser.KindShorthand:
			defs := v.DefsOf(n)
			if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
				return parser.NoNode
			}
			n = defs[0].Value
		default:
			return parser.NoNode
		}
	}
	return parser.NoNode
}

// truth is a constant truth value.
func (v *view) truth(n parser.NodeID) (value, known bool) {
	if n < 0 {
		return false, true
	}
	x := v.Eval(n)
	switch {
	case x.Default || x.Kind == parser.Unknown:
		return false, false
	case x.Kind == parser.Bool:
		return x.Bool, true
	case x.Kind == parser.Number:
		return x.Num != 0, true
	case x.Kind == parser.String: // shell: '/bin/bash'
		return x.Str != "", true
	}
	return false, x.Kind == parser.None
}

// word is the last name in what an expression is written as: cursor in self.db.cursor.
func (v *view) word(n parser.NodeID) string {
	for range maxDepth {
		switch n = v.Unwrap(n); v.Kind(n) {
		case parser.KindIdentifier, parser.KindShorthand:
			return v.Slice(n)
		case parser.KindThis:
			return "this"
		case parser.KindAttribute:
			return v.Slice(v.AttributeName(n))
		case parser.KindCall:
			n = v.Field(n, parser.FieldFunction)
		case parser.KindSubscript:
			n = v.FirstChild(n)
		default:
			return ""
		}
	}
	return ""
}

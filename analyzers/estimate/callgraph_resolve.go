package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// resolve is the function that an expression names; called tells that it stands as a callee.
func (g *callGraph) resolve(at agents.Ref, called bool) agents.Ref {
	if to, ok := g.targets[at]; ok {
		return to
	}
	to := g.function(at, called)
	g.targets[at] = to
	return to
}

var noRef = agents.Ref{Node: parser.NoNode}

func (g *callGraph) function(at agents.Ref, called bool) agents.Ref {
	if fn := g.p.Function(at); fn.Valid() {
		return fn
	}
	if m := g.methodOf(at); m.Valid() {
		return m
	}
	f := at.File
	n := f.Unwrap(at.Node)
	if called {
		if class := g.class(at); class.Valid() { // making an instance runs the constructor
			c := class.File.ClassAt(class.Node)
			for _, name := range []string{"__init__", "constructor"} {
				for _, d := range class.File.Members(c, name) {
					if d.Kind == parser.FuncDef {
						return agents.Ref{File: class.File, Node: class.File.Funcs[d.Index].Node}
					}
				}
			}
			return noRef
		}
	}
	// const POST = withAuth(async (request) => …)
	if v, ok := g.p.Value(agents.Ref{File: f, Node: n}); ok {
		if c := v.File.CallAt(v.File.Unwrap(v.Node)); c != nil {
			for i := len(c.Args) - 1; i >= 0; i-- {
				if fn := v.File.FuncAt(v.File.Unwrap(c.Args[i].Value)); fn != nil {
					return agents.Ref{File: v.File, Node: fn.Node}
				}
			}
		}
		return noRef
	}
	if f.Kind(n) == parser.KindAttribute {
		return g.onlyMethod(at)
	}
	return noRef
}

// class is the class that an expression names; instances do not count.
func (g *callGraph) class(at agents.Ref) agents.Ref {
	switch at.File.Kind(at.File.Unwrap(at.Node)) {
	case parser.KindIdentifier, parser.KindAttribute:
		v, ok := g.p.Value(agents.Ref{File: at.File, Node: at.File.Unwrap(at.Node)})
		if ok && v.File.Kind(v.Node) == parser.KindClass {
			return v
		}
		if at.File.Kind(at.Node) == parser.KindAttribute {
			if o := g.p.Origin(at, nil); o.Valid() && o.File.Kind(o.Node) == parser.KindClass {
				return o
			}
		}
	}
	return noRef
}

// onlyMethod is the method that a.b names where a's class is not known and the project has
// but one method of the name.
func (g *callGraph) onlyMethod(at agents.Ref) agents.Ref {
	f := at.File
	n := f.Unwrap(at.Node)
	name := f.Slice(f.AttributeName(n))
	if len(name) < 4 || commonMethods[name] {
		return noRef
	}
	object := f.Unwrap(f.Field(n, parser.FieldObject))
	if q := f.QName(object); q != "" && f.Kind(object) == parser.KindIdentifier {
		for _, d := range f.DefsOf(object) {
			if d.Kind == parser.ImportDef && !g.fromProject(f, d) {
				return noRef // a library's
			}
		}
	}
	m := g.names.method(name)
	if !m.Valid() {
		return noRef
	}
	// Libraries have methods of many names: something must speak for the project's own class.
	fn := m.Func()
	if fn == nil || fn.Class < 0 {
		return noRef
	}
	class := m.File.Classes[fn.Class].Name
	receiver := f.Slice(object)
	if f.Kind(object) == parser.KindAttribute {
		receiver = f.Slice(f.AttributeName(object))
	}
	plain := func(s string) string { return strings.ToLower(strings.Trim(strings.ReplaceAll(s, "_", ""), "#")) }
	if class == "" || !strings.Contains(f.Text.String(), class) && (len(receiver) < 4 || !strings.HasSuffix(plain(class), plain(receiver))) {
		return noRef
	}
	return m
}

// fromProject reports whether an import may bring something of the project's own.
func (g *callGraph) fromProject(f *parser.File, d *parser.Def) bool {
	v, ok := g.p.Value(agents.Ref{File: f, Node: d.Node})
	return ok && v.Valid()
}

// commonMethods are names that classes of many libraries have too.
var commonMethods = map[string]bool{
	"invoke": true, "ainvoke": true, "stream": true, "astream": true, "batch": true, "call": true, "execute": true, "process": true,
	"handle": true, "generate": true, "create": true, "send": true, "start": true, "step": true, "apply": true, "search": true,
	"query": true, "chat": true, "complete": true, "predict": true, "forward": true, "fetch": true, "load": true, "save": true,
	"update": true, "close": true, "open": true, "read": true, "write": true, "submit": true, "next": true, "then": true, "push": true,
	"append": true, "build": true, "parse": true, "render": true, "request": true, "post": true, "delete": true, "main": true, "kickoff": true,
	"embed": true, "encode": true, "decode": true, "evaluate": true, "test": true, "setup": true, "init": true, "__call__": true, "exec": true,
}

package agents

import "github.com/qodacode/qodacode/parser"

// actionName is the name that the framework gives to a node that is added without one.
func (l *langgraph) actionName(action slot) string {
	for _, m := range l.made(action.Ref, action.frame, maxHops) {
		if a := l.agents[m.root]; a != nil {
			return l.agentName(a)
		}
		if g := l.graphs[m.root]; g != nil {
			if name := l.compiledName(g); name != "" {
				return name
			}
			return "LangGraph"
		}
	}
	o := l.originOf(action)
	if o.Valid() {
		if c := o.File.CallAt(o.Node); c != nil {
			if a, ok := o.File.Argument(c, "name", -1); ok {
				if s, ok := l.text(o.at(a.Value), o.frame); ok {
					return s
				}
			}
			if c.Name == "ToolNode" {
				return "tools"
			}
			if class := l.Class(o.Ref, maxHops); class.Valid() {
				return class.File.ClassAt(class.Node).Name
			}
		}
	}
	if fns, _ := l.callables(action.Ref, action.frame, maxHops); len(fns) == 1 && fns[0].Func().Name != "" {
		return fns[0].Func().Name
	}
	return ""
}

// compiledName is the name that compile() gives to the graph.
func (l *langgraph) compiledName(g *stateGraph) string {
	for _, o := range g.ops {
		if o.method != opCompile {
			continue
		}
		if a, ok := o.at.File.Argument(o.call, "name", -1); ok {
			if s, ok := l.text(o.at.at(a.Value), o.frame); ok {
				return s
			}
		}
	}
	return ""
}

// graphName is the compiled graph's name, or of the variable, attribute or function that holds it.
func (l *langgraph) graphName(g *stateGraph) string {
	if name := l.compiledName(g); name != "" {
		return name
	}
	if g.site.Valid() {
		if name := holder(g.site); name != "" {
			return name
		}
	}
	for _, o := range g.ops {
		if o.method == opCompile {
			if name := holder(o.at); name != "" {
				return name
			}
		}
	}
	return holder(g.root)
}

// holder is the name of the variable or attribute that r's value is given to, or of the function around it.
func holder(r Ref) string {
	f := r.File
	for p := range f.Ancestors(r.Node) {
		switch f.Kind(p) {
		case parser.KindAssignment, parser.KindDeclarator, parser.KindFieldDefinition:
			for _, field := range []parser.Field{parser.FieldLeft, parser.FieldName, parser.FieldProperty} {
				if left := f.Field(p, field); left != parser.NoNode && !f.Within(r.Node, left) {
					return r.at(left).name()
				}
			}
			return ""
		case parser.KindPair:
			if key := f.Field(p, parser.FieldKey); f.Kind(key) == parser.KindIdentifier {
				return f.Slice(key)
			}
		case parser.KindFunction, parser.KindMethod, parser.KindLambda:
			if fn := f.FuncAt(p); fn != nil && fn.Name != "" {
				return fn.Name
			}
		case parser.KindArguments:
			// An argument of something else does not name it, unless that goes on with the graph.
			if c := f.CallAt(f.Parent(p)); c == nil || stateGraphMethods[c.Name] == 0 {
				if fn := f.EnclosingFunc(r.Node); fn != nil {
					return fn.Name
				}
				return ""
			}
		}
	}
	return ""
}

// excerpt is the beginning of r's source on one line.
func excerpt(r Ref) string {
	const most = 60
	s := []rune(r.Text())
	if len(s) > most {
		s = append(s[:most], '…')
	}
	for i, c := range s {
		if c == '\n' || c == '\t' {
			s[i] = ' '
		}
	}
	return string(s)
}

package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// build turns a builder's operations into nodes and edges: all nodes first, as edges may
// be written before them.
func (l *langgraph) build(g *stateGraph) {
	for _, o := range g.ops {
		l.ask()
		switch o.method {
		case opNode:
			l.addNodes(g, o)
		case opSequence:
			l.addSequence(g, o)
		}
	}
	for _, o := range g.ops {
		l.ask()
		switch o.method {
		case opEdge:
			l.addEdge(g, o)
		case opEntry:
			l.connect(g, o, []slot{{text: StartName}}, l.argOf(o, 0, "key", "node"))
		case opFinish:
			l.connect(g, o, l.argOf(o, 0, "key", "node"), []slot{{text: EndName}})
		case opConditional:
			l.addBranch(g, o, false)
		case opConditionalEntry:
			l.addBranch(g, o, true)
		case opCompile:
			l.compiled(g, o)
		}
	}
	l.commands(g)
	g.Name = l.graphName(g)
}

// argOf is an argument of an operation as a slot, or nothing.
func (l *langgraph) argOf(o operation, pos int, names ...string) []slot {
	if a, ok := o.arg(pos, names...); ok {
		return []slot{{Ref: a, frame: o.frame}}
	}
	return nil
}

// nodeNames are the names of nodes that v stands for: a text, a constant, a list of them.
func (l *langgraph) nodeNames(v slot) (names []string, complete bool) {
	if !v.Valid() {
		return l.textsOf(v)
	}
	v = l.resolve(v.Ref, v.frame)
	if !v.Valid() {
		return l.nodeNames(v)
	}
	if texts, ok := l.textsOf(v); ok && len(texts) > 0 {
		return texts, true
	}
	switch o := l.originOf(v); o.Kind() {
	case parser.KindList, parser.KindTuple, parser.KindComprehension, parser.KindBinary, parser.KindCall:
		items, complete := l.items(v.Ref, v.frame)
		for _, it := range items {
			texts, ok := l.textsOf(it)
			names, complete = append(names, texts...), complete && ok
		}
		return names, complete && len(names) > 0
	}
	// add_edge("a", fn) does not run, but add_edge("a", node) with a function's name does in wrappers.
	return nil, false
}

func (l *langgraph) addNodes(g *stateGraph, o operation) {
	first := l.argOf(o, 0, "node", "name")
	if len(first) == 0 {
		if first = l.argOf(o, -1, "action"); len(first) == 0 {
			return
		}
	}
	action := l.argOf(o, 1, "action", "node")
	if a, ok := o.arg(0); ok && len(action) == 1 && action[0].Ref == a {
		action = nil
	}
	script := o.at.File.Language.IsScript()
	if script && len(action) == 0 {
		switch at := l.originOf(first[0]); {
		case !at.Valid():
			return
		case at.Kind() == parser.KindDict:
			pairs, complete := l.pairs(first[0].Ref, first[0].frame)
			l.addPairs(g, o, pairs, complete)
			return
		case at.Kind() == parser.KindList:
			l.addPairs(g, o, l.tuples(first[0]), true)
			return
		}
	}
	if len(action) == 0 && !script {
		// A name given as text needs an action, so this is the action itself.
		if _, isText := l.text(first[0].Ref, first[0].frame); !isText {
			l.addNode(g, o, l.actionName(first[0]), first[0])
			return
		}
	}
	names, complete := l.nodeNames(first[0])
	if !complete {
		g.open("the name of a node can't be told: "+excerpt(o.at), o.at)
	}
	for _, name := range names {
		a := slot{}
		if len(action) > 0 {
			a = action[0]
		}
		l.addNode(g, o, name, a)
	}
}

// tuples are the pairs of a list of [name, action].
func (l *langgraph) tuples(list slot) (pairs [][2]slot) {
	items, _ := l.items(list.Ref, list.frame)
	for _, it := range items {
		name, ok := l.partOf(it, "0")
		action, known := l.partOf(it, "1")
		if ok && known {
			pairs = append(pairs, [2]slot{name, action})
		} else {
			pairs = append(pairs, [2]slot{{}, it})
		}
	}
	return pairs
}

func (l *langgraph) addPairs(g *stateGraph, o operation, pairs [][2]slot, complete bool) (names []string) {
	for _, p := range pairs {
		name := ""
		if texts, ok := l.textsOf(p[0]); ok && len(texts) == 1 {
			name = texts[0]
		} else if p[0].text == "" && !p[0].Valid() {
			name = l.actionName(p[1])
		}
		if name == "" {
			complete = false
			continue
		}
		l.addNode(g, o, name, p[1])
		names = append(names, name)
	}
	if !complete {
		g.open("nodes can't all be told: "+excerpt(o.at), o.at)
	}
	return names
}

func (l *langgraph) addSequence(g *stateGraph, o operation) {
	list := l.argOf(o, 0, "nodes")
	if len(list) == 0 {
		return
	}
	var pairs [][2]slot
	complete := true
	if l.originOf(list[0]).Kind() == parser.KindDict {
		pairs, complete = l.pairs(list[0].Ref, list[0].frame)
	} else {
		_, complete = l.items(list[0].Ref, list[0].frame)
		pairs = l.tuples(list[0])
	}
	names := l.addPairs(g, o, pairs, complete)
	for i := 1; i < len(names); i++ {
		g.edge(Edge{From: names[i-1], To: names[i], Kind: Seq, Place: o.at.Place()})
	}
}

// addNode adds one node that runs action.
func (l *langgraph) addNode(g *stateGraph, o operation, name string, action slot) {
	if name == "" {
		g.open("the name of a node can't be told: "+excerpt(o.at), o.at)
		return
	}
	n := Node{Name: name, Kind: Step, Place: o.place()}
	s := &stateNode{}
	if action.Valid() {
		s.functions, s.known = l.callables(action.Ref, action.frame, maxHops)
		l.describe(&n, s, action)
	}
	g.node(n)
	if g.steps[name] == nil {
		g.steps[name] = s
	}
	for _, option := range []string{"destinations", "ends"} {
		ends, ok := o.at.File.Argument(o.call, option, -1)
		if !ok {
			continue
		}
		names, complete := l.destinations(slot{Ref: o.at.at(ends.Value), frame: o.frame})
		if !complete {
			g.open("where "+name+" may go can't be told: "+excerpt(o.at.at(ends.Value)), o.at.at(ends.Value))
		}
		s.ends = append(s.ends, names...)
	}
}

// destinations are the names in a list, or the keys of a dictionary that labels them.
func (l *langgraph) destinations(v slot) (names []string, complete bool) {
	if l.originOf(v).Kind() == parser.KindDict {
		pairs, complete := l.pairs(v.Ref, v.frame)
		for _, p := range pairs {
			texts, ok := l.textsOf(p[0])
			names, complete = append(names, texts...), complete && ok
		}
		return names, complete
	}
	return l.nodeNames(v)
}

// place is where an operation is written; in a chain, where its method is.
func (o operation) place() Place {
	f := o.at.File
	callee := f.Unwrap(o.call.Callee)
	if name := f.AttributeName(callee); name != parser.NoNode {
		p := o.at.Place()
		start := o.at.at(name).Place()
		p.Line, p.Span.Start = start.Line, start.Span.Start
		return p
	}
	return o.at.Place()
}

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

func (l *langgraph) addEdge(g *stateGraph, o operation) {
	from, to := l.argOf(o, 0, "start_key", "start"), l.argOf(o, 1, "end_key", "end")
	if len(from) == 0 || len(to) == 0 {
		if len(o.call.Args) > 0 && o.call.Args[0].Spread == 1 { // add_edge(*pair)
			pair := slot{Ref: o.at.at(o.call.Args[0].Value), frame: o.frame}
			a, ok := l.partOf(pair, "0")
			b, known := l.partOf(pair, "1")
			if ok && known {
				l.connect(g, o, []slot{a}, []slot{b})
				return
			}
			g.open("an edge can't be told: "+excerpt(o.at), o.at)
		}
		return
	}
	l.connect(g, o, from, to)
}

func (l *langgraph) connect(g *stateGraph, o operation, from, to []slot) {
	if len(from) == 0 || len(to) == 0 {
		return
	}
	froms, complete := l.nodeNames(from[0])
	tos, known := l.nodeNames(to[0])
	if !complete || !known {
		g.open("an edge can't be told: "+excerpt(o.at), o.at)
		if !complete && len(froms) == 0 || !known && len(tos) == 0 {
			return
		}
	}
	for _, a := range froms {
		for _, b := range tos {
			g.edge(Edge{From: a, To: b, Kind: Seq, Place: o.place()})
		}
	}
}

// compiled reads what compile() is told: where a person is asked.
func (l *langgraph) compiled(g *stateGraph, o operation) {
	for _, option := range []string{"interrupt_before", "interrupt_after", "interruptBefore", "interruptAfter"} {
		a, ok := o.at.File.Argument(o.call, option, -1)
		if !ok {
			continue
		}
		v := slot{Ref: o.at.at(a.Value), frame: o.frame}
		names, _ := l.nodeNames(v)
		if slices.Contains(names, "*") {
			names = names[:0]
			for i := range g.Nodes {
				names = append(names, g.Nodes[i].Name)
			}
		}
		for _, name := range names {
			if i, ok := g.index[name]; ok {
				g.Nodes[i].Asks = true
			}
		}
	}
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

package agents

import "github.com/qodacode/qodacode/parser"

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

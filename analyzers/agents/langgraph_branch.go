package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// target is where a router or a Command sends the run.
type target struct {
	name       string
	kind       EdgeKind
	fan        bool
	parent     bool // in the graph around this one
	provenance Provenance
}

// addBranch reads add_conditional_edges and set_conditional_entry_point.
func (l *langgraph) addBranch(g *stateGraph, o operation, entry bool) {
	shift := 1
	from := []slot{{text: StartName}}
	if entry {
		shift = 0
	} else if from = l.argOf(o, 0, "source"); len(from) == 0 {
		return
	}
	path := l.argOf(o, shift, "path", "condition")
	table := l.argOf(o, shift+1, "path_map", "pathMap", "conditional_edge_mapping")
	if len(o.call.Args) == 1 && o.at.File.Kind(o.at.File.Unwrap(o.call.Args[0].Value)) == parser.KindDict { // addConditionalEdges({source, path, pathMap})
		if from = l.argOf(o, -1, "source"); len(from) == 0 {
			return
		}
		path, table = l.argOf(o, -1, "path"), l.argOf(o, -1, "pathMap")
	}
	sources, complete := l.nodeNames(from[0])
	if !complete {
		g.open("the source of a conditional edge can't be told: "+excerpt(o.at), o.at)
	}
	var targets []target
	if len(table) > 0 && l.originOf(table[0]).Kind() != parser.KindNone {
		targets = l.tableTargets(g, table[0])
		l.sending(g, path, targets)
	} else if len(path) > 0 {
		targets = l.routerTargets(g, path[0])
	}
	condition := l.condition(g, path)
	then := l.argOf(o, shift+2, "then")
	for _, source := range sources {
		for _, t := range targets {
			g.edge(Edge{From: source, To: t.name, Kind: t.kind, FanOut: t.fan, Provenance: t.provenance, Condition: condition, Place: o.place()})
			if len(then) > 0 && t.name != EndName {
				if names, ok := l.nodeNames(then[0]); ok {
					g.edge(Edge{From: t.name, To: names[0], Kind: Seq, Place: o.place()})
				}
			}
		}
		if len(path) > 0 {
			g.routers = append(g.routers, router{source, path[0]})
		}
	}
}

// router is a function that chooses where to go from a node.
type router struct {
	source string
	path   slot
}

// tableTargets are those that a path map names.
func (l *langgraph) tableTargets(g *stateGraph, table slot) (targets []target) {
	var values []slot
	complete := true
	switch o := l.originOf(table); o.Kind() {
	case parser.KindList, parser.KindTuple:
		values, complete = l.items(table.Ref, table.frame)
	default:
		pairs, all := l.pairs(table.Ref, table.frame)
		if items, known := l.items(table.Ref, table.frame); len(pairs) == 0 && o.Kind() != parser.KindDict && (known || len(items) > 0) {
			values, all = items, known
		}
		complete = all
		for _, p := range pairs {
			values = append(values, p[1])
		}
	}
	for _, v := range values {
		names, ok := l.nodeNames(v)
		complete = complete && ok
		for _, name := range names {
			targets = append(targets, target{name: name, kind: Cond, provenance: Exact})
		}
	}
	if !complete {
		g.open("the targets of a conditional edge can't all be told: "+excerpt(table.Ref), table.Ref)
	}
	return targets
}

// sending tells of the targets of a map which ones the router starts with Send.
func (l *langgraph) sending(g *stateGraph, path []slot, targets []target) {
	if len(path) == 0 {
		return
	}
	fns, _ := l.callables(path[0].Ref, path[0].frame, maxHops)
	for _, fn := range fns {
		sends := 0
		callsIn(fn.Ref, func(c *parser.Call) bool {
			if c.Name == "Send" {
				sends++
			}
			return sends == 0
		})
		if sends == 0 {
			continue
		}
		found, _ := l.returned(g, fn)
		for _, t := range found {
			for i := range targets {
				if targets[i].name == t.name && t.kind == Send {
					targets[i].kind, targets[i].fan = Send, true
				}
			}
		}
		if len(targets) == 1 { // whatever it sends, it sends there
			targets[0].kind, targets[0].fan = Send, true
		}
	}
}

// routerTargets are where a router without a map may go: as its annotation says, else by what it returns.
func (l *langgraph) routerTargets(g *stateGraph, path slot) (targets []target) {
	if o := l.originOf(path); o.Valid() && isToolsCondition(o.File.QName(o.Node)) || isToolsCondition(path.File.QName(path.Node)) {
		return []target{{name: "tools", kind: Cond, provenance: Exact}, {name: EndName, kind: Cond, provenance: Exact}}
	}
	fns, known := l.callables(path.Ref, path.frame, maxHops)
	for _, fn := range fns {
		found, complete := l.annotated(fn)
		if !complete || len(found) == 0 {
			found, complete = l.returned(g, fn)
		}
		known = known && complete
		targets = append(targets, found...)
	}
	if !known || len(targets) == 0 {
		g.open("where a router may go can't be told: "+excerpt(path.Ref), path.Ref)
	}
	return l.existing(g, targets)
}

// existing leaves out targets that are no nodes, where some are: a router's texts for
// something else that inference took along.
func (l *langgraph) existing(g *stateGraph, targets []target) []target {
	return slices.DeleteFunc(targets, func(t target) bool {
		return t.name != EndName && !g.has(t.name) && t.provenance != Exact
	})
}

func isToolsCondition(q string) bool {
	return ofModules(q, langgraphModules) && (strings.HasSuffix(q, ".tools_condition") || strings.HasSuffix(q, ".toolsCondition"))
}

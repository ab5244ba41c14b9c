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

// annotated are the targets that a router's return annotation names.
func (l *langgraph) annotated(fn callable) (targets []target, complete bool) {
	info := fn.Func()
	if info.Returns == parser.NoNode {
		return nil, false
	}
	names, complete := l.literals(fn.at(info.Returns), fn.frame)
	for _, name := range names {
		targets = append(targets, target{name: name, kind: Cond, provenance: Annotation})
	}
	return targets, complete
}

// typeWrappers are generic types that stand for what they hold.
var typeWrappers = map[string]bool{"Literal": true, "Union": true, "Optional": true, "list": true, "List": true, "Sequence": true, "Promise": true, "Annotated": true, "Awaitable": true, "Command": true}

// literals are the names in a type that holds nothing but texts; e has the names around it.
func (l *langgraph) literals(r Ref, e *frame) (names []string, complete bool) {
	f := r.File
	switch r.Kind() {
	case parser.KindType, parser.KindParenthesized, parser.KindTuple, parser.KindUnionType, parser.KindBinary, parser.KindTypeArguments:
		return l.eachLiteralOf(r, e, f.Children(r.Node))
	case parser.KindGenericType, parser.KindSubscript:
		base := Ref{f, f.FirstChild(r.Node)}
		if !typeWrappers[lastOf(base.Text())] {
			return nil, false
		}
		return l.eachLiteralOf(r, e, func(yield func(parser.NodeID) bool) {
			for c := range f.Children(r.Node) {
				if c != base.Node && !yield(c) {
					return
				}
			}
		})
	case parser.KindList:
		return l.eachLiteralOf(r, e, f.Children(r.Node))
	case parser.KindSpread: // Literal[*NAMES]
		items, all := l.items(r.at(f.FirstChild(r.Node)), e)
		for _, it := range items {
			texts, ok := l.textsOf(it)
			names, all = append(names, texts...), all && ok
		}
		return names, all
	case parser.KindNone:
		return nil, true
	case parser.KindString:
		return l.forwardLiterals(r)
	case parser.KindIdentifier, parser.KindTypeIdentifier, parser.KindAttribute:
		if s := endpoint(f, r.Node); s != "" {
			return []string{s}, true
		}
		if texts, ok := l.texts(r, e); ok && len(texts) > 0 {
			return texts, true
		}
		if v, ok := l.Value(r); ok && v.Kind() != parser.KindClass {
			return l.literals(v, e)
		}
		if alias, ok := l.typeAlias(r); ok {
			return l.literals(alias, e)
		}
	case parser.KindOther:
		switch f.KindName(r.Node) {
		case "literal_type", "splat_type", "list_splat", "splat_pattern", "array_type", "readonly_type":
			if f.KindName(r.Node) == "splat_type" {
				items, all := l.items(r.at(f.FirstChild(r.Node)), e)
				for _, it := range items {
					texts, ok := l.textsOf(it)
					names, all = append(names, texts...), all && ok
				}
				return names, all
			}
			return l.eachLiteralOf(r, e, f.Children(r.Node))
		case "type_query": // typeof END
			return l.literals(r.at(f.FirstChild(r.Node)), e)
		}
	}
	return nil, false
}

// forwardLiterals is a text in a Literal, or a forward reference of a whole type.
func (l *langgraph) forwardLiterals(r Ref) ([]string, bool) {
	if v := r.File.Eval(r.Node); v.Kind == parser.String && !strings.ContainsAny(v.Str, "[") {
		return []string{v.Str}, true
	}
	return nil, false
}

func lastOf(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

func (l *langgraph) eachLiteralOf(r Ref, e *frame, children func(func(parser.NodeID) bool)) (names []string, complete bool) {
	complete = true
	for c := range children {
		inner, all := l.literals(r.at(c), e)
		names, complete = append(names, inner...), complete && all
	}
	return names, complete && len(names) > 0
}

// typeAlias is the type that a TypeScript alias or a Python `type X = …` stands for.
func (l *langgraph) typeAlias(r Ref) (Ref, bool) {
	f := r.File
	name := r.Text()
	for n := range f.Nodes {
		at := parser.NodeID(n)
		if f.Kind(at) != parser.KindTypeAlias {
			continue
		}
		left := f.Field(at, parser.FieldName)
		if left == parser.NoNode {
			left = f.Field(at, parser.FieldLeft)
		}
		right := f.Field(at, parser.FieldValue)
		if right == parser.NoNode {
			right = f.Field(at, parser.FieldRight)
		}
		if left != parser.NoNode && right != parser.NoNode && f.Slice(left) == name {
			return r.at(right), true
		}
	}
	return r, false
}

// returned are the targets that a router's return statements name.
func (l *langgraph) returned(g *stateGraph, fn callable) (targets []target, complete bool) {
	returns := l.Returns(fn.Ref)
	complete = len(returns) > 0
	for _, r := range returns {
		if !r.Valid() {
			continue
		}
		found, all := l.route(g, r, fn.frame, maxHops)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

// route are the targets that one expression names.
func (l *langgraph) route(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	v := l.resolve(r, e)
	if hops <= 0 || l.spent() {
		return nil, false
	}
	if !v.Valid() {
		return named(l.textsOf(v))
	}
	r, e = v.Ref, v.frame
	f := r.File
	switch r.Kind() {
	case parser.KindNone:
		return nil, true
	case parser.KindString, parser.KindConcatenated:
		return named(l.texts(r, e))
	case parser.KindTemplate:
		return named(l.texts(r, e))
	case parser.KindConditional:
		return l.routes(g, branches(r), e, hops)
	case parser.KindList, parser.KindTuple, parser.KindComprehension:
		return l.routeList(g, r, e, hops)
	case parser.KindBinary:
		sides := []Ref{r.at(f.Field(r.Node, parser.FieldLeft)), r.at(f.Field(r.Node, parser.FieldRight))}
		if op := f.Slice(f.Field(r.Node, parser.FieldOperator)); op == "or" || op == "||" || op == "??" {
			return l.routes(g, sides, e, hops)
		}
		if texts, ok := l.texts(r, e); ok {
			return named(texts, ok)
		}
		return l.routes(g, sides, e, hops)
	case parser.KindIdentifier, parser.KindShorthand:
		return l.routeName(g, r, e, hops)
	case parser.KindCall, parser.KindNew:
		return l.routeCall(g, r, e, hops)
	}
	if texts, ok := l.texts(r, e); ok {
		return named(texts, ok)
	}
	if names, ok := l.fieldLiterals(g, r, e); ok {
		for _, name := range names {
			targets = append(targets, target{name: name, kind: Cond, provenance: Annotation})
		}
		return targets, true
	}
	return nil, false
}

func named(texts []string, complete bool) (targets []target, _ bool) {
	for _, s := range texts {
		targets = append(targets, target{name: s, kind: Cond, provenance: Inferred})
	}
	return targets, complete
}

func (l *langgraph) routes(g *stateGraph, of []Ref, e *frame, hops int) (targets []target, complete bool) {
	complete = true
	for _, r := range of {
		found, all := l.route(g, r, e, hops-1)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

// routeList is a list of targets: each of them runs.
func (l *langgraph) routeList(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	items, _ := l.items(r, e)
	if r.Kind() == parser.KindComprehension { // its length may be unknown, what it makes not
		complete = true
		if len(items) == 0 {
			items = []slot{{Ref: r.at(r.File.Field(r.Node, parser.FieldBody)), frame: e}}
		}
	} else {
		complete = true
	}
	for _, it := range items {
		if !it.Valid() {
			found, all := named(l.textsOf(it))
			targets, complete = append(targets, found...), complete && all
			continue
		}
		found, all := l.route(g, it.Ref, it.frame, hops-1)
		targets, complete = append(targets, found...), complete && all
	}
	for i := range targets {
		if targets[i].kind == Send || len(items) > 1 {
			targets[i].fan = true
		}
	}
	return targets, complete
}

func (l *langgraph) routeName(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	if s := endpoint(r.File, r.Node); s != "" {
		return named([]string{s}, true)
	}
	f := r.File
	defs := f.DefsOf(r.Node)
	complete = len(defs) > 0
	for _, d := range defs {
		switch {
		case d.Kind == parser.AssignDef && d.Value != parser.NoNode:
			if f.Within(r.Node, d.Value) {
				continue
			}
			found, all := l.route(g, r.at(d.Value), e, hops-1)
			targets, complete = append(targets, found...), complete && all
			switch f.Kind(f.Unwrap(d.Value)) {
			case parser.KindList, parser.KindCall: // sends.append(Send(…))
				more, known := l.appended(r, r.at(f.Unwrap(d.Value)), hops)
				for _, m := range more {
					found, all := l.route(g, m, e, hops-1)
					for i := range found {
						found[i].fan = true
					}
					targets, known = append(targets, found...), known && all
				}
				complete = complete && known
			}
		case d.Kind == parser.AugmentedDef:
			found, all := l.route(g, r.at(d.Value), e, hops-1)
			targets, complete = append(targets, found...), complete && all
		default:
			texts, ok := l.texts(r, e)
			if !ok {
				if names, known := l.fieldLiterals(g, r, e); known {
					texts, ok = names, true
				}
			}
			found, all := named(texts, ok)
			targets, complete = append(targets, found...), complete && all
		}
	}
	return targets, complete
}

func (l *langgraph) routeCall(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil, false
	}
	switch c.Name {
	case "Send":
		if a, ok := f.Argument(c, "node", 0); ok {
			texts, complete := l.texts(r.at(a.Value), e)
			for _, s := range texts {
				targets = append(targets, target{name: s, kind: Send, fan: true, provenance: Inferred})
			}
			return targets, complete
		}
		return nil, false
	case "Command":
		return l.commandTargets(g, r, c, e, hops)
	case "map", "flatMap": // items.map((x) => new Send("worker", x))
		if len(c.Args) == 1 && f.Language.IsScript() {
			if fn := l.Function(r.at(c.Args[0].Value)); fn.Valid() {
				targets, complete = l.routes(g, l.Returns(fn), e, hops)
				for i := range targets {
					targets[i].fan = true
				}
				return targets, complete
			}
		}
	case "list", "tuple", "set", "sorted":
		if len(c.Args) == 1 {
			return l.route(g, r.at(c.Args[0].Value), e, hops-1)
		}
		return nil, len(c.Args) == 0
	case "filter":
		return l.route(g, r.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject)), e, hops-1)
	}
	if isToolsCondition(strings.TrimSuffix(f.QName(r.Node), "()")) {
		return named([]string{"tools", EndName}, true)
	}
	if texts, ok := l.texts(r, e); ok {
		return named(texts, ok)
	}
	fns, known := l.callables(r.at(c.Callee), e, hops)
	complete = known && len(fns) > 0
	for _, fn := range fns {
		if l.following[fn.Ref] {
			continue // what it returns is found in the call around
		}
		l.following[fn.Ref] = true
		inner := callable{fn.Ref, l.enter(fn.Ref, r, c, e)}
		found, all := l.annotated(inner)
		if !all || len(found) == 0 {
			found = nil
			all = true
			for _, ret := range l.Returns(inner.Ref) {
				if !ret.Valid() {
					continue
				}
				more, ok := l.route(g, ret, inner.frame, hops-1)
				found, all = append(found, more...), all && ok
			}
		}
		delete(l.following, fn.Ref)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

package agents

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// langgraphModules are the modules whose import makes a project one of LangGraph's; names
// of constructs begin with one of them.
var langgraphModules = []string{
	"langgraph", "langgraph_supervisor", "langgraph_swarm", "langchain", "deepagents",
	"@langchain/langgraph", "@langchain/langgraph-supervisor", "@langchain/langgraph-swarm",
}

// builders are the classes whose methods build a graph.
var builders = map[string]bool{"StateGraph": true, "MessageGraph": true, "Graph": true}

// Methods of builders and compiled graphs, by both languages' names.
type builderMethod uint8

const (
	opNode builderMethod = iota + 1
	opSequence
	opEdge
	opConditional
	opEntry
	opFinish
	opConditionalEntry
	opCompile
	opConfigure // returns a graph with another configuration
	opDefaults  // returns the builder, changes nothing here
)

var stateGraphMethods = map[string]builderMethod{
	"add_node": opNode, "addNode": opNode,
	"add_sequence": opSequence, "addSequence": opSequence,
	"add_edge": opEdge, "addEdge": opEdge,
	"add_conditional_edges": opConditional, "addConditionalEdges": opConditional,
	"set_entry_point": opEntry, "setEntryPoint": opEntry,
	"set_finish_point": opFinish, "setFinishPoint": opFinish,
	"set_conditional_entry_point": opConditionalEntry, "setConditionalEntryPoint": opConditionalEntry,
	"compile": opCompile, "with_config": opConfigure, "withConfig": opConfigure,
	"set_node_defaults": opDefaults, "setNodeDefaults": opDefaults,
}

// langgraph reads the graphs of one project.
type langgraph struct {
	*extraction
	graphs    map[Ref]*stateGraph
	order     []*stateGraph
	agents    map[Ref]*prebuilt
	makers    map[Ref][]made    // what expressions were found to be
	looking   map[Ref]bool      // of makers, against recursion
	following map[Ref]bool      // functions whose results are being followed, against recursion
	calls     map[string][]Ref  // by the name of what is called
	called    map[Ref][]*frame  // functions by how they are called
	methods   map[string][]Ref  // of all classes, by name
	inner     []made            // what the node being described runs
	steps     int               // left for the question at hand
	left      int               // left for all
	versions  map[string]string // of LangGraph, by folder and package
}

// stateGraph is one builder and what its methods were given.
type stateGraph struct {
	*builder
	root    Ref      // the call of the constructor
	maker   Ref      // the function that builds the graph from its parameters
	site    Ref      // the call of maker, where there are several
	leaves  []target // where its nodes go in the graph around it
	ops     []operation
	steps   map[string]*stateNode
	routers []router
}

// operation is the call of a builder's method, with what parameters and loops' variables stand for there.
type operation struct {
	method builderMethod
	call   *parser.Call
	at     Ref
	frame  *frame
}

// stateNode is what runs as a node.
type stateNode struct {
	functions []callable
	known     bool     // all that it may run is in functions
	ends      []string // where it says that it may go
	inner     []made   // graphs and agents that it runs
}

// callable is a function with what its closure's parameters stand for.
type callable struct {
	Ref
	frame *frame
}

func readLangGraph(x *extraction) {
	l := &langgraph{extraction: x, graphs: map[Ref]*stateGraph{}, agents: map[Ref]*prebuilt{}, makers: map[Ref][]made{}, looking: map[Ref]bool{}, calls: map[string][]Ref{}, called: map[Ref][]*frame{}, versions: map[string]string{}, following: map[Ref]bool{}, left: projectSteps}
	l.ask()
	l.collect()
	if len(l.order) > 0 {
		l.operations()
	}
	l.order = slices.DeleteFunc(l.order, func(g *stateGraph) bool { return len(g.ops) == 0 })
	x.graphs = slices.DeleteFunc(x.graphs, func(b *builder) bool {
		return !slices.ContainsFunc(l.order, func(g *stateGraph) bool { return g.builder == b })
	})
	for _, g := range l.order {
		l.build(g)
	}
	l.mergeVariants()
	for _, g := range l.order {
		l.escapes(g)
	}
	l.prebuilts()
	l.readTasks()
	l.limits()
	for _, g := range l.order {
		l.decideLoops(g)
	}
}

// Questions about expressions are answered in a bounded number of steps each, and all
// together in a number that hostile code reaches in about a second.
const (
	questionSteps = 8_000
	projectSteps  = 2_000_000
)

// ask begins a question.
func (l *langgraph) ask() { l.steps = questionSteps }

// spent takes one step, and reports whether there are none left.
func (l *langgraph) spent() bool {
	l.steps--
	l.left--
	return l.steps < 0 || l.left < 0
}

// construct is the class or function of LangGraph's that a call calls, by its last segment; or "".
func (l *langgraph) construct(f *parser.File, c *parser.Call) string {
	callee := f.Unwrap(c.Callee)
	if k := f.Kind(callee); k == parser.KindSubscript || k == parser.KindGenericType { // StateGraph[S](…)
		callee = f.FirstChild(callee)
	}
	name := Ref{f, callee}.name()
	if name == "" {
		return ""
	}
	q := f.QName(callee)
	if q == "" {
		return ""
	}
	last := q[strings.LastIndexByte(q, '.')+1:]
	if !builders[last] && prebuiltKinds[last] == 0 || !ofModules(q, langgraphModules) {
		return ""
	}
	return last
}

// ofModules reports whether a qualified name begins with one of the modules.
func ofModules(q string, modules []string) bool {
	for _, m := range modules {
		if rest, ok := strings.CutPrefix(q, m); ok && (rest == "" || rest[0] == '.' || rest[0] == '/') {
			return true
		}
	}
	return false
}

// importing are the files that import one of LangGraph's modules.
func (l *langgraph) importing() (files []*parser.File) {
	for _, f := range l.Files() {
		if slices.ContainsFunc(f.Imports, func(i parser.Import) bool { return slices.Contains(langgraphModules, moduleRoot(f, i.Module)) }) {
			files = append(files, f)
		}
	}
	return files
}

// collect finds all constructs of the project.
func (l *langgraph) collect() {
	for _, f := range l.importing() {
		for i := range f.Calls {
			c := &f.Calls[i]
			if k := f.Kind(f.Unwrap(c.Callee)); c.Name == "" && k != parser.KindSubscript {
				continue
			}
			name := l.construct(f, c)
			at := Ref{f, c.Node}
			switch {
			case builders[name]:
				g := &stateGraph{root: at, steps: map[string]*stateNode{}, builder: l.graph("", at)}
				l.graphs[at], l.order = g, append(l.order, g)
			case name != "":
				l.agents[at] = &prebuilt{kind: prebuiltKinds[name], construct: name, at: at, call: c}
			}
		}
	}
}

// operations gives each graph the calls of its methods, in the order in which they are written.
func (l *langgraph) operations() {
	for _, f := range l.Files() {
		for i := range f.Calls {
			c := &f.Calls[i]
			m := stateGraphMethods[c.Name]
			callee := f.Unwrap(c.Callee)
			if m == 0 || m == opConfigure || m == opDefaults || f.Kind(callee) != parser.KindAttribute {
				continue
			}
			at := Ref{f, c.Node}
			l.ask()
			for _, o := range l.made(at.at(f.Field(callee, parser.FieldObject)), nil, maxHops) {
				g := l.graphs[o.root]
				if g == nil {
					continue
				}
				for _, e := range l.frames(at, o.frame, g) {
					g.ops = append(g.ops, operation{m, c, at, e})
				}
			}
		}
	}
	for _, g := range slices.Clone(l.order) {
		l.variants(g)
	}
	for _, g := range l.order {
		// Chained calls are nested the other way round than they are written.
		slices.SortStableFunc(g.ops, func(a, b operation) int {
			if a.at.File != b.at.File {
				return strings.Compare(a.at.File.Path, b.at.File.Path)
			}
			f := a.at.File
			return cmp.Compare(f.Span(f.Unwrap(a.call.Callee)).End, f.Span(f.Unwrap(b.call.Callee)).End)
		})
	}
}

// variants makes of a graph whose builder function takes its parts as parameters one graph
// for each call of that function, as long as they are few.
func (l *langgraph) variants(g *stateGraph) {
	if !g.maker.Valid() {
		return
	}
	sites := l.sites(g.maker, maxHops)
	if len(sites) == 0 || len(sites) > maxVariants {
		return
	}
	ops := g.ops
	for i, e := range sites {
		v := g
		if i > 0 {
			v = &stateGraph{root: g.root, maker: g.maker, steps: map[string]*stateNode{}, builder: l.graph("", g.root)}
			l.order = append(l.order, v)
		}
		v.ops = nil
		if len(sites) > 1 && e != nil && e.site.Valid() {
			v.Place = e.site.Place()
			v.site = e.site
		}
		for _, o := range ops {
			if o.frame == nil && o.at.File == g.maker.File && o.at.File.Within(o.at.Node, g.maker.Node) {
				for _, round := range l.rounds(o.at, e) {
					if l.happens(o.at, round) {
						v.ops = append(v.ops, operation{o.method, o.call, o.at, round})
					}
				}
				continue
			}
			v.ops = append(v.ops, o)
		}
	}
}

// mergeVariants keeps one of the graphs that are alike whatever their function was given.
func (l *langgraph) mergeVariants() {
	kept := map[Ref][]*stateGraph{}
	for _, g := range l.order {
		same := slices.IndexFunc(kept[g.root], func(k *stateGraph) bool { return k.shape() == g.shape() })
		switch {
		case same < 0:
			kept[g.root] = append(kept[g.root], g)
		case len(g.Unresolved) < len(kept[g.root][same].Unresolved):
			kept[g.root][same] = g
		}
	}
	dropped := map[*builder]bool{}
	l.order = slices.DeleteFunc(l.order, func(g *stateGraph) bool {
		dropped[g.builder] = !slices.Contains(kept[g.root], g)
		return dropped[g.builder]
	})
	l.extraction.graphs = slices.DeleteFunc(l.extraction.graphs, func(b *builder) bool { return dropped[b] })
	for root, graphs := range kept {
		l.graphs[root] = graphs[0]
		if g := graphs[0]; len(graphs) == 1 && g.site.Valid() {
			g.site, g.Place = Ref{}, g.root.Place()
			g.Name = l.graphName(g)
		}
	}
}

// shape tells graphs apart by their nodes and edges, and who decides between those.
func (g *stateGraph) shape() string {
	var s strings.Builder
	for i := range g.Nodes {
		s.WriteString(g.Nodes[i].Name + "\n")
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		s.WriteString(e.From + "\t" + e.To + "\t" + string(e.Kind) + "\t" + string(e.Condition.Decider) + e.Condition.Bound.Expr + "\n")
	}
	return s.String()
}

// maxVariants bounds how many graphs one function makes.
const maxVariants = 24

// arg is an argument of an operation.
func (o operation) arg(pos int, names ...string) (Ref, bool) {
	for i, name := range names {
		p := -1
		if i == 0 {
			p = pos
		}
		if a, ok := o.at.File.Argument(o.call, name, p); ok {
			return o.at.at(a.Value), true
		}
	}
	if len(names) == 0 {
		if a, ok := o.at.File.Argument(o.call, "", pos); ok {
			return o.at.at(a.Value), true
		}
	}
	return Ref{nil, parser.NoNode}, false
}

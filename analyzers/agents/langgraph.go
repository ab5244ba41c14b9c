package agents

import (
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

// ofModules reports whether a qualified name begins with one of the modules.
func ofModules(q string, modules []string) bool {
	for _, m := range modules {
		if rest, ok := strings.CutPrefix(q, m); ok && (rest == "" || rest[0] == '.' || rest[0] == '/') {
			return true
		}
	}
	return false
}

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

// Package agents reads the graphs of agents out of source code without running it: who is
// there, who calls whom, which loops there are and what ends them. There is a file per
// framework; what they share is in project.go (files and imports), origin.go (which object
// an expression is) and values.go (lists, names and strings).
package agents

import (
	"github.com/qodacode/qodacode/parser/text"
)

// Kind is what a node is.
type Kind string

// Kinds of nodes.
const (
	Agent    Kind = "agent"    // an LLM with instructions and perhaps tools
	Step     Kind = "step"     // a function of a workflow
	Router   Kind = "router"   // chooses what comes next
	Tool     Kind = "tool"     // a function that an agent may call
	Toolset  Kind = "toolset"  // a group of tools behind one name: an MCP server, a ToolNode
	Task     Kind = "task"     // a piece of work that is assigned to an agent
	Human    Kind = "human"    // a person who answers or approves
	Subgraph Kind = "subgraph" // another graph that runs as a step
	Team     Kind = "team"     // agents that take turns
	Manager  Kind = "manager"  // an agent that the framework adds to lead others
	Start    Kind = "start"
	End      Kind = "end"
)

// StartName and EndName are the names of the nodes where every graph begins and ends.
const (
	StartName = "__start__"
	EndName   = "__end__"
)

// EdgeKind is how control or work passes from one node to another.
type EdgeKind string

// Kinds of edges: control first, then structure.
const (
	Seq      EdgeKind = "seq"      // always next
	Cond     EdgeKind = "cond"     // a router chooses it
	Goto     EdgeKind = "goto"     // Command(goto=…)
	Send     EdgeKind = "send"     // one run per item
	Handoff  EdgeKind = "handoff"  // the agent gives control away
	Delegate EdgeKind = "delegate" // the agent asks another one and goes on
	Speaker  EdgeKind = "speaker"  // a team lets the other speak next
	LoopBack EdgeKind = "loop"     // a repeat construct starts over

	Uses     EdgeKind = "tool"      // agent → its tool
	Assign   EdgeKind = "assign"    // task → the agent that does it
	Context  EdgeKind = "context"   // task → a task that reads its result
	Contains EdgeKind = "contains"  // team → member
	Calls    EdgeKind = "calls"     // step → the agent that it runs
	Guard    EdgeKind = "guardrail" // agent → the agent or function that checks it
)

// IsControl reports whether an edge of the kind decides what runs next.
func (k EdgeKind) IsControl() bool {
	switch k {
	case Seq, Cond, Goto, Send, Handoff, Delegate, Speaker, LoopBack:
		return true
	}
	return false
}

// Provenance is how sure an edge is.
type Provenance string

// Provenances.
const (
	Exact      Provenance = "exact"      // written down
	Annotation Provenance = "annotation" // from a Literal or Command annotation
	Inferred   Provenance = "inferred"   // from a function's returns
)

// Place is somewhere in the project's code.
type Place struct {
	Path string    // as File.Path
	Span text.Span // bytes of File.Source
	Line int       // 1-based
}

// Limit is a number of rounds or calls after which something stops.
type Limit struct {
	Value  int    // 0: none
	Source string // explicit, default, none
	What   string // the setting: recursion_limit, max_turns, …
}

// Node is one participant.
type Node struct {
	Name     string
	Aliases  []string // other names in the code: the variable's, the function's
	Kind     Kind
	Implicit bool // the framework adds it; it is not written down
	Place    Place
	Runs     []Place  // the functions, agents and graphs that its work is, where they stand elsewhere
	Model    string   // id of the model, "" when unknown
	Tools    []string // names
	Limit    Limit    // of its own loop over tools
	// Calls reports whether the node's body asks a model; Asks whether it asks a person.
	Calls, Asks bool
	// Ends is what decides that a run is over after the node, where no edge says so: a team's
	// termination condition, an answer of a router that nothing waits for.
	Ends Condition
}

// Edge leads from one node to another. Both names are in Nodes.
type Edge struct {
	From, To   string
	Kind       EdgeKind
	FanOut     bool // more than one run of To may start at once
	Provenance Provenance
	Condition  Condition // of a conditional edge: what decides whether it is taken
	Place      Place
}

// Condition is what a choice between edges depends on.
type Condition struct {
	Decider Decider // "" where there is no choice, or it is not known what it depends on
	Bound   Bound   // of a Counter
}

// Unresolved is something that the code leaves open; it makes a graph incomplete.
type Unresolved struct {
	Reason string
	Place  Place
}

// Graph is one graph of agents.
type Graph struct {
	ID        string // unique in the project, stable while the construct keeps its name
	Framework string
	Language  string
	Version   string // of the framework, as the project declares it; "" when unknown
	Name      string
	Place     Place // where it is built
	Entry     []string
	Nodes     []Node
	Edges     []Edge
	Loops     []Loop
	// Limit bounds a run of the whole graph.
	Limit      Limit
	Unresolved []Unresolved
}

// Complete reports whether nothing was left open.
func (g *Graph) Complete() bool { return len(g.Unresolved) == 0 }

// Decider is who ends a loop.
type Decider string

// Deciders, the safest first.
const (
	Counter  Decider = "counter"     // a number of rounds
	ByHuman  Decider = "human"       // a person
	ToolCall Decider = "tool-call"   // the model stops calling tools
	External Decider = "external"    // an event or a condition outside the model
	Verdict  Decider = "llm-verdict" // what the model says
	Nobody   Decider = "none"
)

// Loop is a strongly connected part of a graph, or a loop in code around an LLM call.
type Loop struct {
	Nodes   []string
	Exits   []Edge // that leave it
	Decider Decider
	Bound   Bound
	Place   Place // where to look first
}

// Bound is what limits the rounds of a loop.
type Bound struct {
	Expr      string // as written: "iterations < 3", "max_turns=10"
	Value     int    // rounds; 0: unknown
	Effective bool   // false for a guard over a key that nothing writes
	Default   bool   // the framework's own, nothing in the code
}

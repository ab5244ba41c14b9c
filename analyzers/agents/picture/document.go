// Package picture shows graphs of agents: as JSON, as text, in the languages of Graphviz and
// Mermaid, drawn as SVG and PNG, and as a page to look around in.
package picture

import (
	"encoding/json"
	"io"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// version is the version of the JSON contract. Fields may be added to it without a new one.
const version = 1

// Document is graphs as they are shown. All names in it are the code's own and must be
// escaped for what they are written into.
type Document struct {
	Version int     `json:"version"`
	Graphs  []Graph `json:"graphs"`
}

// Graph is one graph.
type Graph struct {
	ID               string       `json:"id"`
	Framework        string       `json:"framework"`
	FrameworkVersion string       `json:"framework_version,omitempty"`
	Language         string       `json:"language"`
	Path             string       `json:"path"`
	Line             int          `json:"line"` // 1-based
	Name             string       `json:"name"`
	Complete         bool         `json:"complete"`
	Entry            []string     `json:"entry"`
	Nodes            []Node       `json:"nodes"`
	Edges            []Edge       `json:"edges"`
	Loops            []Loop       `json:"loops"`
	Limit            *Limit       `json:"limit,omitempty"`
	Unresolved       []Unresolved `json:"unresolved"`
}

// Node is one participant.
type Node struct {
	Name     string      `json:"name"`
	Kind     agents.Kind `json:"kind"`
	Implicit bool        `json:"implicit"`
	Path     string      `json:"path"`
	Line     int         `json:"line"`
	Aliases  []string    `json:"aliases,omitempty"`
	Model    string      `json:"model,omitempty"`
	Cost     string      `json:"cost,omitempty"` // of one visit, for people: "≈ $0.010"; see AddCosts
	Tools    []string    `json:"tools,omitempty"`
	Limit    *Limit      `json:"limit,omitempty"`
	Orphan   bool        `json:"orphan,omitempty"` // no entry leads to it
}

// Edge leads from one node to another.
type Edge struct {
	From       string            `json:"from"`
	To         string            `json:"to"`
	Kind       agents.EdgeKind   `json:"kind"`
	FanOut     bool              `json:"fan_out,omitempty"`
	Provenance agents.Provenance `json:"provenance,omitempty"`
	Decider    agents.Decider    `json:"decider,omitempty"`
	Condition  string            `json:"condition,omitempty"`
	Path       string            `json:"path,omitempty"`
	Line       int               `json:"line,omitempty"`
}

// Loop is a part of the graph that can run again and again.
type Loop struct {
	Nodes     []string       `json:"nodes"`
	Decider   agents.Decider `json:"decider"`
	Bound     *Bound         `json:"bound"`
	Exits     []Exit         `json:"exits"`
	Effective bool           `json:"effective"` // the bound really ends it
	Default   bool           `json:"default"`   // the bound is the framework's own
	Path      string         `json:"path"`
	Line      int            `json:"line"`
}

// Bound is what limits a loop's rounds.
type Bound struct {
	Expr  string `json:"expr"`
	Value int    `json:"value,omitempty"` // rounds; left out when unknown
}

// Exit is an edge that leaves a loop.
type Exit struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Limit is a number after which something stops.
type Limit struct {
	What   string `json:"what"`
	Value  int    `json:"value"`
	Source string `json:"source"`
}

// Unresolved is what the code leaves open.
type Unresolved struct {
	Reason string `json:"reason"`
	Path   string `json:"path"`
	Line   int    `json:"line"`
}

// New makes a document of graphs. shown turns the path of a file into the one to show.
func New(graphs []*agents.Graph, show func(path string) string) *Document {
	shown := func(path string) string {
		if path == "" { // a node that is nowhere in the code
			return ""
		}
		return show(path)
	}
	d := &Document{Version: version, Graphs: []Graph{}}
	for _, g := range graphs {
		d.Graphs = append(d.Graphs, newGraph(g, shown))
	}
	return d
}

// AddCosts writes what a visit of each node costs, where of tells. graphs are those that d was
// made of.
func (d *Document) AddCosts(graphs []*agents.Graph, of func(g *agents.Graph, node int) (string, bool)) {
	for i, g := range graphs {
		for j := range g.Nodes {
			if cost, ok := of(g, j); ok {
				d.Graphs[i].Nodes[j].Cost = cost
			}
		}
	}
}

func newGraph(g *agents.Graph, shown func(string) string) Graph {
	out := Graph{
		ID: g.ID, Framework: g.Framework, FrameworkVersion: g.Version, Language: g.Language, Path: shown(g.Place.Path), Line: g.Place.Line,
		Name: g.Name, Complete: g.Complete(), Entry: orEmpty(g.Entry), Nodes: []Node{}, Edges: []Edge{}, Loops: []Loop{},
		Limit: limit(g.Limit), Unresolved: []Unresolved{},
	}
	orphans := findOrphans(g)
	for i := range g.Nodes {
		n := &g.Nodes[i]
		out.Nodes = append(out.Nodes, Node{
			Name: n.Name, Kind: n.Kind, Implicit: n.Implicit, Path: shown(n.Place.Path), Line: n.Place.Line,
			Aliases: n.Aliases, Model: n.Model, Tools: n.Tools, Limit: limit(n.Limit), Orphan: orphans[n.Name],
		})
	}
	for _, e := range g.Edges {
		out.Edges = append(out.Edges, Edge{
			From: e.From, To: e.To, Kind: e.Kind, FanOut: e.FanOut, Provenance: e.Provenance,
			Decider: e.Condition.Decider, Condition: e.Condition.Bound.Expr, Path: shown(e.Place.Path), Line: e.Place.Line,
		})
	}
	for _, l := range g.Loops {
		loop := Loop{Nodes: l.Nodes, Decider: l.Decider, Exits: []Exit{}, Effective: l.Bound.Effective, Default: l.Bound.Default,
			Path: shown(l.Place.Path), Line: l.Place.Line}
		if l.Bound.Expr != "" || l.Bound.Value > 0 {
			loop.Bound = &Bound{l.Bound.Expr, l.Bound.Value}
		}
		for _, e := range l.Exits {
			loop.Exits = append(loop.Exits, Exit{e.From, e.To})
		}
		out.Loops = append(out.Loops, loop)
	}
	for _, u := range g.Unresolved {
		out.Unresolved = append(out.Unresolved, Unresolved{u.Reason, shown(u.Place.Path), u.Place.Line})
	}
	return out
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func limit(l agents.Limit) *Limit {
	if l.Source == "" {
		return nil
	}
	return &Limit{l.What, l.Value, l.Source}
}

// findOrphans are the nodes that no entry leads to. Of an incomplete graph, or one without
// an entry, nobody can tell.
func findOrphans(g *agents.Graph) map[string]bool {
	orphans := map[string]bool{}
	if !g.Complete() || len(g.Entry) == 0 {
		return orphans
	}
	next := map[string][]string{}
	for _, e := range g.Edges {
		next[e.From] = append(next[e.From], e.To)
		if e.Kind == agents.Context { // what a task reads has run before it
			next[e.To] = append(next[e.To], e.From)
		}
	}
	reached := map[string]bool{}
	queue := append([]string{agents.StartName}, g.Entry...)
	for len(queue) > 0 {
		name := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !reached[name] {
			reached[name] = true
			queue = append(queue, next[name]...)
		}
	}
	for i := range g.Nodes {
		if n := &g.Nodes[i]; !reached[n.Name] && n.Kind != agents.Start && n.Kind != agents.End {
			orphans[n.Name] = true
		}
	}
	return orphans
}

// JSON writes d by the contract.
func (d *Document) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(d)
}

package arch

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
)

// large are graphs that grow something out of bounds if anything is enumerated.
func large() map[string]*agents.Graph {
	build := func(nodes int, edges func(yield func(from, to int))) *agents.Graph {
		g := &agents.Graph{Framework: "langgraph", Name: "large", Entry: []string{"n0"}, Place: agents.Place{Path: "a.py"}}
		for i := range nodes {
			g.Nodes = append(g.Nodes, agents.Node{Name: fmt.Sprint("n", i), Kind: agents.Agent, Place: agents.Place{Path: "a.py"}})
		}
		edges(func(from, to int) {
			g.Edges = append(g.Edges, agents.Edge{From: fmt.Sprint("n", from), To: fmt.Sprint("n", to), Kind: agents.Seq})
		})
		g.FindLoops()
		return g
	}
	return map[string]*agents.Graph{
		"chain of 2000": build(2000, func(yield func(int, int)) {
			for i := range 1999 {
				yield(i, i+1)
			}
		}),
		"1000 loops": build(2000, func(yield func(int, int)) {
			for i := range 1000 {
				yield(2*i, 2*i+1)
				yield(2*i+1, 2*i)
			}
		}),
		"all of 50 with all": build(50, func(yield func(int, int)) {
			for i := range 50 {
				for j := range 50 {
					yield(i, j)
				}
			}
		}),
		"18 diamonds": build(18*3+1, func(yield func(int, int)) {
			for i := range 18 {
				for side := 1; side <= 2; side++ {
					yield(3*i, 3*i+side)
					yield(3*i+side, 3*i+3)
				}
			}
		}),
	}
}

func TestLargeGraphs(t *testing.T) {
	for name, g := range large() {
		found := Check([]*agents.Graph{g}, agents.NewProject(nil, nil), func(string) *config.Config { return config.Default() })
		for _, f := range found {
			if len(f.Message) > 600 || len(f.Related) > maxRelated || strings.ContainsAny(f.Message, "\n") {
				t.Errorf("%s: %d bytes, %d related: %q", name, len(f.Message), len(f.Related), f.Message)
			}
		}
		if len(found) > 3*len(g.Nodes) {
			t.Errorf("%s: %d findings", name, len(found))
		}
	}
}

func TestNamesOfAnySort(t *testing.T) {
	g := sketch(t, "langgraph", "entry a\na -seq-> b\nb -seq-> a")
	g.Nodes[0].Name, g.Nodes[1].Name = strings.Repeat("é", 500), "b\n\x1b[31m"
	for i := range g.Edges {
		g.Edges[i].From, g.Edges[i].To = g.Nodes[i].Name, g.Nodes[1-i].Name
	}
	g.FindLoops()
	found := Check([]*agents.Graph{g}, agents.NewProject(nil, nil), func(string) *config.Config { return config.Default() })
	if len(found) == 0 {
		t.Fatal("nothing is found")
	}
	for _, f := range found {
		if strings.ContainsAny(f.Message, "\n\x1b") || len(f.Message) > 800 {
			t.Errorf("%q", f.Message)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for name, g := range large() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Check([]*agents.Graph{g}, agents.NewProject(nil, nil), func(string) *config.Config { return config.Default() })
			}
		})
	}
}

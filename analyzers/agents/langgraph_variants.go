package agents

import (
	"slices"
	"strings"
)

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

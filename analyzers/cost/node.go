package cost

import (
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
)

// OfNode is what one visit of a node of a graph costs, for people; false where that is not known.
func OfNode(p *estimate.Project) func(g *agents.Graph, node int) (string, bool) {
	return func(g *agents.Graph, node int) (string, bool) {
		if p == nil {
			return "", false
		}
		cost, ok := p.NodeCost(g, node)
		return cost.Short(), ok && cost.High > 0
	}
}

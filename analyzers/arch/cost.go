package arch

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// spends is the member of a loop that asks a model in each round, the dearest one; nil when none is known to.
func (c *checker) spends(l *agents.Loop) *agents.Node {
	var best *agents.Node
	for _, name := range l.Nodes {
		if n := c.nodes[name]; thinks(n) && (best == nil || price(n) > price(best)) {
			best = n
		}
	}
	return best
}

// price is what a million tokens of a node's answers cost in USD; 0 when unknown.
func price(n *agents.Node) float64 {
	if m, ok := pricing.Builtin().Lookup(n.Model); ok {
		return m.Output
	}
	return 0
}

func (c *checker) premium(n *agents.Node) bool { return price(n) >= float64(c.set.PremiumPrice) }

// expense reports what a loop without a limit may cost, at the node that spends.
func (c *checker) expense(l *agents.Loop, severity diagnostics.Severity, subject string) {
	n := c.spends(l)
	if n == nil {
		return
	}
	nested := ""
	for _, name := range l.Nodes {
		if k := c.nodes[name].Kind; k == agents.Subgraph || k == agents.Team {
			nested = name
		}
	}
	if severity < diagnostics.Warning && (nested == "" || l.Decider != agents.External) {
		return
	}
	model := ""
	if n.Model != "" {
		model = " (" + say(n.Model) + ")"
	}
	message := fmt.Sprintf("%s%s asks a model in each round of %s, and nothing limits the rounds", say(n.Name), model, subject)
	if nested != "" {
		message = fmt.Sprintf("%s runs as a whole in each round of %s, and nothing limits the rounds", say(nested), subject)
		n = c.nodes[nested]
	} else if v := c.Limit.Value; v > 0 {
		message = fmt.Sprintf("%s%s asks a model in each round of %s, up to %d %s in one run", say(n.Name), model, subject, v, unit(c.Limit.What))
	}
	f := c.report(diagnostics.Finding{Rule: "ARCH-004", Message: message}, n.Place)
	f.Fix = &LimitFix{c.Graph, l, c.source(f.Path)}
}

// soundCap is what is offered instead of a limit that is too high: LangGraph's own for years, and CrewAI's.
const soundCap = 25

// CapFix is what a finding about a limit that is too high offers: a lower one. The finding
// stands on the keyword or the pair that sets it.
type CapFix struct {
	Value, To int
	Source    *text.Text // as of LimitFix
}

// caps reports limits that the code sets too high to save anyone: of the graph, of a loop,
// and of an agent's own loop over its tools.
func (c *checker) caps() {
	var dearest *agents.Node
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if thinks(n) && (dearest == nil || price(n) > price(dearest)) {
			dearest = n
		}
		if n.Limit.Source == "explicit" {
			c.high(n, n.Limit.What, n.Limit.Value, n.Place)
		}
	}
	if dearest == nil {
		return
	}
	looping := len(c.Loops) > 0 || dearest.Kind == agents.Agent
	if c.Limit.Source == "explicit" && looping {
		c.high(dearest, c.Limit.What, c.Limit.Value, c.Place)
	}
	for i := range c.Loops {
		l := &c.Loops[i]
		if n := c.spends(l); n != nil && l.Bound.Effective && !l.Bound.Default && l.Bound.Expr != c.Limit.What {
			edges := c.inside(l)
			if len(edges) > 0 {
				c.high(n, l.Bound.Expr, l.Bound.Value, c.closing(l, edges).Place)
			}
		}
	}
}

// high reports a limit of calls of n's model that is no protection, where it is written.
func (c *checker) high(n *agents.Node, what string, calls int, at agents.Place) {
	if calls <= min(c.set.PremiumCalls, c.set.MaxCalls) {
		return
	}
	var fix any
	if place := c.written(what, calls, at); place != at {
		at, fix = place, &CapFix{Value: calls, To: soundCap, Source: c.source(place.Path)}
	}
	switch {
	case calls > c.set.PremiumCalls && c.premium(n):
		c.report(diagnostics.Finding{Rule: "ARCH-004", Message: fmt.Sprintf("%s allows %d calls of %s, at %s per million output tokens, in one run",
			say(what), calls, say(n.Model), pricing.USD(price(n))), Fix: fix}, at)
	case calls > c.set.MaxCalls:
		c.report(diagnostics.Finding{Rule: "ARCH-004", Message: fmt.Sprintf("%s allows %d calls of a model in one run: that is no limit", say(what), calls), Fix: fix}, at)
	}
}

// written is where a setting of that name gets that value, nearest to at: its own file first.
func (c *checker) written(what string, value int, at agents.Place) agents.Place {
	found := at
	for _, f := range c.project.Files() {
		if found != at && f.Path != at.Path || !strings.Contains(f.Text.String(), what) {
			continue
		}
		for i := range f.Nodes {
			id := parser.NodeID(i)
			name := f.Field(id, parser.FieldName)
			switch f.Kind(id) {
			case parser.KindPair:
				name = f.Field(id, parser.FieldKey)
			case parser.KindKeywordArgument:
			default:
				continue
			}
			set := f.Field(id, parser.FieldValue)
			if strings.Trim(f.Slice(name), `"'`) != what {
				continue
			}
			if v := f.Eval(set); v.Kind == parser.Number && int(v.Num) == value {
				found = agents.Ref{File: f, Node: id}.Place()
				if f.Path == at.Path {
					return found
				}
				break
			}
		}
	}
	return found
}

// fans reports agents that run once per item of something whose size nobody knows.
func (c *checker) fans() {
	for _, e := range c.Edges {
		n := c.nodes[e.To]
		if e.Kind != agents.Send && !(e.FanOut && e.Kind != agents.Seq) || n == nil || !thinks(n) {
			continue
		}
		c.report(diagnostics.Finding{Rule: "ARCH-004", Severity: diagnostics.Info,
			Message: fmt.Sprintf("%s runs once per item, and nothing limits how many items there are", say(n.Name))}, e.Place, n.Place)
	}
}

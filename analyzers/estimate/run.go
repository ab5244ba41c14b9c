package estimate

import (
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Run is what one execution of an entry point costs: a route's handler, a script, main, an
// exported function that nothing in the project calls, a graph that nothing in it runs.
type Run struct {
	Entry string // the function's name, Class.method, the graph's name, or the file's path for a script
	Kind  string // handler, script, main, command, task, function, graph
	Place agents.Place
	// PerRun and PerMonth are USD; they hold what is known when Unpriced is not empty.
	PerRun, PerMonth Range
	Bound            Bound
	Parts            []Part
	Unpriced         []Part // whose models are not known
	Assumptions      []Assumption
	RunsPerMonth     int
	// Optimized is what the run would cost with cheaper models; nil where none is worth it.
	Optimized *Optimized
}

// Part is what one site has in a run.
type Part struct {
	Call  *Call
	Times Range // executions in one run
	Cost  Range // USD, all executions
	// Chain are the functions between the entry point and the site.
	Chain []string
	// Graph is the graph that runs the site, nil for plain code.
	Graph *agents.Graph
}

// Project is what the code of a project costs.
type Project struct {
	Calls []*Call // of all sites, by place, but for drives
	Runs  []*Run  // by place

	composer *composer
	mu       sync.Mutex // held while composer works after NewProject
}

// NewProject estimates a project. cfg is the configuration of each file.
func NewProject(r agents.Reading, env Env, cfg func(path string) *config.Config) *Project {
	p := &Project{}
	envs := map[*parser.File]Env{}
	var all []*Call
	for _, f := range r.Project.Files() {
		of := env
		of.Config = cfg(f.Path)
		envs[f] = of
		all = append(all, CallsIn(f, r.Project, of)...)
	}
	for _, c := range all {
		if c.Site.Kind != llm.Drive {
			p.Calls = append(p.Calls, c)
		}
	}
	p.composer = newComposer(r, all, func(f *parser.File) Env { return envs[f] })
	p.Runs = p.composer.entries()
	return p
}

// Of estimates the project that a check looks at. It is done once for all checks of a run,
// which must not change the result.
func Of(pass *diagnostics.ProjectPass, prices *pricing.Table) *Project {
	return diagnostics.Share(pass, shareKey{}, func() *Project {
		return NewProject(agents.Of(pass), Env{Prices: prices, Now: pass.Now}, pass.Config)
	})
}

type shareKey struct{}

// NodeCost is what one visit of a node of a graph costs; false where that is not known.
func (p *Project) NodeCost(g *agents.Graph, node int) (Range, bool) {
	if node < 0 || node >= len(g.Nodes) || !slices.Contains(p.composer.graphs.graphs, g) {
		return Range{}, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.composer.nodeRun(nodeRef{g, node})
	total := Range{}
	for _, s := range t.shares {
		if s.call.Reason != "" || s.call.Model == nil {
			return Range{}, false
		}
		total = total.Add(s.call.Cost.Times(s.Times))
	}
	return total, len(t.shares) > 0 && len(t.left)+len(t.missing) == 0
}

func newComposer(r agents.Reading, calls []*Call, env func(f *parser.File) Env) *composer {
	c := &composer{
		callGraph: newCallGraph(r.Project, calls), env: env,
		runs: map[*Call]*tally{}, busy: map[*Call]bool{}, graph: map[*agents.Graph]*tally{}, within: map[nodeRef]bool{},
	}
	c.graphs = newGraphIndex(r, calls, c.callGraph)
	for _, u := range c.order {
		c.sum(u)
	}
	return c
}

// newRun is one run of what t tells, nil where nothing is spent.
func (c *composer) newRun(f *parser.File, t *tally, name string, kind entry, at agents.Ref) *Run {
	if t == nil || len(t.shares) == 0 {
		return nil
	}
	r := &Run{Entry: name, Kind: string(kind), Place: at.Place(), Bound: boundOf(t)}
	env := c.env(f)
	r.RunsPerMonth = c.runsPerMonth(f, at)
	assume := func(all []Assumption) {
		for _, a := range all {
			if !slices.Contains(r.Assumptions, a) {
				r.Assumptions = append(r.Assumptions, a)
			}
		}
	}
	for i := range t.shares {
		s := &t.shares[i]
		part := Part{Call: s.call, Times: s.Times, Chain: s.chain, Graph: s.graph}
		assume(s.Assumptions)
		if s.call.Model == nil || s.call.Reason != "" {
			r.Unpriced = append(r.Unpriced, part)
			continue
		}
		assume(s.call.Assumptions())
		part.Cost = s.call.Cost.Times(s.Times)
		r.Parts = append(r.Parts, part)
	}
	for _, reason := range slices.Concat(t.left, t.missing) {
		assume([]Assumption{{Text: "not included: " + reason}})
	}
	r.PerRun = t.cost
	if r.Bound.Known {
		r.PerRun = r.PerRun.atMost(r.Bound.USD)
	}
	r.PerMonth = r.PerRun.Scale(float64(r.RunsPerMonth))
	r.Optimized = c.optimize(r, env)
	return r
}

// runsPerMonth is what a comment at the entry point says, else the configuration.
func (c *composer) runsPerMonth(f *parser.File, at agents.Ref) int {
	if at.Valid() && at.Node != 0 {
		fn := f.EnclosingFunc(at.Node)
		if f.FuncAt(at.Node) != nil {
			fn = f.FuncAt(at.Node)
		}
		nodes := []parser.NodeID{at.Node}
		if fn != nil {
			nodes = append(nodes, fn.Node)
			if p := f.Parent(fn.Node); f.Kind(p) == parser.KindDecorated {
				nodes = append(nodes, p)
			}
		}
		for _, n := range nodes {
			if stated := StatedAt(f, n).Runs; stated >= 0 {
				return int(stated)
			}
		}
	}
	cfg := c.env(f).Config
	if cfg == nil {
		cfg = config.Default()
	}
	cost, _ := cfg.CostOf(f.Path)
	return cost.RunsPerMonth
}

package estimate

import (
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
)

// Run is what one execution of an entry point costs: a route's handler, a script, main, an
// exported function that nothing in the project calls.
type Run struct {
	Entry string // the function's name, Class.method, or the file's path for a script
	Kind  string // handler, script, main, command, task, function
	Place agents.Place
	// PerRun and PerMonth are USD; they hold what is known when Unpriced is not empty.
	PerRun, PerMonth Range
	Bound            Bound
	Parts            []Part
	Unpriced         []Part // whose models are not known
	Assumptions      []Assumption
	RunsPerMonth     int
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
}

// NewProject estimates a project. cfg is the configuration of each file.
func NewProject(r agents.Reading, env Env, cfg func(path string) *config.Config) *Project {
	p := &Project{}
	for _, f := range r.Project.Files() {
		of := env
		of.Config = cfg(f.Path)
		p.Calls = append(p.Calls, Calls(f, of)...)
	}
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

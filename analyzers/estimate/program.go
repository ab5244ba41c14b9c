package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// CallsIn are the estimates of f's sites as the program p tells them (llm.SitesIn), with the
// parts of prompts that stand in other files.
func CallsIn(f *parser.File, p llm.Program, env Env) []*Call {
	env.Program = p
	sites := llm.SitesIn(f, p)
	calls := make([]*Call, len(sites))
	for i := range sites {
		calls[i] = env.Call(&sites[i])
	}
	return calls
}

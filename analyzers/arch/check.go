package arch

import (
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/diagnostics"
)

// New is the check of this family.
func New() diagnostics.Check {
	return diagnostics.Check{Name: "arch", Rules: Rules, Project: func(pass *diagnostics.ProjectPass) {
		read := agents.Of(pass)
		for _, f := range Check(read.Graphs, read.Project, pass.Config) {
			pass.Report(f.Path, f.Finding)
		}
	}}
}

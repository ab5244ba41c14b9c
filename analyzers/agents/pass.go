package agents

import "github.com/qodacode/qodacode/diagnostics"

// Reading is a project with the graphs that its code builds.
type Reading struct {
	Project *Project
	Graphs  []*Graph // see Extract
}

// Of are the graphs of the project that a check looks at. They are read once for all checks
// of a run, which must not change them.
func Of(pass *diagnostics.ProjectPass) Reading {
	type key struct{}
	return diagnostics.Share(pass, key{}, func() Reading {
		p := NewProject(pass.Files, pass.Data)
		return Reading{p, Extract(p)}
	})
}

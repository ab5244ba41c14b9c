package facts

import (
	"context"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Source is what the facts of a file are made of.
type Source struct {
	File    *parser.File
	Modules diagnostics.Modules // files that it imports; nil: none
	Graphs  []*agents.Graph     // of its project
	Cost    *estimate.Project   // of its project; nil: not known
	Env     estimate.Env        // for the cost of calls that the project does not have
	Secrets []text.Span         // of File.Source: masked in all texts
}

// Build makes the facts of a file. The error is ctx's.
func Build(ctx context.Context, src Source) (*Document, error) {
	return nil, ctx.Err()
}

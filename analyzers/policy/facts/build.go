package facts

import (
	"context"
	"time"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Source is what the facts of a file are made of. What is known of the project must have been
// read from the same text of the file: places in an older one are those of something else.
type Source struct {
	File    *parser.File
	Modules diagnostics.Modules // files that it imports; nil: none
	Graphs  []*agents.Graph     // of its project; nil: those of the file alone
	Cost    *estimate.Project   // of its project; nil: of the file alone
	Env     estimate.Env        // for the cost of calls that the project does not have; without prices no cost is known
	Secrets []text.Span         // of File.Source: masked in all texts
}

// Build makes the facts of a file. The error is ctx's.
func Build(ctx context.Context, src Source) (*Document, error) {
	b := newBuilder(ctx, src)
	for _, step := range []func(){
		b.readImports, b.readFunctions, b.readGraphs, b.readTools, b.readEffects, b.readRequests, b.readCalls, b.readAgents, b.readRuns, b.readSuppressions,
	} {
		if step(); ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	b.doc.close()
	b.mask(b.doc)
	return b.doc, nil
}

// OfCode makes the facts of code that stands alone, at the prices that are built in. Path
// tells its language.
func OfCode(ctx context.Context, path, code string) (*Document, error) {
	f := parser.Parse(path, "", text.New(code))
	return Build(ctx, Source{File: f, Env: estimate.Env{Prices: pricing.Builtin(), Now: time.Now()}})
}

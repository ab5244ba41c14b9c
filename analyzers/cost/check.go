// Package cost has the rules about what calls of language models cost, one file each, and
// what editors show beside the calls.
package cost

import (
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// rule is one rule of the family. To add one, write a file with a rule and its test, and
// list it in table.
type rule struct {
	diagnostics.Rule
	// file looks at the calls of one file; nil for a rule about whole projects.
	file func(*pass)
	// project looks at a project's runs and graphs; nil for a rule about single files.
	project func(*projectPass)
}

// table is all rules of the family by id.
var table = []*rule{
	costlyModel, repeatableCall, noOutputCap, uncachedPrefix, volatilePrefix, offlineLoop, singleEmbeddings, retiring, retired,
	growingHistory, unlimitedAgent, unusedCandidates, highEffort, detailedImages, openRetry, loopInvariant, longContext, dominatedModel, scheduledPrice, budgetExceeded,
}

// New is the check of this family. prices gives a configuration its table, at once.
func New(prices func(*config.Config) *pricing.Table) diagnostics.Check {
	return diagnostics.Check{
		Name:  "cost",
		Rules: Rules,
		Run: func(p *diagnostics.Pass) {
			env := estimate.Env{Prices: prices(p.Config), Config: p.Config, Now: p.Now}
			runFile(p.File, env, estimate.Calls(p.File, env), p.Report)
		},
		Project: func(p *diagnostics.ProjectPass) {
			known := prices(p.Config(config.FileName)) // that of the project
			found := estimate.Of(p, known)
			linked := map[*parser.File][]*estimate.Call{}
			for _, c := range found.Calls {
				if c.Site.Linked {
					linked[c.Site.File] = append(linked[c.Site.File], c)
				}
			}
			for f, calls := range linked {
				env := estimate.Env{Prices: known, Config: p.Config(f.Path), Now: p.Now}
				own := map[told]bool{} // a linked call may have been reported with less known of it
				runFile(f, env, estimate.Calls(f, env), func(d diagnostics.Finding) { own[told{d.Rule, d.Span}] = true })
				runFile(f, env, calls, func(d diagnostics.Finding) {
					if own[told{d.Rule, d.Span}] {
						return
					}
					d.Span = f.Locate(d.Span)
					for i := range d.Related {
						if d.Related[i].Path == "" {
							d.Related[i].Span = f.Locate(d.Related[i].Span)
						}
					}
					p.Report(f.Path, d)
				})
			}
			whole := &projectPass{Project: found, Reading: agents.Of(p), Env: estimate.Env{Prices: known, Now: p.Now}, Config: p.Config, Report: p.Report}
			for _, r := range table {
				if r.project != nil {
					r.project(whole)
				}
			}
		},
	}
}

// told is what a file alone tells: a rule and where it has found something.
type told struct {
	rule string
	span text.Span
}

// Rules describes the rules of the family.
func Rules() []diagnostics.Rule {
	rules := make([]diagnostics.Rule, len(table))
	for i, r := range table {
		rules[i] = r.Rule
	}
	return rules
}

// pass is what a rule sees of one file.
type pass struct {
	*parser.File
	estimate.Env
	// Calls are the sites to report: all that the file alone tells of, or, once the project is
	// known, those that only it tells of (Site.Linked). Drives are among them.
	Calls []*estimate.Call
	// Report takes spans of File.Text.
	Report func(diagnostics.Finding)

	scope *scope // shared by the rules; see around
}

// projectPass is what a rule sees of a project.
type projectPass struct {
	*estimate.Project
	agents.Reading
	estimate.Env // without Config
	Config       func(path string) *config.Config
	// Report takes spans of File.Source.
	Report func(path string, f diagnostics.Finding)
}

func runFile(f *parser.File, env estimate.Env, calls []*estimate.Call, report func(diagnostics.Finding)) {
	if len(calls) == 0 && !wantsWithoutCalls(f) {
		return
	}
	p := &pass{File: f, Env: env, Calls: calls, scope: &scope{File: f}, Report: report}
	for _, r := range table {
		if r.file != nil {
			r.file(p)
		}
	}
}

// wantsWithoutCalls reports whether a rule may have something to say about a file that calls no model.
func wantsWithoutCalls(*parser.File) bool { return false }

var languages = []parser.Language{parser.Python, parser.JavaScript, parser.TypeScript, parser.TSX, parser.Notebook}

// loops reports whether a call is repeated within one run of its file's code.
func loops(c *estimate.Call) bool {
	return c.Site.Loop != nil && c.Site.Kind != llm.ModelConfig && c.Site.Kind != llm.Agent
}

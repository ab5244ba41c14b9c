package analyzers

import (
	"path/filepath"

	"github.com/qodacode/qodacode/analyzers/arch"
	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/deps"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/analyzers/sast/data"
	"github.com/qodacode/qodacode/analyzers/secrets"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
)

// checks are the checks of all families, in the order in which they run.
func checks(e *Engine) []diagnostics.Check {
	return []diagnostics.Check{
		{Name: "config", Rules: noRules, Run: e.configuration},
		data.New(), // before sast, whose rules of the same ids look at code only
		sast.New(), // takes longest: the others run meanwhile, where there are threads for both
		secrets.New(),
		cost.New(e.prices),
		arch.New(),
		deps.New(),
		policy.New(), // lists what comes with qodacode; see Analysis.Complete
	}
}

// noRules is for checks whose rules diagnostics lists itself.
func noRules() []diagnostics.Rule { return nil }

// configuration reports what is wrong in a qodacode.toml, where it stands.
func (e *Engine) configuration(pass *diagnostics.Pass) {
	if filepath.Base(pass.File.Path) != config.FileName {
		return
	}
	parsed, problems := config.Parse(pass.File.Path, pass.File.Source)
	for _, p := range append(problems, parsed.UnknownRules(pass.Rules.Names())...) {
		pass.ReportSource(diagnostics.Finding{Rule: diagnostics.ConfigRule, Span: p.Span, Message: p.Message})
	}
}

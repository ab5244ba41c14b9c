package diagnostics

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Finish makes what checks reported about f into what is shown: severities as configured,
// without what [ignore] and comments silence, with the comments that silence
// nothing, in order. ran tells which rules have looked at the file, so that the comments for
// others are not called unused; nil: all.
func Finish(f *parser.File, cfg *config.Config, set *Set, ran func(id string) bool, found []Finding) ([]Finding, []Suppressed) {
	active := func(r Rule) bool {
		return (ran == nil || ran(r.ID)) && SeverityOf(r, cfg) != Off && !cfg.Ignored(f.Path, r.ID, r.Family)
	}
	kept := make([]Finding, 0, len(found))
	var suppressed []Suppressed
	if len(found) == 0 && !strings.Contains(f.Text.String(), own) {
		return kept, nil // most files, at every keystroke
	}
	c := commentsOf(f)
	for _, finding := range found {
		r, _ := set.Rule(finding.Rule)
		if r.YieldsTo != "" && yields(set, finding, r.YieldsTo, found) {
			continue
		}
		if !resolve(&finding, r, cfg) || cfg.Ignored(f.Path, r.ID, r.Family) {
			continue
		}
		if p := c.silencing(finding, r); p != nil {
			suppressed = append(suppressed, Suppressed{Finding: finding, Comment: p.tool.word, Reason: c.reason(p)})
			continue
		}
		kept = append(kept, finding)
	}
	unused := c.unused(set, func(name string) bool {
		if _, known := set.Rule(name); !known && !slices.Contains(set.Names(), name) {
			return ran == nil || ran(name)
		}
		return slices.ContainsFunc(set.Rules(), func(r Rule) bool { return (r.ID == name || r.Family == name) && active(r) })
	})
	r, _ := set.Rule(SuppressionRule)
	if active(r) {
		for _, finding := range unused {
			resolve(&finding, r, cfg)
			kept = append(kept, finding)
		}
	}
	return Sort(kept), suppressed
}

// yields reports whether a finding of a family stands where another one does.
func yields(set *Set, finding Finding, family string, found []Finding) bool {
	return slices.ContainsFunc(found, func(o Finding) bool {
		r, _ := set.Rule(o.Rule)
		return r.Family == family && o.Span.Overlaps(finding.Span)
	})
}

// resolve sets a finding's severity: the configured one, else its own, else its rule's. It
// reports whether the finding is to be shown.
func resolve(f *Finding, r Rule, cfg *config.Config) bool {
	if s, ok := ParseSeverity(cfg.SeverityOf(r.ID, r.Family)); ok {
		f.Severity = s
	} else if f.Severity == Off {
		f.Severity = r.Severity
	}
	return f.Severity != Off
}

// Secrets are the places of secrets among findings. Give it what the checks reported, before
// Finish: a secret that nobody wants to hear of must not be shown in the line of another finding either.
func Secrets(set *Set, found []Finding) []text.Span {
	var spans []text.Span
	for _, f := range found {
		if r, ok := set.Rule(f.Rule); ok && (r.Family == "secrets" || r.YieldsTo == "secrets") {
			spans = append(spans, f.Span)
		}
	}
	return spans
}

package diagnostics

import (
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	srcRoot     = "%SRCROOT%" // the folder that was checked
)

// fingerprintKey names how Fingerprints makes fingerprints; a new way needs a new name.
const fingerprintKey = "qodacode/v1"

// WriteSARIF writes r as SARIF 2.1.0 with the properties that code scanning services read.
// It holds no text of the files, so that no secret can be in it.
func WriteSARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool:              sarifTool{Driver: sarifDriver{Name: "qodacode", Version: r.Version, InformationURI: "https://github.com/qodacode/qodacode", Rules: []sarifRule{}}},
		ColumnKind:        "utf16CodeUnits",
		Invocations:       []sarifInvocation{{ExecutionSuccessful: true}},
		OriginalURIBaseID: map[string]sarifDescription{srcRoot: {sarifText{"The folder that was checked."}}},
		Results:           []sarifResult{},
	}
	index := map[string]int{}
	for _, rule := range r.reported() {
		index[rule.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(rule))
	}
	for _, f := range r.sorted() {
		add := func(findings []Finding, suppressed func(i int) []sarifSuppression) {
			prints := Fingerprints(FileReport{Path: f.Path, Text: f.Text, Findings: findings})
			for i, d := range findings {
				result := r.sarifResult(f, d)
				result.RuleIndex = index[d.Rule]
				result.PartialFingerprints = map[string]string{fingerprintKey: prints[i]}
				result.Suppressions = suppressed(i)
				run.Results = append(run.Results, result)
			}
		}
		add(f.Findings, func(int) []sarifSuppression { return []sarifSuppression{} })
		var silenced []Finding
		for _, s := range f.Suppressed {
			silenced = append(silenced, s.Finding)
		}
		add(silenced, func(i int) []sarifSuppression {
			return []sarifSuppression{{"inSource", cmp.Or(f.Suppressed[i].Reason, f.Suppressed[i].Comment)}}
		})
		add(f.Known, func(int) []sarifSuppression { return []sarifSuppression{{"external", "known from the baseline"}} })
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// reported are the rules that have a result, by id. One that the set does not know stands for itself.
func (r *Report) reported() []Rule {
	rules := map[string]Rule{}
	add := func(d Finding) {
		rule, ok := r.Rules.Rule(d.Rule)
		if !ok {
			rule = Rule{ID: d.Rule, Title: d.Rule, Severity: d.Severity}
		}
		rules[d.Rule] = rule
	}
	for _, f := range r.Files {
		for _, d := range slices.Concat(f.Findings, f.Known) {
			add(d)
		}
		for _, d := range f.Suppressed {
			add(d.Finding)
		}
	}
	return slices.SortedFunc(func(yield func(Rule) bool) {
		for _, rule := range rules {
			if !yield(rule) {
				return
			}
		}
	}, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
}

func (r *Report) sarifResult(f FileReport, d Finding) sarifResult {
	result := sarifResult{
		RuleID: d.Rule, Level: sarifLevel(d.Severity), Message: sarifText{d.Message},
		Locations: []sarifLocation{{Physical: sarifPlace(f.Path, f.Text, d.Span)}},
	}
	for i, related := range d.Related {
		where, t := f.Path, f.Text
		if related.Path != "" {
			where, t = related.Path, r.textOf(related.Path)
		}
		result.RelatedLocations = append(result.RelatedLocations, sarifLocation{
			ID: i + 1, Physical: sarifPlace(where, t, related.Span), Message: &sarifText{related.Message},
		})
	}
	if d.Flow {
		result.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{{flowSteps(result, d)}}}}
	}
	return result
}

// flowSteps are the steps of a flow: those that lead to the place of a result, and the place.
func flowSteps(result sarifResult, d Finding) []sarifFlowStep {
	var steps []sarifFlowStep
	for _, l := range result.RelatedLocations {
		l.ID = 0
		steps = append(steps, sarifFlowStep{l})
	}
	last := result.Locations[0]
	last.Message = &sarifText{d.Message}
	return append(steps, sarifFlowStep{last})
}

func sarifPlace(name string, t *text.Text, s text.Span) sarifPhysical {
	p := sarifPhysical{Artifact: sarifArtifact{URI: relativeURI(name), BaseID: srcRoot}}
	if path.IsAbs(name) || filepath.IsAbs(name) {
		p.Artifact = sarifArtifact{URI: (&url.URL{Scheme: "file", Path: path.Join("/", filepath.ToSlash(name))}).String()}
	}
	if t != nil {
		start, end := t.Position(s.Start, text.UTF16), t.Position(s.End, text.UTF16)
		p.Region = &sarifRegion{start.Line + 1, start.Column + 1, end.Line + 1, end.Column + 1}
	}
	return p
}

// relativeURI escapes a path; the ./ keeps a colon in the first folder from looking like a scheme.
func relativeURI(name string) string {
	uri := (&url.URL{Path: filepath.ToSlash(name)}).EscapedPath()
	if first, _, _ := strings.Cut(uri, "/"); strings.Contains(first, ":") {
		uri = "./" + uri
	}
	return uri
}

// sarifLevel is the level of a severity; SARIF has no hints.
func sarifLevel(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

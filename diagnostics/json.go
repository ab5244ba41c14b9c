package diagnostics

import (
	"encoding/json"
	"io"

	"github.com/qodacode/qodacode/parser/text"
)

// The JSON format, version 1. Lines and columns are 1-based, columns count characters (code
// points), ends are exclusive.
type jsonReport struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
}

type jsonFinding struct {
	Rule        string        `json:"rule"`
	Family      string        `json:"family"`
	Severity    string        `json:"severity"`
	Path        string        `json:"path"`
	Start       jsonPosition  `json:"start"`
	End         jsonPosition  `json:"end"`
	Message     string        `json:"message"`
	Related     []jsonRelated `json:"related"`
	Fingerprint string        `json:"fingerprint"`
	Fixable     bool          `json:"fixable"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonRelated struct {
	Path    string        `json:"path"`
	Start   *jsonPosition `json:"start,omitempty"` // absent when the file was not read
	End     *jsonPosition `json:"end,omitempty"`
	Message string        `json:"message"`
}

type jsonSummary struct {
	Files      int `json:"files"` // that were read
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Hints      int `json:"hints"`
	Suppressed int `json:"suppressed"`
	Known      int `json:"known"` // held back by the baseline
	Gone       int `json:"gone"`  // in the baseline, but not found any more
}

// WriteJSON writes r in the JSON format.
func WriteJSON(w io.Writer, r *Report) error {
	n, _ := r.count()
	out := jsonReport{Version: 1, Findings: []jsonFinding{}, Summary: jsonSummary{
		Files: r.Stats.Files, Errors: n[Error], Warnings: n[Warning], Infos: n[Info], Hints: n[Hint],
		Known: r.Stats.Baseline.Known, Gone: r.Stats.Baseline.Gone,
	}}
	for _, f := range r.sorted() {
		out.Summary.Suppressed += len(f.Suppressed)
		prints := Fingerprints(f)
		for i, d := range f.Findings {
			rule, _ := r.Rules.Rule(d.Rule)
			start, end := jsonRange(f.Text, d.Span)
			finding := jsonFinding{
				Rule: d.Rule, Family: rule.Family, Severity: d.Severity.String(), Path: f.Path, Start: start, End: end,
				Message: d.Message, Related: []jsonRelated{}, Fingerprint: prints[i], Fixable: d.fixable(),
			}
			for _, related := range d.Related {
				finding.Related = append(finding.Related, r.jsonRelated(f, related))
			}
			out.Findings = append(out.Findings, finding)
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func (r *Report) jsonRelated(f FileReport, d Related) jsonRelated {
	out := jsonRelated{Path: f.Path, Message: d.Message}
	t := f.Text
	if d.Path != "" {
		out.Path, t = d.Path, r.textOf(d.Path)
	}
	if t != nil {
		start, end := jsonRange(t, d.Span)
		out.Start, out.End = &start, &end
	}
	return out
}

func jsonRange(t *text.Text, s text.Span) (start, end jsonPosition) {
	a, b := t.Position(s.Start, text.UTF32), t.Position(s.End, text.UTF32)
	return jsonPosition{a.Line + 1, a.Column + 1}, jsonPosition{b.Line + 1, b.Column + 1}
}

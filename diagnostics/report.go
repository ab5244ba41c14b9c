package diagnostics

import (
	"cmp"
	"slices"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// Report is what a check of many files found, ready to be written as text, JSON or SARIF.
type Report struct {
	Version string // of qodacode
	Rules   *Set
	Files   []FileReport
	Stats   Stats
}

// FileReport is one file. Files without findings may be left out.
type FileReport struct {
	Path       string     // relative to the folder that was checked, with slashes
	Text       *text.Text // the source that the findings' spans stand in; nil only without findings
	Findings   []Finding
	Suppressed []Suppressed
	Known      []Finding // held back by the baseline
	// Secrets are places that must not be shown, besides those of the findings above: see the function Secrets.
	Secrets []text.Span
}

// Stats are what the summary tells about the run.
type Stats struct {
	Files    int           // that were read
	Elapsed  time.Duration // 0: not told
	Baseline BaselineStats
}

// sorted are the files by path, as every format writes them.
func (r *Report) sorted() []FileReport {
	return slices.SortedStableFunc(slices.Values(r.Files), func(a, b FileReport) int { return cmp.Compare(a.Path, b.Path) })
}

// count is the number of findings by severity, and of files that have any.
func (r *Report) count() (bySeverity [Error + 1]int, files int) {
	for _, f := range r.Files {
		for _, d := range f.Findings {
			bySeverity[d.Severity]++
		}
		if len(f.Findings) > 0 {
			files++
		}
	}
	return bySeverity, files
}

// textOf finds the source of another file of the report, for related places; nil when it is not there.
func (r *Report) textOf(path string) *text.Text {
	for i := range r.Files {
		if r.Files[i].Path == path {
			return r.Files[i].Text
		}
	}
	return nil
}

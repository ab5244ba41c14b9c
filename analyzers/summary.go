package analyzers

import "github.com/qodacode/qodacode/analyzers/estimate"

// Summary is what an editor's status bar has room for.
type Summary struct {
	Findings int
	Runs     int // entry points in the file that cost something
	// PerRun and PerMonth are of all Runs together; "" where nothing has a price.
	PerRun, PerMonth string
}

// Summary sums the file up. Without its project it knows no runs.
func (a *Analysis) Summary() Summary {
	s := Summary{Findings: len(a.Findings)}
	if a.Project == nil || a.Project.Cost == nil {
		return s
	}
	var run, month estimate.Range
	for _, r := range a.Project.Cost.Runs {
		if _, here := a.here(r.Place); here && len(r.Parts) > 0 {
			s.Runs++
			run, month = run.Add(r.PerRun), month.Add(r.PerMonth)
		}
	}
	if s.Runs > 0 {
		s.PerRun, s.PerMonth = run.Short(), month.Short()
	}
	return s
}

package lsp

import (
	"context"
	"encoding/json"
)

// summary is the result of qodacode.fileSummary.
type summary struct {
	Findings int    `json:"findings"`
	Runs     int    `json:"runs"` // entry points in the file that cost something
	PerRun   string `json:"per_run,omitempty"`
	PerMonth string `json:"per_month,omitempty"`
}

// fileSummary tells what an editor's status bar shows of the document whose URI is the first
// argument, as soon as its project has been read. It is null for one that is not open.
func fileSummary(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	var uri string
	if len(p.Arguments) == 0 || json.Unmarshal(p.Arguments[0], &uri) != nil {
		return nil, invalidParams("%s takes the URI of a document", p.Command)
	}
	v := s.head(uri)
	if v == nil {
		return nil, nil
	}
	a, err := snapshot{session: s, version: v}.inProject(ctx)
	if err != nil {
		return nil, err
	}
	return summary(a.Summary()), nil
}

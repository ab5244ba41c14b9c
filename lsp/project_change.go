package lsp

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/diagnostics"
)

// joined is an analysis together with what is known about the project around the document,
// and with what policies say.
func (s *session) joined(v *version, a *analyzers.Analysis) *analyzers.Analysis {
	state, verdict := s.project(v.document).result(), v.judging.current()
	if state == nil && verdict == nil {
		return a
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.joined == nil || v.joined.Project != state || v.joined.Verdict != verdict || v.base != a {
		v.base, v.joined = a, a.Complete(state, verdict)
	}
	return v.joined
}

// projectChanged shows what a new state of a project changes: in documents, in files that are
// not open where those are shown, and in what the client asks for.
func (s *session) projectChanged(p *project, old, state *analyzers.Project) {
	s.judgeAll(p)
	reported := false
	for _, v := range s.heads() {
		if s.project(v.document) != p {
			continue
		}
		v.mu.Lock()
		r := v.run
		v.mu.Unlock()
		switch {
		case r == nil: // it was dropped
			if !slices.EqualFunc(findings(old, v.name), findings(state, v.name), sameFinding) || !slices.Equal(old.Known(), state.Known()) {
				reported = true
				s.start(v)
			}
		case !r.isDone(): // it may have looked for the project's findings already
			s.background.Go(func() {
				if <-r.done; r.err == nil {
					s.push(v, r.analysis)
				}
			})
		case r.err == nil:
			s.push(v, r.analysis)
			reported = reported || s.client.pulls() &&
				resultID(s.diagnostics(v.document, r.analysis.Join(old))) != resultID(s.diagnostics(v.document, s.joined(v, r.analysis)))
		}
	}
	var paths []string
	if p.root != "" {
		paths = s.waiting(p.root, state)
	}
	for name := range state.All(old) {
		if !slices.EqualFunc(findings(old, name), findings(state, name), sameFinding) && p.root != "" && s.openPath(p.path(name)) == nil {
			paths = append(paths, p.path(name))
		}
	}
	if len(paths) > 0 {
		reported = true
		s.rescan(paths)
	}
	w := s.client.Workspace
	if reported && s.client.pullsAgain() {
		s.refresh("workspace/diagnostic/refresh")
	}
	if reported {
		s.workspaceChanged()
	}
	if w.CodeLens.RefreshSupport && outline(old) != outline(state) {
		s.refresh("workspace/codeLens/refresh")
	}
}

func findings(p *analyzers.Project, name string) []diagnostics.Finding {
	if p == nil {
		return nil
	}
	return p.Findings(name)
}

// sameFinding compares what is shown of findings.
func sameFinding(a, b diagnostics.Finding) bool {
	return a.Rule == b.Rule && a.Span == b.Span && a.Message == b.Message && a.Severity == b.Severity && slices.Equal(a.Related, b.Related)
}

// outline is a text that differs where the lenses of two states do.
func outline(p *analyzers.Project) string {
	if p == nil {
		return ""
	}
	var b strings.Builder
	for _, g := range p.Graphs {
		b.WriteString(g.ID + analyzers.Size(g) + "\n")
	}
	return b.String()
}

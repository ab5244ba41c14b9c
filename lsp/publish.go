package lsp

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// source is what diagnostics are signed with, and the section of the client's settings.
const source = "qodacode"

// findingData travels with a diagnostic to the client and back.
type findingData struct {
	Rule string `json:"rule"`
}

// push sends the diagnostics of v to a client that does not pull, if v is still the newest
// and they differ from what the client shows.
func (s *session) push(v *version, a *analyzers.Analysis) {
	if s.client.pulls() {
		return
	}
	for {
		joined := s.joined(v, a)
		items := s.diagnostics(v.document, joined)
		s.publishing.Lock()
		current := s.joined(v, a) == joined // else the project has changed meanwhile
		if current && s.isHead(v) {
			s.publish(v.uri, v, items)
		}
		s.publishing.Unlock()
		if current {
			return
		}
	}
}

// clear takes a document's diagnostics from the client's view.
func (s *session) clear(uri protocol.DocumentUri) {
	if s.client.pulls() {
		return
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.publish(uri, nil, []protocol.Diagnostic{})
	delete(s.published, uri)
}

// publish sends a set that differs from the last one. A document that has just been opened, v,
// is told its findings even if they are those of the file on disk: only now the client knows
// the text that their columns count in. s.publishing is held.
func (s *session) publish(uri protocol.DocumentUri, v *version, items []protocol.Diagnostic) {
	id := resultID(items)
	if v != nil {
		id = fmt.Sprintf("%s.%d", id, v.opening)
	}
	if s.published[uri] == id {
		return
	}
	s.published[uri] = id
	p := publishParams{URI: uri, Diagnostics: items}
	if s.client.TextDocument.PublishDiagnostics.VersionSupport {
		if v != nil {
			p.Version = &v.number
		}
	}
	s.notify("textDocument/publishDiagnostics", p)
}

type publishParams struct {
	URI         protocol.DocumentUri  `json:"uri"`
	Version     *int32                `json:"version,omitempty"`
	Diagnostics []protocol.Diagnostic `json:"diagnostics"`
}

// resultID names a set of diagnostics by its content.
func resultID(items []protocol.Diagnostic) string {
	h := fnv.New128a()
	_ = json.NewEncoder(h).Encode(items)
	return fmt.Sprintf("%x", h.Sum(nil))
}

// diagnostics are an analysis' findings as the client understands them; never nil.
func (s *session) diagnostics(d *document, a *analyzers.Analysis) []protocol.Diagnostic {
	features := s.client.diagnostics()
	src := a.File.Source
	items := make([]protocol.Diagnostic, 0, len(a.Findings))
	for _, f := range a.Findings {
		severity, signed := severityOf(f.Severity), source
		item := protocol.Diagnostic{
			Range:    rangeOf(src, f.Span, s.encoding),
			Severity: &severity,
			Code:     &protocol.IntegerOrString{Value: f.Rule},
			Source:   &signed,
			Message:  f.Message,
		}
		rule, _ := a.Rules.Rule(f.Rule)
		if features.CodeDescriptionSupport && rule.HasPage() {
			item.CodeDescription = &protocol.CodeDescription{HRef: diagnostics.RuleURL(f.Rule)}
		}
		if features.DataSupport {
			item.Data = findingData{Rule: f.Rule}
		}
		for _, tag := range f.Tags {
			if slices.Contains(features.TagSupport.ValueSet, int(tag)) {
				item.Tags = append(item.Tags, protocol.DiagnosticTag(tag))
			}
		}
		if features.RelatedInformation {
			item.RelatedInformation = s.related(d, src, f.Related)
		}
		items = append(items, item)
	}
	return items
}

// severityOf maps Error…Hint to the protocol's 1…4.
func severityOf(severity diagnostics.Severity) protocol.DiagnosticSeverity {
	return protocol.DiagnosticSeverity(diagnostics.Error-severity) + protocol.DiagnosticSeverityError
}

func (s *session) related(d *document, src *text.Text, related []diagnostics.Related) []protocol.DiagnosticRelatedInformation {
	var out []protocol.DiagnosticRelatedInformation
	for _, r := range related {
		uri, t := d.uri, src
		if r.Path != "" && r.Path != d.name {
			if uri, t = s.textAt(d.resolve(r.Path)); t == nil {
				continue
			}
		}
		out = append(out, protocol.DiagnosticRelatedInformation{
			Location: protocol.Location{URI: uri, Range: rangeOf(t, r.Span, s.encoding)},
			Message:  r.Message,
		})
	}
	return out
}

package lsp

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// An analysis that ends after the next edit has come must not be shown.
func TestOldVersionsAreNotPublished(t *testing.T) {
	var sent bytes.Buffer
	log := slog.New(slog.DiscardHandler)
	out := newStream(quiet{strings.NewReader(""), &sent}, log)
	s := newSession(t.Context(), func() {}, testOptions(), log, out)
	old := s.open(protocol.TextDocumentItem{URI: "untitled:x", LanguageID: "python", Version: 1, Text: agent(retired)})
	a, err := s.compute(old, old.parser.Parse)
	if err != nil || len(a.Findings) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	s.advance(old.document, 2, text.New(""))
	s.push(old, a)
	s.close(old.uri)
	s.push(old, a)
	out.Close()
	if sent.Len() > 0 {
		t.Errorf("sent %s", &sent)
	}
}

func TestSeverities(t *testing.T) {
	for severity, want := range map[diagnostics.Severity]protocol.DiagnosticSeverity{
		diagnostics.Error: 1, diagnostics.Warning: 2, diagnostics.Info: 3, diagnostics.Hint: 4,
	} {
		if got := severityOf(severity); got != want {
			t.Errorf("%v is sent as %d, want %d", severity, got, want)
		}
	}
}

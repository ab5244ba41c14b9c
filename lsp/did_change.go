package lsp

import (
	"github.com/qodacode/qodacode/parser/text"
)

type didChangeParams struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version *int32 `json:"version"`
	} `json:"textDocument"`
	ContentChanges []contentChange `json:"contentChanges"`
}

// didChange applies edits in order. An edit out of the text's range is clamped to it. A
// change that is older than the text would only spoil it and is left out.
func didChange(s *session, p *didChangeParams) error {
	uri := p.TextDocument.URI
	head := s.head(uri)
	if head == nil {
		return invalidParams("%s is not open; its changes are ignored", quote(uri))
	}
	number := head.number + 1
	if v := p.TextDocument.Version; v != nil {
		number = *v
	}
	if number <= head.number {
		return invalidParams("change to version %d of %s ignored, which is at version %d already; reopen the file if findings stand in wrong places",
			number, quote(uri), head.number)
	}
	t, exact := head.text, true
	for _, c := range p.ContentChanges {
		var ok bool
		t, ok = c.apply(t, s.encoding)
		exact = exact && ok
	}
	if !exact {
		s.log.Info("edit outside the text was clamped", "uri", uri, "version", number)
	}
	s.mu.Lock()
	v := s.advance(head.document, number, t)
	s.mu.Unlock()
	s.start(v)
	return nil
}

// apply is t after the change. It reports whether the range was in t as given.
func (c contentChange) apply(t *text.Text, enc text.Encoding) (*text.Text, bool) {
	if c.Range == nil {
		return text.New(c.Text), true
	}
	start, ok1 := t.Offset(text.Position{Line: c.Range.Start.Line, Column: c.Range.Start.Character}, enc)
	end, ok2 := t.Offset(text.Position{Line: c.Range.End.Line, Column: c.Range.End.Character}, enc)
	if end < start {
		start, end, ok1 = end, start, false
	}
	return t.Replace(text.Span{Start: start, End: end}, c.Text), ok1 && ok2
}

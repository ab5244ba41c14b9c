package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// Document is a text that is open in a session, as the editor has it.
type Document struct {
	*Session
	URI     string
	Version int
	Text    *text.Text
}

// Open opens src as path and returns the document with its first diagnostics and how long
// they took.
func (s *Session) Open(path, language, src string) (*Document, Published, time.Duration, error) {
	d := &Document{Session: s, URI: uriOf(path), Version: 1, Text: text.New(src)}
	at, err := s.Notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": d.URI, "languageId": language, "version": d.Version, "text": src,
	}})
	if err != nil {
		return nil, Published{}, 0, err
	}
	p, err := s.Published(d.URI, d.Version)
	return d, p, p.At.Sub(at), err
}

// Edit replaces a span by a text of ASCII and returns when it was sent.
func (d *Document) Edit(span text.Span, with string) (time.Time, error) {
	type m = map[string]any
	change := m{"text": with, "range": m{"start": d.Position(span.Start), "end": d.Position(span.End)}}
	d.Text = d.Text.Replace(span, with)
	d.Version++
	return d.Notify("textDocument/didChange", m{
		"textDocument": m{"uri": d.URI, "version": d.Version}, "contentChanges": []any{change},
	})
}

// Close closes the document, which had diagnostics, and waits until they are cleared.
func (d *Document) Close() error {
	if _, err := d.Notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": d.URI}}); err != nil {
		return err
	}
	for {
		p, err := d.Published(d.URI, d.Version)
		if err != nil || len(p.Diagnostics) == 0 {
			return err
		}
	}
}

// Position is where an offset is for the protocol.
func (d *Document) Position(offset int) Position {
	p := d.Text.Position(offset, text.UTF16)
	return Position{p.Line, p.Column}
}

// verify reports what is wrong with the diagnostics of the current version: code has to be
// at an offset, or has to be gone from it.
func (d *Document) verify(p Published, code string, offset int, gone bool) error {
	at := d.Position(offset)
	if p.Has(code, at) != gone {
		return nil
	}
	problem := "is missing"
	if gone {
		problem = "is still there"
	}
	return fmt.Errorf("version %d of %s: %s at %d:%d %s among %d diagnostics",
		d.Version, d.URI, code, at.Line+1, at.Character+1, problem, len(p.Diagnostics))
}

func uriOf(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

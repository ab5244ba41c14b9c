package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

const (
	sectionAsk   = "Requests"
	asksPerKind  = 200
	lensLines    = 60 // what a screen shows
	hoverMention = "claude-3-5-sonnet"
)

// question is a request at the block's retired model, and how to see that its answer is one.
type question struct {
	method string
	params func(t *Typist) map[string]any
	ask    func(t *Typist, params map[string]any) (took time.Duration, answered bool, err error)
}

var questions = []question{
	{"textDocument/hover", atModel, func(t *Typist, params map[string]any) (time.Duration, bool, error) {
		var hover struct{ Contents struct{ Value string } }
		took, err := t.Call("textDocument/hover", params, &hover)
		return took, strings.Contains(hover.Contents.Value, hoverMention), err
	}},
	{"textDocument/codeAction", func(t *Typist) map[string]any {
		at := atModel(t)["position"]
		return map[string]any{
			"textDocument": map[string]any{"uri": t.URI}, "range": map[string]any{"start": at, "end": at},
			"context": map[string]any{"diagnostics": []any{}},
		}
	}, func(t *Typist, params map[string]any) (time.Duration, bool, error) {
		var actions []struct{ Title string }
		took, err := t.Call("textDocument/codeAction", params, &actions)
		return took, len(actions) > 0, err
	}},
	{"textDocument/inlayHint", func(t *Typist) map[string]any {
		line := t.Position(t.Start).Line
		return map[string]any{"textDocument": map[string]any{"uri": t.URI}, "range": map[string]any{
			"start": Position{Line: max(0, line-lensLines)}, "end": Position{Line: line + lensLines},
		}}
	}, func(t *Typist, params map[string]any) (time.Duration, bool, error) {
		var hints []struct{ Label string }
		took, err := t.Call("textDocument/inlayHint", params, &hints)
		return took, len(hints) > 0, err
	}},
}

func atModel(t *Typist) map[string]any {
	return map[string]any{
		"textDocument": map[string]any{"uri": t.URI},
		"position":     t.Position(t.find(t.Text.String(), retiredID) + 3),
	}
}

// measureRequests asks about a file that rests, and right after a keystroke whose
// diagnostics have not come yet.
func (b *Bench) measureRequests() error {
	return b.with(b.server, func(s *Session) error {
		for _, src := range b.typical() {
			t, err := openBlock(s, src, false)
			if err != nil {
				return err
			}
			for _, q := range questions {
				rest, err := t.askOften(q, false)
				if err != nil {
					return err
				}
				typing, err := t.askOften(q, true)
				if err != nil {
					return err
				}
				_, name, _ := strings.Cut(q.method, "/")
				b.report.Add(sectionAsk, Row{What: name + ", " + src.Name, Unit: "ms", Summary: Summarize(rest)})
				b.report.Add(sectionAsk, Row{What: name + ", " + src.Name + ", right after a keystroke", Unit: "ms", Summary: Summarize(typing)})
			}
		}
		return nil
	})
}

// askOften asks the same question, with a keystroke before each when edit is set. The
// keystrokes are by turns a space in the block's string and its removal.
func (t *Typist) askOften(q question, edit bool) ([]float64, error) {
	var series []float64
	for i := range asksPerKind {
		if edit {
			caret := t.places["string"]
			span, with := text.Span{Start: caret, End: caret}, " "
			if i%2 == 1 {
				span.End, with = caret+1, ""
			}
			if _, err := t.Edit(span, with); err != nil {
				return nil, err
			}
		}
		took, answered, err := q.ask(t, q.params(t))
		if err == nil && !answered {
			err = fmt.Errorf("%s in version %d of %s answered nothing about %s", q.method, t.Version, t.URI, hoverMention)
		}
		if err == nil && edit {
			_, err = t.Published(t.URI, t.Version)
		}
		if err != nil {
			return nil, err
		}
		series = append(series, ms(took))
	}
	return series, nil
}

func ms(d time.Duration) float64 { return milliseconds([]time.Duration{d})[0] }

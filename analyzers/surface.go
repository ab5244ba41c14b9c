package analyzers

import (
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// Hover is what an editor shows over a place.
type Hover struct {
	Span     text.Span // bytes of File.Source
	Markdown string
}

// Hint is a short text that an editor shows behind a byte of File.Source.
type Hint struct {
	Offset  int
	Label   string
	Tooltip string // Markdown
}

// Lens is a line that an editor shows above a place.
type Lens struct {
	Span    text.Span // bytes of File.Source
	Title   string
	Command string // "" for a lens that only tells
	Args    []any
}

// Hover tells about the model call at offset, a byte of File.Source, about the agent there,
// and about the rules of the findings there.
func (a *Analysis) Hover(offset int) (Hover, bool) {
	var parts []string
	span := text.Span{Start: offset, End: offset}
	if a.Config.LSP.Hover {
		if s, markdown, ok := a.costHover(offset); ok {
			span = s
			parts = append(parts, markdown)
		}
	}
	if s, markdown, ok := a.graphHover(offset); ok && a.Config.LSP.Hover {
		if len(parts) == 0 {
			span = s
		}
		parts = append(parts, markdown)
	}
	for _, f := range a.Findings {
		if !f.Span.Contains(offset) {
			continue
		}
		if rule, ok := a.Rules.Rule(f.Rule); ok {
			parts = append(parts, summary(rule))
			if len(parts) == 1 {
				span = f.Span
			}
		}
	}
	return Hover{span, strings.Join(parts, "\n\n---\n\n")}, len(parts) > 0
}

// summary is a rule's title and the first paragraph of its documentation.
func summary(r diagnostics.Rule) string {
	doc := r.Doc
	if strings.HasPrefix(doc, "#") {
		_, doc, _ = strings.Cut(doc, "\n")
	}
	paragraph, _, _ := strings.Cut(strings.TrimSpace(doc), "\n\n")
	return "**" + r.ID + "** · " + r.Title + "\n\n" + paragraph
}

// Lenses are the code lenses of the file: what runs and calls cost, and the graphs that are
// built in it.
func (a *Analysis) Lenses() []Lens {
	lenses := append(a.runLenses(), a.graphLenses()...)
	for _, h := range a.Hints(text.Span{End: a.File.Source.Len()}) {
		lenses = append(lenses, Lens{Span: text.Span{Start: h.Offset, End: h.Offset}, Title: h.Label + " · " + h.Tooltip})
	}
	return lenses
}

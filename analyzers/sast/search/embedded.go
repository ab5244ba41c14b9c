package search

import (
	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

const (
	maxEmbedded      = 64 << 10 // bytes of a string that is read as code
	maxEmbeddedDepth = 3
)

// embeddedKey is a question about a string's text.
type embeddedKey struct {
	formula *rule.Formula
	content string
}

// embeds reports whether the text of the string that b stands for matches a formula, as code
// of another language or as text.
func (s *Search) embeds(b pattern.Bound, c *rule.Condition) bool {
	content, ok := s.stringOf(b)
	if !ok && c.TextOnly && c.Generic {
		content, ok = s.text[b.Span.Start:b.Span.End], true
	}
	if !ok || len(content) > maxEmbedded || s.depth >= maxEmbeddedDepth || !s.spend(1+len(content)/bytesPerStep) {
		return false
	}
	key := embeddedKey{c.Formula, content}
	if found, ok := s.embedded[key]; ok {
		return found
	}
	language := "plaintext"
	if c.HasLanguage {
		language = editorName(c.Language)
	}
	file := parser.Parse("", language, text.New(content))
	inner := New(s.ctx, tree.Of(file))
	inner.depth, inner.rule, inner.steps, inner.deadline = s.depth+1, s.rule, s.steps, s.deadline
	window := &ranged{Match: Match{Span: text.Span{Start: 0, End: len(content)}, Node: 0}}
	found := len(inner.intersect(ranges{*window}, inner.evaluate(c.Formula, window))) > 0
	s.steps = inner.steps
	for _, r := range inner.over {
		s.Exceed(r)
	}
	if s.embedded == nil {
		s.embedded = map[embeddedKey]bool{}
	}
	s.embedded[key] = found
	return found
}

// stringOf is the text of a string literal, and what a metavariable in the quotes of a pattern
// stands for.
func (s *Search) stringOf(b pattern.Bound) (string, bool) {
	if b.Node == tree.None {
		return s.text[b.Span.Start:b.Span.End], true
	}
	if b.Last != b.Node {
		return "", false
	}
	if s.Tree.Kind(b.Node) == tree.String {
		if v := s.constant(b); v.Kind == parser.String {
			return v.Str, true
		}
	}
	return "", false
}

func editorName(l parser.Language) string {
	switch l {
	case parser.Python:
		return "python"
	case parser.TypeScript:
		return "typescript"
	case parser.TSX:
		return "typescriptreact"
	}
	return "javascript"
}

package search

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// fulfilling are the matches that fulfil a condition, with what it binds.
func (s *Search) fulfilling(rs ranges, c *rule.Condition) ranges {
	var out ranges
	settled := true
	for i := range rs {
		if !s.spend(1) {
			break
		}
		if c.Comparison != nil {
			if s.compares(rs[i].Vars, c) {
				out = append(out, rs[i])
			}
			continue
		}
		b, ok := lookup(rs[i].Vars, c.Metavariable)
		if !ok {
			continue
		}
		if c.Formula != nil && !c.HasLanguage && !c.TextOnly {
			more := s.insideOf(rs[i], b, c.Formula)
			out = append(out, more...)
			settled = settled && len(more) <= 1
		} else if s.holds(b, c) {
			out = append(out, rs[i])
		}
	}
	if !settled {
		return s.settle(out)
	}
	return out
}

// holds reports whether one metavariable fulfils a condition that binds nothing.
func (s *Search) holds(b pattern.Bound, c *rule.Condition) bool {
	switch {
	case c.Regexp != nil:
		return s.matchesStart(c.Regexp, s.content(b, c.Constant)) || s.matchesImported(c.Regexp, b)
	case c.Formula != nil:
		return s.embeds(b, c)
	case len(c.Type) > 0:
		return s.hasType(b, c)
	case len(c.Modules) > 0:
		return s.isFrom(b, c.Modules)
	case c.Analyzer == "entropy":
		return entropic(s.content(b, true))
	case c.Analyzer == "redos":
		return backtracks(s.content(b, true))
	}
	return false
}

func (s *Search) matchesStart(re *rule.Regexp, content string) bool {
	if !s.spend(1 + len(content)/bytesPerStep) {
		return false
	}
	key := askedKey{re, content}
	if matches, ok := s.asked[key]; ok {
		return matches
	}
	matches, done := re.MatchesStart(content)
	if !done {
		s.exceed()
	}
	if len(content) <= maxAsked {
		if s.asked == nil {
			s.asked = map[askedKey]bool{}
		}
		s.asked[key] = matches
	}
	return matches
}

// askedKey is a question that was asked: names repeat.
type askedKey struct {
	re      *rule.Regexp
	content string
}

// maxAsked is how long a text may be that is asked about again.
const maxAsked = 64

// matchesImported is matchesStart for what a name was imported as.
func (s *Search) matchesImported(re *rule.Regexp, b pattern.Bound) bool {
	if b.Text != "" || b.Last != b.Node || s.Tree.Kind(b.Node) != tree.Ident || !s.Tree.IsExpression(b.Node) {
		return false
	}
	parts := s.Tree.Resolve(b.Node)
	return len(parts) == 1 && s.matchesStart(re, parts[0])
}

// content is the code that a metavariable stands for, or with constant the text of the
// string that it is known to be, where it is one.
func (s *Search) content(b pattern.Bound, constant bool) string {
	if constant && b.Node != tree.None {
		if v := s.constant(b); v.Kind == parser.String {
			return v.Str
		}
	}
	if b.Text != "" {
		return b.Text
	}
	return s.text[b.Span.Start:b.Span.End]
}

// constant is what the expression that b stands for is known to be.
func (s *Search) constant(b pattern.Bound) parser.Value {
	if b.Node == tree.None || b.Last != b.Node {
		return parser.Value{}
	}
	return s.Tree.File.Eval(s.Tree.Nodes[b.Node].Src)
}

// insideOf evaluates a formula over the code of a metavariable. The matches are those of m, with
// what the formula binds too.
func (s *Search) insideOf(m ranged, b pattern.Bound, f *rule.Formula) ranges {
	window := &ranged{Match: Match{Span: b.Span, Node: b.Node, Vars: m.Vars}}
	found := s.evaluate(f, window)
	if f.Op != rule.And {
		found = s.intersect(ranges{*window}, found)
	}
	var out ranges
	for i := range found {
		bound := m
		bound.Vars = found[i].Vars
		out = append(out, bound)
	}
	if len(out) == 0 && s.rule.Options.SymbolicPropagation && b.Last == b.Node && s.Tree.Kind(b.Node) == tree.Ident {
		if value := pattern.Symbolic(s.Tree, b.Node); value != tree.None && s.Tree.Kind(value) != tree.Ident { // a name stands for what it was given
			b.Node, b.Last, b.Span = value, value, s.Tree.Span(value)
			return s.insideOf(m, b, f)
		}
	}
	return s.settle(out)
}

func (s *Search) hasType(b pattern.Bound, c *rule.Condition) bool {
	if b.Node == tree.None {
		return false
	}
	has := false
	for _, p := range c.Types[s.language] {
		p.Find(s.Tree, b.Node, &s.rule.Options, &s.steps, func(m Match) bool {
			has = has || m.Span == b.Span
			return !has && m.Span.Start <= b.Span.Start
		})
	}
	return has
}

// isFrom reports whether the qualified name of b begins with one of modules.
func (s *Search) isFrom(b pattern.Bound, modules []string) bool {
	if b.Node == tree.None {
		return false
	}
	name := s.Tree.File.QName(s.Tree.Nodes[b.Node].Src)
	for _, module := range modules {
		if rest, ok := strings.CutPrefix(name, module); ok && name != "" && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}

package sast

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// maxInMessage is how much of a metavariable's code a message repeats.
const maxInMessage = 80

var placeholder = regexp.MustCompile(`value\(\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$[0-9]{1,2}`)

// message is a rule's message with what its metavariables stand for, on one line. Those that
// are not bound stay as they are written.
func message(s *search.Search, template string, vars []pattern.Bound) string {
	template = strings.TrimSpace(template)
	if !strings.Contains(template, "$") {
		return template
	}
	return placeholder.ReplaceAllStringFunc(template, func(name string) string {
		inner, isValue := strings.CutPrefix(name, "value(")
		b, ok := bound(vars, strings.TrimSuffix(inner, ")"))
		if !ok {
			return name
		}
		content := s.Tree.File.Text.Slice(b.Span)
		if isValue && b.Node != tree.None && b.Node == b.Last {
			if v := s.Tree.File.Eval(s.Tree.Nodes[b.Node].Src); v.Kind == parser.String {
				content = v.Str
			}
		}
		return short(content)
	})
}

func bound(vars []pattern.Bound, name string) (pattern.Bound, bool) {
	for _, b := range vars {
		if b.Name == name {
			return b, true
		}
	}
	return pattern.Bound{}, false
}

// short is code on one line, cut where it is long.
func short(code string) string {
	code = strings.Join(strings.Fields(code), " ")
	if len(code) <= maxInMessage {
		return code
	}
	end := maxInMessage
	for end > 0 && !utf8.RuneStart(code[end]) {
		end--
	}
	return code[:end] + "…"
}

// fix is the edit that a rule's fix or fix-regex makes of a match; nil without one, and where
// it speaks of metavariables that the match doesn't bind.
func fix(s *search.Search, of *rule.Rule, m search.Match) *Edit {
	written := s.Tree.File.Text.Slice(m.Span)
	switch {
	case of.Fix != "":
		complete := true
		with := placeholder.ReplaceAllStringFunc(strings.TrimSpace(of.Fix), func(name string) string {
			if strings.HasPrefix(name, "value(") {
				name = strings.TrimSuffix(strings.TrimPrefix(name, "value("), ")")
			}
			b, ok := bound(m.Vars, name)
			if !ok {
				complete = false
			}
			return s.Tree.File.Text.Slice(b.Span)
		})
		if !complete || with == written {
			return nil
		}
		return &Edit{Span: m.Span, New: with}
	case of.FixRegex != nil:
		if with := of.FixRegex.Regexp.Replace(written, of.FixRegex.Replacement, of.FixRegex.Count); with != written {
			return &Edit{Span: m.Span, New: with}
		}
	}
	return nil
}

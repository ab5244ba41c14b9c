package rego

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/parser/text"
)

// The severities of problems and violations.
const (
	Error   = "error"
	Warning = "warning"
	Info    = "info"
	Hint    = "hint"
)

// maxProblems is how many problems of one module are told.
const maxProblems = 50

// opaCodes are our codes for those of OPA.
var opaCodes = map[string]string{
	ast.ParseErr: "parse", ast.CompileErr: "compile", ast.TypeErr: "type", ast.UnsafeVarErr: "unsafe-variable", ast.RecursionErr: "recursion",
}

// problemsOf are an error of OPA's parser or compiler as problems of the modules it names.
func problemsOf(err error, sources map[string]string, fallback string) []Problem {
	if err == nil {
		return nil
	}
	var list ast.Errors
	if !errors.As(err, &list) {
		var one *ast.Error
		if !errors.As(err, &one) {
			return []Problem{{Path: fallback, Severity: Error, Code: "compile", Message: err.Error()}}
		}
		list = ast.Errors{one}
	}
	var problems []Problem
	for _, e := range list {
		p := Problem{Path: fallback, Severity: Error, Code: cmp.Or(opaCodes[e.Code], "compile"), Message: e.Message}
		if e.Location != nil && e.Location.File != "" {
			p.Path = e.Location.File
		}
		source := sources[p.Path]
		p.Span = SpanOf(source, e.Location)
		explain(&p, e, source)
		p.Message = clip(p.Message, maxMessage)
		problems = append(problems, p)
	}
	return tidy(problems)
}

// explain replaces what OPA says by what to do, where that is known.
func explain(p *Problem, e *ast.Error, source string) {
	switch details := e.Details.(type) {
	case *ast.RefErrInvalidDetail:
		unknownField(p, details, source)
		return
	case *ast.RefErrUnsupportedDetail:
		p.Message = fmt.Sprintf("%s has no fields, it is of type %s.", trimLocals(details.Ref[:details.Pos+1].String()), clip(fmt.Sprint(details.Have), 100))
		if next := details.Pos + 1; next < len(details.Ref) && details.Ref[next].Location != nil && details.Ref[next].Location.File == p.Path {
			p.Span = unquoted(source, SpanOf(source, details.Ref[next].Location))
		}
		return
	case *ast.UnificationErrDetail:
		p.Message = fmt.Sprintf("These are never equal: the left is of type %s, the right of type %s.", clip(fmt.Sprint(details.Left), 100), clip(fmt.Sprint(details.Right), 100))
		return
	case *ast.ArgErrDetail:
		p.Span = functionName(source, p.Span)
		p.Message = fmt.Sprintf("%s. %s", e.Message, clip(strings.Join(details.Lines(), "; "), 300))
		if strings.HasPrefix(e.Message, "sprintf:") {
			p.Message += ". The values stand in a list: sprintf(\"…%s\", [x])."
		}
		return
	}
	if name, ok := strings.CutPrefix(e.Message, "undefined function "); ok {
		undefinedFunction(p, name, source)
		return
	}
	if m := unsafe.FindStringSubmatch(e.Message); m != nil {
		p.Span = wordIn(source, p.Span, m[1])
	}
	if e.Code == ast.RecursionErr {
		p.Span = firstWord(source, p.Span)
	}
	if m := token.FindStringIndex(p.Message); m != nil && p.Span.End > p.Span.Start && p.Span.End-p.Span.Start <= 40 {
		p.Message = "unexpected `" + source[p.Span.Start:p.Span.End] + "`" + p.Message[m[1]:]
	}
	p.Message = advise(p.Message, source, p.Span)
}

// unsafe is a variable without a value.
var unsafe = regexp.MustCompile(`^var (\S+) is unsafe`)

// token is how OPA names a token that it does not expect: by a name of its own.
var token = regexp.MustCompile(`^unexpected \S+ (token|keyword)`)

func unknownField(p *Problem, d *ast.RefErrInvalidDetail, source string) {
	if d.Pos < 0 || d.Pos >= len(d.Ref) {
		return
	}
	term := d.Ref[d.Pos]
	name, isText := term.Value.(ast.String)
	if !isText || len(d.OneOf) == 0 {
		if isText && d.Want != nil && d.Want.String() == "number" {
			p.Code = "type"
			p.Message = fmt.Sprintf("%s is a list, which has no fields. Loop over it: `some x in %[1]s`.", trimLocals(d.Ref[:d.Pos].String()))
		} else if d.Want != nil {
			p.Message = fmt.Sprintf("%s: %s must be of type %s.", p.Message, term, clip(d.Want.String(), 100))
		}
		return
	}
	if term.Location != nil && term.Location.File == p.Path {
		p.Span = unquoted(source, SpanOf(source, term.Location))
	}
	var fields []string
	for _, v := range d.OneOf {
		if s, ok := v.(ast.String); ok {
			fields = append(fields, string(s))
		}
	}
	p.Code = "unknown-field"
	p.Message = fmt.Sprintf("%s has no field %s.", trimLocals(d.Ref[:d.Pos].String()), string(name))
	if near := nearest(string(name), fields); near != "" {
		p.Suggestion = near
		p.Message += fmt.Sprintf(" Did you mean %s?", near)
	}
	p.Message += " Its fields are " + strings.Join(fields, ", ") + "."
	if source[p.Span.Start:p.Span.End] != string(name) {
		p.Suggestion = "" // it can't be put in the place of the text
	}
}

// unquoted is a span without the quotes around its text.
func unquoted(source string, s text.Span) text.Span {
	if t := source[s.Start:s.End]; len(t) >= 2 && (t[0] == '"' || t[0] == '`') && t[len(t)-1] == t[0] {
		return text.Span{Start: s.Start + 1, End: s.End - 1}
	}
	return s
}

var local = regexp.MustCompile(`__local[0-9]+__`)

// trimLocals makes the names that the compiler gives to variables readable.
func trimLocals(s string) string { return local.ReplaceAllString(s, "_") }

func undefinedFunction(p *Problem, name, source string) {
	p.Span = functionName(source, p.Span)
	p.Code = "unknown-function"
	if why := whyRefused(name); why != "" {
		p.Code = "not-allowed"
		p.Message = fmt.Sprintf("%s is not allowed in policies: %s.", name, why)
		return
	}
	var names []string
	for n := range allowedNames() {
		names = append(names, n)
	}
	slices.Sort(names)
	p.Message = fmt.Sprintf("There is no function %s.", name)
	if strings.HasPrefix(name, "data.") {
		p.Message = fmt.Sprintf("There is no function %s: no file of the policies defines it.", name)
		return
	}
	if near := nearest(name, names); near != "" {
		p.Message += fmt.Sprintf(" Did you mean %s?", near)
		if source[p.Span.Start:p.Span.End] == name {
			p.Suggestion = near
		}
	}
}

// functionName is the span of the name that a call begins with.
func functionName(source string, s text.Span) text.Span {
	end := s.Start
	for end < len(source) && (isWord(source[end]) || source[end] == '.') {
		end++
	}
	if end > s.Start {
		s.End = end
	}
	return s
}

// tidy sorts problems by place and leaves out those that say again what is said at a place.
func tidy(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	problems = slices.CompactFunc(problems, func(a, b Problem) bool {
		same := a.Path == b.Path && a.Span == b.Span && a.Code == b.Code
		// Of what cannot be parsed at a place, one reason is enough.
		return same && (a.Message == b.Message || a.Code == "parse")
	})
	n, path := 0, ""
	return slices.DeleteFunc(problems, func(p Problem) bool {
		if p.Path != path {
			n, path = 0, p.Path
		}
		n++
		return n > maxProblems
	})
}

// clip shortens a text to at most limit bytes.
func clip(s string, limit int) string {
	s = strings.ToValidUTF8(s, "�")
	if len(s) <= limit {
		return s
	}
	end := limit - len("…")
	for end > 0 && s[end]&0xC0 == 0x80 {
		end--
	}
	return s[:end] + "…"
}

package lsp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

// mark is one marker: name(args) in a comment that begins with @.
type mark struct {
	name string
	args []pattern
	line int
}

func (m mark) String() string {
	args := make([]string, len(m.args))
	for i, a := range m.args {
		args[i] = a.String()
	}
	return m.name + "(" + strings.Join(args, ", ") + ")"
}

// pattern is a string, which stands for itself, or re("…").
type pattern struct {
	literal string
	re      *regexp.Regexp
}

func (p pattern) String() string {
	if p.re != nil {
		return fmt.Sprintf("re(%q)", p.re)
	}
	return strconv.Quote(p.literal)
}

func (p pattern) find(s string) []int {
	if p.re != nil {
		return p.re.FindStringIndex(s)
	}
	if i := strings.Index(s, p.literal); i >= 0 {
		return []int{i, i + len(p.literal)}
	}
	return nil
}

func (p pattern) matches(s string) bool { return p.find(s) != nil }

func (p pattern) equals(s string) bool {
	if p.re != nil {
		return p.re.FindString(s) == s
	}
	return p.literal == s
}

// marksOf reads the markers of a file: behind "#@" or "//@", separated by commas, with the
// syntax of Go's calls. A line with markers only speaks of the next line.
func marksOf(t testing.TB, name string, src *text.Text) []mark {
	t.Helper()
	var marks []mark
	for line := range src.Lines() {
		content := src.Slice(src.Line(line))
		i := commentAt(content)
		if i < 0 {
			continue
		}
		_, list, _ := strings.Cut(content[i:], "@")
		expr, err := parser.ParseExpr("marks(" + list + ")")
		if err != nil {
			t.Fatalf("%s:%d: %v", name, line+1, err)
		}
		for _, arg := range expr.(*ast.CallExpr).Args {
			call, ok := arg.(*ast.CallExpr)
			if !ok {
				t.Fatalf("%s:%d: a marker must be a call", name, line+1)
			}
			m := mark{name: call.Fun.(*ast.Ident).Name, line: line}
			for commentAt(src.Slice(src.Line(m.line))) == 0 {
				m.line++
			}
			for _, a := range call.Args {
				m.args = append(m.args, patternOf(t, a))
			}
			marks = append(marks, m)
		}
	}
	return marks
}

func patternOf(t testing.TB, arg ast.Expr) pattern {
	t.Helper()
	if call, ok := arg.(*ast.CallExpr); ok {
		return pattern{re: regexp.MustCompile(patternOf(t, call.Args[0]).literal)}
	}
	lit, ok := arg.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		t.Fatalf("an argument of a marker must be a string or re(…), not %T", arg)
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		t.Fatal(err)
	}
	return pattern{literal: reveal(s)}
}

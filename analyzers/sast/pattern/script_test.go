package pattern

import (
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// What modules are called in rules goes further than Semgrep: the scheme of a built-in one is left
// out, and the default import of a module is the module.
func TestScriptModules(t *testing.T) {
	cases := []struct {
		pattern, code string
		want          int
	}{
		{"fs.readFile(...)", `import { readFile } from "node:fs"; readFile(a)`, 1},
		{"fs.readFile(...)", `import f from "node:fs"; f.readFile(a)`, 1},
		{"child_process.exec(...)", `import cp from 'child_process'; cp.exec(a)`, 1},
		{"child_process.exec(...)", `const { exec } = await import('child_process'); exec(a)`, 1},
		{"util.f(...)", `const { f } = require('../lib/util.js'); f(a)`, 1},
		{"$X.$Y(...)", `import f from 'm'; f()`, 0},
		{"foo(x)", `foo(x!); foo(x satisfies T)`, 2},
		{"({a: 1})", `const {a} = b; c = {a: 1, b: 2}`, 1},
	}
	for _, c := range cases {
		p, err := Compile(parser.TypeScript, c.pattern)
		if err != nil {
			t.Fatalf("%s: %v", c.pattern, err)
		}
		got, steps, opts := 0, 1<<20, Defaults()
		p.Find(tree.Of(parser.Parse("a.ts", "", text.New(c.code))), 0, &opts, &steps, func(Match) bool { got++; return true })
		if got != c.want {
			t.Errorf("%s in %s: %d matches, want %d", c.pattern, c.code, got, c.want)
		}
	}
}

// What is no code in any place is refused, with a place in the pattern.
func TestScriptRefused(t *testing.T) {
	for _, src := range []string{"foo(", "if (", "function (", "class {", "<a", "`${", "}", "a b c", "<...", "...>", "def f(): ...", "foo(...) {"} {
		_, err := Compile(parser.JavaScript, src)
		if e, ok := err.(*Error); !ok || e.Offset < 0 || e.Offset > len(src) || e.Message == "" {
			t.Errorf("%q: %v", src, err)
		}
	}
}

func FuzzScriptPattern(f *testing.F) {
	for _, s := range []string{
		"foo(..., $X, $...Y)", "function $F(...) { ... return <$T ...>{$X}</$T>; ... }", "`a${...}b`", "<a b=... {...$C}>... $X</a>", "<... $X ...>", "({$A}: T) => {...}",
		"($X: T).y", "for (...) {...}", "{..., a: 1}", "/$X/g", "import {$X as $Y} from 'm'", "class $C { ... @D() $M(...) {...} }", "a: 1", "catch ($E) {...}", "$X. ... .y()", "...",
		"function ... ($A) {}", "if ($X)", "<$A.b/>", "\"=~/(/\"",
	} {
		f.Add(s, "foo(a, b); const {c} = <d e={f}>g</d>; class H { i() { for (const j of k) {} } }")
	}
	f.Fuzz(func(t *testing.T, src, code string) {
		if len(src) > 1<<10 || len(code) > 1<<12 {
			return
		}
		p, err := Compile(parser.TSX, src)
		if err != nil {
			if e, ok := err.(*Error); !ok || e.Offset < 0 || e.Offset > len(src) {
				t.Fatalf("%q: %v", src, err)
			}
			return
		}
		steps, opts := 1<<16, Defaults()
		file := parser.Parse("a.tsx", "", text.New(code))
		p.Find(tree.Of(file), 0, &opts, &steps, func(m Match) bool {
			if m.Span.Start < 0 || m.Span.End < m.Span.Start || m.Span.End > len(code) {
				t.Fatalf("%q in %q: %v", src, code, m.Span)
			}
			return true
		})
	})
}

// Hostile patterns are refused, or read, in no time.
func TestScriptHostile(t *testing.T) {
	for _, piece := range []string{"(", "($X: ", "${", "`${", "<a>", "<a b={", "...", "{", "[", "<... ", "/", "$X => ", "function ... (", "@", "\"", "a?b:", "$...X, "} {
		src := strings.Repeat(piece, 2000/len(piece))
		start := time.Now()
		_, _ = Compile(parser.TypeScript, src)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q, repeated, takes %v", piece, took)
		}
	}
}

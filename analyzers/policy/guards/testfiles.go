package guards

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// testModules are imported by tests only.
var testModules = set(`pytest unittest vitest @jest/globals mocha chai jest node:test bun:test ava tap @playwright/test @testing-library/react supertest nose hypothesis`)

// IsTest reports whether a file is a test: by its name, the folders it is in, or what it imports.
func IsTest(f *parser.File) bool {
	file := strings.ToLower(strings.ReplaceAll(f.Path, "\\", "/"))
	base := path.Base(file)
	stem, _, _ := strings.Cut(base, ".")
	switch {
	case strings.HasPrefix(base, "test_"), strings.HasSuffix(stem, "_test"), stem == "conftest", stem == "tests",
		strings.Contains(base, ".test."), strings.Contains(base, ".spec."):
		return true
	}
	for dir := range strings.SplitSeq(path.Dir(file), "/") {
		switch dir {
		case "test", "tests", "__tests__", "__mocks__", "testing", "e2e", "fixtures":
			return true
		}
	}
	for i := range f.Imports {
		module := f.Imports[i].Module
		root, _, _ := strings.Cut(module, ".")
		if testModules[module] || !f.Language.IsScript() && testModules[root] {
			return true
		}
	}
	return false
}

// testCallbacks run a test that is their argument.
var testCallbacks = set(`describe it test beforeEach afterEach beforeAll afterAll suite bench`)

// inTest reports whether n is part of a test, in a file that is none.
func (a *analysis) inTest(n parser.NodeID) bool {
	for p := range a.Ancestors(n) {
		switch a.Kind(p) {
		case parser.KindFunction, parser.KindMethod, parser.KindLambda:
			fn := a.FuncAt(p)
			if fn == nil {
				continue
			}
			if !a.Language.IsScript() && strings.HasPrefix(fn.Name, "test_") && len(a.nonFixtureDecorators(fn)) == 0 && a.looksLikeTest(fn) {
				return true
			}
			for _, d := range fn.Decorators {
				if s := a.Slice(d); strings.HasPrefix(s, "pytest.") {
					return true
				}
			}
			if c, i := a.passedTo(p); c != nil && i > 0 && a.Language.IsScript() && testCallbacks[c.Name] && a.Kind(a.Unwrap(c.Callee)) == parser.KindIdentifier && a.Eval(c.Args[0].Value).Kind == parser.String {
				return true
			}
		case parser.KindClass:
			c := a.ClassAt(p)
			if c == nil {
				continue
			}
			for _, b := range c.Bases {
				if s := a.Slice(b); strings.HasSuffix(s, "TestCase") {
					return true
				}
			}
		}
	}
	return false
}

// nonFixtureDecorators are decorators that make of a test_… function something else: a route, a tool, a command.
func (a *analysis) nonFixtureDecorators(fn *parser.Func) []parser.NodeID {
	var out []parser.NodeID
	for _, d := range fn.Decorators {
		if !harmless[a.nameOf(d)] && !strings.Contains(a.Slice(d), "mark") && !strings.Contains(a.Slice(d), "patch") {
			out = append(out, d)
		}
	}
	return out
}

// looksLikeTest reports whether a function asserts something.
func (a *analysis) looksLikeTest(fn *parser.Func) bool {
	if fn.Body == parser.NoNode {
		return false
	}
	for n := fn.Body; n < parser.NodeID(a.Nodes[fn.Body].Next); n++ {
		if a.KindName(n) == "assert_statement" {
			return true
		}
		if a.Kind(n) == parser.KindCall {
			if c := a.CallAt(n); c != nil && strings.HasPrefix(c.Name, "assert") {
				return true
			}
		}
	}
	return false
}

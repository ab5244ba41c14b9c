package rego_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// TestProblems: » and « stand around the place of the first problem.
func TestProblems(t *testing.T) {
	const result = `deny contains {"msg": "m", "range": c.range} if `
	for _, test := range []struct {
		name, source string
		want         string // severity code: part of the message
		suggestion   string
		others       []rego.Module
	}{
		{name: "fine", source: result + `some c in input.calls`},
		{name: "unexpected token", source: "deny contains »=« 3", want: "error parse: unexpected `=`"},
		{name: "after letters of several bytes", source: "# ééé 日本\n" + `x := ["é日", 1»}« `, want: "error parse:"},
		{name: "after tabs", source: "deny contains x if {\n\t\tx := »«", want: "error parse:"},
		{name: "carriage returns", source: "deny contains {\"msg\": \"m\", \"range\": c.range} if {\r\n\tsome c in input.»call«\r\n}\r\n", want: "error unknown-field: input has no field call. Did you mean calls?", suggestion: "calls"},
		{name: "unknown list", source: result + `some c in input.»cals«`, want: "error unknown-field: input has no field cals. Did you mean calls? Its fields are agents, calls,", suggestion: "calls"},
		{name: "unknown field", source: result + "{\n\tsome c in input.calls\n\tc.ctx.»prodution« == \"yes\"\n}", want: "error unknown-field: c.ctx has no field prodution. Did you mean production?", suggestion: "production"},
		{name: "shortened field", source: result + "{\n\tsome c in input.calls\n\tc.ctx.»prod« == \"yes\"\n}", want: "error unknown-field: c.ctx has no field prod."},
		{name: "in brackets", source: result + `some c in input["»call«"]`, want: "error unknown-field: input has no field call. Did you mean calls?", suggestion: "calls"},
		{name: "with an index", source: result + `{ c := input.calls[_]; c.args[0].»nmae« == "x" }`, want: "error unknown-field: c.args[0] has no field nmae. Did you mean name?", suggestion: "name"},
		{name: "in a comprehension", source: result + `{ some c in input.calls; count([1 | some a in c.args; a.»txt« == "x"]) > 0 }`, want: "error unknown-field: a has no field txt. Did you mean text?", suggestion: "text"},
		{name: "letters before the field", source: result + "{\n\tsome c in input.calls\n\t\"日本é\" != c.»calee«\n}", want: "error unknown-field: c has no field calee. Did you mean callee?", suggestion: "callee"},
		{name: "of another type", source: result + `{ some c in input.calls; c.text.»foo« == 1 }`, want: "error type: c.text has no fields, it is of type string."},
		{name: "never equal", source: result + `{ some c in input.calls; »c.ctx.loop_depth == "1"« }`, want: "error type: These are never equal: the left is of type number, the right of type string."},
		{name: "wrong argument", source: result + `{ some c in input.calls; »upper«(c.ctx.loop_depth) == "X" }`, want: "error type: upper: invalid argument(s)."},
		{name: "not allowed", source: result + `{ some c in input.calls; »http.send«({"url": c.text}).status == 200 }`, want: "error not-allowed: http.send is not allowed in policies: a policy has no network; input.http holds the requests of the code."},
		{name: "the time", source: result + `{ some c in input.calls; »time.now_ns«() > 1 }`, want: "error not-allowed: time.now_ns is not allowed in policies"},
		{name: "not allowed, and a field", source: result + "{\n\tsome c in input.»cals«\n\thttp.send({\"url\": c.text}).status == 200\n}", want: "error unknown-field: input has no field cals.", suggestion: "calls"},
		{name: "misspelt function", source: result + `{ some c in input.calls; »startwith«(c.text, "x") }`, want: "error unknown-function: There is no function startwith. Did you mean startswith?", suggestion: "startswith"},
		{name: "function of nobody", source: result + `{ some c in input.calls; »is_bad«(c) }`, want: "error unknown-function: There is no function is_bad."},
		{name: "variable without a value", source: result + `{ some c in input.calls; »x« == 1 }`, want: "error unsafe-variable: var x is unsafe. Nothing gives x a value"},
		{name: "variable that is not used", source: result + `{ some c in input.calls; »x := c.text« }`, want: "error compile: assigned var x unused. Use x"},
		{name: "import that is not used", source: "»import« data.params\n\n" + result + `some c in input.calls`, want: "error compile: import data.params unused. Delete the import."},
		{name: "rule of itself", source: strings.Replace(result, "deny", "»deny«", 1) + "{ some c in input.calls; x }\n\nx if deny[_]", want: "error recursion:"},
		{name: "v0", source: "»deny[{\"msg\": \"m\"}] { input.calls[_] }«", want: "error parse:"},
		{name: "v0 without if", source: "»deny contains {\"msg\": \"m\"} { input.calls[_] }«", want: "error parse: `if` keyword is required before rule body. Policies are written in Rego v1"},

		{name: "double and", source: result + "{\n\tsome c in input.sql\n\tc.where &»&« c.interpolated\n}", want: "error parse: unexpected `&`. Conditions that must all be true stand on lines of their own."},
		{name: "or", source: result + "{\n\tsome c in input.sql\n\tc.verb == \"a\" »or« c.verb == \"b\"\n}", want: "error parse: Write `x in ["},
		{name: "no braces", source: result + "\n\tsome c in input.sql\n\t»c.verb == \"delete\"«", want: "error parse: rule name conflicts with built-in function. Conditions on several lines stand in braces"},
		{name: "semicolon without braces", source: result + "some c in input.sql»;« c.where", want: "error parse: unexpected `;`. Conditions on one line stand in braces"},
		{name: "contains as a comparison", source: result + "{\n\tsome c in input.sql\n\tc.tables »contains« \"users\"\n}", want: "error parse: unexpected `contains`: expected \\n or ; or }. Write `\"x\" in list`"},
		{name: "for", source: result + "{\n\tfor »c« in input.sql {\n\t\tc.where\n\t}\n}", want: "error parse: unexpected `c`: expected \\n or ; or }. A loop is a line: `some x in …`"},
		{name: "single quotes", source: result + "{\n\tsome c in input.sql\n\tc.verb == »'«delete'\n}", want: "error parse: illegal token. Texts stand in double quotes."},
		{name: "keys without quotes", source: `deny contains {»msg«: "x", "range": c.range} if some c in input.sql`, want: `error unsafe-variable: The keys of an object are texts: write "msg".`},
		{name: "a list is no element", source: result + "{\n\tc := input.sql\n\tc.verb == \"x\"\n}", want: "error type: c is a list, which has no fields. Loop over it: `some x in c`."},
		{name: "values of sprintf", source: "deny contains {\"msg\": »sprintf«(\"%s\", c.text), \"range\": c.range} if some c in input.calls", want: "error type: sprintf: invalid argument(s)."},
		{name: "deny if", source: `»deny« if input.calls[_].text == "x"`, want: "error result-shape: deny has no results without contains: write `deny contains result if { … }`"},
		{name: "deny is a value", source: `»deny« := ["a"] if input.calls[_].text == "x"`, want: "error result-shape: deny has no results without contains"},
		{name: "default deny", source: "default »deny« := false", want: "error result-shape: deny is a set of results, which needs no default"},
		{name: "allow", source: "»allow« if count(input.calls) == 0", want: "error allow: A policy does not allow, it reports what it finds"},
		{name: "default allow", source: "default »allow« := true", want: "error allow:"},
		{name: "a helper that looks like a result", source: `»deny_list« := ["a"]`, want: "error result-shape: A rule whose name begins with deny_ reports results: write `deny_list contains result if { … }`. Give a rule that only helps another name."},
		{name: "an object of results", source: `»deny«[x] := 1 if x := input.calls[_].text`, want: "error result-shape:"},
		{name: "a function is no result", source: "deny_msg(x) := sprintf(\"%s\", [x])\n\n" + `deny contains {"msg": deny_msg(c.text), "range": c.range} if some c in input.calls`},
		{name: "text alone", source: `deny contains »"a call"« if input.calls[_].text == "x"`, want: "warning result-shape: A text alone has no place"},
		{name: "formatted text", source: "warn contains msg if {\n\tsome c in input.calls\n\tmsg := »sprintf(\"%s\", [c.text])«\n}", want: "warning result-shape: A text alone has no place"},
		{name: "no message", source: `deny contains »{"range": c.range}« if some c in input.calls`, want: `error result-shape: A result needs "msg"`},
		{name: "no place", source: `deny contains »{"msg": c.text}« if some c in input.calls`, want: "warning result-shape: The result has no place"},
		{name: "misspelt key", source: `deny contains {"msg": c.text, "range": c.range, »"severty"«: "info"} if some c in input.calls`, want: `warning result-shape: Nothing reads "severty" of a result. Did you mean severity?`},
		{name: "own key", source: `deny contains {"msg": c.text, "range": c.range, "team": "core"} if some c in input.calls`},
		{name: "a number", source: `deny contains »1« if input.calls[_].text == "x"`, want: "error result-shape: A result is an object"},

		{name: "rule of another package", source: "import data.lib\n\n" + result + `{ some c in input.calls; »lib.is_bda«(c) }`, want: "error unknown-function: There is no function data.lib.is_bda: no file",
			others: []rego.Module{{Path: "lib.rego", Source: "package lib\n\nis_bad(c) if c.text == \"x\"\n"}}},
		{name: "value of another package", source: "import data.lib\n\n" + result + `{ some c in input.calls; c.text in »lib«.namse }`, want: "error unknown-rule: The package lib has no rule namse. Did you mean names?",
			others: []rego.Module{{Path: "lib.rego", Source: "package lib\n\nnames := [\"x\"]\n"}}},
		{name: "no such package", source: "import data.libb\n\n" + result + `{ some c in input.calls; c.text in »libb«.names }`, want: "error unknown-package: There is no package for libb.names: data holds the packages of the policies, and data.params. Did you mean data.lib?",
			others: []rego.Module{{Path: "lib.rego", Source: "package lib\n\nnames := [\"x\"]\n"}}},
		{name: "package with errors", source: "import data.lib\n\n" + result + `{ some c in input.calls; c.text in lib.names }`, want: "error compile: data.lib is defined in lib.rego, which has errors. Correct that file.",
			others: []rego.Module{{Path: "lib.rego", Source: "package lib\n\nnames := [\"x\"\n"}}},
		{name: "package with results of others", source: "import data.lib\n\n" + result + `{ some c in input.calls; c.text in lib.names }`,
			others: []rego.Module{{Path: "lib.rego", Source: "package lib\n\nnames := [\"x\"]\n"}, {Path: "broken.rego", Source: "package broken\n\ndeny contains"}}},
		{name: "reserved", source: "# the package is set below", want: "error compile: The package params is reserved", others: []rego.Module{{Path: "policy.rego", Source: "package params"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := "package policy\n\n" + test.source
			start := strings.Index(source, "»")
			source = strings.Replace(source, "»", "", 1)
			end := strings.Index(source, "«")
			source = strings.Replace(source, "«", "", 1)
			set := rego.Set{Modules: []rego.Module{{Path: "policy.rego", Source: source}}}
			if test.name == "reserved" {
				set.Modules = nil
			}
			set.Modules = append(set.Modules, test.others...)
			_, all := rego.Compile(context.Background(), set, nil)
			var problems []rego.Problem
			for _, p := range all {
				if p.Path == "policy.rego" {
					problems = append(problems, p)
				}
			}
			if test.want == "" {
				for _, p := range problems {
					t.Errorf("%s %s: %s", p.Severity, p.Code, p.Message)
				}
				return
			}
			if len(problems) == 0 {
				t.Fatal("no problem")
			}
			p := problems[0]
			if got := fmt.Sprintf("%s %s: %s", p.Severity, p.Code, p.Message); !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if p.Suggestion != test.suggestion {
				t.Errorf("suggestion %q, want %q", p.Suggestion, test.suggestion)
			}
			if start >= 0 && (p.Span.Start != start || p.Span.End != end) {
				t.Errorf("at %q, want %q", source[p.Span.Start:p.Span.End], source[start:end])
			}
			for _, p := range problems[1:] {
				t.Logf("also %s %s: %s", p.Severity, p.Code, p.Message)
			}
		})
	}
}

package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// attack is a policy that asks for too much, with a part of what is said of it.
type attack struct {
	name, source, says string
}

// rule is a policy with one rule, after other lines.
func rule(body string, before ...string) string {
	return "package other\n\n" + strings.Join(before, "\n") + "\n\ndeny contains {\"msg\": sprintf(\"%v\", [count(x)]), \"range\": input.calls[0].range} if {\n\t" + body + "\n}\n"
}

// body is a policy whose rule has n variables, each made of the one before, and a last line.
func body(n int, form, last string) string {
	return "package other\n\ndeny contains {\"msg\": \"a\", \"range\": c.range} if {\n\tsome c in input.calls\n\tx0 := c\n" +
		chain(n, "x", form) + strings.ReplaceAll(last, "$", fmt.Sprintf("x%d", n)) + "\n}\n"
}

var attacks = []attack{
	{"deep brackets", "package other\n\ndeny contains " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "brackets in brackets"},
	{"deep operators", "package other\n\nx := " + strings.Repeat("1 + ", 20_000) + "1\n\ndeny contains {\"msg\": \"a\"} if x > 1\n", ""},
	{"very deep operators", "package other\n\nx := " + strings.Repeat("1 + ", 60_000) + "1\n\ndeny contains {\"msg\": \"a\"} if x > 1\n", "not run until it is changed"},
	{"deep not", "package other\n\ndeny contains {\"msg\": \"a\"} if " + strings.Repeat("not ", 20_000) + "input.file.is_test\n", ""},
	{"deep ref", "package other\n\ndeny contains {\"msg\": \"a\"} if input.calls" + strings.Repeat("[_]", 50_000) + "\n", ""},
	{"long chain of else", "package other\n\nf(x) := 1 if x == 0" + strings.Repeat(" else := 2 if x == 1", 8000) + "\n\ndeny contains {\"msg\": \"a\"} if f(1) == 2\n", "more than 1s"},
	{"doubled object types", body(16, `{"a": $, "b": $}`, "y := upper($)\n\ty != \"\""), "more than 1s"},
	{"doubled array types", body(24, `[$, $]`, "y := upper($)\n\ty != \"\""), "more than 1s"},
	{"doubled set types", body(16, `{$, [$]}`, "$.a.b.nope"), "more than 1s"},
	{"doubled types that are compared", body(24, `{"a": $, "b": [$]}`, "$ == 1"), ""},
	{"nested comprehensions", rule("x := [1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); some c in numbers.range(1, 3000); a + b == c]"), "takes too long"},
	{"comprehension over comprehension", rule("x := {y | some a in numbers.range(1, 900); y := [z | some b in numbers.range(1, 900); z := [w | some c in numbers.range(1, 900); w := [a, b, c]]]}"), "takes too long"},
	{"many long texts", rule("s := concat(\"\", [c | some i in numbers.range(1, 90000); c := \"aaaaaaaaa\"])\n\tx := [y | some i in numbers.range(1, 5000); y := concat(\"b\", [s, \"\"])]"), ""},
	{"many long lists", rule("x := [y | some i in numbers.range(1, 5000); y := array.concat(numbers.range(1, 50000), numbers.range(i, 40000))]"), ""},
	{"growing sets", rule("x := {y | some a in numbers.range(1, 90000); some b in numbers.range(1, 90000); y := [a, b, sprintf(\"%d%d\", [a, b])]}"), "takes too long"},
	{"sprintf", rule("a := sprintf(\"" + strings.Repeat("%[1]s", 2000) + "\", [concat(\"\", [c | some i in numbers.range(1, 90000); c := sprintf(\"%d\", [i])])])\n\tx := a"), "more than"},
	{"sprintf width", rule(`x := sprintf("` + strings.Repeat("%0999999d", 200) + `", [` + strings.TrimSuffix(strings.Repeat("1,", 200), ",") + `])`), "more than"},
	{"sprintf again and again", rule("x := s12", "s0 := \"0123456789\"\n"+chain(12, "s", `sprintf("%s%s%s%s%s%s%s%s%s%s", [$, $, $, $, $, $, $, $, $, $])`)), "more than"},
	{"concat again and again", rule("x := s12", "s0 := \"0123456789\"\n"+chain(12, "s", `concat("", [$, $, $, $, $, $, $, $, $, $])`)), "more than"},
	{"replace again and again", rule("x := s12", "s0 := \"aaaaaaaaaa\"\n"+chain(12, "s", `replace($, "a", "aaaaaaaaaa")`)), "more than"},
	{"replace_n again and again", rule("x := s12", "s0 := \"aaaaaaaaaa\"\n"+chain(12, "s", `strings.replace_n({"a": "aaaaaaaaaa"}, $)`)), "more than"},
	{"regex.replace again and again", rule("x := s12", "s0 := \"aaaaaaaaaa\"\n"+chain(12, "s", `regex.replace($, "a", "aaaaaaaaaa")`)), "more than"},
	{"templates again and again", rule("x := s12", "s0 := \"aaaaaaaaaa\"\n"+chain(12, "s", `$"{$$}{$$}{$$}{$$}{$$}{$$}{$$}{$$}"`)), "more than"},
	{"json.marshal again and again", rule("x := s40", "s0 := \"aaaaaaaaaa\"\n"+chain(40, "s", `json.marshal([$, $])`)), "more than"},
	{"array.concat again and again", rule("x := s40", "s0 := [1, 2]\n"+chain(40, "s", `array.concat($, $)`)), "more than"},
	{"shared lists as text", rule("x := json.marshal(s40)", "s0 := [1, 2]\n"+chain(40, "s", `[y | some y in [$, $]]`)), ""},
	{"mul again and again", rule("y := s40\n\tx := [y]", "s0 := count(input.calls) + 9999999\n"+chain(40, "s", `$ * $`)), "digits"},
	{"huge exponent", rule("y := to_number(\"1e999999999\") + 1\n\tx := [y]"), "too large"},
	{"huge exponent written out", rule("y := 1e999999999 + 1\n\tx := [y]"), "number too big"},
	{"huge exponent compared", rule("1e999999999 > count(input.calls)\n\tx := [1]"), ""},
	{"huge exponent rounded", rule("y := round(1e999999999)\n\tx := [y]"), ""},
	{"huge shift", rule("y := bits.lsh(1, 99999999999)\n\tx := [y]"), "bits"},
	{"numbers.range", rule("x := numbers.range(1, 1000000000)"), "more than"},
	{"json.patch", rule("x := s40", "s0 := {\"a\": [1]}\n"+chain(40, "s", `json.patch({"a": $}, [{"op": "copy", "from": "/a", "path": "/b"}, {"op": "copy", "from": "/a", "path": "/c"}])`)), ""},
	{"walk", rule("x := [p | some s in [s30]; walk(s, [p, _])]", "s0 := [1, 2]\n"+chain(30, "s", `[y | some y in [$, $]]`)), "more than"},
	{"big pattern", rule(`x := [1 | some c in input.calls; regex.match("` + strings.Repeat("(a{1,1000}){1,1000}", 90) + `", c.text)]`), ""},
	{"slow pattern", rule("s := concat(\"\", [c | some i in numbers.range(1, 90000); c := \"aaaaaaaaa\"])\n\tx := [1 | some i in numbers.range(1, 90000); regex.match(\"(a|aa){500}(a|aa){400}b\", s)]"), "takes more than"},
	{"globs", rule(`x := [1 | some c in input.calls; glob.match("` + strings.Repeat("{a,b*,", 60) + strings.Repeat("}", 60) + `", [], c.text)]`), ""},
	{"many results", "package other\n\ndeny contains {\"msg\": sprintf(\"%d\", [i]), \"range\": input.file} if some i in numbers.range(1, 20000)\n", "more than 200"},
	{"many long results", "package other\n\ndeny contains {\"msg\": sprintf(\"%d %s\", [i, s])} if {\n\tsome i in numbers.range(1, 50000)\n\ts := concat(\"\", [c | some j in numbers.range(1, 90000); c := \"aaaaaaaaa\"])\n}\n", ""},
	{"http.send", rule(`x := http.send({"method": "GET", "url": "http://127.0.0.1:1/"})`), "http.send is not allowed"},
	{"opa.runtime", rule(`x := opa.runtime()`), "opa.runtime is not allowed"},
	{"time", rule(`x := [time.now_ns()]`), "time.now_ns is not allowed"},
	{"random", rule(`x := [rand.intn("a", 3)]`), "rand.intn is not allowed"},
	{"schema of the network", "package other\n\n# METADATA\n# schemas:\n# - input: {\"$ref\": \"http://127.0.0.1:1/schema.json\"}\ndeny contains {\"msg\": \"a\", \"range\": input.calls[0].range}\n", ""},
	{"schema checked at run time", rule(`x := json.match_schema({}, {"$ref": "http://127.0.0.1:1/schema.json"})`), "not allowed"},
	{"metadata of aliases", "# METADATA\n# custom:\n#   a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + aliases(12) + "#   severity: info\npackage other\n\ndeny contains {\"msg\": \"a\", \"range\": input.calls[0].range}\n", ""},
	{"long list", "package other\n\nx := [" + strings.Repeat("1,", 120_000) + "1]\n\ndeny contains {\"msg\": \"a\", \"range\": c.range} if some c in input.calls\n", ""},
	{"output of a rule", "package other\n\ndeny contains {\"msg\": \"a\", \"range\": input.calls[0].range} if {\n\tsome i in numbers.range(1, 90000)\n\tprint(i, input)\n\ti < 0\n}\n", ""},
	{"every of every", rule("every a in numbers.range(1, 9000) { every b in numbers.range(1, 9000) { a + b > 0 } }\n\tx := [1]"), "takes too long"},
	{"union of all", rule("x := {[a, b, c, d] | some a in input.calls; some b in input.calls; some c in input.calls; some d in input.calls}"), ""},
	{"object of all", rule("x := {sprintf(\"%v\", [[a, b, c, d]]): input | some a in input.calls; some b in input.calls; some c in input.calls; some d in input.calls}"), ""},
	{"many rules", "package other\n\n" + strings.Repeat("deny contains {\"msg\": \"a\", \"range\": c.range} if some c in input.calls\n", 3000), ""},
	{"many variables", rule("x := [" + strings.TrimSuffix(strings.Repeat("input.calls[_].id, ", 400), ", ") + "]"), ""},
	{"recursion", rule("x := f(1)", "f(a) := f(a)"), "itself"},
	{"too large", "package other\n#" + strings.Repeat("a", 300<<10), "KiB"},
	{"no text", "package other\n\x00\xff\xfe deny", ""},
}

// aliases are n lists of YAML, each ten times the one before.
func aliases(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		last := fmt.Sprintf("*a%d", i-1)
		fmt.Fprintf(&b, "#   a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(last+", ", 10), ", "))
	}
	return b.String()
}

// chain is n definitions, each of the one before; $$ and $ stand for it.
func chain(n int, name, form string) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		last := fmt.Sprintf("%s%d", name, i-1)
		text := strings.ReplaceAll(form, "$$", "\x00")
		if strings.HasPrefix(text, "$\"") {
			text = "\x01" + text[1:]
		}
		text = strings.ReplaceAll(text, "$", last)
		text = strings.NewReplacer("\x00", last, "\x01", "$").Replace(text)
		fmt.Fprintf(&b, "%s%d := %s\n", name, i, text)
	}
	return b.String()
}

// TestAttacks: each ends and says what is wrong, the good policy beside it still
// reports, and nothing is left in the way of the next request.
func TestAttacks(t *testing.T) {
	doc := document(t, 20)
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			a.try(t, doc)
		})
	}
}

// try has a policy loaded and run.
func (a attack) try(t *testing.T, doc json.RawMessage) {
	c, ctx := client(t), context.Background()
	var said []string
	var peak int64
	watch(func(rss int64) { peak = max(peak, rss) })
	began := time.Now()
	loaded, err := c.Load(ctx, one(a.source))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded.Problems {
		if p.Path != "other.rego" {
			t.Errorf("%s: %s", p.Path, p.Message)
		}
		said = append(said, p.Message)
	}
	result, err := c.Eval(ctx, loaded.ID, doc)
	if err != nil {
		t.Fatal(err)
	}
	fired := map[string]int{}
	for _, v := range result.Violations {
		fired[v.Policy]++
	}
	for _, f := range result.Failures {
		if f.Policy == "POLICY-good" {
			t.Errorf("the good policy: %s", f.Message)
		}
		said = append(said, f.Message)
	}
	if fired["POLICY-good"] != 20 {
		t.Errorf("the good policy reported %d", fired["POLICY-good"])
	}
	all := strings.Join(said, "\n")
	if sandbox.RaceEnabled { // it reaches other limits first, and with more memory
		a.says = ""
	}
	if !strings.Contains(all, a.says) {
		t.Errorf("said %q, want %q", all, a.says)
	}
	_ = c.Close()
	if peak > 300<<20 && !sandbox.RaceEnabled {
		t.Errorf("needed %d MiB", peak>>20)
	}
	if n := sandbox.Processes(); n != 0 {
		t.Errorf("%d processes are left", n)
	}
	t.Logf("%4d ms %4d MiB, %d results: %.300s", time.Since(began).Milliseconds(), peak>>20, fired["POLICY-other"], all)
}

package taint

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func testRules(t testing.TB) []*rule.Rule {
	t.Helper()
	src, err := os.ReadFile("testdata/rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	rules, problems := rule.Parse("rules.yml", text.New(string(src)))
	for _, p := range problems {
		t.Fatal(p.Rule, p.Message)
	}
	return rules
}

// project is a workspace of files by path; Python's names and JavaScript's specifiers are relative to its root.
type project map[string]*parser.File

func (p project) Import(_ *parser.File, module string) *parser.File {
	if f := p[strings.TrimPrefix(module, "./")+".js"]; f != nil {
		return f
	}
	module = strings.ReplaceAll(strings.TrimLeft(module, "."), ".", "/")
	if f := p[module+".py"]; f != nil {
		return f
	}
	return p[module+"/__init__.py"]
}

func run(f *parser.File, rules []*rule.Rule, modules Modules) []Finding {
	var fit []*rule.Rule
	for _, r := range rules {
		if slices.Contains(r.Languages, f.Language) {
			fit = append(fit, r)
		}
	}
	return Run(search.New(context.Background(), tree.Of(f)), fit, modules)
}

// reported are the lines of f that are reported, each once.
func reported(f *parser.File, findings []Finding) []int {
	var lines []int
	for _, found := range findings {
		lines = append(lines, 1+strings.Count(f.Text.String()[:found.Sink.Span.Start], "\n"))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func TestFiles(t *testing.T) {
	rules := testRules(t)
	for _, path := range []string{"flows.py", "classes.py", "guards.py", "flows.js"} {
		src, err := os.ReadFile(filepath.Join("testdata", path))
		if err != nil {
			t.Fatal(err)
		}
		f := parser.Parse(path, "", text.New(string(src)))
		got := reported(f, run(f, rules, nil))
		for i, line := range strings.Split(string(src), "\n") {
			want := strings.HasSuffix(line, " <-")
			if found := slices.Contains(got, i+1); found != want {
				t.Errorf("%s:%d: reported %v, want %v: %s", path, i+1, found, want, line)
			}
		}
	}
}

func TestModules(t *testing.T) {
	files := project{}
	add := func(path, src string) *parser.File {
		f := parser.Parse(path, "", text.New(src))
		files[path] = f
		return f
	}
	main := add("main.py", `from helpers import read, write, both, Fixed, make
import helpers.deep.tools
from helpers.deep import tools as t

def a():
    sink(read())
    sink(both("x"))
    sink(both(source()))
    write("x")
    write(source())
    sink(make("fixed").run(source()))
    sink(make("echo").run(source()))
    sink(helpers.deep.tools.same(source()))
    sink(t.other(source()))
`)
	add("helpers/__init__.py", `from .classes import Fixed, make
def read():
    return source()
def write(v):
    log(v)
    sink(v)
def both(v):
    return v
`)
	add(".classes.py", "")
	files["classes.py"] = add("helpers/classes.py", `class Fixed:
    def run(self, v):
        return "fixed"
class Echo(Fixed):
    def run(self, v):
        return v
def make(kind):
    return Fixed() if kind == "fixed" else Echo()
`)
	add("helpers/deep/tools.py", `from helpers import both
def same(v):
    return both(v)
def other(v):
    return "other"
`)
	findings := run(main, testRules(t), files)
	if got, want := reported(main, findings), []int{6, 8, 10, 12, 13}; !slices.Equal(got, want) {
		t.Errorf("got lines %v, want %v", got, want)
	}
	for _, f := range findings {
		if f.Sink.Span.Start >= len(main.Text.String()) {
			t.Errorf("a finding lies outside of the file")
		}
		if strings.HasPrefix(main.Text.String()[f.Sink.Span.Start:], "write(source())") {
			last := f.Trace[len(f.Trace)-1]
			if last.File != files["helpers/__init__.py"] || last.Kind != SinkStep || f.Trace[0].File != main {
				t.Errorf("the way to the sink in the other file is %v", f.Trace)
			}
		}
	}
	script := add("main.js", `import {read, same} from './helpers';
const {write} = require('./helpers');
import def from './helpers';
sink(read());
sink(same('a'));
write(source());
sink(def(source()));
`)
	add("helpers.js", `export function read() { return source(); }
export const same = (v) => v;
export default function (v) { return 'a'; }
export function write(v) { sink(v); }
`)
	if got, want := reported(script, run(script, testRules(t), files)), []int{4, 6}; !slices.Equal(got, want) {
		t.Errorf("got lines %v, want %v", got, want)
	}
}

func TestTrace(t *testing.T) {
	f := parser.Parse("a.py", "", text.New("def f():\n    x = source()\n    y = same(x)\n    sink(y)\ndef same(v):\n    return v\n"))
	findings := run(f, testRules(t), nil)
	if len(findings) != 1 {
		t.Fatalf("%d findings", len(findings))
	}
	var got []string
	for _, s := range findings[0].Trace {
		got = append(got, f.Text.String()[s.Span.Start:s.Span.End])
	}
	if want := []string{"source()", "x", "x", "v", "same(x)", "y", "sink(y)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLongTrace(t *testing.T) {
	var c strings.Builder
	c.WriteString("x = source()\n")
	for range 100 {
		c.WriteString("x = x + 'a'\n")
	}
	c.WriteString("sink(x)\n")
	f := parser.Parse("a.py", "", text.New(c.String()))
	findings := run(f, testRules(t), nil)
	if len(findings) != 1 {
		t.Fatalf("%d findings", len(findings))
	}
	trace := findings[0].Trace
	if len(trace) > longestTrace || trace[0].Kind != SourceStep || trace[len(trace)-1].Kind != SinkStep {
		t.Errorf("%d steps, from %v to %v", len(trace), trace[0].Kind, trace[len(trace)-1].Kind)
	}
}

package analyzers

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// pairs is a check of projects: it reports each call of bad, with the file that defines bad as related.
var pairs = diagnostics.Check{
	Name: "pairs",
	Rules: func() []diagnostics.Rule {
		return []diagnostics.Rule{{ID: "TEST-001", Title: "A bad call", Family: "user", Severity: diagnostics.Warning, Doc: "#", Since: "0.1.0"}}
	},
	Project: func(p *diagnostics.ProjectPass) {
		var related []diagnostics.Related
		for _, f := range p.Files {
			for i := range f.Funcs {
				if f.Funcs[i].Name == "bad" {
					related = append(related, diagnostics.Related{Path: f.Path, Span: f.Locate(f.Span(f.Funcs[i].Node)), Message: "defined here"})
				}
			}
		}
		for _, f := range p.Files {
			for i := range f.Calls {
				if c := &f.Calls[i]; c.Name == "bad" && len(related) > 0 {
					p.Report(f.Path, diagnostics.Finding{Rule: "TEST-001", Span: f.Locate(f.Span(c.Node)), Message: "bad", Related: related})
				}
			}
		}
	},
}

func testEngine(families ...string) *Engine {
	e := New(Options{Now: func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }, Families: families})
	e.checks = append(e.checks, pairs)
	return e
}

func file(path, src string) *parser.File { return parser.Parse(path, "", text.New(src)) }

func (e *Engine) join(t *testing.T, f *parser.File, cfg *config.Config, others ...*parser.File) *Analysis {
	t.Helper()
	a, err := e.Analyze(context.Background(), f, Around{Config: cfg}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.AnalyzeProject(context.Background(), Sources{Files: append(others, f), Config: func(string) *config.Config { return cfg }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a.Join(p)
}

func messages(a *Analysis) string {
	var b strings.Builder
	for _, f := range a.Findings {
		fmt.Fprintf(&b, "%s %s at %q %q;", f.Rule, f.Severity, a.File.Source.Slice(f.Span), f.Message)
	}
	return b.String()
}

func TestFindingsOfProjects(t *testing.T) {
	definition := file("b.py", "def bad(): pass\n")
	severity := func(s string) *config.Config {
		c := *config.Default()
		c.Severity = map[string]string{"TEST-001": s}
		return &c
	}
	const call = `TEST-001 warning at "bad()" "bad";`
	for _, test := range []struct {
		name, src string
		cfg       *config.Config
		families  []string
		others    []*parser.File
		want      string
	}{
		{"found", "bad()\n", config.Default(), nil, []*parser.File{definition}, call},
		{"not found", "bad()\n", config.Default(), nil, nil, ""},
		{"silenced", "bad()  # qodacode:ignore TEST-001 -- fine\n", config.Default(), nil, []*parser.File{definition}, ""},
		{"unused", "x()  # qodacode:ignore TEST-001 -- fine\n", config.Default(), nil, []*parser.File{definition}, "SUPPRESS-001 "},
		{"severity", "bad()\n", severity("error"), nil, []*parser.File{definition}, `TEST-001 error at "bad()" "bad";`},
		{"off", "bad()\n", severity("off"), nil, []*parser.File{definition}, ""},
		{"other families", "bad()\n", config.Default(), []string{"cost"}, []*parser.File{definition}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := testEngine(test.families...).join(t, file("a.py", test.src), test.cfg, test.others...)
			if got := messages(a); got != test.want && (test.name != "unused" || !strings.HasPrefix(got, "SUPPRESS-") || len(a.Findings) != 1) {
				t.Errorf("found %s, want %s", got, test.want)
			}
			if test.name == "silenced" && len(a.Suppressed) != 1 {
				t.Errorf("suppressed %v", a.Suppressed)
			}
		})
	}
}

// Before the project was looked at nobody knows whether a comment for one of its rules is of use.
func TestCommentsWaitForTheProject(t *testing.T) {
	e := testEngine()
	a, err := e.Analyze(context.Background(), file("a.py", "x()  # qodacode:ignore TEST-001 -- fine\n"), Around{Config: config.Default()}, nil)
	if err != nil || len(a.Findings) != 0 {
		t.Errorf("found %s %v", messages(a), err)
	}
}

func TestFindingsMoveWithEdits(t *testing.T) {
	e := testEngine()
	old := "# one\nbad()\nx = bad()\n"
	p, err := e.AnalyzeProject(context.Background(), Sources{Files: []*parser.File{file("a.py", old), file("b.py", "def bad(): pass\n")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const one, two = `TEST-001 warning at "bad()" "bad";`, `TEST-001 warning at "bad()" "bad";TEST-001 warning at "bad()" "bad";`
	for _, test := range []struct{ src, want string }{
		{old, two},
		{"# one and a half\nbad()\nx = bad()\n", two},
		{"# one\nbad()\n\n\nx = bad()\n", two},
		{"# one\nbad()\nx = bad()\n# end", two},
		{"# one\nx = bad()\n", one},
		{"# one\nbad( 1 )\nx = bad()\n", `TEST-001 warning at "bad( 1 )" "bad";` + one},
		{"", ""},
	} {
		a, err := e.Analyze(context.Background(), file("a.py", test.src), Around{Config: config.Default()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(a.Join(p)); got != test.want {
			t.Errorf("in %q found %s, want %s", test.src, got, test.want)
		}
	}
}

func TestPanicSwitchesOff(t *testing.T) {
	e := testEngine()
	e.checks = append(e.checks, diagnostics.Check{Name: "broken", Rules: noRules, Project: func(*diagnostics.ProjectPass) { panic("x") }})
	if got := messages(e.join(t, file("a.py", "bad()\n"), config.Default(), file("b.py", "def bad(): pass\n"))); !strings.HasPrefix(got, "TEST-001") {
		t.Errorf("found %s", got)
	}
	if _, off := e.panicked.Load("broken"); !off {
		t.Error("the check is still on")
	}
}

func TestMove(t *testing.T) {
	old := text.New("0123456789")
	at := func(start, end int) text.Span { return text.Span{Start: start, End: end} }
	for _, test := range []struct {
		now      string
		from, to text.Span
		ok       bool
	}{
		{"0123456789", at(2, 4), at(2, 4), true},
		{"01ab23456789", at(2, 4), at(4, 6), true},
		{"01ab23456789", at(0, 2), at(0, 2), true},
		{"01ab23456789", at(1, 4), at(1, 6), true},
		{"0156789", at(0, 3), at(0, 2), true},
		{"0156789", at(3, 7), at(0, 0), false},
		{"0156789", at(2, 5), at(2, 2), false},
		{"0156789", at(1, 8), at(1, 5), true},
		{"", at(0, 3), at(0, 0), false},
	} {
		got, ok := moveOf(old, text.New(test.now)).span(test.from)
		if ok != test.ok || ok && got != test.to {
			t.Errorf("%v in %q: %v %v, want %v %v", test.from, test.now, got, ok, test.to, test.ok)
		}
	}
}

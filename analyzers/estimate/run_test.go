package estimate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var updateRuns = flag.Bool("update", false, "rewrite the runs in testdata")

var runsDay = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// loadProject estimates the files of an archive; qodacode.toml configures it.
func loadProject(files []txtar.File) *Project {
	var code []*parser.File
	data := map[string]string{}
	cfg := config.Default()
	for _, f := range files {
		switch {
		case f.Name == "qodacode.toml":
			cfg, _ = config.Parse(f.Name, text.New(string(f.Data)))
		case parser.LanguageOf(f.Name, "").IsCode():
			code = append(code, parser.Parse(f.Name, "", text.New(string(f.Data))))
		case f.Name != "runs":
			data[f.Name] = string(f.Data)
		}
	}
	p := agents.NewProject(code, data)
	return NewProject(agents.Reading{Project: p, Graphs: agents.Extract(p)}, Env{Prices: pricing.Builtin(), Now: runsDay}, func(string) *config.Config { return cfg })
}

// TestRuns runs testdata/runs/*.txtar: the files of a project, and in the section "runs" what
// its entry points execute. Dollars are left to other tests.
func TestRuns(t *testing.T) {
	archives, err := filepath.Glob("testdata/runs/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := loadProject(archive.Files)
			got, want := showRuns(p), ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "runs" {
					want = string(f.Data)
				} else {
					kept = append(kept, f)
				}
			}
			if *updateRuns {
				archive.Files = append(kept, txtar.File{Name: "runs", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for _, r := range p.Runs {
				checkRun(t, r)
			}
		})
	}
}

// checkRun holds what is true of every run.
func checkRun(t *testing.T, r *Run) {
	t.Helper()
	if !r.PerRun.isNumber() || !r.PerMonth.isNumber() {
		t.Errorf("%s: %+v per run, %+v per month", r.Entry, r.PerRun, r.PerMonth)
	}
	if r.Bound.Known && (r.Bound.Origin == llm.NoLimit || r.PerRun.High > r.Bound.USD) {
		t.Errorf("%s: high %v, bound %+v", r.Entry, r.PerRun.High, r.Bound)
	}
	if r.Bound.Origin == llm.NoLimit && r.Bound.Reason == "" {
		t.Errorf("%s: no bound and no reason", r.Entry)
	}
	seen := map[string]bool{}
	for _, p := range append(r.Parts, r.Unpriced...) {
		id := fmt.Sprintf("%s:%d:%v", p.Call.Site.File.Path, p.Call.Site.Call.Node, p.Graph != nil)
		if seen[id] {
			t.Errorf("%s: %s counts twice", r.Entry, id)
		}
		seen[id] = true
		if p.Times.Low > p.Times.Expected || p.Times.Expected > p.Times.High {
			t.Errorf("%s: %s runs %+v times", r.Entry, id, p.Times)
		}
	}
}

func showRuns(p *Project) string {
	var b strings.Builder
	for _, r := range p.Runs {
		fmt.Fprintf(&b, "%s %s %s:%d runs=%d bound=%s", r.Kind, r.Entry, r.Place.Path, r.Place.Line, r.RunsPerMonth, r.Bound.Origin)
		if r.Bound.Reason != "" {
			fmt.Fprintf(&b, " (%s)", r.Bound.Reason)
		}
		b.WriteString("\n")
		for _, part := range r.Parts {
			fmt.Fprintf(&b, "  %s\n", showPart(&part))
		}
		for _, part := range r.Unpriced {
			fmt.Fprintf(&b, "  ? %s\n", showPart(&part))
		}
		for _, a := range r.Assumptions {
			if strings.HasPrefix(a.Text, "not included") {
				fmt.Fprintf(&b, "  %s\n", a.Text)
			}
		}
	}
	return b.String()
}

func showPart(p *Part) string {
	s := p.Call.Site
	at := agents.Ref{File: s.File, Node: s.Call.Node}.Place()
	line := fmt.Sprintf("%s:%d %s %s × %s", at.Path, at.Line, s.Kind, s.Model.ID, showTimes(p.Times))
	if len(p.Chain) > 0 {
		line += " via " + strings.Join(p.Chain, " > ")
	}
	if p.Graph != nil {
		line += " in " + p.Graph.Framework + " " + p.Graph.Name
	}
	return line
}

func showTimes(r Range) string {
	if r.IsExact() {
		return fmt.Sprintf("%.3g", r.Low)
	}
	return fmt.Sprintf("%.3g–%.3g–%.3g", r.Low, r.Expected, r.High)
}

// TestBranches: of branches that exclude each other one runs, so that the cheapest and the
// dearest are the ends.
func TestBranches(t *testing.T) {
	const head = "from openai import OpenAI\nclient = OpenAI()\ndef one(x):\n    client.responses.create(model='gpt-6-luna', input=x, max_output_tokens=100)\n"
	one := loadProject([]txtar.File{{Name: "a.py", Data: []byte(head)}}).Runs[0].PerRun
	for body, want := range map[string]Range{
		"if a:\n        one(x)\n    else:\n        one(x); one(x); one(x)": {1, 2, 3},
		"if a:\n        one(x)\n    elif b:\n        one(x)":               {0, 1, 1},
		"if a:\n        one(x)":   {0, 1, 1},
		"one(x) if a else one(x)": {1, 1, 1},
		"if a:\n        if b:\n            one(x)\n        else:\n            one(x); one(x)\n    else:\n        one(x)": {1, 1.25, 2},
		"try:\n        one(x)\n    except Exception:\n        one(x)":                                                    {1, 1, 2},
		"if one(x):\n        return 1": {1, 1, 1},
		"for _ in range(3):\n        if a:\n            one(x)\n        else:\n            one(x)": {3, 3, 3},
	} {
		p := loadProject([]txtar.File{{Name: "a.py", Data: []byte(head + "def f(x, a, b):\n    " + body + "\n")}})
		if len(p.Runs) != 1 {
			t.Fatalf("%s: %d runs", body, len(p.Runs))
		}
		got := p.Runs[0].PerRun
		for i, pair := range [][2]float64{{got.Low, want.Low * one.Low}, {got.Expected, want.Expected * one.Expected}, {got.High, want.High * one.High}} {
			if d := pair[0] - pair[1]; d > 1e-12 || d < -1e-12 {
				t.Errorf("%s: %d: got %v, want %v of %v", body, i, got, want, one)
			}
		}
	}
}

package codeactions

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/arch"
	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/analyzers/secrets"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// The pretended secret and the pretended fault of the golden files.
const (
	secret = "hunter2hunter2"
	fault  = "FAULT"
)

// TestGolden applies every action for the findings of each archive's first file and compares
// the titles and the results with the rest of the archive. Findings are those of the cost
// and arch families, and one for each place of secret and fault. With -update the rest is rewritten.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	python := map[string]string{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := &txtar.Archive{Comment: archive.Comment}
			for _, in := range archive.Files {
				if strings.HasPrefix(in.Name, "> ") {
					continue
				}
				got.Files = append(got.Files, in)
				f := parser.Parse(in.Name, "", text.New(string(in.Data)))
				for i, out := range results(t, f) {
					got.Files = append(got.Files, out)
					if strings.HasSuffix(in.Name, ".py") && len(out.Data) > 0 {
						python[fmt.Sprintf("%s/%s/%d", t.Name(), in.Name, i)] = string(out.Data)
					}
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if w, g := string(txtar.Format(archive)), string(txtar.Format(got)); w != g {
				t.Errorf("actions differ; run go test -update to accept\nwant:\n%s\ngot:\n%s", w, g)
			}
		})
	}
	compilePython(t, python)
}

func results(t *testing.T, f *parser.File) []txtar.File {
	t.Helper()
	var out []txtar.File
	findings := append(pretend(f), directed(t, f)...)
	for _, action := range actionsFor(f, findings, text.Span{End: f.Source.Len()}) {
		name := "> " + action.Title
		if action.Preferred {
			name += " [preferred]"
		}
		if action.Safe {
			name += " [safe]"
		}
		if action.Disabled != "" {
			out = append(out, txtar.File{Name: name + " [disabled: " + action.Disabled + "]"})
			continue
		}
		var own []Edit
		for _, e := range action.Edits() {
			if e.Path == "" {
				own = append(own, e)
				continue
			}
			name += fmt.Sprintf(" [%s: %q]", e.Path, e.New)
		}
		after := apply(f.Source.String(), own)
		if after == f.Source.String() {
			t.Errorf("%s changes nothing", name)
		}
		if !f.Broken() && parser.Parse(f.Path, "", text.New(after)).Broken() {
			t.Errorf("%s breaks the file:\n%s", name, after)
		}
		if strings.HasPrefix(action.Title, "Suppress") && f.Language.IsCode() && !hasComment(after, f.Path) {
			t.Errorf("%s writes no comment:\n%s", name, after)
		}
		if strings.Contains(action.Title, secret) {
			t.Errorf("%s shows the secret", name)
		}
		out = append(out, txtar.File{Name: name, Data: []byte(after)})
	}
	return out
}

// hasComment reports whether a comment of the file names the pretended rule.
func hasComment(src, path string) bool {
	f := parser.Parse(path, "", text.New(src))
	for _, c := range f.Comments {
		if s := f.Text.Slice(c.Span); strings.Contains(s, "qodacode:ignore ") && strings.Contains(s, "ARCH-001") {
			return true
		}
	}
	return false
}

// pretend are the findings of a file.
func pretend(f *parser.File) []diagnostics.Finding {
	var findings []diagnostics.Finding
	cost.New(pricing.BuiltinFor).Run(&diagnostics.Pass{File: f, Config: config.Default(), Now: today, Sink: func(d diagnostics.Finding) {
		if d.Rule == "COST-008" || d.Rule == "COST-009" { // the others' fixes are asked for by comments
			findings = append(findings, d)
		}
	}})
	project := agents.NewProject([]*parser.File{f}, nil)
	offered := map[*agents.Graph]bool{} // two findings about one loop offer the same
	for _, found := range arch.Check(agents.Extract(project), project, func(string) *config.Config { return config.Default() }) {
		if fix, ok := found.Fix.(*arch.LimitFix); ok {
			if offered[fix.Graph] {
				continue
			}
			offered[fix.Graph] = true
		}
		findings = append(findings, found.Finding)
	}
	for i := range findings { // their suppression is tested with fault
		findings[i].Rule = diagnostics.SuppressionRule
	}
	src := f.Source.String()
	for at := 0; ; at++ {
		i := strings.Index(src[at:], secret)
		if i < 0 {
			break
		}
		at += i
		span := text.Span{Start: at, End: at + len(secret)}
		findings = append(findings, diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: span, Fix: &secrets.Fix{Name: "OPENAI_API_KEY", Literal: span}})
	}
	for at := 0; ; at++ {
		i := strings.Index(src[at:], fault)
		if i < 0 {
			break
		}
		at += i
		findings = append(findings, diagnostics.Finding{Rule: "ARCH-001", Span: text.Span{Start: at, End: at + len(fault)}})
	}
	return findings
}

// apply applies edits, which must be sorted and apart.
func apply(src string, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Span.Start < at {
			panic(fmt.Sprintf("edits overlap: %+v", edits))
		}
		b.WriteString(src[at:e.Span.Start] + e.New)
		at = e.Span.End
	}
	return b.String() + src[at:]
}

// compilePython asks Python itself, where it is installed, whether the results compile.
func compilePython(t *testing.T, sources map[string]string) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("python3 is not installed: its compiler is not asked")
		return
	}
	input, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import json, sys
for name, source in json.load(sys.stdin).items():
    try:
        compile(source, name, "exec")
    except SyntaxError as e:
        print(name, e, source, sep="\n")
`)
	cmd.Stdin = strings.NewReader(string(input))
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("python3: %v\n%s", err, out)
	}
}

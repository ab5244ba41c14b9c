package codeactions

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// everyFix pretends that each call of a file is to be cached, batched and hoisted, and
// answers what is offered.
func everyFix(f *parser.File) []Action {
	env := estimate.Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today}
	var actions []Action
	for _, c := range estimate.Calls(f, env) {
		for _, fix := range []any{
			&cost.ResponseCacheFix{Call: c, Func: f.EnclosingFunc(c.Site.Call.Node)},
			&cost.BatchEmbeddingFix{Call: c, Loop: c.Site.Loop},
			&cost.HoistFix{Call: c, Loop: c.Site.Loop},
		} {
			finding := &diagnostics.Finding{Rule: "COST-002", Fix: fix}
			actions = slices.Concat(actions, responseCache(f, finding), batchEmbedding(f, finding), hoist(f, finding))
		}
	}
	return actions
}

// costSources are the files of the archives about caches, batches and loops.
func costSources(t *testing.T) map[string]string {
	t.Helper()
	sources := map[string]string{}
	for _, pattern := range []string{"response*", "batch*", "hoist*"} {
		files, err := filepath.Glob("testdata/" + pattern + ".txtar")
		if err != nil || len(files) == 0 {
			t.Fatal("no archives", err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, in := range archive.Files {
				if !strings.HasPrefix(in.Name, "> ") {
					sources[filepath.Base(file)+"/"+in.Name] = string(in.Data)
				}
			}
		}
	}
	return sources
}

// outcomes are the titles of actions with what they make of the code, in Unix's line ends.
func outcomes(t *testing.T, f *parser.File) []string {
	t.Helper()
	var out []string
	for _, a := range everyFix(f) {
		after := parser.Parse(f.Path, "", text.New(apply(f.Source.String(), a.Edits())))
		if after.Broken() && !f.Broken() {
			t.Errorf("%s: %s breaks it:\n%s", f.Path, a.Title, after.Source)
		}
		rest := strings.ReplaceAll(after.Text.String(), "\r\n", "\n")
		if f.Text.EOL() == "\r\n" && strings.Count(after.Text.String(), "\r\n") != strings.Count(rest, "\n") {
			t.Errorf("%s: %s mixes line ends:\n%q", f.Path, a.Title, after.Text)
		}
		out = append(out, a.Title+" ["+a.Disabled+"]\n"+rest)
	}
	return out
}

// The same code has the same actions, with the same results, in a notebook and with Windows'
// line ends.
func TestCostEditsElsewhere(t *testing.T) {
	edited := 0
	for name, src := range costSources(t) {
		want := outcomes(t, parser.Parse(name, "", text.New(src)))
		edited += len(want)
		got := outcomes(t, parser.Parse(name, "", text.New(strings.ReplaceAll(src, "\n", "\r\n"))))
		if !slices.Equal(got, want) {
			t.Errorf("%s with Windows' line ends\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if filepath.Ext(name) != ".py" {
			continue
		}
		lines, err := json.Marshal(strings.SplitAfter(strings.TrimSuffix(src, "\n"), "\n"))
		if err != nil {
			t.Fatal(err)
		}
		notebook := `{"cells": [{"cell_type": "code", "source": ` + string(lines) + `}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`
		got = outcomes(t, parser.Parse(strings.TrimSuffix(name, ".py")+".ipynb", "", text.New(notebook)))
		if !slices.Equal(got, want) {
			t.Errorf("%s in a notebook\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if edited < 40 {
		t.Errorf("%d actions only", edited)
	}
}

// Text that is being typed offers what it can, and its edits never overlap.
func TestCostEditsOfBrokenText(t *testing.T) {
	for name, src := range costSources(t) {
		for cut := 0; cut < len(src); cut += 11 {
			for _, broken := range []string{src[:cut], src[cut:], src[:cut] + src[min(cut+4, len(src)):]} {
				f := parser.Parse(name, "", text.New(broken))
				for _, a := range everyFix(f) {
					apply(broken, a.Edits())
				}
			}
		}
	}
}

// A finding of a project that is older than the text offers nothing.
func TestCostEditsOfOldText(t *testing.T) {
	const src = "from openai import OpenAI\nclient = OpenAI()\n\n\ndef ask(text: str) -> str:\n    return client.responses.create(model='gpt-5.4-nano', input=text).output_text\n"
	f := parser.Parse("a.py", "", text.New(src))
	if n := len(everyFix(f)); n != 2 {
		t.Errorf("%d actions", n)
	}
	edited := parser.Parse("a.py", "", text.New("import os\n"+src))
	site := &llm.Sites(f)[0]
	finding := &diagnostics.Finding{Fix: &cost.ResponseCacheFix{Call: &estimate.Call{Site: site}, Func: f.EnclosingFunc(site.Call.Node)}}
	if a := responseCache(edited, finding); len(a) > 0 {
		t.Errorf("%+v", a)
	}
	if a := responseCache(parser.Parse("a.py", "", text.New(src)), finding); len(a) != 2 {
		t.Errorf("%d actions for the same text", len(a))
	}
}

package codeactions

import (
	"fmt"
	"path/filepath"
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

// Whatever a rule may ask for at any site of the golden files, what
// is offered changes something, and leaves a file that can be read.
func TestCostActionsAnywhere(t *testing.T) {
	sources := map[string]string{}
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "> ") {
				sources[filepath.Base(path)+"/"+f.Name] = string(f.Data)
			}
		}
	}
	env := estimate.Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today}
	python := map[string]string{}
	offered := 0
	for path, src := range sources {
		f := parser.Parse(path, "", text.New(src))
		if f.Broken() {
			continue
		}
		for i, call := range estimate.Calls(f, env) {
			for kind, fix := range anyFix(env, call) {
				finding := diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: f.Locate(f.Span(call.Site.Method)), Fix: fix}
				for _, action := range actionsFor(f, []diagnostics.Finding{finding}, finding.Span) {
					after := apply(src, action.Edits())
					switch {
					case action.Disabled != "":
						continue
					case after == src:
						t.Errorf("%s: %s changes nothing", path, action.Title)
					case parser.Parse(path, "", text.New(after)).Broken():
						t.Errorf("%s: %s breaks the file:\n%s", path, action.Title, after)
					}
					offered++
					if strings.HasSuffix(path, ".py") {
						python[fmt.Sprintf("%s %d %s", path, i, kind)] = after
					}
				}
			}
		}
	}
	if offered < 200 {
		t.Errorf("only %d actions are offered", offered)
	}
	compilePython(t, python)
}

// anyFix are all fixes of the family for a call, whether it needs them or not.
func anyFix(env estimate.Env, call *estimate.Call) map[string]any {
	site := call.Site
	if site.Kind == llm.Embedding {
		return nil
	}
	fixes := map[string]any{
		"output":  &cost.CapFix{Site: site, Setting: llm.OutputCap, Value: 1234},
		"rounds":  &cost.CapFix{Site: site, Setting: llm.Rounds, Value: 17},
		"prefix":  &cost.PromptCacheFix{Call: call},
		"growing": &cost.PromptCacheFix{Call: call, Growing: true},
		"tier":    &cost.ServiceTierFix{Call: call, Tier: "flex"},
		"answers": &cost.ResponseCacheFix{Call: call, Func: site.File.EnclosingFunc(site.Call.Node)},
	}
	if call.Model != nil && site.Model.File == site.File {
		if to, ok := env.Model(call.Model.Cheaper); ok {
			prefix, _ := pricing.SplitGateway(site.Model.ID)
			fixes["swap"] = &cost.SwapFix{From: call.Model, To: to, ID: site.Model.ID, New: prefix + to.ID, Literal: site.Model.Literal, Sites: []*llm.Site{site}, Cheaper: true}
		}
	}
	return fixes
}

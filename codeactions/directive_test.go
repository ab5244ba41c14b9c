package codeactions

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// directive is a comment in a golden file that pretends a finding about what follows it,
// whatever the rules say: the first site behind it, or the first decorator or call for retry.
//
//	fix: cap output 1024       fix: cap rounds 10       fix: swap claude-haiku-5-5 [input=120000]
//	fix: prefix                fix: growing             fix: tier flex
//	fix: retry tenacity 5      fix: answers             fix: batch             fix: hoist
//	fix: rule NAME: the fixer of that name, about the first call behind the comment
//	fix: rule NAME WORD: about the first WORD behind it
var directive = regexp.MustCompile(`^(?:#|//) fix: (.+?)\s*$`)

// directed are the findings that the directives of a file pretend.
func directed(t *testing.T, f *parser.File) []diagnostics.Finding {
	t.Helper()
	env := estimate.Env{Prices: pricing.Builtin(), Config: config.Default(), Now: today}
	calls := estimate.Calls(f, env)
	var findings []diagnostics.Finding
	for _, comment := range f.Comments {
		m := directive.FindStringSubmatch(f.Text.Slice(comment.Span))
		if m == nil {
			continue
		}
		words := strings.Fields(m[1])
		if words[0] == "rule" {
			findings = append(findings, ruleAfter(t, f, comment.Span.End, words[1:]...))
			continue
		}
		if words[0] == "retry" {
			findings = append(findings, retryAfter(f, comment.Span.End, words))
			continue
		}
		var call *estimate.Call
		for _, c := range calls {
			if f.Span(c.Site.Call.Node).Start > comment.Span.End {
				call = c
				break
			}
		}
		if call == nil {
			t.Errorf("%s: no site behind %q", f.Path, m[0])
			continue
		}
		span := f.Locate(f.Span(call.Site.Method))
		findings = append(findings, diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: span, Fix: fixOf(t, call, words)})
	}
	return findings
}

func fixOf(t *testing.T, call *estimate.Call, words []string) any {
	t.Helper()
	site := call.Site
	number := func(i int) int {
		n, err := strconv.Atoi(words[i])
		if err != nil {
			t.Fatal(words, err)
		}
		return n
	}
	switch words[0] {
	case "cap":
		what := map[string]llm.Setting{"output": llm.OutputCap, "rounds": llm.Rounds}[words[1]]
		return &cost.CapFix{Site: site, Setting: what, Value: number(2)}
	case "swap":
		to, ok := pricing.Builtin().Lookup(words[1])
		if !ok || call.Model == nil {
			t.Fatalf("%q: the model to swap for, or the site's %q, is not in the table", words, site.Model.ID)
		}
		prefix, _ := pricing.SplitGateway(site.Model.ID)
		fix := &cost.SwapFix{From: call.Model, To: to, ID: site.Model.ID, New: prefix + to.ID, Literal: site.Model.Literal, Sites: []*llm.Site{site}, Cheaper: true, Saving: 320}
		if len(words) > 2 {
			fix.Input, _ = strconv.ParseFloat(strings.TrimPrefix(words[2], "input="), 64)
		}
		return fix
	case "prefix", "growing":
		return &cost.PromptCacheFix{Call: call, Growing: words[0] == "growing"}
	case "tier":
		return &cost.ServiceTierFix{Call: call, Tier: words[1]}
	case "answers":
		return &cost.ResponseCacheFix{Call: call, Func: site.File.EnclosingFunc(site.Call.Node)}
	case "batch":
		return &cost.BatchEmbeddingFix{Call: call, Loop: site.Loop}
	case "hoist":
		return &cost.HoistFix{Call: call, Loop: site.Loop}
	}
	t.Fatalf("no fix is called %q", words)
	return nil
}

// retryAfter pretends a finding about the decorator, or the call where there is none, behind offset.
func retryAfter(f *parser.File, offset int, words []string) diagnostics.Finding {
	node := parser.NoNode
	for i := range f.Nodes {
		n := parser.NodeID(i)
		if f.Span(n).Start <= offset {
			continue
		}
		if k := f.Kind(n); k == parser.KindDecorator || k == parser.KindKeywordArgument || k == parser.KindPair {
			node = n
			break
		}
	}
	value, _ := strconv.Atoi(words[2])
	var span text.Span
	if node != parser.NoNode {
		span = f.Locate(f.Span(node))
	}
	return diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: span, Fix: &cost.RetryFix{Node: node, Library: words[1], Value: value}}
}

// A file keeps the ends of its lines, and has no other line changed.
func TestCostLineEnds(t *testing.T) {
	for path, src := range map[string]string{
		"a.py": "from agents import Agent\n\n# fix: cap output 1024\nAgent(\n    name=\"a\",\n    model=\"gpt-6.1-terra\",  # small\n)\n",
		"a.ts": "import { generateText } from 'ai';\nimport { openai } from '@ai-sdk/openai';\n\n// fix: cap rounds 5\nawait generateText({\n  model: openai('gpt-6.1-terra'),\n  prompt: 'hi',\n});\n",
	} {
		results := [2]string{}
		for i, source := range []string{src, strings.ReplaceAll(src, "\n", "\r\n")} {
			f := parser.Parse(path, "", text.New(source))
			actions := actionsFor(f, directed(t, f), text.Span{End: f.Source.Len()})
			if len(actions) != 1 || actions[0].Disabled != "" {
				t.Fatalf("%s: %+v", path, actions)
			}
			results[i] = apply(source, actions[0].Edits())
		}
		if want := strings.ReplaceAll(results[0], "\n", "\r\n"); results[1] != want {
			t.Errorf("%s: %q, not %q", path, results[1], want)
		}
	}
}

// ruleAfter pretends a finding of a rule with the fixer words[0] behind offset: about the first
// call, or about words[1].
func ruleAfter(t *testing.T, f *parser.File, offset int, words ...string) diagnostics.Finding {
	t.Helper()
	fixer := words[0]
	if fixers[fixer] == nil {
		t.Fatalf("no fixer is called %q", fixer)
	}
	if len(words) > 1 {
		at := offset + strings.Index(f.Text.String()[offset:], words[1])
		span := text.Span{Start: at, End: at + len(words[1])}
		return diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: f.Locate(span), Fix: &sast.Fix{Fixer: fixer, Span: span}}
	}
	for i := range f.Nodes {
		n := parser.NodeID(i)
		if call := f.CallAt(n); call != nil && f.Span(n).Start > offset && f.CallAt(f.Field(f.Unwrap(call.Callee), parser.FieldObject)) == nil {
			return diagnostics.Finding{Rule: diagnostics.SuppressionRule, Span: f.Locate(f.Span(n)), Fix: &sast.Fix{Fixer: fixer, Span: f.Span(n)}}
		}
	}
	t.Fatalf("%s: no call behind the comment", f.Path)
	return diagnostics.Finding{}
}

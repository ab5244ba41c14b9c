package codeactions

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// capCost bounds what a call costs: its answer, or its rounds. Neither is ever preferred: an
// answer that is cut and an agent that is stopped are other results.
func capCost(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.CapFix)
	if !ok || fix.Site == nil || fix.Value <= 0 {
		return nil
	}
	row, site := seatOf(f, fix.Site, fix.Setting)
	if row == nil {
		return wrapModel(f, fix)
	}
	path, value := row.pathFor(fix.Site.Model.ID), strconv.Itoa(fix.Value)
	if row.legacy != "" && isLegacy(f, site, fix.Site) {
		path = row.legacy
		plain := *row
		plain.value, plain.needs = "", symbol{}
		row = &plain
	}
	d := &draft{File: f}
	blocked := d.set(site, row, path, value)
	return []Action{d.action(capTitle(fix, path[strings.LastIndexByte(path, '.')+1:]), blocked)}
}

// action is what d has drafted under a title.
func (d *draft) action(title, blocked string) Action {
	edits := d.done()
	return Action{Title: title, Disabled: blocked, edits: func() []Edit { return edits }}
}

func capTitle(fix *cost.CapFix, name string) string {
	if fix.Setting == llm.Rounds {
		return fmt.Sprintf("Stop after %d rounds (%s)", fix.Value, name)
	}
	title := fmt.Sprintf("Cap the answer at %d tokens (%s): a longer one is cut", fix.Value, name)
	if m, ok := pricing.Builtin().Lookup(fix.Site.Model.ID); ok && traitsOf(m).reasons {
		title += ", and reasoning counts"
	}
	return title
}

// isLegacy reports whether a call knows a setting under its former name only: models of
// OpenAI before GPT-5 and servers that imitate OpenAI's, and the AI SDK before version 5.
func isLegacy(f *parser.File, seated, site *llm.Site) bool {
	if seated.SDK == "ai-sdk" {
		return oldAISDK(f)
	}
	if seated.Platform == llm.Custom || strings.Contains(f.Slice(seated.Method), "ChatCompletion") {
		return true
	}
	m, ok := pricing.Builtin().Lookup(site.Model.ID)
	return ok && m.Provider == pricing.OpenAI && !traitsOf(m).reasons
}

var oldAISDKNames = regexp.MustCompile(`\b(maxTokens|maxSteps|experimental_providerMetadata|CoreMessage|maxToolRoundtrips)\b`)

// oldAISDK reports whether a file is written for the AI SDK before version 5, as far as it shows.
func oldAISDK(f *parser.File) bool { return oldAISDKNames.MatchString(f.Text.String()) }

// wrapModel makes a model that is named by a string one with a cap on its answers: an agent
// of CrewAI or LangChain takes either.
func wrapModel(f *parser.File, fix *cost.CapFix) []Action {
	site := fix.Site
	if fix.Setting != llm.OutputCap || site.File != f || site.Model.Literal == parser.NoNode || site.Model.File != f || !f.Within(site.Model.Literal, site.Call.Node) {
		return nil
	}
	for _, w := range wrappers {
		if w.sdk != site.SDK || w.in != dialectOf(f) || !w.about(f, site) {
			continue
		}
		d := &draft{File: f}
		local, ok := d.symbol(w.needs, site.Call.Node)
		if !ok {
			return []Action{d.action(capTitle(fix, w.needs.name), w.needs.name+" means something else in this file")}
		}
		d.replace(f.Span(site.Model.Literal), fmt.Sprintf(w.value, local, f.Slice(site.Model.Literal), fix.Value))
		return []Action{d.action(capTitle(fix, w.needs.name), "")}
	}
	return nil
}

// wrappers are what takes a model's id and its settings, for calls that take the result in
// place of the id.
var wrappers = []seat{
	{sdk: "crewai", calls: []string{"Agent", "Crew"}, value: "%s(model=%s, max_tokens=%d)", needs: symbol{"crewai", "LLM"}},
	{sdk: "langchain", calls: []string{"create_agent", "create_react_agent"}, value: "%s(%s, max_tokens=%d)", needs: symbol{"langchain.chat_models", "init_chat_model"}},
}

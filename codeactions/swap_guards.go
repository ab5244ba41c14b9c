package codeactions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// traits are what requests must respect about a model beyond its name. The facts are the
// providers' documentation of 2026-11-22.
type traits struct {
	// reasons: OpenAI's GPT-5, GPT-6 and o models. In chat they take max_completion_tokens
	// for max_tokens, and refuse sampling arguments unless the effort is none.
	reasons bool
	// chatTools is what the model asks of a chat request with tools.
	chatTools toolsNeed
	// noSampling: Claude 4.7 and later refuse temperature, top_p and top_k, thinking budgets
	// and prefilled answers, and may begin an answer with a thinking block.
	noSampling bool
	// noForcedTool: refuses a tool_choice that forces a tool.
	noForcedTool bool
}

type toolsNeed uint8

const (
	anyTools toolsNeed = iota
	toolsWithoutEffort
	toolsInResponses
)

var openAITools = map[string]toolsNeed{
	"gpt-6-astra": toolsInResponses, "gpt-6.1-sol": toolsInResponses,
	"gpt-6-sol": toolsWithoutEffort, "gpt-6-luna": toolsWithoutEffort,
}

// olderOpenAI are the OpenAI models of the table that do not reason.
var olderOpenAI = map[string]bool{
	"gpt-4.1": true, "gpt-4.1-mini": true, "gpt-4.1-nano": true, "gpt-4o": true, "gpt-4o-mini": true,
	"gpt-4": true, "gpt-4-turbo": true, "gpt-4-1106-preview": true, "gpt-3.5-turbo": true,
}

func traitsOf(m *pricing.Model) traits {
	switch m.Provider {
	case pricing.OpenAI:
		return traits{reasons: !olderOpenAI[m.ID] && !m.Embedding(), chatTools: openAITools[m.ID]}
	case pricing.Anthropic:
		// The models with the new tokenizer are the ones with the new rules.
		return traits{noSampling: m.Tokenizer == "claude-new", noForcedTool: m.ID == "claude-sonnet-5-5"}
	}
	return traits{}
}

// check applies the guards to one call.
func (s *swap) check(site *llm.Site) {
	if site.Platform != llm.Direct {
		s.block(fmt.Sprintf("this call goes to %s, where model ids differ", site.Platform))
	}
	if site.Kind == llm.Embedding || s.to.Embedding() {
		s.block("vectors of different models do not compare: everything embedded so far must be embedded again")
	}
	if hidden(s.File, site.Call) {
		s.review = true
		s.note("check the arguments that are put together elsewhere")
	}
	if site.Model.Default {
		s.review = true
		s.note("changes the default only")
	}
	to := traitsOf(s.to)
	if to.reasons {
		s.checkReasoning(site, to)
	}
	if to.noSampling {
		s.checkClaude(site, to)
	}
}

// checkReasoning is for a change to a reasoning model of OpenAI.
func (s *swap) checkReasoning(site *llm.Site, to traits) {
	chat := site.API == "chat.completions" || site.API == "completion"
	if site.API == "completions" || site.API == "text_completion" {
		s.block(s.to.ID + " is not served by the completions API: use chat or responses")
		return
	}
	effort, given := s.effort(site)
	if !given && (!traitsOf(s.from).reasons || chat && to.chatTools == toolsWithoutEffort && s.hasTools(site)) {
		s.addEffort(site)
		effort = "none"
	}
	if cap, ok := s.argument(site, "max_tokens"); ok && chat && site.SDK == "openai" {
		s.note("max_tokens becomes max_completion_tokens")
		s.companions = append(s.companions, func(d *draft) { d.rename(cap.Arg, "max_completion_tokens") })
	}
	if effort != "none" {
		s.drop(site, "temperature", "top_p", "logprobs", "top_logprobs")
	}
	if chat && s.hasTools(site) {
		switch {
		case to.chatTools == toolsInResponses:
			s.block(s.to.ID + " takes tools in the Responses API only")
		case to.chatTools == toolsWithoutEffort && effort != "none":
			s.block(s.to.ID + ` takes tools in chat only with reasoning_effort "none"`)
		}
	}
}

// effort is the reasoning effort that a call asks for, "?" when it is not constant.
func (s *swap) effort(site *llm.Site) (effort string, given bool) {
	v, ok := s.argument(site, "reasoning_effort")
	value := v.Value
	if site.API == "responses" {
		if v, ok = s.argument(site, "reasoning"); ok {
			value = v.Value.Get("effort")
		}
	}
	if !ok {
		return "", false
	}
	if value.Kind != parser.String {
		return "?", true
	}
	return value.Str, true
}

// addEffort asks for no reasoning, as the former model did none.
func (s *swap) addEffort(site *llm.Site) {
	name, value := "reasoning_effort", `"none"`
	if site.API == "responses" {
		name, value = "reasoning", `{"effort": "none"}`
		if s.Language.IsScript() {
			value = `{ effort: "none" }`
		}
	}
	arg := s.Parent(site.Model.Arg)
	if k := s.Kind(arg); k != parser.KindKeywordArgument && k != parser.KindPair {
		arg = site.Model.Arg // positional, or the shorthand {model}
	}
	s.note("adds " + name + " none")
	s.companions = append(s.companions, func(d *draft) { d.add(arg, name, value, s.literal) })
}

func (s *swap) hasTools(site *llm.Site) bool {
	_, tools := s.argument(site, "tools")
	_, functions := s.argument(site, "functions")
	return tools || functions
}

// drop takes out arguments that the new model refuses.
func (s *swap) drop(site *llm.Site, names ...string) {
	var gone []string
	for _, name := range names {
		if v, ok := s.argument(site, name); ok && !slices.Contains(s.removed, v.Arg) {
			s.removed = append(s.removed, v.Arg)
			gone = append(gone, name)
		}
	}
	if len(gone) > 0 {
		s.note("removes " + strings.Join(gone, " and "))
	}
}

// checkClaude is for a change to Claude 4.7 or later.
func (s *swap) checkClaude(site *llm.Site, to traits) {
	s.drop(site, "temperature", "top_p", "top_k")
	if v, ok := s.argument(site, "thinking"); ok {
		if v.Kind != parser.Dict {
			s.review = true
		}
		for _, e := range v.Entries {
			if e.Key.Str == "budget_tokens" {
				s.block(s.to.ID + " takes no thinking budget: set output_config.effort instead")
			}
		}
	}
	if v, ok := s.argument(site, "messages"); ok && v.Kind == parser.List && len(v.Elems) > 0 {
		if v.Elems[len(v.Elems)-1].Get("role").Str == "assistant" {
			s.block(s.to.ID + " refuses a prefilled answer: the last message must be the user's")
		}
	}
	if v, ok := s.argument(site, "tool_choice"); ok && to.noForcedTool && forces(v.Value) {
		s.block(s.to.ID + " refuses a tool_choice that forces a tool")
	} else if ok && to.noForcedTool && v.Kind == parser.Unknown {
		s.review = true
	}
	if site.SDK == "anthropic" && readsFirstBlock(s.File) {
		s.block("the file reads content[0].text, but the first block of an answer may be thinking: look for the block of type text")
	}
}

// forces reports whether a tool_choice leaves the model no answer without a tool.
func forces(v parser.Value) bool {
	kind := v.Str
	if v.Kind == parser.Dict {
		kind = v.Get("type").Str
	}
	return slices.Contains([]string{"any", "tool", "function", "required"}, kind)
}

// readsFirstBlock reports whether f reads content[0].text of anything.
func readsFirstBlock(f *parser.File) bool {
	if !strings.Contains(f.Text.String(), "content") {
		return false
	}
	for i := range f.Nodes {
		n := parser.NodeID(i)
		if f.Kind(n) != parser.KindSubscript {
			continue
		}
		object, index := f.FirstChild(n), f.LastChild(n)
		if f.Slice(index) == "0" && lastName(f, object) == "content" && f.Kind(f.Parent(n)) == parser.KindAttribute && lastName(f, f.Parent(n)) == "text" {
			return true
		}
	}
	return false
}

// lastName is b of a.b, and a of a plain a.
func lastName(f *parser.File, n parser.NodeID) string {
	source := f.Slice(n)
	return source[strings.LastIndexAny(source, ".?")+1:]
}

// hidden reports whether c takes arguments from somewhere that the file does not spell out.
func hidden(f *parser.File, c *parser.Call) bool {
	for i := range c.Args {
		a := &c.Args[i]
		if a.Spread == 0 && !f.Language.IsScript() {
			continue
		}
		v := f.Eval(a.Value)
		if a.Spread > 0 && v.Kind != parser.Dict || a.Spread == 0 && i == 0 && v.Kind != parser.Dict && v.Kind != parser.String {
			return true
		}
		for _, e := range v.Entries {
			if e.Key.Kind != parser.String {
				return true
			}
		}
	}
	return false
}

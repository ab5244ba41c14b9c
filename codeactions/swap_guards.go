package codeactions

import (
	"fmt"
	"regexp"
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

// reasoningID are the ids of OpenAI's models that reason before they answer: GPT-5, GPT-6 and
// o; the chat variants of GPT-5 do not.
var reasoningID = regexp.MustCompile(`^(gpt-[5-9]|o[1-9])([.-]|$)`)

func traitsOf(m *pricing.Model) traits {
	switch m.Provider {
	case pricing.OpenAI:
		return traits{reasons: reasoningID.MatchString(m.ID) && !strings.Contains(m.ID, "-chat"), chatTools: openAITools[m.ID]}
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
	if site.Config == nil && hidden(s.File, site.Call) {
		s.review = true
		s.note("check the arguments that are put together elsewhere")
	}
	if site.Model.Default {
		s.review = true
		s.note("changes the default only")
	}
	if site.File != s.File {
		s.review = true
		s.note("check the calls in " + site.File.Path)
		return
	}
	to := traitsOf(s.to)
	if to.reasons {
		s.checkReasoning(site, to)
	}
	if to.noSampling {
		s.checkClaude(site, to)
	}
}

// checkClaude is for a change to Claude 4.7 or later.
func (s *swap) checkClaude(site *llm.Site, to traits) {
	s.drop(site, "temperature", "top_p", "topP", "top_k", "topK")
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
	if _, presence := site.Setting(llm.Thinking); presence == llm.Present {
		s.block(s.to.ID + " takes no thinking budget: set the effort instead")
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

package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// checkReasoning is for a change to a reasoning model of OpenAI.
func (s *swap) checkReasoning(site *llm.Site, to traits) {
	chat := site.API == "chat.completions" || site.API == "completion"
	if site.API == "completions" || site.API == "text_completion" {
		s.block(s.to.ID + " is not served by the completions API: use chat or responses")
		return
	}
	effort, given := s.effort(site)
	if !given && (!traitsOf(s.from).reasons || chat && to.chatTools == toolsWithoutEffort && s.hasTools(site)) {
		if s.addEffort(site) {
			effort = "none"
		}
	}
	if cap, ok := s.argument(site, "max_tokens"); ok && chat && site.SDK == "openai" {
		s.note("max_tokens becomes max_completion_tokens")
		s.companions = append(s.companions, func(d *draft) { d.rename(cap.Arg, "max_completion_tokens") })
	}
	s.moveCap(site)
	if effort != "none" && site.SDK != "ai-sdk" { // which leaves them out by itself
		s.drop(site, "temperature", "top_p", "topP", "logprobs", "top_logprobs", "topLogprobs")
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

// moveCap writes the cap on the answer where the new model has it, if that is another place.
func (s *swap) moveCap(site *llm.Site) {
	row, seated := seatOf(s.File, site, llm.OutputCap)
	if row == nil || row.pathFor(s.to.ID) == row.path || row.pathFor(s.from.ID) != row.path {
		return
	}
	was, ok := s.argument(seated, row.path)
	if !ok || slices.Contains(s.removed, was.Arg) {
		return
	}
	object, key, _ := strings.Cut(row.pathFor(s.to.ID), ".")
	_, there := llm.Argument(s.File, seated.Call, object, -1)
	set := func(d *draft) string { return d.set(seated, row, object+"."+key, s.Slice(was.Expr)) }
	if value := s.beside[seated.Call]; value != nil && !there { // the same object, which is made for the effort
		*value = strings.TrimSuffix(*value, " }") + ", " + key + ": " + s.Slice(was.Expr) + " }"
		set = func(*draft) string { return "" }
	}
	if reason := set(&draft{File: s.File}); reason != "" {
		s.block(s.to.ID + " refuses " + row.path + ", and " + reason)
		return
	}
	s.removed = append(s.removed, was.Arg)
	s.note(row.path + " becomes " + row.pathFor(s.to.ID))
	s.companions = append(s.companions, func(d *draft) { set(d) })
}

// effort is the reasoning effort that a call asks for, "?" when it is not constant.
func (s *swap) effort(site *llm.Site) (effort string, given bool) {
	v, presence := site.Setting(llm.Effort)
	switch {
	case presence != llm.Present:
		return "", false
	case v.Kind != parser.String:
		return "?", true
	}
	return v.Str, true
}

// addEffort asks for no reasoning, as the former model did none, where the SDK has a place for
// that and the file shows it.
func (s *swap) addEffort(site *llm.Site) bool {
	row, seated := seatOf(s.File, site, llm.Effort)
	if row == nil {
		s.review = true
		s.note("the new model reasons first")
		return false
	}
	if slices.Contains(s.asked, seated.Call) { // by another call with the same configuration
		return true
	}
	path := row.pathFor(s.to.ID)
	name := path[strings.LastIndexByte(path, '.')+1:]
	object, rest, nested := strings.Cut(path, ".")
	_, there := llm.Argument(s.File, seated.Call, object, -1)
	if row.options == 0 && !there && seated.Model.Arg != parser.NoNode && (!nested || row.build == nil) && s.holdsModel(seated) {
		value := `"none"`
		if nested { // beside the model
			w := &writer{draft: &draft{File: s.File}, quote: `"`}
			value, _ = w.built(strings.Split(rest, "."), value, 0)
		}
		if name == "effort" {
			name = object
		}
		s.asked = append(s.asked, seated.Call)
		s.note("adds " + name + " none")
		if s.beside == nil {
			s.beside = map[*parser.Call]*string{}
		}
		s.beside[seated.Call] = &value // read late: moveCap may add to it
		s.companions = append(s.companions, func(d *draft) { d.add(s.modelMember(seated), object, value, s.literal) })
		return true
	}
	set := func(d *draft) string { return d.set(seated, row, path, `"none"`) }
	if set(&draft{File: s.File}) != "" {
		s.review = true
		s.note("the new model reasons first")
		return false
	}
	s.asked = append(s.asked, seated.Call)
	s.note("adds " + name + " none")
	s.companions = append(s.companions, func(d *draft) { set(d) })
	return true
}

// modelMember is the argument or pair that gives a site its model.
func (s *swap) modelMember(site *llm.Site) parser.NodeID {
	arg := s.Parent(site.Model.Arg)
	if k := s.Kind(arg); k == parser.KindKeywordArgument || k == parser.KindPair {
		return arg
	}
	return site.Model.Arg // positional, or the shorthand {model}
}

// holdsModel reports whether the model is an argument of the call, or of what it spreads.
func (s *swap) holdsModel(site *llm.Site) bool {
	v, ok := llm.Argument(s.File, site.Call, "model", -1)
	if !ok {
		v, ok = llm.Argument(s.File, site.Call, "engine", -1)
	}
	return ok && v.Expr == site.Model.Arg || s.Parent(s.Parent(site.Model.Arg)) == site.Call.Node
}

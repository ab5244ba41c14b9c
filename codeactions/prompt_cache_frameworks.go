package codeactions

import (
	"cmp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// aiSDK moves the system prompt into the messages, where it can have a mark.
func (c *prefixCacher) aiSDK() []Action {
	const title = "Cache the system prompt (cacheControl)"
	call := c.site.Call
	if len(call.Args) == 0 {
		return nil
	}
	w := &writer{draft: c.draft, use: call.Node}
	options := c.Unwrap(call.Args[0].Value)
	if c.Kind(options) != parser.KindDict {
		return c.offer(title, elsewhere, false)
	}
	system, ok, reason := w.entry(options, "system")
	if !ok {
		return c.offer(title, cmp.Or(reason, "the call has no system prompt"), false)
	}
	if c.site.API == "ToolLoopAgent" {
		return nil
	}
	value := c.Unwrap(system.value)
	if k := c.Kind(value); k == parser.KindDict || k == parser.KindList {
		return c.offer(title, "the system prompt is a message already: give it providerOptions.anthropic.cacheControl", false)
	}
	if reason := c.constant(c.Eval(system.value), system.value); reason != "" {
		return c.offer(title, reason, false)
	}
	message := strings.ReplaceAll(`{ role: "system", content: `, `"`, c.usualQuote()) + c.Slice(system.value) +
		strings.ReplaceAll(`, providerOptions: { anthropic: { cacheControl: `+scriptMark+` } } }`, `"`, c.usualQuote())
	if messages, ok, _ := w.entry(options, "messages"); ok {
		c.removeArguments([]parser.NodeID{system.node})
		list := c.Unwrap(messages.value)
		switch first := c.FirstChild(list); {
		case c.Kind(list) != parser.KindList && c.Kind(messages.node) == parser.KindShorthand:
			c.insert(c.Span(messages.node).End, ": ["+message+", ..."+c.Slice(messages.node)+"]")
		case c.Kind(list) != parser.KindList:
			c.insert(c.Span(messages.value).Start, "["+message+", ...")
			c.insert(c.Span(messages.value).End, "]")
		case first == parser.NoNode:
			c.replace(c.Span(list), "["+message+"]")
		default:
			indent, alone := indentAt(c.Text, c.Span(first).Start)
			if alone {
				message += "," + c.Text.EOL() + indent
			} else {
				message += ", "
			}
			c.insert(c.Span(first).Start, message)
		}
		return c.offer(title, "", false)
	}
	prompt, ok, reason := w.entry(options, "prompt")
	if !ok {
		return c.offer(title, cmp.Or(reason, "the call has neither prompt nor messages"), false)
	}
	if k := c.Kind(c.Unwrap(prompt.value)); k == parser.KindList {
		return c.offer(title, "the prompt is a list of messages: rename it to messages first", false)
	}
	user := strings.ReplaceAll(`{ role: "user", content: `, `"`, c.usualQuote()) + c.Slice(prompt.value) + " }"
	c.removeArguments([]parser.NodeID{system.node})
	c.replace(c.Span(prompt.node), "messages: ["+message+", "+user+"]")
	return c.offer(title, "", false)
}

// pydanticAI asks for it in the agent's model settings.
func (c *prefixCacher) pydanticAI() []Action {
	const title = "Cache the prompt (anthropic_cache)"
	settings := symbol{"pydantic_ai.models.anthropic", "AnthropicModelSettings"}
	site := c.site
	for site != nil && site.Call != nil && (site.File != c.File || site.Call.Name != "Agent") {
		site = site.Config
	}
	if site == nil || site.Call == nil {
		return nil
	}
	w := &writer{draft: c.draft, build: []symbol{settings}, use: site.Call.Node, quote: quoteOf(c.File, site.Model.Arg)}
	if found, ok, _ := w.find(site.Call, -1, "model_settings"); ok {
		// ModelSettings has no place for it.
		if made := c.CallAt(c.Unwrap(found.value)); made != nil && made.Name == "ModelSettings" {
			local, ok := c.symbol(settings, site.Call.Node)
			if !ok {
				return c.offer(title, settings.name+" means something else in this file", false)
			}
			c.replace(c.Span(made.Callee), local)
		}
	}
	return c.offer(title, w.argument(site.Call, -1, []string{"model_settings", "anthropic_cache"}, "True"), false)
}

// langchain gives an agent the middleware that marks its prompts.
func (c *prefixCacher) langchain() []Action {
	if c.Language.IsScript() {
		return nil
	}
	const title = "Cache the prompt (AnthropicPromptCachingMiddleware)"
	site := c.site
	for site != nil && site.Call != nil && (site.File != c.File || site.Call.Name != "create_agent") {
		site = site.Config
	}
	if site == nil || site.Call == nil || !c.claude(site) {
		return nil
	}
	w := &writer{draft: c.draft, use: site.Call.Node, quote: c.usualQuote()}
	found, ok, reason := w.find(site.Call, -1, "middleware")
	if reason != "" {
		return c.offer(title, reason, false)
	}
	local, imported := c.symbol(symbol{"langchain_anthropic.middleware.prompt_caching", "AnthropicPromptCachingMiddleware"}, site.Call.Node)
	if !imported {
		return c.offer(title, "AnthropicPromptCachingMiddleware means something else in this file", false)
	}
	if !ok {
		return c.offer(title, w.argument(site.Call, -1, []string{"middleware"}, "["+local+"()]"), false)
	}
	list := c.Unwrap(found.value)
	if c.Kind(list) != parser.KindList {
		return c.offer(title, elsewhere, false)
	}
	return c.offer(title, w.append(list, local+"()"), false)
}

// claude reports whether the model of a site, or of what configures it, is one of Anthropic's.
func (c *prefixCacher) claude(site *llm.Site) bool {
	for ; site != nil; site = site.Config {
		if strings.Contains(site.Model.ID, "claude") {
			return true
		}
	}
	return false
}

package codeactions

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Marks for a prefix that the provider is to keep: at most four in a request, behind what
// does not change from call to call.
const (
	mark       = `{"type": "ephemeral"}`
	scriptMark = `{ type: "ephemeral" }`
)

// promptCache lets the provider keep the prefix of a prompt.
func promptCache(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.PromptCacheFix)
	if !ok || fix.Call == nil || fix.Call.Site == nil {
		return nil
	}
	c := &prefixCacher{draft: &draft{File: f}, site: fix.Call.Site, growing: fix.Growing}
	if c.site.File != f {
		return nil
	}
	switch c.site.SDK {
	case "anthropic":
		return c.anthropic()
	case "ai-sdk":
		if c.forAnthropic(fix) {
			return c.aiSDK()
		}
	case "pydantic-ai":
		if c.forAnthropic(fix) {
			return c.pydanticAI()
		}
	case "langchain", "langgraph":
		return c.langchain()
	}
	return c.cacheKey(fix)
}

// prefixCacher marks the prefix of one site's prompt.
type prefixCacher struct {
	*draft
	site    *llm.Site
	growing bool
	review  bool // something that can't be seen needs a look
}

func (c *prefixCacher) forAnthropic(fix *cost.PromptCacheFix) bool {
	return fix.Call.Model != nil && fix.Call.Model.Provider == "anthropic"
}

// done is the action that has been drafted.
func (c *prefixCacher) offer(title, blocked string, preferred bool) []Action {
	a := c.action(title, blocked)
	a.Preferred = preferred && blocked == "" && !c.review
	return []Action{a}
}

func (c *prefixCacher) quoted(script, python string) string {
	if c.Language.IsScript() {
		return script
	}
	return python
}

// anthropic marks the whole conversation, where it grows, else the end of what is constant.
func (c *prefixCacher) anthropic() []Action {
	if c.site.API != "messages" {
		return nil
	}
	if c.growing && c.site.Platform == llm.Direct {
		blocked := c.markRequest()
		return c.offer("Cache the conversation so far (cache_control)", blocked, true)
	}
	title := "Cache the system prompt (cache_control)"
	if arg, ok := llm.Argument(c.File, c.site.Call, "system", -1); ok && arg.Kind != parser.None {
		return c.offer(title, c.markSystem(arg), true)
	}
	if hidden(c.File, c.site.Call) {
		return c.offer(title, elsewhere, false)
	}
	if arg, ok := llm.Argument(c.File, c.site.Call, "tools", -1); ok {
		return c.offer("Cache the tools (cache_control)", c.markLast(arg.Expr), true)
	}
	return c.offer(title, "the call has no system prompt or tools: move there what stays the same, in front of what changes", false)
}

// markRequest lets the provider place the mark, behind the newest message.
func (c *prefixCacher) markRequest() string {
	written := c.quoted("cache_control: "+scriptMark, "cache_control="+mark)
	if hidden(c.File, c.site.Call) {
		return elsewhere
	}
	if _, ok := llm.Argument(c.File, c.site.Call, "cache_control", -1); ok {
		return "cache_control is set already"
	}
	after, ok := llm.Argument(c.File, c.site.Call, "max_tokens", -1)
	if !ok || !c.Within(after.Arg, c.site.Call.Node) {
		return elsewhere
	}
	if k := c.Kind(after.Arg); k == parser.KindPair && !c.Language.IsScript() {
		return elsewhere
	}
	c.insertMember(after.Arg, strings.ReplaceAll(written, `"`, quoteOf(c.File, c.site.Model.Arg)))
	return ""
}

// markSystem makes a system prompt a block of text with a mark, or marks its last block.
func (c *prefixCacher) markSystem(arg llm.Value) string {
	expr := c.Unwrap(arg.Expr)
	if c.Kind(expr) == parser.KindList {
		return c.markLast(expr)
	}
	if reason := c.constant(arg.Value, arg.Expr); reason != "" {
		return reason
	}
	block := c.quoted(`[{ type: "text", text: %s, cache_control: `+scriptMark+` }]`, `[{"type": "text", "text": %s, "cache_control": `+mark+`}]`)
	c.wrap(arg, block)
	return ""
}

// wrap writes an argument's value into a form, %s for what it was.
func (c *prefixCacher) wrap(arg llm.Value, form string) {
	before, after, _ := strings.Cut(strings.ReplaceAll(form, `"`, quoteOf(c.File, c.site.Model.Arg)), "%s")
	span := c.Span(arg.Expr)
	if c.Kind(arg.Arg) == parser.KindShorthand {
		before = c.Slice(arg.Arg) + ": " + before
	}
	c.insert(span.Start, before)
	c.insert(span.End, after)
}

// markLast marks the last block of a list literal.
func (c *prefixCacher) markLast(n parser.NodeID) string {
	n = c.Unwrap(n)
	if c.Kind(n) == parser.KindIdentifier {
		if defs := c.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef {
			n = c.Unwrap(defs[0].Value)
			c.review = true
		}
	}
	last := c.LastChild(n)
	for c.Kind(last) == parser.KindComment {
		last = previous(c.File, n, last)
	}
	if c.Kind(n) != parser.KindList || c.Kind(last) != parser.KindDict {
		return elsewhere
	}
	if reason := c.constant(c.Eval(last), last); reason != "" {
		return reason
	}
	w := &writer{draft: c.draft, use: c.site.Call.Node, quote: quoteOf(c.File, c.site.Model.Arg)}
	if _, ok, reason := w.entry(last, "cache_control"); ok || reason != "" {
		return "the last block is marked already, or put together elsewhere"
	}
	return w.append(last, w.key(last, "cache_control")+": "+strings.ReplaceAll(c.quoted(scriptMark, mark), `"`, w.quote))
}

// previous is the child of list before n.
func previous(f *parser.File, list, n parser.NodeID) parser.NodeID {
	before := parser.NoNode
	for c := range f.Children(list) {
		if c == n {
			break
		}
		before = c
	}
	return before
}

var volatileCall = regexp.MustCompile(`\b(now|today|utcnow|uuid[14]?|random\w*|randint|time|Date|nanoid|randomUUID|toISOString)\(`)

// constant is why a text is not the same from call to call; "" where it is, or may be.
func (c *prefixCacher) constant(v parser.Value, expr parser.NodeID) string {
	const changes = "the prompt changes from call to call: put what changes behind what stays the same"
	switch {
	case volatileCall.MatchString(c.Slice(expr)):
		return changes
	case v.Kind == parser.Template:
		return changes
	case v.Kind == parser.Dict || v.Kind == parser.List:
		for _, e := range v.Entries {
			if reason := c.constant(e.Value, expr); reason != "" {
				return reason
			}
		}
	case v.Kind == parser.Unknown:
		c.review = true
		// What the loop around makes is new each time.
		if id := c.Unwrap(expr); c.Kind(id) == parser.KindIdentifier && c.site.Loop != nil {
			for _, def := range c.DefsOf(id) {
				if def.Kind == parser.LoopDef || def.Kind == parser.AssignDef && c.Within(def.Node, c.site.Loop.Body) {
					return changes
				}
			}
		}
	}
	return ""
}

// cacheKey tells OpenAI, which keeps prefixes by itself, which requests share one.
func (c *prefixCacher) cacheKey(fix *cost.PromptCacheFix) []Action {
	row, site := seatOf(c.File, c.site, llm.CacheKey)
	if row == nil || fix.Call.Model != nil && fix.Call.Model.Provider != "openai" {
		return nil
	}
	name := "main"
	if fn := c.EnclosingFunc(c.site.Call.Node); fn != nil && fn.Name != "" {
		name = fn.Name
	} else if base := baseName(c.Path); base != "" {
		name = base
	}
	blocked := c.set(site, row, row.path, `"`+name+`"`)
	if p := c.site.Platform; p != llm.Direct && p != llm.Azure {
		blocked = fmt.Sprintf("this call goes to %s, which may not know it", p)
	}
	return c.offer(fmt.Sprintf("Send requests that share a prefix to one cache (%s)", row.path[strings.LastIndexByte(row.path, '.')+1:]), blocked, false)
}

// baseName is a path's last part without its ending, if that is a plain word.
func baseName(path string) string {
	base := path[strings.LastIndexAny(path, `/\`)+1:]
	base, _, _ = strings.Cut(base, ".")
	if strings.ContainsAny(base, "\"'\\`") {
		return ""
	}
	return base
}

package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// responseCache keeps the answers to equal questions, in the way that the SDK has for it or
// around the function that asks. A cache is state that the program did not have, so none of
// it is preferred.
//
// CrewAI, OpenAI Agents and LlamaIndex have no cache of answers that a line would switch on.
func responseCache(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.ResponseCacheFix)
	if !ok || fix.Call == nil || !atHand(f, fix.Call.Site) {
		return nil
	}
	site := fix.Call.Site
	f = site.File
	if site.Kind == llm.Embedding || site.Kind == llm.Drive {
		return nil
	}
	switch script := f.Language.IsScript(); {
	case site.SDK == "ai-sdk":
		return []Action{cacheInMiddleware(f, site)}
	case site.SDK == "langchain" && script:
		return cacheInModel(f, site)
	case site.SDK == "langchain":
		return cacheInLangChain(f, site)
	case site.SDK == "litellm":
		return cacheInLiteLLM(f, site)
	case plainClients[site.SDK] && !script:
		return cacheInFunction(f, site, fix.Func)
	}
	return nil
}

// plainClients are SDKs whose calls ask a model once and do nothing else.
var plainClients = map[string]bool{"openai": true, "anthropic": true, "google-genai": true, "google-generativeai": true}

const streamed = "the answer is streamed, and a stream can be read only once"

// cacheInLangChain sets the cache that all models of LangChain ask.
func cacheInLangChain(f *parser.File, site *llm.Site) []Action {
	for i := range f.Calls {
		if n := f.Calls[i].Name; n == "set_llm_cache" {
			return nil
		}
	}
	set := func(title, cache string, names ...[2]string) Action { // names are sorted with set_llm_cache behind the first
		return attempt(f, title, func(d *draft) string {
			if streams(site) {
				return streamed
			}
			statement := "set_llm_cache(" + cache + ")"
			return d.setUp(site.Call.Node, statement, slices.Insert(names, 1, [2]string{"langchain_core.globals", "set_llm_cache"})...)
		})
	}
	return []Action{
		set("Keep LangChain's answers in memory", "InMemoryCache()", [2]string{"langchain_core.caches", "InMemoryCache"}),
		set("Keep LangChain's answers in SQLite"+needs(f, "langchain-community"), `SQLiteCache(database_path=".langchain.db")`, [2]string{"langchain_community.cache", "SQLiteCache"}),
		set("Keep LangChain's answers in Redis for a day"+needs(f, "langchain-community", "redis"), `RedisCache(redis_=Redis.from_url("redis://localhost:6379"), ttl=86400)`,
			[2]string{"langchain_community.cache", "RedisCache"}, [2]string{"redis", "Redis"}),
	}
}

// setUp puts a statement behind the imports that the file begins with, and imports what it
// names. use is what needs it to have run.
func (d *draft) setUp(use parser.NodeID, statement string, names ...[2]string) (reason string) {
	last := d.headerEnd(topLevel(d.File, use))
	if last == parser.NoNode {
		return "the file has no imports behind which it could stand"
	}
	behind := d.behind(last)
	for _, name := range names {
		local, ok := d.importName(name[0], name[1], behind)
		if !ok {
			return "the file uses the name " + name[1] + " for something else"
		}
		if local != name[1] {
			statement = replaceName(statement, name[1], local)
		}
	}
	if quote := d.quote(); quote != `"` && !strings.Contains(statement, quote) {
		statement = strings.ReplaceAll(statement, `"`, quote)
	}
	d.addBehindImports(last, statement)
	return ""
}

// behind is the statement of the module behind another one; 0 where that is the last.
func (d *draft) behind(last parser.NodeID) parser.NodeID {
	for n := range d.Children(0) {
		if n > last {
			return n
		}
	}
	return 0
}

// addBehindImports puts a statement behind the imports, and what has been added to them.
func (d *draft) addBehindImports(last parser.NodeID, statement string) {
	end := d.Span(last).End
	for next := range d.Children(0) {
		if next > last && d.Text.LineOf(d.Span(next).Start) == d.Text.LineOf(end) {
			end = d.Span(next).End
		}
	}
	eol := d.Text.EOL()
	d.insert(d.Text.Line(d.Text.LineOf(end)).End, eol+eol+strings.ReplaceAll(statement, "\n", eol))
}

// quote is the quote that most of the file's first strings have.
func (d *draft) quote() string {
	single := 0
	for i := range min(len(d.Strings), 32) {
		source := strings.TrimLeft(d.Slice(d.Strings[i].Node), "rRbBfFuU")
		switch {
		case strings.HasPrefix(source, `"""`) || strings.HasPrefix(source, "`"):
		case strings.HasPrefix(source, "'"):
			single++
		default:
			single--
		}
	}
	if single > 0 {
		return "'"
	}
	return `"`
}

// replaceName writes another name for a call's or constructor's in a statement.
func replaceName(statement, name, with string) string {
	for _, before := range []string{"(", "=", " ", ":"} {
		statement = strings.ReplaceAll(statement, before+name+"(", before+with+"(")
		statement = strings.ReplaceAll(statement, before+name+".", before+with+".")
	}
	if rest, ok := strings.CutPrefix(statement, name+"("); ok {
		return with + "(" + rest
	}
	return statement
}

// proxy is what LiteLLM's cache imports when it has an answer, though its package does not
// require it (1.109.1, 2026-11-22).
const proxy = "litellm[proxy]"

// cacheInLiteLLM gives LiteLLM a cache, and lets the call use it.
func cacheInLiteLLM(f *parser.File, site *llm.Site) []Action {
	value, presence := site.Setting(llm.Caching)
	if presence == llm.Present && value.Kind == parser.Bool && value.Bool {
		return nil
	}
	set := func(title, cache string) Action {
		return attempt(f, title, func(d *draft) string {
			switch {
			case streams(site):
				return streamed
			case presence == llm.Hidden:
				return "the arguments are put together elsewhere"
			case presence == llm.Present:
				d.replace(d.Span(value.Expr), "True")
			case !d.addSetting(site.Call, "caching", "True"):
				return "the call takes its arguments from elsewhere"
			}
			if assignsCache(f) {
				return ""
			}
			last := d.headerEnd(topLevel(f, site.Call.Node))
			if last == parser.NoNode {
				return "the file has no imports behind which it could stand"
			}
			module, ok := d.importModule("litellm", "cache", d.behind(last))
			if !ok || !strings.Contains(module, ".") {
				return "the file uses the name litellm for something else"
			}
			return d.setUp(site.Call.Node, module+" = "+cache, [2]string{"litellm.caching.caching", "Cache"})
		})
	}
	if assignsCache(f) {
		return []Action{set("Use LiteLLM's cache for this call", "")}
	}
	return []Action{
		set("Keep LiteLLM's answers in memory"+needs(f, proxy), "Cache()"),
		set("Keep LiteLLM's answers in Redis"+needs(f, proxy, "redis"), `Cache(type="redis", host="localhost", port=6379)`),
	}
}

// assignsCache reports whether the file gives LiteLLM a cache.
func assignsCache(f *parser.File) bool {
	for i := range f.Calls {
		if f.Calls[i].Name == "enable_cache" {
			return true
		}
	}
	for i := range f.Nodes {
		n := parser.NodeID(i)
		if f.Kind(n) != parser.KindAssignment {
			continue
		}
		left := f.Field(n, parser.FieldLeft)
		if f.Kind(left) == parser.KindAttribute && f.Slice(f.AttributeName(left)) == "cache" && f.QName(f.Field(left, parser.FieldObject)) == "litellm" {
			return true
		}
	}
	return false
}

// cacheInModel switches on the cache that LangChain's models have in JavaScript.
func cacheInModel(f *parser.File, site *llm.Site) []Action {
	model := site
	for model.Kind != llm.ModelConfig && model.Config != nil {
		model = model.Config
	}
	if _, presence := model.Setting(llm.Caching); presence == llm.Present {
		return nil
	}
	return []Action{attempt(f, "Keep the model's answers in memory (cache: true)", func(d *draft) string {
		switch {
		case streams(site):
			return streamed
		case model.Kind != llm.ModelConfig || !atHand(f, model):
			return "the model is made elsewhere"
		case len(model.Call.Args) == 0:
			open := d.Field(model.Call.Node, parser.FieldArguments)
			if open == parser.NoNode {
				return "the model is made without arguments"
			}
			d.insert(d.Span(open).Start+1, "{ cache: true }")
		case d.Kind(d.Unwrap(model.Call.Args[len(model.Call.Args)-1].Value)) != parser.KindDict:
			return "the model's settings are put together elsewhere"
		case !d.addOption(model.Call, "cache", "true"):
			return "the model's settings are put together elsewhere"
		}
		return ""
	})}
}

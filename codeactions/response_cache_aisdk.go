package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// cacheMiddleware is a middleware of version 6 of the AI SDK that keeps what models answer
// (ai 6.0.326, 2026-11-22).
const cacheMiddleware = `const llmCache = new LRUCache<string, any>({ max: 500, ttl: 3_600_000 });
const cacheMiddleware: LanguageModelMiddleware = {
  specificationVersion: 'v3',
  wrapGenerate: async ({ doGenerate, params, model }) => {
    const key = JSON.stringify([model.provider, model.modelId, params]);
    const hit = llmCache.get(key);
    if (hit) return hit;
    const result = await doGenerate();
    llmCache.set(key, result);
    return result;
  },
};`

// cacheInMiddleware wraps a model of the AI SDK so that equal questions are asked once.
func cacheInMiddleware(f *parser.File, site *llm.Site) Action {
	return attempt(f, "Keep the model's answers in memory for an hour"+needs(f, "lru-cache"), func(d *draft) string {
		switch {
		case streams(site):
			return streamed
		case site.Kind != llm.Request:
			return "the model is asked elsewhere"
		case usesOldSDK(f):
			return "the file has settings of version 4 of the AI SDK, which knows other middleware"
		}
		arg, ok := llm.Argument(f, site.Call, "model", -1)
		if !ok || !f.Within(arg.Expr, site.Call.Node) {
			return "the model is given elsewhere"
		}
		name, reason := d.middleware(site)
		if reason != "" {
			return reason
		}
		wrap, ok := d.importName("ai", "wrapLanguageModel", site.Call.Node)
		if !ok {
			return "the file uses the name wrapLanguageModel for something else"
		}
		before, after := wrap+"({ model: ", ", middleware: "+name+" })"
		switch value := f.Unwrap(arg.Expr); f.Kind(value) {
		case parser.KindString:
			gateway, ok := d.importName("ai", "gateway", site.Call.Node)
			if !ok {
				return "the file uses the name gateway for something else"
			}
			before, after = before+gateway+"(", ")"+after
		case parser.KindShorthand:
			if !makesModel(f, value) {
				return "the model comes from elsewhere, and may be a name instead of a model"
			}
			d.replace(d.Span(value), f.Slice(value)+": "+wrap+"({ "+f.Slice(value)+after)
			return ""
		default:
			if !makesModel(f, value) {
				return "the model comes from elsewhere, and may be a name instead of a model"
			}
		}
		span := d.Span(arg.Expr)
		d.insert(span.Start, before)
		d.insert(span.End, after)
		return ""
	})
}

// makesModel reports whether an expression is a call, or a name for the result of one: a
// model, where a parameter may be the name of a model as well.
func makesModel(f *parser.File, n parser.NodeID) bool {
	n = f.Unwrap(n)
	if f.Kind(n) == parser.KindCall {
		return f.QName(f.Field(n, parser.FieldFunction)) != ""
	}
	defs := f.DefsOf(n)
	return len(defs) == 1 && defs[0].Kind == parser.AssignDef && defs[0].Annotation == parser.NoNode && f.Kind(f.Unwrap(defs[0].Value)) == parser.KindCall && makesModel(f, defs[0].Value)
}

// usesOldSDK reports whether the file has settings that version 5 has renamed.
func usesOldSDK(f *parser.File) bool {
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.Name != "generateText" && c.Name != "generateObject" && c.Name != "streamText" && c.Name != "streamObject" {
			continue
		}
		for _, old := range []string{"maxTokens", "maxSteps", "experimental_providerMetadata"} {
			if _, ok := f.Argument(c, old, -1); ok {
				return true
			}
		}
	}
	return false
}

// middleware is the name of the middleware that caches: one that an earlier action has
// written, or a new one behind the imports.
func (d *draft) middleware(site *llm.Site) (name, reason string) {
	for i := range d.Defs {
		def := &d.Defs[i]
		if def.Scope == 0 && def.Kind == parser.AssignDef && d.Kind(def.Value) == parser.KindDict && strings.Contains(d.Slice(def.Value), "wrapGenerate") &&
			strings.Contains(d.Slice(def.Value), "doGenerate") && strings.Contains(strings.ToLower(def.Name), "cache") {
			return def.Name, ""
		}
	}
	header := d.header(topLevel(d.File, site.Call.Node))
	if len(header) == 0 {
		return "", "the file has no imports behind which the middleware could stand"
	}
	cache, ok := d.importName("lru-cache", "LRUCache", site.Call.Node)
	if !ok {
		return "", "the file uses the name LRUCache for something else"
	}
	code := cacheMiddleware
	if d.Language == parser.JavaScript {
		code = strings.NewReplacer("<string, any>", "", ": LanguageModelMiddleware", "").Replace(code)
	} else if middleware, ok := d.importType("ai", "LanguageModelMiddleware", site.Call.Node); ok {
		code = strings.ReplaceAll(code, "LanguageModelMiddleware", middleware)
	} else {
		return "", "the file uses the name LanguageModelMiddleware for something else"
	}
	name = freshName(d.File, "cacheMiddleware", 0)
	code = strings.NewReplacer("LRUCache", cache, "llmCache", freshName(d.File, "llmCache", 0), "cacheMiddleware", name).Replace(code)
	quote, semicolon := d.scriptStyle(header)
	if code = strings.ReplaceAll(code, "'", quote); semicolon == "" {
		code = strings.ReplaceAll(code, ";", "")
	}
	d.addBehindImports(d.headerEnd(topLevel(d.File, site.Call.Node)), code)
	return name, ""
}

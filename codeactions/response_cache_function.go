package codeactions

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// cacheInFunction remembers what the Python function around a call has returned for the same
// arguments.
func cacheInFunction(f *parser.File, site *llm.Site, fn *parser.Func) []Action {
	const general = "Keep the answers to equal questions"
	if fn == nil {
		return []Action{{Title: general, Disabled: "a cache remembers what a function returns: put the call in one first"}}
	}
	if isCached(f, fn) {
		return nil
	}
	c := &caching{File: f, site: site, fn: fn}
	if reason := c.blocked(); reason != "" {
		return []Action{{Title: general, Disabled: reason}}
	}
	decorate := func(title, module, name, arguments string) Action {
		return attempt(f, title, func(d *draft) string {
			local, reason := d.importEither(module, name, c.statement())
			if reason == "" {
				d.decorate(fn, "@"+local+arguments)
			}
			return reason
		})
	}
	if fn.Async {
		return []Action{decorate("Keep the answers of "+fn.Name+" in memory for a day"+needs(f, "aiocache"), "aiocache", "cached", "(ttl=86400)")}
	}
	onDisk := attempt(f, "Keep the answers of "+fn.Name+" on disk for a day"+needs(f, "diskcache"), func(d *draft) string {
		name := c.diskCache()
		if name == "" {
			class, reason := d.importEither("diskcache", "Cache", c.statement())
			if reason != "" {
				return reason
			}
			name = freshName(f, "_llm_cache", 0)
			eol, q := d.Text.EOL(), d.quote()
			d.insert(d.aboveComments(d.lineStart(c.statement())), name+" = "+class+"("+q+".qodacode-llm-cache"+q+")"+eol+eol+eol)
		}
		d.decorate(fn, "@"+name+".memoize(expire=86400)")
		return ""
	})
	if !c.hashable() {
		return []Action{onDisk}
	}
	return []Action{decorate("Keep the answers of "+fn.Name+" in memory", "functools", "lru_cache", "(maxsize=1024)"), onDisk}
}

// importEither imports a name, or its module where the file uses the name for something else.
func (d *draft) importEither(module, name string, use parser.NodeID) (local, reason string) {
	local, ok := d.importName(module, name, use)
	if !ok {
		local, ok = d.importModule(module, name, use)
	}
	if !ok {
		return "", "the file uses the name " + name + " for something else"
	}
	return local, ""
}

// decorate puts a decorator directly above a function, below those that it has.
func (d *draft) decorate(fn *parser.Func, decorator string) {
	indent, _ := indentAt(d.Text, d.Span(fn.Node).Start)
	d.insert(d.Span(fn.Node).Start, decorator+d.Text.EOL()+indent)
}

// isCached reports whether a function has a decorator that remembers.
func isCached(f *parser.File, fn *parser.Func) bool {
	return slices.ContainsFunc(fn.Decorators, func(n parser.NodeID) bool {
		if c := f.CallAt(n); c != nil {
			n = c.Callee
		}
		return memoizers[lastName(f, n)]
	})
}

var memoizers = map[string]bool{"cache": true, "lru_cache": true, "cached": true, "memoize": true, "alru_cache": true, "ttl_cache": true, "cachedmethod": true, "cache_data": true, "memoise": true}

// caching is a function that is to be cached.
type caching struct {
	*parser.File
	site *llm.Site
	fn   *parser.Func
}

// statement is the function with its decorators.
func (c *caching) statement() parser.NodeID {
	if p := c.Parent(c.fn.Node); c.Kind(p) == parser.KindDecorated {
		return p
	}
	return c.fn.Node
}

// diskCache is the name of a cache on disk that the module has above the function.
func (c *caching) diskCache() string {
	for i := range c.Defs {
		d := &c.Defs[i]
		if d.Scope == 0 && d.Kind == parser.AssignDef && d.Node < c.fn.Node && c.QName(d.Value) == "diskcache.Cache" {
			return d.Name
		}
	}
	return ""
}

// blocked is why the function can't be cached as it is, or "".
func (c *caching) blocked() string {
	fn := c.fn
	switch {
	case streams(c.site):
		return streamed
	case c.Kind(fn.Node) != parser.KindFunction:
		return "the call stands in a lambda"
	case fn.Class >= 0:
		return "the key of a method's answer would hold its object: move the call to a function of the module"
	case c.Parent(c.statement()) != 0:
		return "a function inside of another one is made anew at each call, and its cache with it"
	case len(fn.Params) == 0:
		return "the function takes no arguments that tell questions apart"
	}
	for i := range fn.Params {
		if reason := c.blockedParam(&fn.Params[i]); reason != "" {
			return reason
		}
	}
	if reason := c.effects(); reason != "" {
		return reason
	}
	if !c.returnsPlain() {
		return "it is not clear that what " + fn.Name + " returns can be stored: return the answer's text"
	}
	return ""
}

// plainTypes are annotations whose values can be keys and be stored.
var plainTypes = map[string]bool{
	"str": true, "int": true, "float": true, "bool": true, "bytes": true, "None": true, "list": true, "dict": true, "tuple": true, "set": true,
	"List": true, "Dict": true, "Tuple": true, "Set": true, "Optional": true, "Union": true, "Sequence": true, "Literal": true, "Mapping": true, "Any": true,
	"typing": true, "date": true, "datetime": true, "Decimal": true, "UUID": true, "Path": true, "Annotated": true, "object": true,
}

// objects are what parameters without a type are called whose values are no keys.
var objects = map[string]bool{
	"client": true, "llm": true, "session": true, "db": true, "conn": true, "connection": true, "request": true, "req": true, "ctx": true,
	"context_manager": true, "agent": true, "callback": true, "on_token": true, "logger": true, "self": true, "cls": true, "file": true, "f": true, "websocket": true, "ws": true,
}

func (c *caching) blockedParam(p *parser.Def) string {
	switch {
	case p.Path == "...":
		return "the function takes any arguments"
	case p.Annotation != parser.NoNode && !c.isPlain(p.Annotation, plainTypes), p.Annotation == parser.NoNode && objects[p.Name]:
		return "the argument " + p.Name + " may be no value that a key can be made of"
	}
	if r := rootOf(c.File, c.site.Method); r != parser.NoNode && c.Slice(r) == p.Name {
		return "the client is an argument, of which no key can be made"
	}
	return ""
}

// isPlain reports whether all names of an annotation are among known ones.
func (c *caching) isPlain(annotation parser.NodeID, known map[string]bool) bool {
	for n := annotation; c.Within(n, annotation); n++ {
		switch c.Kind(n) {
		case parser.KindIdentifier, parser.KindTypeIdentifier:
			if !known[c.Slice(n)] {
				return false
			}
		case parser.KindString: // a forward reference, or a value of a Literal
			if c.Kind(c.Parent(n)) == parser.KindType && c.Parent(n) == annotation {
				return false
			}
		}
	}
	return true
}

// hashable reports whether functools can keep the function's answers: its arguments have
// hashes, and what it returns can't be changed by who gets it.
func (c *caching) hashable() bool {
	scalars := map[string]bool{"str": true, "int": true, "float": true, "bool": true, "bytes": true, "None": true, "Optional": true, "Literal": true}
	for i := range c.fn.Params {
		if a := c.fn.Params[i].Annotation; a == parser.NoNode || !c.isPlain(a, scalars) {
			return false
		}
	}
	if c.fn.Returns != parser.NoNode {
		return c.isPlain(c.fn.Returns, scalars)
	}
	return !slices.ContainsFunc(c.returns(), func(n parser.NodeID) bool { return !c.isText(n, 0) })
}

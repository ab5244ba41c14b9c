package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// resolver finds the sites of one file.
type resolver struct {
	*parser.File
	table *index
	// imported are the rows of sdks that the file imports; lookalike reports that it
	// imports a package of lookalikes.
	imported  []bool
	any       bool // of imported is true
	lookalike bool
	renamed   *nameSet
	platforms platforms
	repeats   *repeats
	// work counts what the question at hand has looked at; resolvers that are linked share it.
	work *int
	// constructs are the calls that were asked about: what they make, or nil.
	constructs map[parser.NodeID]*Site
	link       *link // to the other files of the program; nil where the file stands alone
}

func resolve(f *parser.File) []Site {
	return newResolver(f).all()
}

func newResolver(f *parser.File) *resolver {
	r := &resolver{File: f, table: tableOf(f), imported: make([]bool, len(sdks)), constructs: map[parser.NodeID]*Site{}, work: new(int), renamed: renamedIn(f)}
	for i := range f.Imports {
		module := f.Imports[i].Module
		if module == "google" {
			module += "." + f.Imports[i].Name // from google import genai
		}
		root := rootOf(module)
		for _, row := range r.table.byModule[root] {
			r.imported[row], r.any = true, true
		}
		r.lookalike = r.lookalike || lookalikes[root]
	}
	return r
}

// all are the sites of the file by position, their Config among them where it is listed.
func (r *resolver) all() []Site {
	var found []*Site
	for i := range r.Calls {
		if r.link != nil {
			r.link.left = maxBeyond
		}
		if s := r.site(&r.Calls[i]); s != nil && !s.api.unlisted && !s.unlisted {
			found = append(found, s)
		}
	}
	sites := make([]Site, len(found))
	at := make(map[*Site]*Site, len(found))
	for i, s := range found {
		sites[i] = *s
		at[s] = &sites[i]
	}
	for i := range sites {
		if c := at[sites[i].Config]; c != nil {
			sites[i].Config = c
		}
		for s := &sites[i]; s != nil && s.settled == nil; s = s.Config {
			s.settled = new(settled)
		}
	}
	return sites
}

// invocation is a call of a method: by itself, or by a function that it is passed to.
type invocation struct {
	*parser.Call
	method parser.NodeID // the expression that names the method
	name   string        // its last segment
	shift  int           // how many arguments stand before the method's own
}

// runners are functions that call a function with the arguments behind it, by its position:
// asyncio.to_thread(client.responses.create, model=…).
var runners = map[string]int{"to_thread": 0, "partial": 0, "submit": 0, "run_sync": 0, "run_in_executor": 1, "run_in_threadpool": 0}

func (r *resolver) invocation(c *parser.Call) invocation {
	if i, ok := runners[c.Name]; ok && i < len(c.Args) {
		if fn := r.Unwrap(c.Args[i].Value); r.Kind(fn) == parser.KindAttribute {
			if name := r.Slice(attribute(r.File, fn)); r.table.byMethod[name] != nil {
				return invocation{c, fn, name, i + 1}
			}
		}
	}
	return invocation{c, c.Callee, c.Name, 0}
}

// site resolves one call; nil where it is none.
func (r *resolver) site(call *parser.Call) *Site {
	if r.isPlain(call) {
		return nil
	}
	if s := r.construct(call); s != nil {
		return s
	}
	c := r.invocation(call)
	method, candidates := c.name, r.table.byMethod[c.name]
	qname := ""
	switch {
	case len(candidates) > 0:
		qname = clean(r.qname(c.method))
	case r.any && r.Kind(r.Unwrap(c.method)) == parser.KindIdentifier:
		qname = clean(r.QName(c.method))
		method = qname[strings.LastIndexByte(qname, '.')+1:]
		candidates = r.table.byMethod[method]
	}
	if len(candidates) == 0 || c.New {
		return nil
	}
	for _, cand := range candidates {
		if cand.api.construct || cand.api.on != nil {
			continue
		}
		head, ok := cand.api.head(qname, method)
		if !ok {
			continue
		}
		if platform, ok := r.table.head(cand.sdk, head); ok {
			if r.isOwn(r.receiver(c.method, cand.api), cand.sdk, head[strings.LastIndexByte(head, '.')+1:]) || slices.Contains(sdks[cand.sdk].modules, head) && r.isOwn(c.method, cand.sdk, method) {
				return nil
			}
			return r.newSite(c, cand, platform, true)
		}
	}
	if s := r.onMade(c, candidates, qname, method); s != nil {
		return s
	}
	if cand, ok := r.guess(c, candidates, qname, method); ok && !cand.api.construct {
		return r.newSite(c, cand, Direct, false)
	}
	return r.oneOf(c)
}

// oneOf is the site of a call of a name that stands for a method which the program chooses:
// create = litellm.completion, or create = client.chat.completions.create.
func (r *resolver) oneOf(c invocation) *Site {
	n := r.Unwrap(c.method)
	if !r.any || r.Kind(n) != parser.KindIdentifier {
		return nil
	}
	defs := r.DefsOf(n)
	if len(defs) < 2 {
		return nil
	}
	for _, d := range defs {
		if d.Kind != parser.AssignDef || d.Value == parser.NoNode || r.Kind(r.Unwrap(d.Value)) != parser.KindAttribute {
			continue
		}
		qname := clean(r.QName(d.Value))
		method := qname[strings.LastIndexByte(qname, '.')+1:]
		for _, cand := range r.table.byMethod[method] {
			if cand.api.construct || cand.api.on != nil {
				continue
			}
			if head, ok := cand.api.head(qname, method); ok {
				if platform, ok := r.table.head(cand.sdk, head); ok {
					return r.newSite(c, cand, platform, true)
				}
			}
		}
	}
	return nil
}

// guess chooses among candidates for a call whose receiver's type is unknown: by its path,
// its arguments and the file's imports.
func (r *resolver) guess(c invocation, candidates []candidate, qname, method string) (candidate, bool) {
	if qname == "" || untyped[rootOf(qname)] {
		qname = clean(chain(r.File, c.method))
	} else if r.table.isPart(qname) || lookalikes[rootOf(qname)] {
		return candidate{}, false
	}
	if r.localFake(c.method) {
		return candidate{}, false
	}
	best, found := candidate{}, false
	for _, cand := range candidates {
		head, ok := cand.api.head(qname, method)
		if !ok || !r.unknownReceiver(head) || !r.plausible(c, cand) {
			continue
		}
		if !found || r.imported[cand.sdk] && !r.imported[best.sdk] {
			best, found = cand, true
		}
	}
	return best, found
}

// resources are parts of a client, and no receivers of the paths of the table: threads in
// client.beta.threads.messages.create.
var resources = map[string]bool{"threads": true, "beta": true, "chat": true, "runs": true, "conversations": true}

// untyped are modules whose names say nothing of a value's class: typing.Any, typing.Final.
var untyped = map[string]bool{"typing": true, "typing_extensions": true}

// unknownReceiver reports whether a value of the name head may be a client: not a part of
// one, and not an instance of a package's class, unless its name says that it is built on
// an SDK's. Classes of the program's own modules may be anything.
func (r *resolver) unknownReceiver(head string) bool {
	last := head[strings.LastIndexByte(head, '.')+1:]
	switch {
	case last == "" || resources[last]:
		return false
	case last[0] < 'A' || last[0] > 'Z' || strings.HasPrefix(head, ".") || strings.HasPrefix(head, "@/") || strings.HasPrefix(head, "~/"):
		return true
	}
	return slices.ContainsFunc(wrapperNames, func(name string) bool { return strings.Contains(last, name) })
}

// plausible reports whether c's arguments, and the imports, fit the api.
func (r *resolver) plausible(c invocation, cand candidate) bool {
	a := cand.api
	if a.needs == nil {
		return false
	}
	_, model := r.modelArgument(c.Call, a, c.shift)
	named := 0
	for _, name := range a.needs {
		if _, ok := Argument(r.File, c.Call, name, -1); ok {
			named++
		}
	}
	evidence := model || hidesArguments(r.File, c.Call)
	switch {
	case named == len(a.needs):
		return r.imported[cand.sdk] || !r.lookalike
	case a.path == "": // any object may have a method of the name
		return false
	case r.imported[cand.sdk]:
		return !a.weak || evidence || named > 0
	}
	return !r.lookalike && !a.weak && evidence
}

// paths are the segments of the apis' paths.
var paths = map[string]bool{"completions": true, "chat": true, "responses": true, "messages": true, "embeddings": true, "beta": true, "models": true, "chats": true}

func (r *resolver) newSite(c invocation, cand candidate, platform Platform, typed bool) *Site {
	s := &Site{File: r.File, api: cand.api, shift: c.shift, Call: c.Call, Method: c.method, SDK: sdks[cand.sdk].name, API: cand.api.name, Kind: cand.api.kind}
	r.setModel(s)
	s.Platform = r.platform(s, cand, platform, typed)
	s.Loop = r.loops().loop(c.Node, maxCallers)
	return s
}

func (r *resolver) loops() *repeats {
	if r.repeats == nil {
		r.repeats = newRepeats(r.File)
	}
	return r.repeats
}

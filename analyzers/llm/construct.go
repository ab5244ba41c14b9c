package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// construct is the site that c is by making something: ChatOpenAI(…), Agent(…); nil where it
// makes nothing of the table.
func (r *resolver) construct(c *parser.Call) *Site {
	if !r.any && r.link == nil || r.isPlain(c) {
		return nil
	}
	if s, known := r.constructs[c.Node]; known {
		return s
	}
	callee := r.Unwrap(c.Callee)
	method := c.Name
	if r.Kind(callee) == parser.KindSubscript && !c.New { // Agent[Context](…)
		callee = r.FirstChild(callee)
		method = lastName(r.File, callee)
	}
	candidates := r.table.byMethod[method]
	qname := ""
	if !slices.ContainsFunc(candidates, func(c candidate) bool { return c.api.construct }) {
		if r.Kind(callee) != parser.KindIdentifier || !r.aliased(method) {
			r.constructs[c.Node] = nil // while it is looked at
			return r.subclass(c, callee)
		}
		qname = r.QName(callee)
		method = qname[strings.LastIndexByte(qname, '.')+1:]
		candidates = r.table.byMethod[method]
	} else {
		qname = clean(r.qname(callee))
		if own := qname[strings.LastIndexByte(qname, '.')+1:]; own != method && r.aliased(method) { // Experimental_Agent as Agent
			method, candidates = own, r.table.byMethod[own]
		}
	}
	r.constructs[c.Node] = nil // while it is looked at
	for _, cand := range candidates {
		if !cand.api.construct || !r.imported[cand.sdk] && r.link == nil {
			continue
		}
		platform, ok := r.table.construct(cand, qname, method)
		if !ok && cand.api.needs != nil {
			_, ok = r.guess(invocation{c, c.Callee, method, 0}, []candidate{cand}, qname, method)
		}
		if !ok || !r.fits(c, cand.api) {
			continue
		}
		if r.isOwn(callee, cand.sdk, method) {
			continue
		}
		s := &Site{File: r.File, api: cand.api, Call: c, Method: c.Callee, SDK: sdks[cand.sdk].name, API: method, Kind: cand.api.kind}
		r.setModel(s)
		s.Platform = r.madePlatform(s, platform)
		s.Loop = r.loops().loop(c.Node, maxCallers)
		r.constructs[c.Node] = s
		return s
	}
	return r.subclass(c, callee)
}

// lastName is b in a.b, and a name itself.
func lastName(f *parser.File, n parser.NodeID) string {
	if f.Kind(n) == parser.KindAttribute {
		n = attribute(f, n)
	}
	return f.Slice(n)
}

// aliased reports whether an import gives something of another name the name.
func (r *resolver) aliased(name string) bool {
	for i := range r.Imports {
		if imp := &r.Imports[i]; imp.Alias == name && imp.Name != name {
			return true
		}
	}
	return false
}

// fits reports whether c's arguments are those of the construct a.
func (r *resolver) fits(c *parser.Call, a *api) bool {
	if a.takes != nil {
		for i := range c.Args {
			if name := c.Args[i].Name; name != "" && !slices.Contains(a.takes, name) {
				return false
			}
		}
	}
	if a.requires == nil {
		return true
	}
	return slices.ContainsFunc(a.requires, func(name string) bool {
		v, ok := Argument(r.File, c, name, -1)
		return ok && v.Kind != parser.None
	})
}

// onMade is the site of a method of what a construct makes, nil where c is none: by the
// constructs that made its receiver, else by the receiver's declared class.
func (r *resolver) onMade(c invocation, candidates []candidate, qname, method string) *Site {
	callee := r.Unwrap(c.method)
	if !r.any && r.link == nil || r.Kind(callee) != parser.KindAttribute {
		return nil
	}
	var w *flow
	from := parser.NoNode
	for _, cand := range candidates {
		if cand.api.on == nil || !r.imported[cand.sdk] && r.link == nil {
			continue
		}
		object, ok := r.before(r.Field(callee, parser.FieldObject), cand.api.path)
		if !ok {
			continue
		}
		if w == nil || object != from {
			w, from = r.flowOf(object), object
		}
		if made := w.of(cand); made {
			return r.newOnMade(c, cand, w)
		}
		if len(w.made) == 0 {
			if head, ok := cand.api.head(qname, method); ok && r.declared(cand, head) {
				return r.newOnMade(c, cand, w)
			}
			if r.imported[cand.sdk] && w.named(cand.api, c.name) && !lookalikes[rootOf(qname)] && !r.localFake(c.method) {
				return r.newOnMade(c, cand, w)
			}
		}
	}
	return nil
}

// before is the expression that a path of attributes starts from.
func (r *resolver) before(n parser.NodeID, path string) (parser.NodeID, bool) {
	for path != "" {
		n = r.Unwrap(n)
		last := path[strings.LastIndexByte(path, '.')+1:]
		if r.Kind(n) != parser.KindAttribute || r.Slice(attribute(r.File, n)) != last {
			return parser.NoNode, false
		}
		n = r.Field(n, parser.FieldObject)
		path = strings.TrimSuffix(strings.TrimSuffix(path, last), ".")
	}
	return n, true
}

// named reports whether a value of unknown making has a name that says that it has the
// methods of a: llm, self.chat_model, prompt | llm.
func (w *flow) named(a *api, method string) bool {
	return !w.foreign && slices.Contains(a.sure, method) && slices.ContainsFunc(w.opaque, func(name string) bool {
		name = strings.ToLower(strings.TrimLeft(name, "_"))
		return slices.ContainsFunc(a.words, func(word string) bool {
			return name == word || len(word) > 2 && (strings.HasPrefix(name, word+"_") || strings.HasSuffix(name, "_"+word))
		})
	})
}

// declared reports whether a qualified name is that of a class whose instances the row's
// constructs make, or of what passes one through.
func (r *resolver) declared(cand candidate, qname string) bool {
	for {
		if _, ok := r.table.head(cand.sdk, qname); ok {
			return true
		}
		for i := range sdks[cand.sdk].apis {
			a := &sdks[cand.sdk].apis[i]
			if !a.construct || !slices.Contains(cand.api.on, a.name) {
				continue
			}
			if name := qname[strings.LastIndexByte(qname, '.')+1:]; slices.Contains(a.methods, name) {
				if _, ok := r.table.construct(candidate{cand.sdk, a}, qname, name); ok {
					return true
				}
			}
		}
		dot := strings.LastIndexByte(qname, '.')
		if dot < 0 {
			return false
		}
		name, called := strings.CutSuffix(qname[dot+1:], "()")
		if _, ok := r.table.through[name]; !ok || !called {
			return false
		}
		qname = qname[:dot]
	}
}

// of reports whether a construct of the candidate's SDK that has the candidate's methods
// made the value.
func (w *flow) of(cand candidate) bool {
	return slices.ContainsFunc(w.made, func(s *Site) bool {
		return s.SDK == sdks[cand.sdk].name && slices.Contains(cand.api.on, s.api.name)
	})
}

func (r *resolver) newOnMade(c invocation, cand candidate, w *flow) *Site {
	s := &Site{File: r.File, api: cand.api, shift: c.shift, Call: c.Call, Method: c.method, SDK: sdks[cand.sdk].name, API: cand.api.name, Kind: cand.api.kind}
	if s.API == "" {
		s.API = c.name
	}
	s.bound = w.bound
	s.Model = Model{Arg: parser.NoNode, Literal: parser.NoNode}
	r.setConfig(s, w)
	if own := r.ownModel(s); own.ID != "" || own.Arg != parser.NoNode {
		s.Model = own
	} else if s.Config == nil {
		s.Model.Reason = madeReason(w, r.describe(r.Field(r.Unwrap(c.method), parser.FieldObject)))
	}
	s.Loop = r.loops().loop(c.Node, maxCallers)
	return s
}

// madeReason tells why the model of a value of unknown making is not known.
func madeReason(w *flow, what string) string {
	if len(w.made) > 1 {
		return what + " is one of several models"
	}
	return "the model comes from " + what
}

// setConfig takes the one construct that made a value for s's Config, and its model.
func (r *resolver) setConfig(s *Site, w *flow) {
	s.unseen = len(w.made) != 1 || w.open
	if len(w.made) == 0 {
		return
	}
	c := w.made[0]
	for _, other := range w.made[1:] {
		if other.Model.ID != c.Model.ID || c.Model.ID == "" {
			return
		}
	}
	s.Platform = c.Platform
	for _, other := range w.made[1:] {
		if other.Platform != c.Platform {
			s.Platform = Direct
		}
	}
	if len(w.made) == 1 {
		s.Config = c
	}
	m := c.Model
	if m.ID == "" || m.Default {
		if id, ok := r.passedModel(c, w); ok {
			m = id
		}
	}
	m.Arg = parser.NoNode
	m.Default = m.Default || w.fallback
	s.Model = m
}

// passedModel is the model that a caller of a function which makes c hands down: "x" in
// make_llm("x"), where def make_llm(model): return ChatOpenAI(model=model).
func (r *resolver) passedModel(c *Site, w *flow) (Model, bool) {
	if len(w.calls) != 1 || w.calls[0].of.File != c.File {
		return Model{}, false
	}
	call := w.calls[0]
	for _, d := range call.of.DefsOf(call.of.Unwrap(c.Model.Arg)) {
		if d.Kind != parser.ParamDef || call.of.EnclosingFunc(d.Node) != call.fn {
			continue
		}
		if arg, ok := call.in.Argument(call.Call, d.Name, call.of.position(call.Call, call.fn, d)); ok {
			*call.in.work = 0
			return call.in.modelAt(arg.Value, arg.Value, maxModelSteps).Model, true
		}
	}
	return Model{}, false
}

// madePlatform is where what s makes sends its requests.
func (r *resolver) madePlatform(s *Site, class Platform) Platform {
	if s.placed {
		return s.Platform
	}
	switch p, custom := r.override(s.Call); {
	case class != Direct:
		return class
	case custom:
		return p
	case s.Config != nil && s.Config.Platform != Direct:
		return s.Config.Platform
	case s.placed:
		return s.Platform
	}
	r.readClients()
	for i := range s.Call.Args { // openai_client=AsyncOpenAI(base_url=…)
		if p, ok := r.platforms.clients[r.constructor(s.Call.Args[i].Value, 0)]; ok {
			return p
		}
	}
	return prefixPlatform(s.Model.ID)
}

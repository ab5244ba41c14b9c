package llm

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// modelOfCall is the model that a call makes or returns.
func (r *resolver) modelOfCall(n, asked parser.NodeID, steps int) (namedModel, bool) {
	c := r.CallAt(n)
	if c == nil {
		return namedModel{}, false
	}
	qname := r.qname(c.Callee) + "()"
	if p, ok := providerOf(qname); ok {
		if len(c.Args) == 0 {
			return namedModel{}, false
		}
		m := r.modelAt(c.Args[0].Value, asked, steps)
		if !m.placed {
			m.platform, m.placed = p.platform, true
			if at, ok := r.custom(c.Callee, 0); ok {
				m.platform = at
			}
		}
		return m, true
	}
	switch {
	case strings.HasSuffix(qname, "Provider().languageModel()"), strings.HasSuffix(qname, "Provider().embeddingModel()"), strings.HasSuffix(qname, "Provider().textEmbeddingModel()"),
		strings.HasSuffix(qname, "Registry().languageModel()"), strings.HasSuffix(qname, "Registry().embeddingModel()"), strings.HasSuffix(qname, "Registry().textEmbeddingModel()"):
		return r.registered(c, asked, steps)
	case qname == "pydantic.Field()" || qname == "dataclasses.field()":
		v, ok := r.Argument(c, "default", 0)
		if !ok {
			return namedModel{}, false
		}
		m := r.modelAt(v.Value, asked, steps)
		m.Default = m.ID != ""
		return m, true
	case wrapsModel(qname):
		if len(c.Args) == 0 {
			return namedModel{}, false
		}
		inner := r.Unwrap(c.Args[0].Value)
		if r.Kind(inner) == parser.KindDict {
			inner = r.Property(inner, "model")
		}
		if inner == parser.NoNode {
			return namedModel{}, false
		}
		return r.modelAt(inner, asked, steps), true
	}
	if m, ok := r.byConvention(c, qname, asked); ok {
		return m, true
	}
	if fn := r.FuncOf(c.Callee); fn != nil {
		m, ok := r.returned(fn, c, r, returnsOf(r.File, fn), steps)
		m.Arg = asked
		return m, ok
	}
	return namedModel{}, false
}

// registered is a model by its name in customProvider({languageModels: {…}}), or by its
// prefixed id in createProviderRegistry({openai, …}).
func (r *resolver) registered(c *parser.Call, asked parser.NodeID, steps int) (namedModel, bool) {
	if len(c.Args) == 0 {
		return namedModel{}, false
	}
	m := r.modelAt(c.Args[0].Value, asked, steps)
	if m.ID == "" {
		return m, true
	}
	object := r.Field(r.Unwrap(c.Callee), parser.FieldObject)
	made, in := constructed(r.File, object, 0), r
	if g, at, ok := r.beyond(object); made == nil && ok {
		made, in = constructed(g.File, at, 0), g
	}
	if made == nil || len(made.Args) == 0 {
		return m, true
	}
	options := in.Unwrap(made.Args[0].Value)
	if !strings.HasSuffix(made.Name, "customProvider") && made.Name != "experimental_customProvider" {
		prefix, rest, ok := strings.Cut(m.ID, ":")
		if !ok {
			return m, true
		}
		inner := constructed(in.File, in.memberOf(options, prefix, 4), 0)
		if inner == nil || inner.Name != "customProvider" || len(inner.Args) == 0 {
			return m, true // the prefix and the provider's own id
		}
		options, m.ID = in.Unwrap(inner.Args[0].Value), rest
	}
	for _, kind := range []string{"languageModels", "embeddingModels", "textEmbeddingModels"} {
		if models := in.memberOf(options, kind, 4); models != parser.NoNode {
			if v := in.memberOf(models, m.ID, 4); v != parser.NoNode {
				m = in.modelAt(v, v, steps)
				m.Arg = asked
				return m, true
			}
		}
	}
	return namedModel{Model: Model{Arg: asked, Literal: parser.NoNode, Reason: "the provider's fallback decides what `" + m.ID + "` is"}}, true
}

// returned is the model that a function returns when c, a call in the file of caller, calls it.
func (r *resolver) returned(fn *parser.Func, c *parser.Call, caller *resolver, returns []parser.NodeID, steps int) (namedModel, bool) {
	asked := c.Node
	if caller != r && len(returns) > 0 {
		asked = returns[0] // reasons quote this file
	}
	m, ok := r.sameModel(returns, asked, steps)
	if len(fn.Params) > 0 && (m.ID == "" || m.Default) {
		if given, yes := r.givenModel(fn, c, caller, returns, steps); yes {
			return given, true
		}
	}
	return m, ok
}

// givenModel is the model of const pick = (id = 'gpt-4o') => openai(id) as c calls it: what
// the function returns is made of a parameter, which c gives or leaves at its default.
func (r *resolver) givenModel(fn *parser.Func, c *parser.Call, caller *resolver, returns []parser.NodeID, steps int) (namedModel, bool) {
	if len(returns) != 1 || steps <= 0 {
		return namedModel{}, false
	}
	made := r.CallAt(r.Unwrap(returns[0]))
	param := r.Unwrap(returns[0])
	var p provider
	if made != nil {
		var ok bool
		if p, ok = providerOf(r.qname(made.Callee) + "()"); !ok || len(made.Args) == 0 {
			return namedModel{}, false
		}
		param = r.Unwrap(made.Args[0].Value)
	}
	defs := r.DefsOf(param)
	if len(defs) != 1 || defs[0].Kind != parser.ParamDef || r.FuncAt(r.Scopes[defs[0].Scope].Node) != fn {
		return namedModel{}, false
	}
	arg, ok := caller.Argument(c, defs[0].Name, int(defs[0].Index))
	if !ok {
		return namedModel{}, false // its default, as returned has it
	}
	m := caller.modelAt(arg.Value, arg.Value, steps)
	if made != nil && !m.placed {
		m.platform, m.placed = p.platform, true
		if at, ok := r.custom(made.Callee, 0); ok {
			m.platform = at
		}
	}
	return m, true
}

// returnsOf are the expressions that fn returns; nested functions are left out.
func returnsOf(f *parser.File, fn *parser.Func) []parser.NodeID {
	if fn.Body == parser.NoNode {
		return nil
	}
	if f.Kind(fn.Body) != parser.KindBlock {
		return []parser.NodeID{fn.Body}
	}
	var out []parser.NodeID
	for n := fn.Body; f.Within(n, fn.Body); n++ {
		switch f.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(f.Nodes[n].Next) - 1
		case parser.KindReturn:
			if v := f.FirstChild(n); v != parser.NoNode {
				out = append(out, v)
			}
		}
	}
	return out
}

package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// A named model is what a model argument turned out to be, and where requests for it go when
// the expression says that.
type namedModel struct {
	Model
	platform Platform
	placed   bool // platform is known
}

// maxModelSteps bounds how many names, calls and branches lead from a model argument to its id.
const maxModelSteps = 12

// maxModelWork bounds how many expressions one question about a model looks at, whose ways
// fork at each function that several calls hand a model to.
const maxModelWork = 500

// spent takes one step of a question's work and reports whether that was one too many.
func (r *resolver) spent() bool {
	*r.work++
	return *r.work > maxModelWork
}

// modelAt is the model that expression n stands for: a string; an object of the AI SDK made
// out of one; a name, a member, a branch or a function's result that is one of these. The
// Reason of what is not known speaks of asked, the expression in the call.
func (r *resolver) modelAt(n, asked parser.NodeID, steps int) namedModel {
	m := namedModel{Model: Model{Arg: asked, Literal: parser.NoNode}}
	if r.spent() {
		m.Reason = "the model comes from " + r.describe(asked)
		return m
	}
	v := r.Eval(n)
	switch v.Kind {
	case parser.String:
		if strings.TrimSpace(v.Str) == "" {
			m.Reason = "the model argument is empty"
			return m
		}
		m.ID, m.Default = v.Str, v.Default
		if r.isLiteral(v.Node, v.Str) {
			m.Literal, m.File = v.Node, r.File
		}
		return m
	case parser.Template:
		m.Reason = "the model's id is put together at run time"
		return m
	case parser.Dict, parser.List:
		if found, ok := r.modelIn(v, asked, steps-1); ok {
			return found
		}
	case parser.Unknown:
		if steps > 0 {
			through := r.Unwrap(v.Node)
			if k := r.Kind(through); k == parser.KindDict || k == parser.KindList { // where a member is missing
				through = r.Unwrap(n)
			}
			found, ok := r.modelThrough(through, asked, steps-1)
			if !ok || found.ID == "" && r.link != nil {
				if linked, yes := r.modelBeyond(through, asked, steps-1); yes {
					found, ok = linked, true
				}
			}
			if ok {
				found.Default = found.ID != "" && (found.Default || v.Default)
				return found
			}
		}
		m.Reason = "the model comes from " + r.describe(asked)
		return m
	}
	m.Reason = "the model argument is not a string"
	return m
}

// modelIn is the model that an object describes, { id: 'openai/gpt-4o', url }, or the first
// of a list of models of which each stands in for the one before.
func (r *resolver) modelIn(v parser.Value, asked parser.NodeID, steps int) (namedModel, bool) {
	if steps <= 0 || !r.Language.IsScript() {
		return namedModel{}, false
	}
	n := v.Node
	if v.Kind == parser.List {
		n = r.FirstChild(n)
	}
	if n = r.Unwrap(n); r.Kind(n) != parser.KindDict {
		return namedModel{}, false
	}
	for _, key := range []string{"model", "id", "modelId", "name"} {
		value := r.Property(n, key)
		if value == parser.NoNode {
			continue
		}
		m := r.modelAt(value, asked, steps)
		if r.Property(n, "url") != parser.NoNode || r.Property(n, "baseURL") != parser.NoNode {
			m.platform, m.placed = Custom, true
		}
		return m, true
	}
	return namedModel{}, false
}

// modelThrough follows an expression that is no constant one step.
func (r *resolver) modelThrough(n, asked parser.NodeID, steps int) (namedModel, bool) {
	switch r.Kind(n) {
	case parser.KindCall:
		if v := r.declaredDefault(n); v != parser.NoNode {
			m := r.modelAt(v, asked, steps)
			m.Default = m.ID != ""
			return m, m.ID != ""
		}
		return r.modelOfCall(n, asked, steps)
	case parser.KindLambda: // chosen for each request
		if fn := r.FuncAt(n); fn != nil {
			return r.sameModel(returnsOf(r.File, fn), asked, steps)
		}
	case parser.KindConditional:
		return r.sameModel(branchesOf(r.File, n), asked, steps)
	case parser.KindIdentifier, parser.KindShorthand:
		if m, ok := r.handedDown(n, asked, steps); ok {
			return m, true
		}
		return r.sameModel(r.valuesOf(r.DefsOf(n), n), asked, steps)
	case parser.KindAttribute:
		object := r.Field(n, parser.FieldObject)
		name := r.Slice(attribute(r.File, n))
		if r.IsSelf(object) {
			return r.sameModel(r.valuesOf(r.Members(r.ClassAround(n), name), n), asked, steps)
		}
		if v, ok := r.schemaDefault(object, name); ok {
			m := r.modelAt(v, asked, steps)
			m.Default = m.ID != ""
			return m, true
		}
		if v := r.memberOf(object, name, 4); v != parser.NoNode && v != n {
			return r.modelAt(v, asked, steps), true
		}
		if v := r.commandLineDefault(object, name); v != parser.NoNode {
			m := r.modelAt(v, asked, steps)
			m.Default = m.ID != ""
			return m, m.ID != ""
		}
	}
	return namedModel{}, false
}

// valuesOf are the expressions that definitions give their name, but for n itself: none when
// one of them is not an expression.
func (r *resolver) valuesOf(defs []*parser.Def, n parser.NodeID) []parser.NodeID {
	var values []parser.NodeID
	for _, d := range defs {
		switch {
		case d.Kind == parser.AssignDef && d.Value == parser.NoNode: // a declaration
		case d.Kind == parser.AssignDef && r.Unwrap(d.Value) != n, d.Kind == parser.ParamDef && d.Value != parser.NoNode:
			values = append(values, d.Value)
		case d.Kind == parser.UnpackDef:
			v := r.unpackedValue(d)
			if v == parser.NoNode || v == n {
				return nil
			}
			values = append(values, v)
		default:
			return nil
		}
	}
	return values
}

// unpackedValue is what const { model = 'id' } = options or const { model } = { model: … }
// gives a name.
func (r *resolver) unpackedValue(d *parser.Def) parser.NodeID {
	if v := r.memberOf(d.Value, d.Path, 4); v != parser.NoNode {
		return v
	}
	if p := r.Parent(d.Node); r.Kind(p) == parser.KindDefaultPattern {
		return r.Field(p, parser.FieldRight)
	}
	return parser.NoNode
}

// sameModel is the model that all of values are.
func (r *resolver) sameModel(values []parser.NodeID, asked parser.NodeID, steps int) (namedModel, bool) {
	var out namedModel
	if steps <= 0 || len(values) == 0 || len(values) > 8 {
		return out, false
	}
	// model = None, and later what it is when nobody gave one
	unset := slices.DeleteFunc(slices.Clone(values), func(v parser.NodeID) bool { return r.Eval(v).Kind == parser.None })
	optional := len(unset) > 0 && len(unset) < len(values)
	if optional {
		values = unset
	}
	for i, v := range values {
		m := r.modelAt(v, asked, steps)
		switch {
		case m.ID == "":
			return m, len(values) == 1
		case i == 0:
			out = m
		case m.ID != out.ID:
			m = namedModel{Model: Model{Arg: asked, Literal: parser.NoNode, Reason: "the model is `" + out.ID + "` or `" + m.ID + "`"}}
			return m, true
		default: // one edit of one literal would not change the other
			out.Literal, out.File = parser.NoNode, nil
			out.Default = out.Default || m.Default
			out.placed = out.placed && m.placed && out.platform == m.platform
		}
	}
	if optional || r.isParameter(values[0]) {
		out.Default = true
	}
	return out, true
}

// isParameter reports whether n is the default of a parameter or of a part of one.
func (r *resolver) isParameter(n parser.NodeID) bool {
	k := r.Kind(r.Parent(n))
	return k == parser.KindParameter || k == parser.KindDefaultPattern
}

// branchesOf are the results of a conditional expression.
func branchesOf(f *parser.File, n parser.NodeID) []parser.NodeID {
	if c := f.Field(n, parser.FieldConsequence); c != parser.NoNode {
		return []parser.NodeID{c, f.Field(n, parser.FieldAlternative)}
	}
	if all := slices.Collect(f.Children(n)); len(all) == 3 { // a if condition else b
		return []parser.NodeID{all[0], all[2]}
	}
	return nil
}

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

// memberOf is the expression of a key of the object that n evaluates to, or NoNode. A path of
// keys has dots.
func (r *resolver) memberOf(n parser.NodeID, path string, depth int) parser.NodeID {
	if depth <= 0 || path == "" || strings.HasPrefix(path, "...") {
		return parser.NoNode
	}
	key, rest, nested := strings.Cut(path, ".")
	if r.Kind(r.Unwrap(n)) != parser.KindDict {
		v := r.Eval(n)
		switch {
		case v.Kind == parser.Dict:
		case v.Kind == parser.Unknown && v.Node != n:
		default:
			return parser.NoNode
		}
		if n = r.Unwrap(v.Node); r.Kind(n) != parser.KindDict {
			return parser.NoNode
		}
	} else {
		n = r.Unwrap(n)
	}
	value := r.Property(n, key)
	if value == parser.NoNode || !nested {
		return value
	}
	return r.memberOf(value, rest, depth-1)
}

// schemaDefault is the default that a schema of zod has for a key of what it read:
// z.object({ MODEL: z.string().default('gpt-4o') }).parse(process.env).MODEL, and the same
// in createEnv({ server: { … } }).
func (r *resolver) schemaDefault(object parser.NodeID, key string) (parser.NodeID, bool) {
	if !r.Language.IsScript() {
		return parser.NoNode, false
	}
	c := constructed(r.File, object, 0)
	if c == nil {
		return parser.NoNode, false
	}
	var shapes []parser.NodeID
	switch c.Name {
	case "parse":
		schema := constructed(r.File, r.Field(r.Unwrap(c.Callee), parser.FieldObject), 0)
		for range 8 { // z.object({…}).strict()
			if schema == nil || len(schema.Args) > 0 && (schema.Name == "object" || schema.Name == "strictObject" || schema.Name == "looseObject") {
				break
			}
			schema = constructed(r.File, r.Field(r.Unwrap(schema.Callee), parser.FieldObject), 0)
		}
		if schema == nil || len(schema.Args) == 0 {
			return parser.NoNode, false
		}
		shapes = append(shapes, schema.Args[0].Value)
	case "createEnv":
		if len(c.Args) == 0 {
			return parser.NoNode, false
		}
		for _, part := range []string{"server", "shared", "client"} {
			if p := r.memberOf(c.Args[0].Value, part, 2); p != parser.NoNode {
				shapes = append(shapes, p)
			}
		}
	}
	for _, shape := range shapes {
		field := r.CallAt(r.Unwrap(r.memberOf(shape, key, 1)))
		for range 8 { // z.string().default('x').describe('…')
			if field == nil {
				break
			}
			if (field.Name == "default" || field.Name == "catch" || field.Name == "prefault") && len(field.Args) == 1 {
				return field.Args[0].Value, true
			}
			field = r.CallAt(r.Unwrap(r.Field(r.Unwrap(field.Callee), parser.FieldObject)))
		}
	}
	return parser.NoNode, false
}

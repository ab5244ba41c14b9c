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

package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// SitesIn are f's sites as the whole program tells them: with the models, clients and agents
// that other files hold. What f alone tells is as in Sites; the others are marked Linked. The
// result is computed anew each time: a caller that asks again keeps it as long as it keeps p.
func SitesIn(f *parser.File, p Program) []Site {
	own := Sites(f)
	if p == nil || !f.Language.IsCode() || len(f.Imports) == 0 {
		return own
	}
	l := &link{program: p, files: map[*parser.File]*resolver{}, work: new(int)}
	sites := l.in(f).all()
	changed := false
	for i := range sites {
		s := &sites[i]
		j, found := slices.BinarySearchFunc(own, s.Call.Node, func(o Site, n parser.NodeID) int { return int(o.Call.Node - n) })
		s.Linked = !found || !s.tells(&own[j])
		changed = changed || s.Linked
	}
	if !changed && len(sites) == len(own) {
		return own
	}
	return sites
}

// tells reports whether s says what o, which stands at the same place, says.
func (s *Site) tells(o *Site) bool {
	if s.SDK != o.SDK || s.API != o.API || s.Platform != o.Platform || s.Model.ID != o.Model.ID || s.Model.Default != o.Model.Default || s.unseen != o.unseen {
		return false
	}
	if s.Config == nil || o.Config == nil {
		return s.Config == nil && o.Config == nil
	}
	return s.Config.File == o.Config.File && s.Config.Call.Node == o.Config.Call.Node && s.Config.tells(o.Config)
}

// maxBeyond bounds how often one site's questions leave its file.
const maxBeyond = 60

// link lets the resolvers of a program's files ask each other.
type link struct {
	program Program
	files   map[*parser.File]*resolver
	left    int // of maxBeyond
	work    *int
}

// in is the resolver of one of the program's files.
func (l *link) in(f *parser.File) *resolver {
	if r := l.files[f]; r != nil {
		return r
	}
	r := newResolver(f)
	r.link, r.work = l, l.work
	l.files[f] = r
	return r
}

// beyond is where the value of n is made, if that is in another file.
func (r *resolver) beyond(n parser.NodeID) (*resolver, parser.NodeID, bool) {
	if r.link == nil || r.link.left <= 0 || n < 0 {
		return nil, parser.NoNode, false
	}
	r.link.left--
	f, m := r.link.program.Follow(r.File, n)
	if f == nil || m < 0 || f == r.File {
		return nil, parser.NoNode, false
	}
	return r.link.in(f), m, true
}

// function is the function that callee names in another file of the program.
func (r *resolver) function(callee parser.NodeID) (*resolver, *parser.Func) {
	g, m, ok := r.beyond(callee)
	if !ok {
		return nil, nil
	}
	switch g.Kind(m) {
	case parser.KindFunction, parser.KindLambda, parser.KindMethod:
		return g, g.FuncAt(m)
	}
	return nil, nil
}

// isImported reports whether a name may come from another file.
func (r *resolver) isImported(n parser.NodeID) bool {
	defs := r.DefsOf(n)
	return len(defs) == 0 || slices.ContainsFunc(defs, func(d *parser.Def) bool { return d.Kind != parser.ParamDef })
}

// followBeyond follows the value of n into the file of the program that makes it.
func (r *resolver) followBeyond(w *flow, n parser.NodeID) {
	g, m, ok := r.beyond(n)
	if !ok {
		w.open = true
		return
	}
	g.follow(w, m)
}

// modelBeyond is the model that an expression is in the file of the program that makes it.
func (r *resolver) modelBeyond(n, asked parser.NodeID, steps int) (namedModel, bool) {
	if r.link == nil || steps <= 0 {
		return namedModel{}, false
	}
	m, ok := r.modelOfOther(n, steps)
	if !ok {
		return m, false
	}
	m.Arg = asked
	if m.ID == "" && !strings.HasPrefix(m.Reason, "the model is ") {
		m.Reason = "the model comes from " + r.describe(asked)
	}
	return m, true
}

// modelOfOther asks the file that a function, an object or the expression itself is imported from.
func (r *resolver) modelOfOther(n parser.NodeID, steps int) (namedModel, bool) {
	if object := r.Unwrap(r.Field(n, parser.FieldObject)); r.Kind(n) == parser.KindAttribute && r.Kind(object) == parser.KindAttribute && r.Slice(attribute(r.File, n)) == "value" {
		n = object // a member of an enum
	}
	switch r.Kind(n) {
	case parser.KindCall:
		if c := r.CallAt(n); c != nil {
			if g, fn := r.function(c.Callee); fn != nil {
				return g.returned(fn, c, r, returnsOf(g.File, fn), steps)
			}
		}
	case parser.KindSubscript: // MODELS['fast']
		index := r.Field(n, parser.FieldSubscript)
		if index == parser.NoNode {
			index = r.Field(n, parser.FieldIndex)
		}
		if key := r.Eval(index); key.Kind == parser.String {
			return r.modelOfMember(r.FirstChild(n), key.Str, steps)
		}
		return namedModel{}, false
	}
	if g, at, ok := r.beyond(n); ok {
		return g.modelAt(at, at, steps), true
	}
	if r.Kind(n) == parser.KindAttribute {
		return r.modelOfMember(r.Field(n, parser.FieldObject), r.Slice(attribute(r.File, n)), steps)
	}
	return namedModel{}, false
}

// modelOfMember is the model that an object of another file has under a name: a key, a
// member of an enum, a field of a class, a variable that a schema read.
func (r *resolver) modelOfMember(object parser.NodeID, name string, steps int) (namedModel, bool) {
	g, at, ok := r.beyond(object)
	if !ok {
		return namedModel{}, false
	}
	if value := g.memberOf(at, name, 4); value != parser.NoNode {
		return g.modelAt(value, value, steps), true
	}
	if v := g.Eval(at); v.Kind == parser.Dict {
		if member := v.Get(name); member.Kind == parser.String {
			return g.modelAt(member.Node, member.Node, steps), true
		}
	}
	if v, ok := g.schemaDefault(at, name); ok {
		m := g.modelAt(v, v, steps)
		m.Default = m.ID != ""
		return m, true
	}
	if class := g.classOf(at, 0); class != nil {
		return g.sameModel(g.valuesOf(g.Members(class, name), at), at, steps)
	}
	return namedModel{}, false
}

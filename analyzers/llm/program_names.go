package llm

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// qname is QName that goes on in the file of the program which a name is imported from.
func (r *resolver) qname(n parser.NodeID) string {
	q := r.QName(n)
	if r.link == nil || q != "" && len(r.table.byModule[rootOf(q)]) > 0 {
		return q
	}
	n = r.Unwrap(n)
	switch r.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		if q == "" && !r.isImported(n) {
			return q
		}
	case parser.KindAttribute:
		object := r.Field(n, parser.FieldObject)
		if of := r.qname(object); of != "" && of != r.QName(object) {
			return of + "." + r.Slice(attribute(r.File, n))
		}
	case parser.KindCall:
		callee := r.Field(n, parser.FieldFunction)
		if g, fn := r.function(callee); fn != nil {
			if of := g.ResultQName(fn); of != "" {
				return of
			}
		}
		if module := r.lazyModule(callee); module != "" {
			return module
		}
		if of := r.qname(callee); of != "" && of != r.QName(callee) {
			if last := of[strings.LastIndexByte(of, '.')+1:]; last != "" && last[0] >= 'A' && last[0] <= 'Z' {
				return of
			}
			return of + "()"
		}
	default:
		return q
	}
	if g, m, ok := r.beyond(n); ok {
		if of := g.qname(m); of != "" {
			return of
		}
		return q
	}
	if made := r.madeBy(n); made != parser.NoNode && r.link.left > 0 { // client = get_client()
		if of := r.qname(made); of != "" {
			return of
		}
	}
	return q
}

// madeBy is the one call that gives a name or an attribute of self its value, or NoNode.
func (r *resolver) madeBy(n parser.NodeID) parser.NodeID {
	var defs []*parser.Def
	switch r.Kind(n) {
	case parser.KindIdentifier:
		defs = r.DefsOf(n)
	case parser.KindAttribute:
		if class := r.ClassAround(n); class != nil && r.IsSelf(r.Field(n, parser.FieldObject)) {
			defs = r.Members(class, r.Slice(attribute(r.File, n)))
		}
	}
	made := parser.NoNode
	for _, d := range defs {
		value := r.Unwrap(d.Value)
		switch {
		case d.Kind == parser.AssignDef && r.Eval(d.Value).Kind == parser.None:
		case d.Kind != parser.AssignDef && d.Kind != parser.WithDef || made != parser.NoNode || r.Kind(value) != parser.KindCall:
			return parser.NoNode
		default:
			made = value
		}
	}
	return made
}

// lazyModule is the module that a class of this file stands for: its __getattr__ asks one
// that the class imports by name.
func (r *resolver) lazyModule(callee parser.NodeID) string {
	if r.Language.IsScript() || !strings.Contains(r.Text.String(), "import_module") {
		return ""
	}
	class := r.classOf(callee, 0)
	if class == nil || len(r.Members(class, "__getattr__")) == 0 {
		return ""
	}
	module := ""
	for i := range r.Calls {
		c := &r.Calls[i]
		if c.Name != "import_module" || !r.Within(c.Node, class.Node) || len(c.Args) == 0 {
			continue
		}
		v := r.Eval(c.Args[0].Value)
		if v.Kind != parser.String || module != "" && module != v.Str {
			return ""
		}
		module = v.Str
	}
	return module
}

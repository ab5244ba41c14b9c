package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// link is one part of a chain of calls: filter in session.query(User).filter(x).delete().
type link struct {
	name string
	call *parser.Call // nil for a member that is not called
	// maybe reports that it is part of the chain only where a condition holds.
	maybe bool
}

// chain is what n is made by, from its root on, through names with one value.
func (v *view) chain(n parser.NodeID) (root parser.NodeID, links []link) {
	var call *parser.Call
	maybe, use := false, n
	for range 4 * maxDepth {
		switch n = v.Unwrap(n); v.Kind(n) {
		case parser.KindCall, parser.KindNew:
			call = v.CallAt(n)
			if call == nil {
				slices.Reverse(links)
				return n, links
			}
			n = call.Callee
			continue
		case parser.KindAttribute:
			links = append(links, link{v.Slice(v.AttributeName(n)), call, maybe})
			call, n = nil, v.Field(n, parser.FieldObject)
			continue
		case parser.KindSubscript:
			call, n = nil, v.FirstChild(n)
			continue
		case parser.KindIdentifier:
			if call != nil {
				links = append(links, link{v.Slice(n), call, maybe})
				break
			}
			d, value := v.madeOf(n)
			if d == nil {
				break
			}
			maybe = v.relation(d.Node, use) != always
			n = value
			continue
		}
		break
	}
	slices.Reverse(links)
	return n, links
}

// madeOf is the last definition before a use of a name whose value goes on a chain, and that
// value: of stmt = sorted(stmt, by) it is the stmt that is given.
func (v *view) madeOf(n parser.NodeID) (*parser.Def, parser.NodeID) {
	defs := v.DefsOf(n)
	for i := len(defs) - 1; i >= 0; i-- {
		d := defs[i]
		if d.Kind != parser.AssignDef && d.Kind != parser.WithDef || d.Value < 0 || v.Within(n, d.Value) || d.Node > n {
			continue
		}
		value := v.Unwrap(d.Value)
		switch v.Kind(value) {
		case parser.KindAttribute:
			return d, value
		case parser.KindCall:
			c := v.CallAt(value)
			if c != nil && v.Kind(v.Unwrap(c.Callee)) == parser.KindIdentifier {
				for _, a := range c.Args {
					if v.Kind(a.Value) == parser.KindIdentifier && v.Slice(a.Value) == d.Name {
						return d, a.Value
					}
				}
			}
			return d, value
		}
	}
	return nil, parser.NoNode
}

// after are the links behind a call: where in db.delete(users).where(…).
func (v *view) after(n parser.NodeID) []link {
	var out []link
	for range maxDepth {
		p := v.Parent(n)
		for v.Kind(p) == parser.KindAwait || v.Kind(p) == parser.KindParenthesized {
			n, p = p, v.Parent(p)
		}
		if v.Kind(p) != parser.KindAttribute || v.Field(p, parser.FieldObject) != n {
			return out
		}
		l := link{name: v.Slice(v.AttributeName(p))}
		if call := v.Parent(p); v.Kind(call) == parser.KindCall && v.Field(call, parser.FieldFunction) == p {
			l.call = v.CallAt(call)
			n = call
		} else {
			n = p
		}
		out = append(out, l)
	}
	return out
}

// conditioned reports whether one of some links is a condition.
func conditioned(links []link) bool {
	return slices.ContainsFunc(links, func(l link) bool { return whereLinks[l.name] && !l.maybe && l.call != nil && len(l.call.Args) > 0 })
}

// tableName is the table that an expression names: a text, a class, a table object; "" where
// it is not known.
func (v *view) tableName(n parser.NodeID) string {
	return v.tableAt(n, maxDepth)
}

func (v *view) tableAt(n parser.NodeID, depth int) string {
	if n < 0 || depth <= 0 {
		return ""
	}
	n = v.Unwrap(n)
	switch v.Kind(n) {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated, parser.KindBinary:
		if t := v.text(n); t.known() {
			name, _, _ := strings.Cut(strings.TrimSpace(t.values[0]), " ")
			return strings.ToLower(name)
		}
		return ""
	case parser.KindAttribute: // User.id, schema.users, User.__table__
		name := v.Slice(v.AttributeName(n))
		object := v.Unwrap(v.Field(n, parser.FieldObject))
		if name == "__table__" || v.isClassName(object) {
			return v.tableAt(object, depth-1)
		}
		if inner := v.Slice(v.AttributeName(object)); v.Kind(object) == parser.KindAttribute && (inner == "c" || inner == "columns") { // t.c.id
			return v.tableAt(v.Field(object, parser.FieldObject), depth-1)
		}
		if t := v.text(n); t.known() {
			return strings.ToLower(t.values[0])
		}
		if b := firstByte(name); b >= 'A' && b <= 'Z' && strings.ToUpper(name) != name || v.Language.IsScript() && !v.IsSelf(object) {
			return strings.ToLower(name)
		}
		return ""
	case parser.KindCall: // User(name=…), aliased(User), Table("users", …)
		if c := v.CallAt(n); c != nil {
			if t := tableOf(v, c); t != "" {
				return t
			}
			switch c.Name {
			case "aliased", "alias":
				if len(c.Args) > 0 {
					return v.tableAt(c.Args[0].Value, depth-1)
				}
			case "get", "first", "one", "scalar_one", "one_or_none":
				return ""
			}
			if r := rune(firstByte(c.Name)); r >= 'A' && r <= 'Z' && !notModels[c.Name] {
				return v.tableAt(c.Callee, depth-1)
			}
		}
		return ""
	case parser.KindIdentifier:
		if t := v.text(n); t.known() {
			return strings.ToLower(t.values[0])
		}
		in, d := v, (*parser.Def)(nil)
		if defs := v.DefsOf(n); len(defs) == 1 {
			d = defs[0]
			if d.Kind == parser.ImportDef {
				imp := &v.Imports[d.Index]
				if g := v.fileOf(imp.Module); g != nil && imp.Name != "" {
					in, d = g.exported(imp.Name)
				}
			}
		}
		if d != nil {
			switch d.Kind {
			case parser.ClassDef:
				for _, m := range in.Members(&in.Classes[d.Index], "__tablename__") {
					if t := in.text(m.Value); t.known() {
						return strings.ToLower(t.values[0])
					}
				}
			case parser.AssignDef:
				if c := in.CallAt(in.Unwrap(d.Value)); c != nil {
					if t := tableOf(in, c); t != "" {
						return t
					}
					if in.isClassName(c.Callee) && !notModels[in.Slice(c.Callee)] {
						return in.tableAt(c.Callee, depth-1)
					}
				}
				return ""
			case parser.ParamDef, parser.LoopDef, parser.WithDef, parser.UnpackDef:
				if t := v.classOf(d); t != "" || !v.isClassName(n) {
					return t
				}
			}
		}
		return strings.ToLower(v.Slice(n))
	}
	return ""
}

// classOf is the lower-cased class that a parameter's annotation names.
func (v *view) classOf(d *parser.Def) string {
	if d.Annotation < 0 {
		return ""
	}
	q := v.Slice(d.Annotation)
	if v.Kind(d.Annotation) == parser.KindType {
		q = strings.TrimLeft(q, ": ")
	}
	if isWord(q) && firstByte(q) >= 'A' && firstByte(q) <= 'Z' && !notModels[q] {
		return strings.ToLower(q)
	}
	return ""
}

// notModels are classes that a value of no known table has.
var notModels = set("Any Table Collection AsyncCollection Model Base Object Type Repository T ModelType Callable Database Session AsyncSession BaseModel SQLModel")

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

func (v *view) isClassName(n parser.NodeID) bool {
	if n = v.Unwrap(n); v.Kind(n) != parser.KindIdentifier {
		return false
	}
	b := firstByte(v.Slice(n))
	return b >= 'A' && b <= 'Z'
}

// tableOf is the name in a call that declares a table: Table("users", …), pgTable('users', {…}).
func tableOf(v *view, c *parser.Call) string {
	switch c.Name {
	case "Table", "pgTable", "mysqlTable", "sqliteTable", "table", "model", "define", "collection", "get_collection", "Collection", "getRepository":
		if len(c.Args) > 0 {
			if t := v.text(c.Args[0].Value); t.known() {
				return strings.ToLower(t.values[0])
			}
			if c.Name == "getRepository" {
				return strings.ToLower(v.word(c.Args[0].Value))
			}
		}
	}
	return ""
}

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
}

// chain is what n is made by, from its root on, through names with one value.
func (v *view) chain(n parser.NodeID) (root parser.NodeID, links []link) {
	var call *parser.Call
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
			links = append(links, link{v.Slice(v.AttributeName(n)), call})
			call, n = nil, v.Field(n, parser.FieldObject)
			continue
		case parser.KindSubscript:
			call, n = nil, v.FirstChild(n)
			continue
		case parser.KindIdentifier:
			if call != nil {
				links = append(links, link{v.Slice(n), call})
				break
			}
			var value parser.NodeID = parser.NoNode
			for _, d := range v.DefsOf(n) {
				if (d.Kind == parser.AssignDef || d.Kind == parser.WithDef) && d.Value >= 0 && !v.Within(n, d.Value) && d.Node < n {
					value = d.Value
				}
			}
			if k := v.Kind(v.Unwrap(value)); k == parser.KindCall || k == parser.KindAttribute || k == parser.KindSubscript || k == parser.KindIdentifier {
				if k == parser.KindCall || k == parser.KindAttribute {
					n = value
					continue
				}
			}
		}
		break
	}
	slices.Reverse(links)
	return n, links
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
	return slices.ContainsFunc(links, func(l link) bool { return whereLinks[l.name] && l.call != nil && len(l.call.Args) > 0 })
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
		if object := v.Field(n, parser.FieldObject); name == "__table__" || v.isClassName(object) {
			return v.tableAt(object, depth-1)
		}
		if t := v.text(n); t.known() {
			return strings.ToLower(t.values[0])
		}
		return strings.ToLower(name)
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
			if r := rune(firstByte(c.Name)); r >= 'A' && r <= 'Z' {
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
					if in.isClassName(c.Callee) {
						return in.tableAt(c.Callee, depth-1)
					}
				}
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
	if q := v.Slice(d.Annotation); isWord(q) && firstByte(q) >= 'A' && firstByte(q) <= 'Z' {
		return strings.ToLower(q)
	}
	return ""
}

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

package facts

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// How sure a callee is.
const (
	exact      = "exact"
	heuristic  = "heuristic"
	unresolved = "unresolved"
)

// resolveCall is what a call calls, and how sure that is.
func (b *builder) resolveCall(c *parser.Call) (name, sure string) {
	name, sure = b.resolve(c.Callee)
	if sure == exact {
		return name, sure
	}
	if s := b.siteOf(c); s != nil { // a client that is a parameter, told by how it is used
		return s.SDK + "." + s.API + "." + c.Name, heuristic
	}
	return name, sure
}

// resolve is the name of an expression: from the imports, of a function of the file, of a
// name of the language's own; else as it is written.
func (b *builder) resolve(n parser.NodeID) (name, sure string) {
	f := b.f
	n = f.Unwrap(n)
	if q := f.QName(n); q != "" {
		if b.annotated(n) {
			return plainName(q), heuristic
		}
		return plainName(q), exact
	}
	if fn := f.FuncOf(n); fn != nil {
		return b.qualname(fn), exact
	}
	written := b.text(n, textLimit)
	switch root := b.root(n); f.Kind(root) {
	case parser.KindIdentifier:
		defs := f.DefsOf(root)
		if len(defs) == 0 && !f.IsSelf(root) && !strings.ContainsAny(written, "()[]{} ") {
			return written, exact // nothing defines it here: it is the language's own
		}
		if len(defs) == 1 && defs[0].Kind == parser.ClassDef {
			return written, exact
		}
	}
	return written, unresolved
}

// root is the first name of a.b().c.
func (b *builder) root(n parser.NodeID) parser.NodeID {
	f := b.f
	for range 64 {
		n = f.Unwrap(n)
		switch f.Kind(n) {
		case parser.KindAttribute, parser.KindSubscript:
			if o := f.Field(n, parser.FieldObject); o != parser.NoNode {
				n = o
			} else {
				n = f.FirstChild(n)
			}
		case parser.KindCall:
			n = f.Field(n, parser.FieldFunction)
		default:
			return n
		}
	}
	return n
}

// annotated reports whether only a type says what an expression is.
func (b *builder) annotated(n parser.NodeID) bool {
	for _, d := range b.f.DefsOf(b.root(n)) {
		if d.Kind == parser.ParamDef && d.Annotation != parser.NoNode {
			return true
		}
	}
	return false
}

// plainName is a qualified name as policies have it: without the marks of calls and of
// default imports, and without the scheme of Node's own modules.
func plainName(q string) string {
	q = strings.ReplaceAll(q, "()", "")
	q = strings.ReplaceAll(q, ".default.", ".")
	return strings.TrimSuffix(strings.TrimPrefix(q, "node:"), ".default")
}

// siteOf is the place that asks a model at a call, or nil.
func (b *builder) siteOf(c *parser.Call) *llm.Site {
	sites := llm.Sites(b.f)
	lo, hi := 0, len(sites)
	for lo < hi {
		if mid := (lo + hi) / 2; sites[mid].Call.Node < c.Node {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(sites) && sites[lo].Call.Node == c.Node {
		return &sites[lo]
	}
	return nil
}

package parser

import (
	"cmp"
	"slices"

	"github.com/qodacode/qodacode/parser/text"
)

// builder collects the facts of a file in one pass over its nodes. Nodes come in preorder,
// so a scope is open while the pass is before its node's Next.
type builder struct {
	*File
	open     []ScopeID // stack of open scopes
	ends     []NodeID  // where each open scope's node ends
	class    []int32   // stack beside open: index into Classes for a class's scope, else -1
	deferred []assignment
	outer    []defKey // names that a function declares global or nonlocal
	args     []Arg    // backing store of all calls' arguments
}

type defKey struct {
	scope ScopeID
	name  string
}

// buildFacts fills f's facts from its nodes.
func buildFacts(f *File) {
	b := &builder{File: f}
	estimate := len(f.Nodes)
	f.Defs = make([]Def, 0, estimate/12+8)
	f.Calls = make([]Call, 0, estimate/24+8)
	f.Strings = make([]Str, 0, estimate/24+8)
	b.args = make([]Arg, 0, estimate/20+8)
	b.push(ModuleScope, 0, -1)
	visit := b.python
	if f.Language.IsScript() {
		visit = b.script
	}
	for n := NodeID(0); int(n) < len(f.Nodes); n++ {
		for len(b.ends) > 1 && n >= b.ends[len(b.ends)-1] {
			b.pop()
		}
		kind := f.Kind(n)
		switch kind {
		case KindOther:
		case KindComment:
			f.Comments = append(f.Comments, Comment{n, f.Span(n)})
		default:
			visit(n, kind)
		}
	}
	b.finish()
}

func (b *builder) push(kind ScopeKind, n NodeID, class int32) ScopeID {
	parent := ScopeID(-1)
	if len(b.open) > 0 {
		parent = b.scope()
	}
	id := ScopeID(len(b.Scopes))
	b.Scopes = append(b.Scopes, Scope{kind, n, parent})
	b.open, b.ends, b.class = append(b.open, id), append(b.ends, NodeID(b.Nodes[n].Next)), append(b.class, class)
	return id
}

func (b *builder) pop() {
	last := len(b.open) - 1
	b.open, b.ends, b.class = b.open[:last], b.ends[:last], b.class[:last]
}

func (b *builder) scope() ScopeID { return b.open[len(b.open)-1] }

// enclosing is the innermost open scope of one of the kinds; the module where there is none.
func (b *builder) enclosing(kinds ...ScopeKind) ScopeID {
	for i := len(b.open) - 1; i >= 0; i-- {
		if slices.Contains(kinds, b.Scopes[b.open[i]].Kind) {
			return b.open[i]
		}
	}
	return 0
}

// enclosingClass is the class whose method or body is open, or -1, and its scope.
func (b *builder) enclosingClass() (int32, ScopeID) {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.class[i] >= 0 {
			return b.class[i], b.open[i]
		}
	}
	return -1, -1
}

// define records d; error recovery makes up identifiers without a name, which define nothing.
func (b *builder) define(d Def) {
	if d.Name != "" {
		b.Defs = append(b.Defs, d)
	}
}

func def(name string, kind DefKind, scope ScopeID, node NodeID) Def {
	return Def{Name: name, Kind: kind, Scope: scope, Node: node, Value: NoNode, Annotation: NoNode}
}

// call records a call or a new expression.
func (b *builder) call(n NodeID, callee, arguments NodeID, isNew bool) {
	c := Call{Node: n, Callee: callee, Scope: b.scope(), New: isNew}
	switch inner := b.Unwrap(callee); b.Kind(inner) {
	case KindIdentifier:
		c.Name = b.Slice(inner)
	case KindAttribute:
		c.Name = b.Slice(b.attributeName(inner))
	}
	first := len(b.args)
	if b.Kind(arguments) == KindComprehension { // f(x for x in y)
		b.args = append(b.args, Arg{Node: arguments, Value: arguments})
	} else {
		for a := range b.Children(arguments) {
			arg := Arg{Node: a, Value: a}
			switch b.Kind(a) {
			case KindKeywordArgument:
				arg.Name, arg.Value = b.Slice(b.Field(a, FieldName)), b.Field(a, FieldValue)
			case KindSpread:
				arg.Spread, arg.Value = 1, b.FirstChild(a)
			case KindDictSpread:
				arg.Spread, arg.Value = 2, b.FirstChild(a)
			}
			b.args = append(b.args, arg)
		}
	}
	c.Args = b.args[first:len(b.args):len(b.args)]
	b.Calls = append(b.Calls, c)
}

// finish places the deferred assignments in the scopes that define their names, and links
// the definitions of each name by position.
func (b *builder) finish() {
	f := b.File
	if len(b.outer) > 0 {
		for i := range f.Defs {
			if d := &f.Defs[i]; slices.Contains(b.outer, defKey{d.Scope, d.Name}) {
				d.Scope = 0
			}
		}
	}
	if len(b.deferred) > 0 {
		known := make(map[defKey]bool, len(f.Defs))
		for i := range f.Defs {
			known[defKey{f.Defs[i].Scope, f.Defs[i].Name}] = true
		}
		for _, a := range b.deferred {
			scope := a.from
			for scope > 0 && !known[defKey{scope, a.def.Name}] {
				scope = f.Scopes[scope].Parent
			}
			a.def.Scope = max(scope, 0)
			f.Defs = append(f.Defs, a.def)
		}
	}
	slices.SortStableFunc(f.Defs, func(a, b Def) int { return cmp.Compare(a.Node, b.Node) })
	f.names = make(map[defKey]int32, len(f.Defs))
	for i := len(f.Defs) - 1; i >= 0; i-- {
		key := defKey{f.Defs[i].Scope, f.Defs[i].Name}
		next, ok := f.names[key]
		if !ok {
			next = -1
		}
		f.Defs[i].next = next
		f.names[key] = int32(i)
	}
}

// hasToken reports whether n has a keyword among its children.
func (f *File) hasToken(n NodeID, token string) bool {
	for c := range f.All(n) {
		if !f.IsNamed(c) && f.KindName(c) == token {
			return true
		}
	}
	return false
}

// firstOf is what the grammar calls n's first child.
func (f *File) firstOf(n NodeID) string {
	for c := range f.All(n) {
		return f.KindName(c)
	}
	return ""
}

// contentOf is the span between a string's quotes.
func (f *File) contentOf(n NodeID) text.Span {
	s := f.Span(n)
	src := f.Text.Slice(s)
	open := 0
	for open < len(src) && src[open] != '"' && src[open] != '\'' && src[open] != '`' {
		open++
	}
	if open == len(src) {
		return text.Span{Start: s.End, End: s.End}
	}
	quote := src[open : open+1]
	if !f.Language.IsScript() && len(src) >= open+3 && src[open:open+3] == quote+quote+quote {
		quote = src[open : open+3]
	}
	start, end := open+len(quote), len(src)
	if end-len(quote) >= start && src[end-len(quote):] == quote {
		end -= len(quote)
	}
	return text.Span{Start: s.Start + start, End: s.Start + end}
}

// propertyName is the name of an object's key as written: an identifier, or a string's content.
func propertyName(f *File, n NodeID) string {
	if f.Kind(n) == KindString {
		return f.Text.Slice(f.contentOf(n))
	}
	return f.Slice(n)
}

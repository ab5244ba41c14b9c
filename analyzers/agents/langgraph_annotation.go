package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// annotated are the targets that a router's return annotation names.
func (l *langgraph) annotated(fn callable) (targets []target, complete bool) {
	info := fn.Func()
	if info.Returns == parser.NoNode {
		return nil, false
	}
	names, complete := l.literals(fn.at(info.Returns), fn.frame)
	for _, name := range names {
		targets = append(targets, target{name: name, kind: Cond, provenance: Annotation})
	}
	return targets, complete
}

// typeWrappers are generic types that stand for what they hold.
var typeWrappers = map[string]bool{"Literal": true, "Union": true, "Optional": true, "list": true, "List": true, "Sequence": true, "Promise": true, "Annotated": true, "Awaitable": true, "Command": true}

// literals are the names in a type that holds nothing but texts; e has the names around it.
func (l *langgraph) literals(r Ref, e *frame) (names []string, complete bool) {
	f := r.File
	switch r.Kind() {
	case parser.KindType, parser.KindParenthesized, parser.KindTuple, parser.KindUnionType, parser.KindBinary, parser.KindTypeArguments:
		return l.eachLiteralOf(r, e, f.Children(r.Node))
	case parser.KindGenericType, parser.KindSubscript:
		base := Ref{f, f.FirstChild(r.Node)}
		if !typeWrappers[lastOf(base.Text())] {
			return nil, false
		}
		return l.eachLiteralOf(r, e, func(yield func(parser.NodeID) bool) {
			for c := range f.Children(r.Node) {
				if c != base.Node && !yield(c) {
					return
				}
			}
		})
	case parser.KindList:
		return l.eachLiteralOf(r, e, f.Children(r.Node))
	case parser.KindSpread: // Literal[*NAMES]
		items, all := l.items(r.at(f.FirstChild(r.Node)), e)
		for _, it := range items {
			texts, ok := l.textsOf(it)
			names, all = append(names, texts...), all && ok
		}
		return names, all
	case parser.KindNone:
		return nil, true
	case parser.KindString:
		return l.forwardLiterals(r)
	case parser.KindIdentifier, parser.KindTypeIdentifier, parser.KindAttribute:
		if s := endpoint(f, r.Node); s != "" {
			return []string{s}, true
		}
		if texts, ok := l.texts(r, e); ok && len(texts) > 0 {
			return texts, true
		}
		if v, ok := l.Value(r); ok && v.Kind() != parser.KindClass {
			return l.literals(v, e)
		}
		if alias, ok := l.typeAlias(r); ok {
			return l.literals(alias, e)
		}
	case parser.KindOther:
		switch f.KindName(r.Node) {
		case "literal_type", "splat_type", "list_splat", "splat_pattern", "array_type", "readonly_type":
			if f.KindName(r.Node) == "splat_type" {
				items, all := l.items(r.at(f.FirstChild(r.Node)), e)
				for _, it := range items {
					texts, ok := l.textsOf(it)
					names, all = append(names, texts...), all && ok
				}
				return names, all
			}
			return l.eachLiteralOf(r, e, f.Children(r.Node))
		case "type_query": // typeof END
			return l.literals(r.at(f.FirstChild(r.Node)), e)
		}
	}
	return nil, false
}

// forwardLiterals is a text in a Literal, or a forward reference of a whole type.
func (l *langgraph) forwardLiterals(r Ref) ([]string, bool) {
	if v := r.File.Eval(r.Node); v.Kind == parser.String && !strings.ContainsAny(v.Str, "[") {
		return []string{v.Str}, true
	}
	return nil, false
}

func lastOf(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

func (l *langgraph) eachLiteralOf(r Ref, e *frame, children func(func(parser.NodeID) bool)) (names []string, complete bool) {
	complete = true
	for c := range children {
		inner, all := l.literals(r.at(c), e)
		names, complete = append(names, inner...), complete && all
	}
	return names, complete && len(names) > 0
}

// typeAlias is the type that a TypeScript alias or a Python `type X = …` stands for.
func (l *langgraph) typeAlias(r Ref) (Ref, bool) {
	f := r.File
	name := r.Text()
	for n := range f.Nodes {
		at := parser.NodeID(n)
		if f.Kind(at) != parser.KindTypeAlias {
			continue
		}
		left := f.Field(at, parser.FieldName)
		if left == parser.NoNode {
			left = f.Field(at, parser.FieldLeft)
		}
		right := f.Field(at, parser.FieldValue)
		if right == parser.NoNode {
			right = f.Field(at, parser.FieldRight)
		}
		if left != parser.NoNode && right != parser.NoNode && f.Slice(left) == name {
			return r.at(right), true
		}
	}
	return r, false
}

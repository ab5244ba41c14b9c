package parser

import "strings"

// wrappers are generic types that stand for their first argument when a value is used.
var wrappers = map[string]bool{"Optional": true, "Annotated": true, "Final": true, "ClassVar": true, "Awaitable": true, "Promise": true, "Readonly": true, "Required": true}

// typeQName is the qualified name of the class that an annotation names: OpenAI in
// OpenAI | None, Optional["OpenAI"] and Annotated[OpenAI, …].
func (f *File) typeQName(n NodeID, depth budget) string {
	if n < 0 || depth.spent() {
		return ""
	}
	plain := f.plainType(n)
	if f.Kind(plain) == KindString { // a forward reference
		name, rest, dotted := strings.Cut(f.Text.Slice(f.contentOf(plain)), ".")
		q := f.common(f.defsOf(name, plain), depth.next())
		if q != "" && dotted {
			q += "." + rest
		}
		return q
	}
	if f.Kind(plain) == KindTypeIdentifier && f.FirstChild(plain) != NoNode { // ns.Type
		first := f.identifierOf(plain)
		if q := f.qname(first, depth.next()); q != "" {
			return q + strings.TrimPrefix(f.Slice(plain), f.Slice(first))
		}
		return ""
	}
	return f.qname(plain, depth.next())
}

func (f *File) identifierOf(n NodeID) NodeID {
	for n != NoNode && f.FirstChild(n) != NoNode {
		n = f.FirstChild(n)
	}
	return n
}

// plainType strips what an annotation wraps around a class: optionality, unions with None, Annotated, Promise.
func (f *File) plainType(n NodeID) NodeID {
	for range maxDepth {
		switch f.Kind(n) {
		case KindType, KindParenthesized:
			n = f.FirstChild(n)
		case KindGenericType, KindSubscript:
			args := f.LastChild(n)
			if !wrappers[lastSegment(f.Slice(f.FirstChild(n)))] {
				return f.FirstChild(n)
			}
			if f.Kind(args) == KindTypeArguments {
				args = f.FirstChild(args)
			} else if f.Kind(n) == KindSubscript {
				args = f.Field(n, FieldSubscript)
			}
			n = args
		case KindUnionType, KindBinary:
			n = f.notNone(n)
		default:
			return n
		}
	}
	return NoNode
}

// notNone is the first part of a union that is not None, null or undefined.
func (f *File) notNone(n NodeID) NodeID {
	for c := range f.Children(n) {
		if s := f.Slice(c); s != "None" && s != "null" && s != "undefined" {
			return c
		}
	}
	return NoNode
}

func lastSegment(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

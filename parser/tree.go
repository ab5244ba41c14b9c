package parser

import (
	"iter"

	"github.com/qodacode/qodacode/parser/flat"
	"github.com/qodacode/qodacode/parser/text"
)

// Node is one node of a file's syntax tree, in preorder.
type Node = flat.Node

// NodeID is an index into File.Nodes; 0 is the root.
type NodeID int32

// NoNode stands for a node that is not there. Methods of File accept it and answer NoNode, KindOther or an empty span.
const NoNode NodeID = -1

const errorSymbol = 65535

// Kind is what n is.
func (f *File) Kind(n NodeID) Kind {
	if n < 0 {
		return KindOther
	}
	s := f.Nodes[n].Symbol
	if s == errorSymbol {
		return KindError
	}
	return f.grammar.kinds[s]
}

// KindName is what the grammar calls n; for tokens it is their text.
func (f *File) KindName(n NodeID) string {
	if n < 0 {
		return ""
	}
	s := f.Nodes[n].Symbol
	if s == errorSymbol {
		return "ERROR"
	}
	return f.grammar.names[s]
}

// Span is n's bytes in f.Text.
func (f *File) Span(n NodeID) text.Span {
	if n < 0 {
		return text.Span{}
	}
	return text.Span{Start: int(f.Nodes[n].Start), End: int(f.Nodes[n].End)}
}

// Slice is n's source.
func (f *File) Slice(n NodeID) string { return f.Text.Slice(f.Span(n)) }

// Parent is the node that n is a child of.
func (f *File) Parent(n NodeID) NodeID {
	if n < 0 {
		return NoNode
	}
	return NodeID(f.Nodes[n].Parent)
}

// Within reports whether n is ancestor or one of its descendants.
func (f *File) Within(n, ancestor NodeID) bool {
	return n >= 0 && ancestor >= 0 && ancestor <= n && n < NodeID(f.Nodes[ancestor].Next)
}

// IsNamed reports whether n is more than a token.
func (f *File) IsNamed(n NodeID) bool { return n >= 0 && f.Nodes[n].Flags&flat.Named != 0 }

// IsMissing reports whether error recovery invented n.
func (f *File) IsMissing(n NodeID) bool { return n >= 0 && f.Nodes[n].Flags&flat.Missing != 0 }

// All yields n's children, tokens and comments too.
func (f *File) All(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		if n < 0 {
			return
		}
		end := NodeID(f.Nodes[n].Next)
		for c := n + 1; c < end; c = NodeID(f.Nodes[c].Next) {
			if !yield(c) {
				return
			}
		}
	}
}

// Children yields n's named children without comments.
func (f *File) Children(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for c := range f.All(n) {
			if f.Nodes[c].Flags&(flat.Named|flat.Extra) == flat.Named && !yield(c) {
				return
			}
		}
	}
}

// FirstChild is n's first named child.
func (f *File) FirstChild(n NodeID) NodeID {
	for c := range f.Children(n) {
		return c
	}
	return NoNode
}

// LastChild is n's last named child.
func (f *File) LastChild(n NodeID) NodeID {
	last := NoNode
	for c := range f.Children(n) {
		last = c
	}
	return last
}

// FieldOf is the part that n plays in its parent.
func (f *File) FieldOf(n NodeID) Field {
	if n < 0 {
		return FieldNone
	}
	return f.grammar.fields[f.Nodes[n].Field]
}

// Field is n's first child in a field.
func (f *File) Field(n NodeID, field Field) NodeID {
	for c := range f.All(n) {
		if f.grammar.fields[f.Nodes[c].Field] == field && f.Nodes[c].Flags&flat.Extra == 0 {
			return c
		}
	}
	return NoNode
}

// Ancestors yields n's parent, its parent, and so on to the root.
func (f *File) Ancestors(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for p := f.Parent(n); p >= 0; p = f.Parent(p) {
			if !yield(p) {
				return
			}
		}
	}
}

// At is the deepest node whose bytes in f.Text contain offset; where two nodes touch there,
// the later one. It is NoNode in files without a tree.
func (f *File) At(offset int) NodeID {
	if len(f.Nodes) == 0 {
		return NoNode
	}
	at := NodeID(0)
	for {
		next := NoNode
		for c := range f.All(at) {
			if f.Span(c).Contains(offset) {
				next = c
			}
		}
		if next == NoNode {
			return at
		}
		at = next
	}
}

// Unwrap strips parentheses, casts, await and the like, which do not change what an expression names.
func (f *File) Unwrap(n NodeID) NodeID {
	for {
		switch f.Kind(n) {
		case KindParenthesized, KindCast, KindAwait:
			inner := f.FirstChild(n)
			if inner == NoNode {
				return n
			}
			n = inner
		default:
			return n
		}
	}
}

// Broken reports whether the text has a syntax error, as far as the grammar can tell.
func (f *File) Broken() bool { return f.broken }

// Package tree is a file's code as rules see it: one normalised tree for Python, JavaScript
// and TypeScript in which what does not change the meaning is gone (parentheses, casts,
// export, the three ways to write a declaration), so that a pattern and the code that it
// matches have the same shape. Patterns are read into the same tree.
package tree

import (
	"iter"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// ID is an index into Tree.Nodes; 0 is the root.
type ID int32

// None stands for a node that is not there. Methods of Tree accept it.
const None ID = -1

// Node is one node, in preorder. Its children follow it; Next is the index behind its last
// descendant.
type Node struct {
	Kind       Kind
	Role       Role // the part that it plays in its parent
	Op         Op   // of Binary, Unary, AugAssign; the keyword of a declaration
	Flags      Flags
	Parent     ID // None for the root
	Next       ID
	Start, End uint32        // bytes of File.Text
	Src        parser.NodeID // the outermost syntax node that it stands for
}

// Tree is the tree of one file or of one pattern. It is immutable and safe for concurrent use.
type Tree struct {
	File  *parser.File
	Nodes []Node

	bySource []ID // by parser.NodeID

	names  names
	qnames qnames
	consts consts
	index  index
	idents idents
}

type memoKey struct{}

// Of is the tree of f, made at its first use. Files that are not code have an empty Module.
func Of(f *parser.File) *Tree {
	return parser.Memo(f, memoKey{}, func() *Tree { return build(f) })
}

// Kind is what n is.
func (t *Tree) Kind(n ID) Kind {
	if n < 0 {
		return Invalid
	}
	return t.Nodes[n].Kind
}

// Is reports whether n has a flag.
func (t *Tree) Is(n ID, flag Flags) bool { return n >= 0 && t.Nodes[n].Flags&flag != 0 }

// Span is n's bytes in File.Text.
func (t *Tree) Span(n ID) text.Span {
	if n < 0 {
		return text.Span{}
	}
	return text.Span{Start: int(t.Nodes[n].Start), End: int(t.Nodes[n].End)}
}

// Text is n's source; of an Ident its name.
func (t *Tree) Text(n ID) string {
	if n < 0 {
		return ""
	}
	return t.File.Text.String()[t.Nodes[n].Start:t.Nodes[n].End]
}

// Parent is the node that n is a child of.
func (t *Tree) Parent(n ID) ID {
	if n < 0 {
		return None
	}
	return t.Nodes[n].Parent
}

// Children yields n's children in order.
func (t *Tree) Children(n ID) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		if n < 0 {
			return
		}
		for c := n + 1; c < t.Nodes[n].Next; c = t.Nodes[c].Next {
			if !yield(c) {
				return
			}
		}
	}
}

// Child is n's first child with a role, or None.
func (t *Tree) Child(n ID, role Role) ID {
	if n < 0 {
		return None
	}
	for c := n + 1; c < t.Nodes[n].Next; c = t.Nodes[c].Next {
		if t.Nodes[c].Role == role {
			return c
		}
	}
	return None
}

// Within reports whether n is ancestor or one of its descendants.
func (t *Tree) Within(n, ancestor ID) bool {
	return n >= ancestor && ancestor >= 0 && n < t.Nodes[ancestor].Next
}

// At is the node that stands for a syntax node, or for the nearest one around it.
func (t *Tree) At(n parser.NodeID) ID {
	for n >= 0 {
		if id := t.bySource[n]; id != None {
			return id
		}
		n = t.File.Parent(n)
	}
	return None
}

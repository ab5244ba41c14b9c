package tree

import (
	"github.com/qodacode/qodacode/parser"
)

// builder lowers a syntax tree in one pass: open a node, lower its children in the order that
// Kind's comments give, close it. The children of a node need not come in the order of the text.
type builder struct {
	*parser.File
	t      *Tree
	at     ID            // the node that is open
	outer  parser.NodeID // the outermost of the wrappers that were stripped off what is opened next
	src    string
	depth  int
	end    uint32 // of the node that was closed last
	braces bool   // statements end with a brace
}

// compound are the statements that end with another one.
var compound = [kinds]bool{Block: true, If: true, For: true, While: true, Try: true, Except: true, With: true, Func: true, Class: true, Switch: true, Case: true}

// deepest is how deep trees are; what lies deeper is left out. Real code stays below 100, and
// what walks the tree recurses.
const deepest = 1000

// build lowers the syntax tree of f.
func build(f *parser.File) *Tree {
	b := &builder{File: f, t: &Tree{File: f}, at: None, outer: parser.NoNode, src: f.Text.String()}
	b.t.Nodes = make([]Node, 0, len(f.Nodes)/2+1)
	b.t.bySource = make([]ID, len(f.Nodes))
	for i := range b.t.bySource {
		b.t.bySource[i] = None
	}
	switch {
	case len(f.Nodes) == 0:
		b.close(b.openAt(Module, Elem, parser.NoNode, 0, 0))
	case f.Language.IsScript():
		b.braces = true
		b.script()
	default:
		b.python()
	}
	return b.t
}

// open begins a node that stands for src; what is opened until it is closed are its children.
func (b *builder) open(kind Kind, role Role, src parser.NodeID) ID {
	s := &b.Nodes[src]
	return b.openAt(kind, role, src, s.Start, s.End)
}

// openAt is open for a node whose text is not all of src. src may be NoNode.
func (b *builder) openAt(kind Kind, role Role, src parser.NodeID, start, end uint32) ID {
	id := ID(len(b.t.Nodes))
	n := Node{Kind: kind, Role: role, Parent: b.at, Start: start, End: end, Src: src}
	if src >= 0 {
		if b.t.bySource[src] == None {
			b.t.bySource[src] = id
		}
		if b.outer != parser.NoNode {
			for p := src; p != b.outer; {
				if p = parser.NodeID(b.Nodes[p].Parent); p < 0 {
					break
				}
				if b.t.bySource[p] == None {
					b.t.bySource[p] = id
				}
			}
			n.Src, b.outer = b.outer, parser.NoNode
		}
	}
	b.t.Nodes = append(b.t.Nodes, n)
	b.at = id
	return id
}

// close ends the node that open gave, which must be the innermost one that is open.
func (b *builder) close(id ID) {
	n := &b.t.Nodes[id]
	n.Next = ID(len(b.t.Nodes))
	if compound[n.Kind] && !b.braces && n.Next > id+1 {
		n.End = b.end // not with the comments behind the last statement
	}
	b.end = n.End
	b.at = n.Parent
}

// leaf is a node without children.
func (b *builder) leaf(kind Kind, role Role, src parser.NodeID) ID {
	id := b.open(kind, role, src)
	b.close(id)
	return id
}

// skip notes that a wrapper (parentheses, a cast) is left out: the next node to be opened stands for it too.
func (b *builder) skip(wrapper parser.NodeID) {
	if b.outer == parser.NoNode {
		b.outer = wrapper
	}
}

// flag sets flags of a node.
func (b *builder) flag(id ID, flags Flags) { b.t.Nodes[id].Flags |= flags }

// op sets the operator of a node.
func (b *builder) op(id ID, op Op) { b.t.Nodes[id].Op = op }

// token is n's child that is the token written, or NoNode.
func (b *builder) token(n parser.NodeID, written string) parser.NodeID {
	for c := range b.All(n) {
		if !b.IsNamed(c) && b.KindName(c) == written {
			return c
		}
	}
	return parser.NoNode
}

// other lowers syntax that has no kind of its own: its named children, as lower does.
func (b *builder) other(n parser.NodeID, role Role, lower func(parser.NodeID, Role)) {
	id := b.open(Other, role, n)
	for c := range b.Children(n) {
		lower(c, Elem)
	}
	b.close(id)
}

// tooDeep counts the levels of recursion; where it says true the caller leaves out n, with a
// leaf in its place. The caller calls b.up when it returns otherwise.
func (b *builder) tooDeep(n parser.NodeID, role Role) bool {
	if b.depth >= deepest {
		b.leaf(Other, role, n)
		return true
	}
	b.depth++
	return false
}

func (b *builder) up() { b.depth-- }

package tree

import "sync"

// index lists nodes by kind; it is made at the first question.
type index struct {
	once   sync.Once
	byKind [kinds][]ID
	stmts  []ID
}

func (t *Tree) indexed() *index {
	x := &t.index
	x.once.Do(func() {
		var count [kinds]int32
		stmts := 0
		for i := range t.Nodes {
			n := &t.Nodes[i]
			count[n.Kind]++
			if t.isStatement(n) {
				stmts++
			}
		}
		all := make([]ID, 0, len(t.Nodes)+stmts)
		for k := range count {
			start := len(all)
			all = all[:start+int(count[k])]
			x.byKind[k] = all[start:start:len(all)]
		}
		x.stmts = all[len(all):len(all):cap(all)]
		for i := range t.Nodes {
			n := &t.Nodes[i]
			x.byKind[n.Kind] = append(x.byKind[n.Kind], ID(i))
			if t.isStatement(n) {
				x.stmts = append(x.stmts, ID(i))
			}
		}
	})
	return x
}

// OfKind are the nodes of a kind, in preorder.
func (t *Tree) OfKind(k Kind) []ID { return t.indexed().byKind[k] }

// Statements are all statements that stand in lists of statements, in preorder.
func (t *Tree) Statements() []ID { return t.indexed().stmts }

// isStatement reports whether n stands in a list of statements.
func (t *Tree) isStatement(n *Node) bool {
	if n.Parent == None || n.Role != Elem || n.Flags&Implicit != 0 {
		return false
	}
	k := t.Nodes[n.Parent].Kind
	return k == Block || k == Module
}

// IsStatement reports whether n is a statement in a list of statements.
func (t *Tree) IsStatement(n ID) bool { return n >= 0 && t.isStatement(&t.Nodes[n]) }

// Statement is the innermost statement that n is or stands in, or None.
func (t *Tree) Statement(n ID) ID {
	for n > 0 && !t.isStatement(&t.Nodes[n]) {
		n = t.Nodes[n].Parent
	}
	if n <= 0 {
		return None
	}
	return n
}

// IsExpression reports whether n is an expression: what has a value and is no part that only
// names something.
func (t *Tree) IsExpression(n ID) bool {
	if n < 0 {
		return false
	}
	node := &t.Nodes[n]
	if k := node.Kind; k < Ident || k > JSX || isPart[k] || node.Flags&InType != 0 {
		return false
	}
	switch node.Role {
	case Alias, Source:
		return false
	case Left, Right: // a and b in a and b and c
		if p := &t.Nodes[node.Parent]; node.Kind == Binary && p.Kind == Binary && node.Op == p.Op && (node.Op == OpAnd || node.Op == OpOr) {
			return t.File.Language.IsScript()
		}
	case Target:
		if node.Kind != Ident && node.Kind != Tuple {
			break
		}
		switch p := &t.Nodes[node.Parent]; p.Kind {
		case For, CompFor, WithItem:
			return false
		case Assign: // a: int
			return t.Child(node.Parent, Value) != None
		}
	case Elem:
		switch p := t.Parent(n); t.Kind(p) {
		case Global:
			return false
		case Tuple:
			if node.Kind == Ident || node.Kind == Tuple {
				for t.Kind(t.Parent(p)) == Tuple {
					p = t.Parent(p)
				}
				k := t.Kind(t.Parent(p))
				return t.Nodes[p].Role != Target || k != For && k != CompFor
			}
		}
	case Test:
		return t.Nodes[node.Parent].Kind != Case || node.Next != n+1 || t.File.Language.IsScript() && node.Kind == Ident
	case Name:
		return node.Kind != Ident || node.Parent == None || t.Nodes[node.Parent].Kind == JSX
	case Key:
		return node.Parent == None || !t.File.Language.IsScript() || node.Flags&Computed != 0
	}
	return true
}

// isTarget reports whether n is given a value: the target of an assignment or a part of one.
func (t *Tree) isTarget(n ID) bool {
	for n > 0 && t.Nodes[n].Role == Elem {
		if k := t.Kind(t.Parent(n)); k != Tuple && k != List {
			return false
		}
		n = t.Parent(n)
	}
	return n > 0 && t.Nodes[n].Role == Target
}

// isPart are the kinds among the expressions that are only parts of one.
var isPart = [kinds]bool{KwArg: true, Spread: true, KwSpread: true, StringPart: true, Pair: true, Param: true, CompFor: true, Slice: true, Type: true}

// IsExpression reports whether nodes of kind k are expressions.
func (k Kind) IsExpression() bool { return k >= Ident && k <= JSX && !isPart[k] }

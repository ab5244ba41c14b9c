package pattern

import (
	"sync/atomic"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// symbolic is the expression that the name at n stands for, where it has just one and that
// one still has its value: None where a loop may bring another, a method of it was called in
// between, or a function lies between. A name of the module that is given one value in all is
// known in its functions too.
func symbolic(t *tree.Tree, n tree.ID) tree.ID {
	known := parser.Memo(t.File, symbolicKey{}, func() []atomic.Int32 { return make([]atomic.Int32, len(t.Nodes)) })
	if v := known[n].Load(); v != 0 {
		return tree.ID(v - 2)
	}
	value := propagated(t, n)
	known[n].Store(int32(value) + 2)
	return value
}

// symbolicKey is the key of what symbolic found out about a file's nodes: 0 nothing yet, 1 None.
type symbolicKey struct{}

func propagated(t *tree.Tree, n tree.ID) tree.ID {
	if !t.IsExpression(n) || t.Nodes[n].Role == tree.Target {
		return tree.None
	}
	f, name := t.File, t.NameNode(n)
	defs := f.DefsOf(name)
	if len(defs) != 1 || defs[0].Value == parser.NoNode || defs[0].Kind != parser.AssignDef && defs[0].Kind != parser.WithDef || defs[0].Path != "" {
		return tree.None
	}
	d := defs[0]
	value := t.At(d.Value)
	if value == tree.None || t.Within(n, value) || !propagates[t.Kind(value)] || t.Const(n).Kind != tree.NotConst {
		return tree.None
	}
	if given := f.Parent(d.Value); f.Kind(given) == parser.KindAssignment && f.Kind(f.Parent(given)) == parser.KindAssignment && !f.Language.IsScript() {
		return tree.None // a = b = c
	}
	from, to := namedFunction(f, d.Node), namedFunction(f, name)
	if from == nil && to != nil {
		return value
	}
	if from != to || d.Node > name {
		return tree.None
	}
	if loop := f.EnclosingLoop(name); loop != nil && !f.Within(d.Node, loop.Node) {
		return tree.None
	}
	for p := range f.Ancestors(d.Node) { // it may not have been given
		if k := f.Kind(p); (k == parser.KindIf || k == parser.KindElse || k == parser.KindFor || k == parser.KindWhile) && !f.Within(name, p) {
			return tree.None
		}
	}
	if changed(t, value, n) {
		return tree.None
	}
	return value
}

// propagates are the kinds of expressions that names stand for.
var propagates = [len(unsaid)]bool{
	tree.Ident: true, tree.Attr: true, tree.Call: true, tree.New: true, tree.Index: true, tree.Binary: true, tree.Unary: true, tree.Template: true,
	tree.Concat: true, tree.Await: true, tree.Number: true, tree.String: true,
}

// farthest is how many nodes may lie between a value and what stands for it.
const farthest = 20000

// changed reports whether a method of the name at n was called, as a statement, between its
// value and n: y.close() may have changed y.
func changed(t *tree.Tree, value, n tree.ID) bool {
	f, name := t.File, t.Text(n)
	in := namedFunction(f, t.NameNode(n))
	if n-value > farthest {
		return true
	}
	for i := t.Nodes[value].Next; i < n; i++ {
		if t.Nodes[i].Kind != tree.Call || t.Nodes[i].Src < 0 || t.Within(n, i) || t.Kind(t.Parent(i)) != tree.ExprStmt {
			continue
		}
		o := t.Child(t.Child(i, tree.Callee), tree.Object)
		if t.Kind(o) == tree.Ident && t.Text(o) == name && namedFunction(f, t.Nodes[i].Src) == in && !otherBranch(t, i, n) {
			return true
		}
	}
	return false
}

// otherBranch reports whether a and b stand in different branches of an if.
func otherBranch(t *tree.Tree, a, b tree.ID) bool {
	for branch := a; branch > 0; branch = t.Parent(branch) {
		if p := t.Parent(branch); t.Kind(p) == tree.If && t.Within(b, p) {
			return !t.Within(b, branch) && !t.Within(b, t.Child(p, tree.Test))
		}
	}
	return false
}

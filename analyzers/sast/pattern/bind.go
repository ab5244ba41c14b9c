package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// Equal reports whether two bindings of a metavariable are the same: the same code but for
// spaces and comments, resolved names and constants equal.
func Equal(t *tree.Tree, a, b Bound) bool { return equal(t, &a, &b) }

func equal(t *tree.Tree, a, b *Bound) bool {
	if a.Span == b.Span && a.Text == b.Text {
		return true
	}
	if a.Node == tree.None || b.Node == tree.None {
		return sameModule(t, a, b) || sameModule(t, b, a) || (a.Node == b.Node || isName(t, a.Node) || isName(t, b.Node)) && textOf(t, a) == textOf(t, b)
	}
	x, y := a.Node, b.Node
	if a.Last == a.Node && b.Last == b.Node {
		return equalNodes(t, x, y)
	}
	for {
		if !equalNodes(t, x, y) {
			return false
		}
		if x == a.Last || y == b.Last {
			return x == a.Last && y == b.Last
		}
		x, y = t.Nodes[x].Next, t.Nodes[y].Next
	}
}

// textOf is what a binding that is text says.
func textOf(t *tree.Tree, b *Bound) string {
	if b.Text != "" {
		return b.Text
	}
	return strings.TrimSpace(t.File.Text.Slice(b.Span))
}

// isName reports whether n is a name that only says something of another: of an attribute, an argument.
func isName(t *tree.Tree, n tree.ID) bool { return t.Kind(n) == tree.Ident && !t.IsExpression(n) }

// equalNodes compares two pieces of code. As a tree is in preorder, equal ones have equal nodes side by side.
func equalNodes(t *tree.Tree, a, b tree.ID) bool {
	if a == b {
		return true
	}
	size := t.Nodes[a].Next - a
	if t.Nodes[b].Next-b != size {
		return false
	}
	for i := tree.ID(0); i < size; i++ {
		x, y := &t.Nodes[a+i], &t.Nodes[b+i]
		if x.Kind != y.Kind || x.Op != y.Op || x.Next-a != y.Next-b || i > 0 && x.Role != y.Role {
			return false
		}
		if x.Next != a+i+1 {
			continue
		}
		switch x.Kind {
		case tree.Ident:
			if t.Text(a+i) != t.Text(b+i) || !sameName(t, a+i, b+i) {
				return false
			}
		case tree.String:
			if x.Flags&tree.Raw != y.Flags&tree.Raw || t.Content(a+i) != t.Content(b+i) {
				return false
			}
		case tree.Number:
			if t.Const(a+i) != t.Const(b+i) {
				return false
			}
		default:
			if t.Text(a+i) != t.Text(b+i) {
				return false
			}
		}
	}
	return true
}

// sameName reports whether two names of one spelling are the same variable.
func sameName(t *tree.Tree, a, b tree.ID) bool {
	x, y := namedBy(t, a), namedBy(t, b)
	switch {
	case x == tree.KwArg || y == tree.KwArg: // the name of an argument is no variable
		return x == y || x == tree.Invalid && !t.Defined(a) || y == tree.Invalid && !t.Defined(b)
	case x == tree.Attr || y == tree.Attr:
		return true
	case (x == tree.Param) != (y == tree.Param) && t.Text(a) == "self":
		return false // Semgrep takes self for something else than the parameter
	}
	f := t.File
	one, other := f.DefsOf(t.NameNode(a)), f.DefsOf(t.NameNode(b))
	return len(one) == 0 || len(other) == 0 || one[0].Scope == other[0].Scope
}

// namedBy is the kind of what the name at n is the name of; Invalid for a name that stands for a value.
func namedBy(t *tree.Tree, n tree.ID) tree.Kind {
	if t.Nodes[n].Role != tree.Name {
		return tree.Invalid
	}
	return t.Kind(t.Parent(n))
}

// Unify merges two sets of bindings; false where a name is bound to different things in both.
func Unify(t *tree.Tree, a, b []Bound) ([]Bound, bool) {
	if len(a) == 0 {
		return b, true
	}
	if len(b) == 0 {
		return a, true
	}
	out := make([]Bound, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch c := strings.Compare(a[i].Name, b[j].Name); {
		case c < 0:
			out = append(out, a[i])
			i++
		case c > 0:
			out = append(out, b[j])
			j++
		default:
			if !equal(t, &a[i], &b[j]) {
				return nil, false
			}
			out = append(out, a[i])
			i, j = i+1, j+1
		}
	}
	return append(append(out, a[i:]...), b[j:]...), true
}

// constantOf is the string that the name at n was given, or None.
func constantOf(t *tree.Tree, n tree.ID) tree.ID {
	for range 8 {
		defs := t.File.DefsOf(t.NameNode(n))
		if len(defs) != 1 || defs[0].Kind != parser.AssignDef || defs[0].Value == parser.NoNode {
			return tree.None
		}
		switch n = t.At(defs[0].Value); t.Kind(n) {
		case tree.String:
			return n
		case tree.Ident:
		default:
			return tree.None
		}
	}
	return tree.None
}

// namedFunction is the innermost function around n that is no lambda.
func namedFunction(f *parser.File, n parser.NodeID) *parser.Func {
	for {
		fn := f.EnclosingFunc(n)
		if fn == nil || f.Kind(fn.Node) != parser.KindLambda {
			return fn
		}
		n = fn.Node
	}
}

// typesOf are the annotations of a name, and what its value was made by.
func typesOf(t *tree.Tree, n tree.ID) []tree.ID {
	var out []tree.ID
	add := func(n tree.ID) {
		if t.Kind(n) == tree.Type {
			n = t.Child(n, tree.Elem)
		}
		if n != tree.None {
			out = append(out, n)
		}
	}
	made := func(value tree.ID) {
		if t.Kind(value) == tree.New {
			add(t.Child(value, tree.Callee))
		}
	}
	if t.Kind(n) != tree.Ident {
		made(n)
		for _, kind := range scriptFieldTypes(t, n) {
			add(kind)
		}
		return out
	}
	if fn := t.File.EnclosingFunc(t.NameNode(n)); fn != nil { // a parameter keeps its type when it is given another value
		for i := range fn.Params {
			if d := &fn.Params[i]; d.Name == t.Text(n) && d.Annotation != parser.NoNode {
				add(t.At(d.Annotation))
				return out
			}
		}
	}
	for _, d := range t.File.DefsOf(t.NameNode(n)) {
		if d.Annotation != parser.NoNode {
			add(t.At(d.Annotation))
		} else if d.Kind == parser.AssignDef && d.Value != parser.NoNode {
			made(t.At(d.Value))
		}
	}
	return out
}

// Symbolic is the expression that the name at n certainly stands for, or None.
func Symbolic(t *tree.Tree, n tree.ID) tree.ID {
	if t.Kind(n) != tree.Ident {
		return tree.None
	}
	return symbolic(t, n)
}

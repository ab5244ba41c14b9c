package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// prefixOf matches a + ... with what begins with a.
func (m *matcher) prefixOf(x goal) (int32, bool, bool) {
	p, t := x.p.child(tree.Left), m.t
	for n := x.n; t.Kind(n) == tree.Binary && t.Nodes[n].Op == x.p.op; {
		n = t.Child(n, tree.Left)
		if m.may(p, n) && !m.try(goal{kind: one, p: p, n: n, next: x.next}) {
			return tried(false)
		}
	}
	return tried(true)
}

// castOf is the type that an expression is cast to, as it is written.
func castOf(t *tree.Tree, n tree.ID) string {
	for src := t.Nodes[n].Src; src != parser.NoNode; src = t.File.FirstChild(src) {
		switch t.File.Kind(src) {
		case parser.KindCast:
			if last := t.File.LastChild(src); last != t.File.FirstChild(src) {
				return t.File.Slice(last)
			}
			return "!"
		case parser.KindParenthesized:
		default:
			return ""
		}
	}
	return ""
}

// typeArgsOf are the types in f<T>(x), as they are written.
func typeArgsOf(t *tree.Tree, n tree.ID) string {
	src := t.Nodes[n].Src
	for src != parser.NoNode && (t.File.Kind(src) == parser.KindParenthesized || t.File.Kind(src) == parser.KindCast) {
		src = t.File.FirstChild(src)
	}
	return t.File.Slice(t.File.Field(src, parser.FieldTypeArguments))
}

// regexLiteral matches /…/: flags count where the pattern has some.
func (m *matcher) regexLiteral(p *node, n tree.ID) bool {
	written := m.t.Text(n)
	end := strings.LastIndexByte(written, '/')
	flags := p.text[strings.LastIndexByte(p.text, '/')+1:]
	if end < 1 || flags != "" && flags != written[end+1:] {
		return false
	}
	switch p.form {
	case any:
		return true
	case variable:
		start := m.t.Nodes[n].Start
		return m.bind(p.slot, Bound{Node: tree.None, Last: tree.None, Span: spanOf(start+1, start+uint32(end))})
	}
	return written[:end+1] == strings.TrimSuffix(p.text, flags)
}

// regexOf is the regular expression that a name stands for, or None.
func regexOf(t *tree.Tree, n tree.ID) tree.ID {
	if !t.IsExpression(n) {
		return tree.None
	}
	if defs := t.File.DefsOf(t.NameNode(n)); len(defs) == 1 && defs[0].Kind == parser.AssignDef {
		if value := t.At(defs[0].Value); t.Kind(value) == tree.Regex {
			return value
		}
	}
	return tree.None
}

// scriptStatement matches the pattern of a statement that is an expression with any expression in a statement.
func (m *matcher) scriptStatement(x goal) (next int32, ok, more, handled bool) {
	t, p := m.t, x.p.kids
	node := &t.Nodes[x.n]
	if len(p) != 1 || p[0].kind == tree.Meta || node.Kind != tree.Assign && node.Kind != tree.Augment || !m.opts.ImplicitDeepExprstmt || p[0].kind == tree.String {
		return
	}
	for n := x.n; n < node.Next; n++ {
		if t.Nodes[n].Kind == tree.Block && t.Nodes[n].Flags&tree.Implicit == 0 {
			n = t.Nodes[n].Next - 1
			continue
		}
		if (n == x.n || t.IsExpression(n)) && m.may(p[0], n) && !m.try(goal{kind: one, p: p[0], n: n, next: x.next}) {
			return done, false, false, true
		}
	}
	return done, false, true, true
}

// inStatement reports whether n stands in a statement that has one expression, and not in the
// condition of an if or a loop.
func inStatement(t *tree.Tree, n tree.ID) bool {
	switch t.Kind(t.Statement(n)) {
	case tree.ExprStmt, tree.Assign, tree.Augment, tree.Return, tree.Raise:
		return true
	}
	return false
}

package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// scriptMay reports whether code of a kind may match a pattern of another one in script.
func scriptMay(p, k tree.Kind) bool { return p == tree.Assign && k == tree.Augment }

// scriptAlso is another kind of code that the root of a pattern may match in script.
func scriptAlso(root *node) tree.Kind {
	switch root.kind {
	case tree.Func:
		if name := root.child(tree.Name); name != nil && name.kind == tree.Ellipsis {
			return tree.Lambda
		}
	case tree.Assign, tree.Binary:
		return tree.Augment
	case tree.Augment:
		return tree.Assign
	case tree.For:
		return tree.ForClassic
	case tree.Import:
		return tree.ImportFrom
	case tree.Template:
		return tree.String
	case tree.ExprStmt:
		if len(root.kids) == 1 && root.kids[0].kind != tree.Meta {
			return tree.Assign
		}
	}
	return tree.Invalid
}

// scriptKinds are the kinds of patterns that match in script otherwise than in Python.
var scriptKinds = [len(unsaid)]bool{
	tree.Dict: true, tree.Pair: true, tree.Func: true, tree.Class: true, tree.Assign: true, tree.Augment: true, tree.Binary: true, tree.For: true, tree.ForClassic: true, tree.While: true,
	tree.If: true, tree.Block: true, tree.Try: true, tree.Except: true, tree.Switch: true, tree.Regex: true, tree.Template: true, tree.JSX: true, tree.JSXAttr: true, tree.JSXText: true,
	tree.Update: true, tree.Attr: true, tree.Null: true, tree.Import: true, tree.ImportFrom: true, tree.ExprStmt: true, tree.Break: true, tree.Continue: true,
	tree.ImportName: true, tree.Param: true, tree.Index: true,
}

// script meets the goal that a node of the pattern matches one of the code, where script has
// rules of its own. The last result is false where it has none.
func (m *matcher) scriptNode(x goal) (next int32, ok, more, handled bool) {
	p, t := x.p, m.t
	node := &t.Nodes[x.n]
	if p.flags&^node.Flags&(tree.Exported|tree.Cast|tree.Tagged|tree.TypeArgs) != 0 || p.role == tree.Base && (p.flags^node.Flags)&tree.InType != 0 || p.flags&tree.Exported != 0 && (p.flags^node.Flags)&tree.DefaultExport != 0 || p.cast != "" && p.cast != castOf(t, x.n) || p.types != "" && p.types != typeArgsOf(t, x.n) {
		return done, false, true, true
	}
	if !scriptKinds[p.kind] {
		return
	}
	if node.Kind != p.kind {
		switch {
		case p.kind == tree.Func && node.Kind == tree.Lambda && scriptAlso(p) == tree.Lambda: // function ... ()
			next, ok, more = m.anyFunction(x)
		case p.kind == tree.Assign && node.Kind == tree.Augment:
			next, ok, more = m.augmentAsAssign(x)
		case p.kind == tree.Augment && node.Kind == tree.Assign:
			next, ok, more = m.assignAsAugment(x)
		case p.kind == tree.Binary && node.Kind == tree.Augment && p.op == node.Op:
			next, ok, more = m.pair(x, p.child(tree.Left), t.Child(x.n, tree.Target), p.child(tree.Right), t.Child(x.n, tree.Value))
		case p.kind == tree.For && node.Kind == tree.ForClassic && anyLoop(p):
			next, ok, more = m.loopBody(x)
		case p.kind == tree.Import && node.Kind == tree.ImportFrom:
			next, ok, more = m.scriptImport(x)
		case p.kind == tree.Template && node.Kind == tree.String && strings.HasPrefix(t.Text(x.n), "`"):
			next, ok, more = m.plainFormat(x)
		case p.kind == tree.ExprStmt:
			return m.scriptStatement(x)
		case p.kind == tree.Index && p.flags&node.Flags&tree.InType != 0 && node.Kind == tree.Ident: // T<A> asks for T
			next, ok, more = then(m.push(goal{kind: one, p: p.child(tree.Object), n: x.n, next: x.next}))
		case p.kind == tree.Regex && node.Kind == tree.Ident && m.opts.ConstantPropagation:
			if literal := regexOf(t, x.n); literal == tree.None || !m.regexLiteral(p, literal) {
				return done, false, true, true
			}
			return x.next, true, true, true
		case p.kind == tree.Attr && p.flags&tree.Optional == 0 || node.Kind == tree.Ident && m.opts.SymbolicPropagation || p.kind == tree.Block && node.Kind == tree.If:
			return
		default:
			return done, false, true, true
		}
		return next, ok, more, true
	}
	switch p.kind {
	case tree.Dict:
		next, ok, more = m.anyOrder(x, tree.Elem, x.next)
	case tree.Pair:
		next, ok, more = m.scriptPair(x)
	case tree.Func:
		if p.flags&^node.Flags&(tree.Method|tree.Accessor|tree.Static) != 0 {
			return done, false, true, true
		}
		return
	case tree.Assign:
		if x.n == m.root && node.Role == tree.Init {
			return done, false, true, true
		}
		next, ok, more = m.scriptAssign(x)
	case tree.For:
		switch {
		case anyLoop(p):
			next, ok, more = m.loopBody(x)
		case p.op == tree.OpForOf && node.Op != tree.OpForOf, !bodyFits(p, t, x.n):
			next, ok, more = fail()
		default:
			return
		}
	case tree.ForClassic, tree.While:
		if !bodyFits(p, t, x.n) {
			return done, false, true, true
		}
		return
	case tree.Block:
		if node.Flags&tree.Implicit != 0 && p.flags&tree.Implicit == 0 && node.Role != tree.Body && (x.n == m.root || len(p.kids) > 1 && p.ellipsis) {
			return done, false, true, true
		}
		return
	case tree.Try:
		if p.child(tree.Handler) != nil {
			return
		}
		next, ok, more = m.pair(x, p.child(tree.Body), t.Child(x.n, tree.Body), p.child(tree.Finally), t.Child(x.n, tree.Finally))
	case tree.Except:
		if name := p.child(tree.Name); name == nil || t.Child(x.n, tree.Name) != tree.None || name.kind != tree.Meta && name.kind != tree.Ellipsis {
			return
		}
		next, ok, more = m.part(x, p.child(tree.Body), tree.Body)
	case tree.Switch:
		next, ok, more = m.anyOrder(x, tree.Elem, m.push(goal{kind: one, p: p.child(tree.Subject), n: t.Child(x.n, tree.Subject), next: x.next}))
	case tree.Regex:
		if !m.regexLiteral(p, x.n) {
			return done, false, true, true
		}
		return x.next, true, true, true
	case tree.JSX:
		next, ok, more = m.element(x)
	case tree.JSXAttr:
		next, ok, more = m.attributeOfElement(x)
	case tree.JSXText:
		if strings.TrimSpace(p.text) != strings.TrimSpace(t.Text(x.n)) {
			return done, false, true, true
		}
		return x.next, true, true, true
	case tree.Template:
		if (p.flags^node.Flags)&tree.Tagged != 0 {
			return done, false, true, true
		}
		return
	case tree.Binary:
		if right := p.child(tree.Right); right == nil || right.kind != tree.Ellipsis || p.op != node.Op {
			return
		}
		next, ok, more = m.prefixOf(x)
	case tree.Update:
		if (p.flags^node.Flags)&tree.Prefix != 0 {
			return done, false, true, true
		}
		return
	case tree.Attr:
		if p.flags&^node.Flags&tree.Optional != 0 {
			return done, false, true, true
		}
		return
	case tree.Import, tree.ImportFrom:
		next, ok, more = m.scriptImport(x)
	case tree.Param:
		next, ok, more = m.scriptParam(x)
	case tree.ImportName:
		next, ok, more = m.importName(x)
	case tree.ExprStmt:
		return m.scriptStatement(x)
	case tree.Break, tree.Continue:
		if len(p.kids) == 0 {
			if t.Child(x.n, tree.Name) != tree.None {
				return done, false, true, true
			}
			return x.next, true, true, true
		}
		return
	default:
		return
	}
	return next, ok, more, true
}

// pair goes on with two parts that must both match; a part that the pattern does not have says nothing.
func (m *matcher) pair(x goal, p1 *node, n1 tree.ID, p2 *node, n2 tree.ID) (int32, bool, bool) {
	next := x.next
	if p2 != nil {
		next = m.push(goal{kind: one, p: p2, n: n2, next: next})
	}
	if p1 != nil {
		next = m.push(goal{kind: one, p: p1, n: n1, next: next})
	}
	return then(next)
}

// anyFunction matches a function of any name with one that has none.
func (m *matcher) anyFunction(x goal) (int32, bool, bool) {
	next := m.push(goal{kind: one, p: x.p.child(tree.Body), n: m.t.Child(x.n, tree.Body), next: x.next})
	return then(m.push(m.siblings(x.p.of(tree.ParamOf), x.n, tree.ParamOf, next)))
}

// scriptParam matches a parameter. A name stands for one of any sort: with a default or a type, the rest of them.
func (m *matcher) scriptParam(x goal) (int32, bool, bool) {
	p, t := x.p, m.t
	next := x.next
	if p.flags&^t.Nodes[x.n].Flags&tree.Star != 0 {
		return fail()
	}
	// A destructured parameter has a type if the pattern's has; a typed name is a name.
	if name, kind := t.Kind(t.Child(x.n, tree.Name)), p.child(tree.TypeOf); name == tree.Dict || name == tree.List {
		if pn := p.child(tree.Name); pn != nil && (pn.kind == name && (kind == nil) != (t.Child(x.n, tree.TypeOf) == tree.None) || pn.kind == tree.Meta && kind != nil) {
			return fail()
		}
	}
	for _, role := range [...]tree.Role{tree.Default, tree.TypeOf, tree.Name} {
		k, n := p.child(role), t.Child(x.n, role)
		switch {
		case k == nil:
		case n == tree.None:
			return fail()
		default:
			next = m.push(goal{kind: one, p: k, n: n, next: next})
		}
	}
	return m.anyOrder(x, tree.DecoratorOf, next)
}

// scriptFieldTypes are the types that the fields of a class are declared with, for this.x.
func scriptFieldTypes(t *tree.Tree, n tree.ID) []tree.ID {
	object := t.Child(n, tree.Object)
	if t.Kind(n) != tree.Attr || t.Kind(object) != tree.Ident || t.Text(object) != "this" || !t.File.Language.IsScript() {
		return nil
	}
	class := t.File.ClassAround(t.Nodes[n].Src)
	if class == nil {
		return nil
	}
	var out []tree.ID
	for _, d := range t.File.Members(class, t.Text(t.Child(n, tree.Name))) {
		if d.Annotation != parser.NoNode {
			out = append(out, t.At(d.Annotation))
		}
	}
	return out
}

// anyOrder matches the children that have a role, of which the code may have more.
func (m *matcher) anyOrder(x goal, role tree.Role, next int32) (int32, bool, bool) {
	ps := x.p.of(role)
	if len(ps) == 0 {
		return then(next)
	}
	return then(m.push(goal{kind: subset, ps: ps, n: m.t.Child(x.n, role), role: role, next: next}))
}

// scriptPair matches key: value. A key is the same with quotes and without.
func (m *matcher) scriptPair(x goal) (int32, bool, bool) {
	t := m.t
	p, n := x.p.child(tree.Key), t.Child(x.n, tree.Key)
	value := goal{kind: one, p: x.p.child(tree.Value), n: t.Child(x.n, tree.Value), next: x.next}
	if p == nil || value.p == nil || n == tree.None || value.n == tree.None {
		return fail()
	}
	computed := t.Is(n, tree.Computed)
	if p.flags&tree.Computed != 0 {
		if !computed {
			return fail()
		}
		return then(m.push(goal{kind: one, p: p, n: n, next: m.push(value)}))
	}
	switch {
	case p.kind == tree.Meta:
		if t.Span(n) == t.Span(value.n) { // {x}: what counts is the variable
			n = value.n
		}
		if !m.bindNode(p.slot, n) {
			return fail()
		}
	case computed:
		if p.kind != tree.String || p.form != variable || !m.bindNode(p.slot, n) {
			return fail()
		}
	case p.kind == tree.Ident || p.kind == tree.String && p.form == exact:
		if keyText(t, n) != p.text {
			return fail()
		}
	case p.kind == tree.String:
		if !m.keyString(p, n) {
			return fail()
		}
	default:
		return then(m.push(goal{kind: one, p: p, n: n, next: m.push(value)}))
	}
	return then(m.push(value))
}

// keyString matches a key that the pattern says something of, "=~/re/" or "$K".
func (m *matcher) keyString(p *node, n tree.ID) bool {
	switch p.form {
	case regex:
		return p.regexp.MatchString(keyText(m.t, n))
	case variable:
		at := m.t.Span(n)
		if m.t.Kind(n) == tree.String {
			at.Start, at.End = m.t.ContentSpan(n)
		}
		return m.bind(p.slot, Bound{Node: tree.None, Last: tree.None, Span: at})
	}
	return false
}

// keyText is a key without its quotes.
func keyText(t *tree.Tree, n tree.ID) string {
	if t.Kind(n) == tree.String {
		return t.Content(n)
	}
	return t.Text(n)
}

// anyLoop reports whether a pattern is for (...).
func anyLoop(p *node) bool {
	target, iter := p.child(tree.Target), p.child(tree.Iter)
	return target != nil && iter != nil && target.kind == tree.Ellipsis && iter.kind == tree.Ellipsis
}

func (m *matcher) loopBody(x goal) (int32, bool, bool) {
	if !bodyFits(x.p, m.t, x.n) {
		return fail()
	}
	return m.part(x, x.p.child(tree.Body), tree.Body)
}

// bodyFits reports whether a loop's body is in braces, if the pattern's is.
func bodyFits(p *node, t *tree.Tree, n tree.ID) bool {
	body := p.child(tree.Body)
	return body == nil || body.flags&tree.Implicit != 0 || !t.Is(t.Child(n, tree.Body), tree.Implicit)
}

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

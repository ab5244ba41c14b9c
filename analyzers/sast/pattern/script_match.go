package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
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

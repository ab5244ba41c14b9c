package pattern

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// scriptPath names the grammar that patterns of JavaScript and TypeScript are read with: the one
// that knows all syntax of both.
func scriptPath(parser.Language) string { return "pattern.tsx" }

// scriptContexts are the programs that a pattern can be a piece of. What can be read as an
// expression is one: {...} is an object and no block. A function or class is none, as it has a name.
var scriptContexts = []context{
	{before: "(", after: "\n)", pick: pickExpression},
	{before: "({", after: "\n})", pick: pickScriptPair, root: part},
	{pick: pickAll},
	{after: "{" + ellipsis + "}", pick: pickOne}, // without its body
	{before: "try {} ", pick: pickFirst(tree.Handler), root: part},
	{before: "switch (" + mark + "any) {", after: "\n}", pick: pickFirst(tree.Elem), root: part},
	{before: "({", after: "\n})", pick: pickMethod, root: part},
	{before: "class " + mark + "any {", after: "\n}", pick: pickMember, root: part},
}

func pickOne(t *tree.Tree) []tree.ID {
	if only(t, 0) == tree.None {
		return nil
	}
	return pickAll(t)
}

func pickExpression(t *tree.Tree) []tree.ID {
	found := pickAll(t)
	if len(found) != 1 {
		return nil
	}
	if statementWords[firstWord(t.File.Text.String()[1:])] {
		return nil // names, as far as the grammar can tell
	}
	for n := range t.File.Nodes { // (a: T), which the grammar takes for the parameters of an arrow function
		if id := parser.NodeID(n); t.File.Kind(id) == parser.KindParenthesized && t.File.Field(id, parser.FieldType) != parser.NoNode {
			return nil
		}
	}
	value := found[0]
	if t.Kind(value) == tree.ExprStmt {
		value = t.Child(value, tree.Value)
	}
	switch t.Kind(value) {
	case tree.Func, tree.Class:
		return nil
	case tree.Lambda:
		if t.Child(value, tree.Name) != tree.None {
			return nil
		}
	}
	return found
}

// statementWords begin statements; in parentheses the grammar takes them for names.
var statementWords = map[string]bool{
	"const": true, "let": true, "var": true, "break": true, "continue": true, "return": true, "throw": true, "if": true, "for": true, "while": true, "do": true,
	"switch": true, "try": true, "catch": true, "finally": true, "case": true, "default": true, "export": true, "debugger": true, "with": true, "else": true,
}

// firstWord is the name at the start of code, without the spaces before it.
func firstWord(code string) string {
	code = strings.TrimLeft(code, " \t\r\n")
	for i := range len(code) {
		if !isNameByte(code[i]) {
			return code[:i]
		}
	}
	return code
}

// only is the only child of n, or None.
func only(t *tree.Tree, n tree.ID) tree.ID {
	if n < 0 || n+1 >= t.Nodes[n].Next || t.Nodes[n+1].Next != t.Nodes[n].Next {
		return tree.None
	}
	return n + 1
}

func pickMemberOf(t *tree.Tree, body tree.ID, kinds ...tree.Kind) []tree.ID {
	member := only(t, body)
	for _, k := range kinds {
		if t.Kind(member) == k {
			return []tree.ID{member}
		}
	}
	return nil
}

func pickScriptPair(t *tree.Tree) []tree.ID {
	found := pickMemberOf(t, t.Child(t.Child(0, tree.Elem), tree.Value), tree.Pair)
	if found != nil && t.Span(t.Child(found[0], tree.Key)) == t.Span(t.Child(found[0], tree.Value)) {
		return nil // a name alone
	}
	return found
}

func pickMethod(t *tree.Tree) []tree.ID {
	return pickMemberOf(t, t.Child(t.Child(0, tree.Elem), tree.Value), tree.Func)
}

func pickMember(t *tree.Tree) []tree.ID {
	return pickMemberOf(t, t.Child(t.Child(0, tree.Elem), tree.Body), tree.Func, tree.Assign)
}

// scriptSpecial turns what was rewritten in script into what it stands for.
func (c *compiler) scriptSpecial(n *node) *node {
	switch n.kind {
	case tree.Pair: // {..., a}
		if key := n.child(tree.Key); key != nil && key.isEllipsis() && key.flags&tree.Computed == 0 {
			key.role = n.role
			return key
		}
	case tree.Assign: // a member of a class
		if target := n.child(tree.Target); n.op == tree.OpField && len(n.kids) == 1 && target != nil && target.isEllipsis() {
			return &node{kind: tree.AnyStmts, role: n.role, slot: target.slot, text: target.text}
		}
	case tree.JSXAttr:
		if name := n.child(tree.Name); len(n.kids) == 1 && name != nil && name.isEllipsis() {
			name.role = n.role
			return name
		}
	case tree.JSXText:
		switch text := strings.TrimSpace(n.text); {
		case text == "...":
			return &node{kind: tree.Ellipsis, role: n.role, slot: -1}
		case wholeMeta.MatchString(text):
			return &node{kind: tree.Meta, role: n.role, slot: c.slot(text), text: text, form: any}
		case strings.HasPrefix(text, "$...") && wholeMeta.MatchString("$"+text[4:]):
			return &node{kind: tree.MetaArgs, role: n.role, slot: c.slot(text), text: text}
		}
	case tree.JSX: // {...} is one child, ... any number
		for _, k := range n.kids {
			if k.role == tree.Elem && k.kind == tree.Ellipsis && k.text != "" {
				k.kind, k.slot = tree.Meta, -1
			}
		}
	case tree.For:
		n.flags &^= tree.Async
	case tree.Template: // ${...} is one slot, ... any number of parts
		for _, k := range n.kids {
			if k.kind == tree.Ellipsis && k.text == ellipsis {
				k.kind, k.slot = tree.Meta, -1
			}
		}
	case tree.Lambda: // neither its name nor how it runs is asked for
		n.flags &^= tree.Async | tree.Generator
		n.kids = slices.DeleteFunc(n.kids, func(k *node) bool { return k.role == tree.Name })
	case tree.Regex:
		end := strings.LastIndexByte(n.text, '/')
		switch body := n.text[min(1, len(n.text)):max(end, 1)]; {
		case body == "...":
			n.form = any
		case wholeMeta.MatchString(body):
			n.form, n.slot = variable, c.slot(body)
		}
	case tree.Call: // ($X: T)
		if callee := n.child(tree.Callee); callee != nil && callee.kind == tree.Ident && callee.text == typeCall {
			if fn := n.child(tree.Arg); fn != nil && fn.kind == tree.Lambda && len(fn.kids) > 0 && fn.kids[0].kind == tree.Param {
				name, kind := fn.kids[0].child(tree.Name), fn.kids[0].child(tree.TypeOf)
				if name != nil && kind != nil {
					return &node{kind: tree.TypedMeta, role: n.role, slot: name.slot, text: name.text, kids: []*node{kind}}
				}
			}
		}
	}
	return n
}

package pattern

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// root is what sort of code a pattern is.
type root uint8

const (
	expression root = iota // one expression
	statement              // one statement that is no expression
	statements             // several, side by side
	part                   // one node that stands in neither: a decorator, a handler, a pair
)

// longestPattern is how many bytes a pattern may have, and deepestPattern how deep it may nest.
const (
	longestPattern = 1 << 13
	deepestPattern = 200
)

// Compile reads a pattern for one of the languages of code. The error is an *Error.
func Compile(lang parser.Language, src string) (*Pattern, error) {
	if len(src) > longestPattern {
		return nil, &Error{Offset: longestPattern, Message: "the pattern is too long"}
	}
	if strings.TrimSpace(src) == "" {
		return nil, &Error{Message: "the pattern is empty"}
	}
	c := &compiler{lang: lang, script: lang.IsScript()}
	if err := c.read(src); err != nil {
		return nil, err
	}
	p := &Pattern{root: c.root, lang: lang}
	for _, id := range c.found {
		n, err := c.node(id, 0)
		if err != nil {
			return nil, err
		}
		p.nodes = append(p.nodes, n)
	}
	if err := c.shape(p); err != nil {
		return nil, err
	}
	p.slots = c.slots
	p.ended = c.script && p.root == expression && strings.HasSuffix(strings.TrimSpace(src), ";")
	p.prepare()
	return p, nil
}

// compiler makes a pattern of a tree.
type compiler struct {
	lang   parser.Language
	script bool
	code   *rewritten
	tree   *tree.Tree
	found  []tree.ID // the nodes that the pattern is
	root   root
	slots  []string
}

// context is code around a pattern that makes it a whole program, and where the pattern is in its tree.
type context struct {
	before, after string
	body          bool // the pattern is a statement without its body
	pick          func(t *tree.Tree) []tree.ID
	root          root
}

// read finds the context in which the pattern is code.
func (c *compiler) read(src string) error {
	written := len(src)
	src = dedent(src)
	c.code = rewrite(src, c.script)
	path, contexts := "pattern.py", pythonContexts
	if c.script {
		path, contexts = scriptPath(c.lang), scriptContexts
	}
	var first *tree.Tree
	for i := range contexts {
		x := &contexts[i]
		code := c.code.text
		if x.body {
			if code = pythonWithBody(code); code == "" {
				continue
			}
		}
		f := parser.Parse(path, "", text.New(x.before+code+x.after))
		t := tree.Of(f)
		if first == nil && x.before == "" {
			first = t
		}
		if f.Broken() {
			continue
		}
		if found := x.pick(t); len(found) > 0 {
			c.tree, c.found, c.root = t, found, x.root
			return nil
		}
	}
	return &Error{Offset: min(written, c.code.source(firstError(first.File))), Message: "this is no " + languageName(c.lang) + " code"}
}

func languageName(l parser.Language) string {
	switch l {
	case parser.JavaScript:
		return "JavaScript"
	case parser.TypeScript, parser.TSX:
		return "TypeScript"
	}
	return "Python"
}

// firstError is the offset of the first syntax error.
func firstError(f *parser.File) int {
	for n := range f.Nodes {
		if id := parser.NodeID(n); f.Kind(id) == parser.KindError || f.IsMissing(id) {
			return f.Span(id).Start
		}
	}
	return 0
}

// dedent takes away what all lines are indented by, as in YAML's block scalars of odd indentation.
func dedent(src string) string {
	lines := strings.Split(src, "\n")
	indent := -1
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		n := len(line) - len(strings.TrimLeft(line, " \t"))
		if indent < 0 || n < indent {
			indent = n
		}
	}
	if indent > 0 {
		for i, line := range lines {
			lines[i] = line[min(indent, len(line)):]
			if strings.TrimSpace(line) == "" {
				lines[i] = ""
			}
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), " \t\r\n") + "\n"
}

// slot is the number of a metavariable, or -1 for $_, which binds nothing.
func (c *compiler) slot(name string) int {
	if name == "$_" {
		return -1
	}
	for i, s := range c.slots {
		if s == name {
			return i
		}
	}
	c.slots = append(c.slots, name)
	return len(c.slots) - 1
}

// node makes a pattern's node of a tree's.
func (c *compiler) node(id tree.ID, depth int) (*node, error) {
	t := c.tree
	if depth > deepestPattern || t.Is(id, tree.Broken) {
		return nil, &Error{Message: "the pattern is nested too deeply"}
	}
	n := &node{alone: t.Kind(id) == tree.Comp && t.Nodes[id].Role == tree.Arg && int(t.Nodes[id].Start) > t.File.Span(t.Nodes[id].Src).Start, kind: t.Nodes[id].Kind, role: t.Nodes[id].Role, op: t.Nodes[id].Op, flags: t.Nodes[id].Flags, slot: -1}
	for k := range t.Children(id) {
		kid, err := c.node(k, depth+1)
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, kid)
	}
	if n.flags&tree.TypeArgs != 0 {
		if n.types = typeArgsOf(t, id); strings.Contains(n.types, mark) {
			n.types = "" // any types
		}
	}
	if n.flags&tree.Cast != 0 {
		if n.cast = castOf(t, id); strings.Contains(n.cast, mark) {
			n.cast = "" // any type
		}
	}
	if err := c.leaf(n, id); err != nil {
		return nil, err
	}
	n = c.special(n)
	if c.script {
		n = c.scriptSpecial(n)
	}
	return n, nil
}

// leaf reads what a leaf says.
func (c *compiler) leaf(n *node, id tree.ID) error {
	t := c.tree
	switch n.kind {
	case tree.Ident:
		n.text = t.Text(id)
		name, ok := strings.CutPrefix(n.text, mark)
		switch {
		case n.role == tree.Source && strings.Contains(n.text, "."): // a module
			for _, part := range strings.Split(n.text, ".") {
				if name, ok := strings.CutPrefix(part, mark); ok {
					c.slot("$" + name)
				}
			}
		case !ok:
			n.dotted = true
		case n.text == ellipsis:
			n.kind = tree.Ellipsis
		case strings.HasPrefix(name, mark):
			n.kind, n.text = tree.MetaArgs, "$..."+strings.TrimPrefix(name, mark)
			n.slot = c.slot(n.text)
		case n.text != deepCall && n.text != typeCall:
			n.kind, n.text = tree.Meta, "$"+name
			n.slot = c.slot(n.text)
		}
	case tree.String:
		return c.string(n, t.Text(id), t.Content(id))
	case tree.StringPart:
		n.text = t.Text(id)
		if wholeMeta.MatchString(n.text) { // f"$BEGIN{...}"
			n.form, n.slot = variable, c.slot(n.text)
		}
	case tree.JSXText:
		n.text = t.Text(id)
	case tree.Number, tree.Bool, tree.Null:
		n.text = t.Const(id).Text
	case tree.Attr:
		o, name := n.child(tree.Object), n.child(tree.Name)
		n.dotted = o != nil && name != nil && (o.dotted || o.kind == tree.Meta) && (name.kind == tree.Ident || name.kind == tree.Meta)
	default:
		if len(n.kids) == 0 {
			n.text = t.Text(id)
		}
	}
	return nil
}

var (
	wholeMeta = regexp.MustCompile(`^\$[A-Z_][A-Z_0-9]*$`)
	regexForm = regexp.MustCompile(`(?s)^=~/(.*)/([ims]*)$`)
)

// string reads what a string in a pattern asks for.
func (c *compiler) string(n *node, written, content string) error {
	n.text = content
	switch {
	case content == "..." && strings.HasPrefix(written, "`"): // any template
		n.kind, n.kids = tree.Template, []*node{{kind: tree.Ellipsis, role: tree.Part, slot: -1}}
	case content == "...":
		n.form = any
	case wholeMeta.MatchString(content):
		n.form, n.slot = variable, c.slot(content)
	case regexForm.MatchString(content):
		m := regexForm.FindStringSubmatch(content)
		expr := m[1]
		if m[2] != "" {
			expr = "(?" + m[2] + ")" + expr
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			return &Error{Message: "the regular expression in the pattern can't be read: " + err.Error()}
		}
		n.form, n.regexp = regex, re
	}
	if isFormat(written) { // f"..." asks for an f-string
		part := &node{kind: tree.StringPart, role: tree.Part, slot: n.slot, text: content, form: n.form}
		n.kind, n.kids, n.slot, n.form = tree.Template, []*node{part}, -1, exact
		if content == "" {
			n.kids = nil
		}
	}
	return nil
}

// isFormat reports whether a string of Python has an f among its prefixes.
func isFormat(written string) bool {
	for i := range len(written) {
		switch written[i] {
		case 'f', 'F':
			return true
		case '"', '\'', '`':
			return false
		}
	}
	return false
}

// special turns what was rewritten into what it stands for.
func (c *compiler) special(n *node) *node {
	switch n.kind {
	case tree.ExprStmt:
		if len(n.kids) == 1 && (n.kids[0].kind == tree.Ellipsis || n.kids[0].kind == tree.MetaArgs) {
			return &node{kind: tree.AnyStmts, role: n.role, slot: n.kids[0].slot, text: n.kids[0].text}
		}
	case tree.Param, tree.ImportName:
		if name := n.child(tree.Name); len(n.kids) == 1 && n.flags == 0 && name != nil && name.isEllipsis() {
			name.role = n.role
			return name
		}
	case tree.Func:
		if !c.script && n.child(tree.DecoratorOf) != nil {
			n.flags &^= tree.Async // Semgrep does not tell them apart
		}
	case tree.KwSpread, tree.Spread:
		if v := n.child(tree.Value); n.role == tree.Elem && v != nil && v.isEllipsis() {
			v.role = n.role
			return v
		}
	case tree.Call:
		callee, args := n.child(tree.Callee), n.of(tree.Arg)
		if callee == nil || callee.kind != tree.Ident {
			break
		}
		switch {
		case callee.text == deepCall && len(args) == 1:
			args[0].role = tree.Value
			return &node{kind: tree.Deep, role: n.role, slot: -1, kids: args}
		case callee.text == typeCall && len(args) == 2:
			args[0].role, args[1].role = tree.Name, tree.TypeOf
			return &node{kind: tree.TypedMeta, role: n.role, slot: args[0].slot, text: args[0].text, kids: args[1:]}
		}
	case tree.Attr:
		if o := n.child(tree.Object); o != nil && o.kind == tree.Attr && !o.chain {
			if name := o.child(tree.Name); name != nil && name.kind == tree.Ellipsis {
				inner := o.child(tree.Object)
				inner.role = tree.Object
				n.chain, n.dotted = true, false
				n.kids = []*node{inner, n.child(tree.Name)}
			}
		}
	case tree.Template:
		for _, k := range n.kids {
			if k.kind == tree.Ellipsis && !c.script { // a slot with anything in it
				k.kind = tree.Meta
			}
			if k.kind == tree.StringPart && k.text == "..." {
				k.kind = tree.Ellipsis
			}
		}
	case tree.Block, tree.Module:
		n.ellipsis = hasEllipsis(n.kids)
	}
	if n.kind == tree.Lambda {
		n.dotted = false
	}
	return n
}

func hasEllipsis(list []*node) bool {
	for _, n := range list {
		if n.kind == tree.AnyStmts {
			return true
		}
	}
	return false
}

// shape makes of what was read an expression, a statement or several.
func (c *compiler) shape(p *Pattern) error {
	if p.root == part {
		return nil
	}
	if len(p.nodes) > 1 {
		p.root = statements
		return nil
	}
	switch n := p.nodes[0]; {
	case n.kind == tree.ExprStmt && len(n.kids) == 1 && n.flags&tree.Exported == 0:
		p.root, p.nodes[0] = expression, n.kids[0]
	case n.kind == tree.AnyStmts:
		p.root, p.nodes[0] = expression, &node{kind: tree.Ellipsis, slot: -1}
	default:
		p.root = statement
	}
	return nil
}

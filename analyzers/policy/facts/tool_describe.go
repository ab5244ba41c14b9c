package facts

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// describe reads the arguments of a call or a decorator that makes a tool. It reports false
// where the call makes none.
func (b *builder) describe(t *tool, c *parser.Call, row *toolRow) bool {
	f := b.f
	decorates := b.isDecorator(c)
	if row == nil {
		row = &toolRow{name: firstName, description: described}
	}
	if !decorates {
		for _, a := range row.fn {
			n := b.toolArgument(c, a)
			if n == parser.NoNode {
				continue
			}
			fn := b.function(n)
			if class := b.classNamed(n); class != nil { // pydantic_function_tool(GetWeather)
				t.Name, t.Description = class.Name, b.docstring(class.Body)
				continue
			}
			if fn == nil {
				if f.CallAt(f.Unwrap(n)) == nil && f.Kind(f.Unwrap(n)) != parser.KindString {
					t.aliases = append(t.aliases, lastName(f.Slice(n)))
				}
				continue
			}
			t.fns = append(t.fns, fn)
			if a.name != "execute" && fn.Name != "" && fn.Name != a.name {
				t.Name = fn.Name
			}
			if t.Description == "" {
				t.Description = b.docstring(fn.Body)
			}
		}
	}
	if to := b.binding(c.Node); to != "" {
		t.aliases = append(t.aliases, to)
		if t.Name == "" {
			t.Name = to
		}
	}
	for _, a := range row.name {
		if n := b.toolArgument(c, a); n != parser.NoNode {
			if v := f.Eval(n); v.Kind == parser.String && v.Str != "" && (a.name != "" || a.position != 1 || len(v.Str) < 64) {
				if t.Name != "" {
					t.aliases = append(t.aliases, t.Name)
				}
				t.Name, t.written = v.Str, true
				break
			}
		}
	}
	for _, a := range row.description {
		if n := b.toolArgument(c, a); n != parser.NoNode {
			if v := f.Eval(n); v.Kind == parser.String && v.Str != "" {
				t.Description = v.Str
				break
			}
		}
	}
	for _, name := range approvalNames {
		if a, ok := f.Argument(c, name, -1); ok {
			b.approval(t, a.Value)
		}
	}
	return decorates || t.Name != "" || len(t.fns) > 0
}

// toolArgument is an argument of a call; names with dots lead into a call or an object.
func (b *builder) toolArgument(c *parser.Call, a toolArg) parser.NodeID {
	f := b.f
	if a.position == lastArg {
		if n := len(c.Args); n > 0 {
			return c.Args[n-1].Value
		}
		return parser.NoNode
	}
	if first, rest, dotted := strings.Cut(a.name, "."); dotted {
		if v, ok := f.Argument(c, first, a.position); ok {
			if inner := f.CallAt(f.Unwrap(v.Value)); inner != nil {
				return b.toolArgument(inner, toolArg{rest, -1})
			}
			return f.Property(f.Unwrap(v.Value), rest)
		}
		return parser.NoNode
	}
	if a.name != "" {
		if v, ok := f.Argument(c, a.name, -1); ok {
			return v.Value
		}
		for _, arg := range c.Args { // tool({ async execute() {…} })
			if n := b.method(arg.Value, a.name); n != parser.NoNode {
				return n
			}
		}
		// tool(options), where the object has a name
		for _, arg := range c.Args {
			if f.Language.IsScript() && arg.Name == "" && f.Kind(f.Unwrap(arg.Value)) == parser.KindIdentifier {
				to, n := b.follow(f, arg.Value)
				if to == f && f.Kind(n) == parser.KindDict {
					if p := f.Property(n, a.name); p != parser.NoNode {
						return p
					}
				}
			}
		}
	}
	if a.position >= 0 {
		if v, ok := f.Argument(c, "", a.position); ok && v.Name == "" && v.Spread == 0 {
			return v.Value
		}
		position := 0
		for _, arg := range c.Args {
			if arg.Name != "" || arg.Spread != 0 {
				continue
			}
			if position == a.position {
				return arg.Value
			}
			position++
		}
	}
	return parser.NoNode
}

// method is the method of a name in an object literal.
func (b *builder) method(object parser.NodeID, name string) parser.NodeID {
	f := b.f
	if object = f.Unwrap(object); !f.Language.IsScript() || f.Kind(object) != parser.KindDict {
		return parser.NoNode
	}
	for c := range f.Children(object) {
		if f.Kind(c) == parser.KindMethod && f.Slice(f.Field(c, parser.FieldName)) == name {
			return c
		}
	}
	return parser.NoNode
}

// function is the function of this file that an expression is or names.
func (b *builder) function(n parser.NodeID) *parser.Func {
	f := b.f
	n = f.Unwrap(n)
	if fn := f.FuncAt(n); fn != nil {
		return fn
	}
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindAttribute, parser.KindShorthand:
		if fn := f.FuncOf(n); fn != nil {
			return fn
		}
	case parser.KindCall: // fn.bind(this), functools.partial(fn, …), wrap(fn)
		c := f.CallAt(n)
		if c == nil {
			return nil
		}
		if c.Name == "bind" && f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute {
			return b.function(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		}
		for _, a := range c.Args {
			if fn := f.FuncAt(f.Unwrap(a.Value)); fn != nil {
				return fn
			}
			if k := f.Kind(f.Unwrap(a.Value)); k == parser.KindIdentifier || k == parser.KindAttribute {
				if fn := f.FuncOf(a.Value); fn != nil {
					return fn
				}
			}
		}
	}
	return nil
}

// classNamed is the class of this file that an expression names.
func (b *builder) classNamed(n parser.NodeID) *parser.Class {
	if b.f.Kind(b.f.Unwrap(n)) != parser.KindIdentifier {
		return nil
	}
	for _, d := range b.f.DefsOf(b.f.Unwrap(n)) {
		if d.Kind == parser.ClassDef {
			return &b.f.Classes[d.Index]
		}
	}
	return nil
}

// binding is the name or the key that an expression is given to.
func (b *builder) binding(n parser.NodeID) string {
	f := b.f
	for at := range f.Ancestors(n) {
		switch f.Kind(at) {
		case parser.KindAwait, parser.KindParenthesized, parser.KindCast:
			continue
		case parser.KindAssignment:
			return lastName(f.Slice(f.Field(at, parser.FieldLeft)))
		case parser.KindDeclarator, parser.KindFieldDefinition:
			if s := f.Slice(f.Field(at, parser.FieldName)); !strings.ContainsAny(s, "{[ ") {
				return s
			}
		case parser.KindPair:
			return strings.Trim(f.Slice(f.Field(at, parser.FieldKey)), "\"'`")
		}
		return ""
	}
	return ""
}

// approval reads a setting that lets a person decide.
func (b *builder) approval(t *tool, n parser.NodeID) {
	written := b.text(n, textLimit)
	if p := b.f.Parent(n); b.f.Kind(p) == parser.KindKeywordArgument || b.f.Kind(p) == parser.KindPair {
		written = b.text(p, textLimit)
	}
	t.told, t.Approval = b.answer(n), written
	if t.told == No {
		t.Approval = ""
	}
}

// answer is what a setting says about approval: True, "always", "never"; a function decides by the call.
func (b *builder) answer(n parser.NodeID) Tri {
	v := b.f.Eval(n)
	if v.Default {
		return Unknown
	}
	switch v.Kind {
	case parser.Bool:
		if v.Bool {
			return Yes
		}
		return No
	case parser.None:
		return No
	case parser.String:
		switch strings.ToLower(v.Str) {
		case "always", "always_require", "required", "all", "require", "manual":
			return Yes
		case "never", "never_require", "none", "auto":
			return No
		}
	}
	return Unknown
}

// docstring is the text that a body begins with.
func (b *builder) docstring(body parser.NodeID) string {
	f := b.f
	first := f.FirstChild(body)
	if f.Kind(first) == parser.KindExpressionStatement {
		first = f.FirstChild(first)
	}
	if k := f.Kind(first); f.Language.IsScript() || k != parser.KindString && k != parser.KindConcatenated {
		return ""
	}
	lines := strings.Split(f.Eval(first).Str, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

package facts

import (
	"math"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

const (
	// maxCalls is how many calls are listed, besides those that other facts refer to. Files
	// with more are generated.
	maxCalls = 5000
	// maxArgs is how many arguments of one call are listed.
	maxArgs    = 64
	textLimit  = 200
	proseLimit = 500
)

func (b *builder) readImports() {
	for i := range b.f.Imports {
		imp := &b.f.Imports[i]
		at := b.rangeOf(imp.Node)
		b.doc.Imports = append(b.doc.Imports, Import{
			ID: b.id("import", at), Module: b.clip(strings.TrimPrefix(imp.Module, "node:"), textLimit), Name: b.clip(imp.Name, textLimit), Range: at,
		})
	}
}

func (b *builder) readFunctions() {
	for i := range b.f.Funcs {
		fn := &b.f.Funcs[i]
		at := b.rangeOf(fn.Node)
		if name := b.nameNode(fn); name != parser.NoNode {
			at = b.rangeOf(name)
		} else if start := at.Start; at.End.Line > start.Line {
			at = b.firstLine(fn.Node)
		}
		b.functions[fn] = len(b.doc.Functions)
		b.doc.Functions = append(b.doc.Functions, Function{
			ID: b.id("function", at), Name: fn.Name, Qualname: b.qualname(fn), Decorators: b.decorators(fn), IsAsync: fn.Async, Range: at,
		})
	}
}

// nameNode is where a function's name is defined.
func (b *builder) nameNode(fn *parser.Func) parser.NodeID {
	if n := b.f.Field(fn.Node, parser.FieldName); n != parser.NoNode {
		return n
	}
	switch p := b.f.Parent(fn.Node); b.f.Kind(p) {
	case parser.KindDeclarator, parser.KindFieldDefinition:
		return b.f.Field(p, parser.FieldName)
	case parser.KindPair:
		return b.f.Field(p, parser.FieldKey)
	}
	return parser.NoNode
}

// firstLine is the part of n that stands on its first line.
func (b *builder) firstLine(n parser.NodeID) Range {
	s := b.sourceSpan(n)
	end := b.f.Source.Line(b.f.Source.LineOf(s.Start)).End
	s.End = min(s.End, max(end, s.Start))
	return b.rangeIn(s)
}

// qualname is a function's name with those around it. A function without a name of its own
// goes by the property it is given to, else by where it stands: run.<lambda>.
func (b *builder) qualname(fn *parser.Func) string {
	if name, ok := b.names[fn]; ok {
		return name
	}
	b.names[fn] = fn.Name // against a tree that is odd
	name := fn.Name
	if name == "" {
		name = "<lambda>"
		if n := b.nameNode(fn); n != parser.NoNode {
			if s := strings.Trim(b.f.Slice(n), "\"'`"); s != "" && len(s) <= textLimit {
				name = s
			}
		}
	}
	if outer := b.prefix(fn.Node); outer != "" {
		name = outer + "." + name
	}
	name = b.clip(name, textLimit)
	b.names[fn] = name
	return name
}

// prefix is the qualified name of what is around a definition.
func (b *builder) prefix(n parser.NodeID) string {
	parent := b.f.Parent(n)
	fn, class := b.f.EnclosingFunc(parent), b.f.ClassAround(n)
	if class != nil && class.Node == n {
		class = b.f.ClassAround(parent)
	}
	switch {
	case fn != nil && (class == nil || b.f.Within(fn.Node, class.Node)):
		return b.qualname(fn)
	case class != nil:
		if outer := b.prefix(class.Node); outer != "" {
			return outer + "." + class.Name
		}
		return class.Name
	}
	return ""
}

// decorators are the resolved names of a function's decorators.
func (b *builder) decorators(fn *parser.Func) []string {
	names := make([]string, 0, len(fn.Decorators))
	for _, d := range fn.Decorators {
		if c := b.f.CallAt(d); c != nil {
			d = c.Callee
		}
		name, _ := b.resolve(d)
		names = append(names, name)
	}
	return names
}

// readCalls lists the calls, with those that other facts refer to.
func (b *builder) readCalls() {
	for i := range b.f.Calls {
		c := &b.f.Calls[i]
		if i >= maxCalls {
			if !b.doc.File.Truncated {
				b.doc.File.Truncated = true
			}
			if !b.needed[c.Node] {
				continue
			}
		}
		if i%256 == 0 && b.ctx.Err() != nil {
			return
		}
		at := b.rangeOf(c.Node)
		callee, sure := b.resolveCall(c)
		b.doc.Calls = append(b.doc.Calls, Call{
			ID: b.callID(c), Callee: callee, Text: b.text(c.Callee, textLimit), Resolved: sure,
			Args: b.args(c), Ctx: b.context(c.Node), Range: at,
		})
	}
}

// callID is the id of a call, which is then listed whatever the number of calls.
func (b *builder) callID(c *parser.Call) string {
	if c == nil {
		return ""
	}
	b.needed[c.Node] = true
	if id, ok := b.callIDs[c.Node]; ok {
		return id
	}
	id := b.id("call", b.rangeOf(c.Node))
	b.callIDs[c.Node] = id
	return id
}

func (b *builder) args(c *parser.Call) []Arg {
	args := make([]Arg, 0, len(c.Args))
	position := 0
	for i := range c.Args {
		if len(args) >= maxArgs {
			break
		}
		a := &c.Args[i]
		at := -1
		if a.Name == "" && a.Spread != 2 {
			at = position
			position++
		}
		if a.Spread != 0 {
			args = append(args, Arg{Position: at, Kind: "unknown", Text: b.text(a.Node, textLimit)})
			continue
		}
		args = append(args, b.arg(a.Name, at, a.Value))
		if !b.f.Language.IsScript() || b.f.Kind(b.f.Unwrap(a.Value)) != parser.KindDict {
			continue
		}
		for p := range b.f.Children(b.f.Unwrap(a.Value)) {
			if len(args) >= maxArgs {
				break
			}
			switch b.f.Kind(p) {
			case parser.KindPair:
				key := b.f.Field(p, parser.FieldKey)
				if name := strings.Trim(b.f.Slice(key), "\"'`"); name != "" && len(name) <= textLimit {
					args = append(args, b.arg(name, -1, b.f.Field(p, parser.FieldValue)))
				}
			case parser.KindShorthand:
				args = append(args, b.arg(b.f.Slice(p), -1, p))
			}
		}
	}
	return args
}

func (b *builder) arg(name string, position int, n parser.NodeID) Arg {
	a := Arg{Name: b.clip(name, textLimit), Position: position, Kind: "unknown", Text: b.text(n, textLimit)}
	n = b.f.Unwrap(n)
	v := b.f.Eval(n)
	known := !v.Default
	switch v.Kind {
	case parser.String:
		a.String = b.clip(v.Str, proseLimit)
	case parser.Number:
		if known = known && !math.IsNaN(v.Num) && !math.IsInf(v.Num, 0); known {
			a.Number = v.Num
		}
	case parser.Bool:
		a.Boolean = v.Bool
	default:
		known = false
	}
	if v.Default {
		a.String, a.Number, a.Boolean = "", 0, false
	}
	a.Known = known
	switch k := b.f.Kind(n); {
	case known, v.Kind == parser.None && k == parser.KindNone:
		a.Kind = "const"
	case k == parser.KindIdentifier, k == parser.KindAttribute, k == parser.KindShorthand, k == parser.KindThis:
		a.Kind = "name"
	case k == parser.KindCall, k == parser.KindNew:
		a.Kind = "call"
	case k == parser.KindString, k == parser.KindTemplate, k == parser.KindConcatenated:
		a.Kind = "fstring"
	case k == parser.KindList, k == parser.KindTuple, k == parser.KindDict, k == parser.KindComprehension:
		a.Kind = "collection"
	}
	return a
}

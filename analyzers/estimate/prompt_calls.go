package estimate

import (
	"github.com/qodacode/qodacode/parser"
)

// result reads the text that a call returns.
func (r *reader) result(f *parser.File, n parser.NodeID, template bool) {
	c := f.CallAt(n)
	if c == nil {
		r.slot(f, n, "")
		return
	}
	object := f.Field(f.Unwrap(c.Callee), parser.FieldObject)
	first := parser.NoNode
	if len(c.Args) > 0 && c.Args[0].Spread == 0 {
		first = c.Args[0].Value
	}
	switch {
	case messageText[c.Name] != "" || templates[c.Name] || imageParts[c.Name] || c.Name == placeholder:
		r.content(f, n, template)
		return
	case c.Name == "format" && object != parser.NoNode && !f.Language.IsScript():
		r.formatted(f, c, object)
		return
	case c.Name == "join" && object != parser.NoNode:
		separator, list := object, first
		if f.Language.IsScript() {
			separator, list = first, object
		}
		r.joined(f, separator, list)
		return
	case (c.Name == "slice" || c.Name == "substring" || c.Name == "substr") && object != parser.NoNode:
		to := parser.NoNode
		if len(c.Args) > 1 {
			to = c.Args[1].Value
		}
		if chars, ok := between(f, first, to); ok && !isList(f, object) {
			r.cut(f, n, nameOf(f, object), chars)
			return
		}
		r.value(f, object, template)
		return
	case shortCalls[c.Name]:
		r.sized(f, n, c.Name, shortSlot, -1)
		return
	case fileReaders[c.Name]:
		r.sized(f, n, c.Name, longSlot, -1)
		return
	case sameText[c.Name] && first != parser.NoNode && (object == parser.NoNode || modules[f.Slice(object)]):
		r.value(f, first, template)
		return
	case ownText[c.Name] && object != parser.NoNode && c.Name != "map" && c.Name != "filter" && c.Name != "split" && c.Name != "splitlines":
		r.value(f, object, template)
		return
	}
	if r.call(f, c, func(one *reader, file *parser.File, n parser.NodeID) { one.value(file, n, template) }) {
		return
	}
	if v := f.Eval(n); v.Kind == parser.String {
		r.unbounded(quoted(nameOf(f, n)) + " may be set from elsewhere") // os.getenv("PROMPT", "…")
		r.constant(v.Str, template)
		return
	}
	r.slot(f, n, nameOf(f, n))
}

// joined is separator.join(list).
func (r *reader) joined(f *parser.File, separator, list parser.NodeID) {
	list = f.Unwrap(list)
	at := place{f, list}
	if f.Kind(list) == parser.KindIdentifier && !grows(f, f.Slice(list)) {
		if defined, _, ok := r.definition(f, list); ok && defined.file == f {
			at = place{f, f.Unwrap(defined.node)}
		}
	}
	if k := f.Kind(at.node); (k == parser.KindList || k == parser.KindTuple) && r.enter(f, at.node) {
		defer r.leave(f, at.node)
		i := 0
		for c := range f.Children(at.node) {
			if i++; i > 1 && separator != parser.NoNode {
				r.value(f, separator, false)
			}
			if f.Kind(c) == parser.KindSpread {
				c = f.FirstChild(c)
			}
			r.value(f, c, false)
		}
		return
	}
	name := nameOf(f, list)
	size, class := r.env.slotSize(name)
	if class == shortLength { // many of them
		size = r.otherSize()
	}
	r.sized(f, list, name, size, -1)
}

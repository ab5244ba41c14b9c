package estimate

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// messageText are the classes and functions whose calls are messages or parts of them, and
// the argument that holds their text. An argument without a name stands first.
var messageText = map[string]string{
	"SystemMessage": "content", "HumanMessage": "content", "AIMessage": "content", "ChatMessage": "content", "ToolMessage": "content", "FunctionMessage": "content",
	"UserMessage": "content", "AssistantMessage": "content", "DeveloperMessage": "content", "Message": "content", "TextMessage": "content",
	"UserContent": "parts", "ModelContent": "parts", "Content": "parts", "Part": "text", "from_text": "text", "fromText": "text", "TextPart": "text", "TextBlock": "text",
	"TextContent": "text", "TextBlockParam": "text", "MessageParam": "content", "ContentDict": "parts", "ChatMessageContent": "content",
	"ModelRequest": "parts", "UserPromptPart": "content", "SystemPromptPart": "content",
	"user": "content", "system": "content", "assistant": "content", "createUserContent": "content", "createPartFromText": "text",
}

// imageParts are calls that make an image part.
var imageParts = map[string]bool{
	"from_bytes": true, "from_uri": true, "createPartFromUri": true, "createPartFromBase64": true, "ImageUrl": true, "BinaryContent": true, "ImageContent": true, "ImageBlock": true, "Image": true,
}

// templates are the calls that make a template, whose text has slots in braces.
var templates = map[string]bool{
	"from_messages": true, "fromMessages": true, "from_template": true, "fromTemplate": true, "ChatPromptTemplate": true, "PromptTemplate": true,
	"SystemMessagePromptTemplate": true, "HumanMessagePromptTemplate": true, "AIMessagePromptTemplate": true,
}

// formatting are methods of a template, or of a list of messages, that give its messages.
var formatting = map[string]bool{
	"format_messages": true, "formatMessages": true, "to_messages": true, "toChatMessages": true, "format_prompt": true, "formatPromptValue": true, "invoke": true, "to_string": true,
	"convertToModelMessages": true, "convertToCoreMessages": true,
}

// roles are the names that stand first in a pair that is a message.
var roles = map[string]bool{
	"system": true, "user": true, "human": true, "assistant": true, "ai": true, "developer": true, "tool": true, "function": true, "model": true, "placeholder": true,
}

// messages reads what a call is asked: one text, or a list of messages.
func (r *reader) messages(f *parser.File, n parser.NodeID, template bool) {
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindList, parser.KindTuple:
		if f.Kind(n) == parser.KindTuple && r.pair(f, n, template) {
			return
		}
		if !r.enter(f, n) {
			return
		}
		defer r.leave(f, n)
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindSpread {
				r.messages(f, f.FirstChild(c), template)
				continue
			}
			r.one(f, c, template)
		}
		return
	case parser.KindBinary:
		left, right := f.Field(n, parser.FieldLeft), f.Field(n, parser.FieldRight)
		if f.Slice(f.Field(n, parser.FieldOperator)) == "+" && (r.isMessages(f, left) || r.isMessages(f, right)) {
			r.messages(f, left, template)
			r.messages(f, right, template)
			return
		}
	case parser.KindConditional:
		r.conditional(f, n, func(one *reader, branch parser.NodeID) { one.messages(f, branch, template) })
		return
	case parser.KindIdentifier, parser.KindShorthand:
		if r.list(f, n, template) {
			return
		}
	case parser.KindCall:
		if c := f.CallAt(n); c != nil {
			object := f.Field(f.Unwrap(c.Callee), parser.FieldObject)
			switch {
			case c.Name == "concat" && object != parser.NoNode:
				r.messages(f, object, template)
				for i := range c.Args {
					r.messages(f, c.Args[i].Value, template)
				}
				return
			case formatting[c.Name] && strings.HasPrefix(c.Name, "convert") && len(c.Args) > 0:
				r.messages(f, c.Args[0].Value, template)
				return
			case formatting[c.Name] && object != parser.NoNode && r.isTemplate(f, object, 0):
				r.fill(f, object, c)
				return
			case f.FuncOf(c.Callee) != nil:
				if r.call(f, c, func(one *reader, file *parser.File, n parser.NodeID) { one.messages(file, n, template) }) {
					return
				}
			}
		}
	}
	r.one(f, n, template)
}

// isMessages reports whether n is a list of messages rather than a text.
func (r *reader) isMessages(f *parser.File, n parser.NodeID) bool {
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindList:
		return true
	case parser.KindIdentifier:
		if defs := f.DefsOf(n); len(defs) > 0 && defs[0].Kind == parser.AssignDef && f.Kind(f.Unwrap(defs[0].Value)) == parser.KindList {
			return true
		}
	}
	return false
}

// list reads a list of messages by name: as it is written, with what is appended to it. A
// list that grows in a loop around the call has a history.
func (r *reader) list(f *parser.File, n parser.NodeID, template bool) bool {
	name := f.Slice(n)
	if _, ok := r.stated.Slot(name); ok {
		r.slot(f, n, name)
		return true
	}
	if !r.enter(f, n) {
		return false
	}
	defer r.leave(f, n)
	defs := f.DefsOf(n)
	var start *parser.Def
	history := false
	for _, d := range defs {
		switch {
		case d.Kind == parser.AssignDef && start == nil:
			start = d
		case d.Kind == parser.AugmentedDef || d.Kind == parser.AssignDef:
			history = true // messages = messages + […], messages = trim(messages)
		default:
			return false
		}
	}
	if start == nil {
		return false
	}
	value := f.Unwrap(start.Value)
	if k := f.Kind(value); k == parser.KindComprehension {
		r.slot(f, n, name)
		return true
	} else if k != parser.KindList {
		if history && k != parser.KindCall || !readsAsText(f, value) && k != parser.KindCall || k == parser.KindCall && !r.makesMessages(f, value) {
			return false
		}
	}
	r.messages(f, value, template)
	grown, changed := r.appended(f, n, start, template)
	if history || grown {
		r.slot(f, n, "history")
	} else if changed || f.Kind(value) == parser.KindList && r.escapes(f, n, start) {
		r.unbounded(quoted(name) + " may have more messages")
	}
	return true
}

// makesMessages reports whether the call at n is one that messages reads.
func (r *reader) makesMessages(f *parser.File, n parser.NodeID) bool {
	c := f.CallAt(n)
	return c != nil && (f.FuncOf(c.Callee) != nil || formatting[c.Name] || c.Name == "concat" || messageText[c.Name] != "" || c.Name == "format" || c.Name == "join")
}

// appended reads the messages that are appended to the list before the call at n. grown says
// that a loop around the call goes on appending, changed that something else happens to it.
func (r *reader) appended(f *parser.File, n parser.NodeID, start *parser.Def, template bool) (grown, changed bool) {
	name := f.Slice(n)
	if !grows(f, name) {
		return false, false
	}
	fn := f.EnclosingFunc(n)
	for i := range f.Calls {
		c := &f.Calls[i]
		if !mutators[c.Name] || len(c.Args) == 0 {
			continue
		}
		object := f.Unwrap(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
		if f.Kind(object) != parser.KindIdentifier || f.Slice(object) != name {
			continue
		}
		if defs := f.DefsOf(object); len(defs) == 0 || defs[0] != start {
			continue
		}
		loop := f.EnclosingLoop(c.Node)
		switch {
		case f.EnclosingFunc(c.Node) != fn:
			changed = true
		case loop != nil && f.Within(n, loop.Body) && !f.Within(start.Node, loop.Body):
			grown = true
		case c.Node > n: // after the call, in no loop around it
		case loop != nil && !f.Within(n, loop.Body):
			r.slot(f, c.Args[0].Value, name)
		case c.Name == "append" || c.Name == "push":
			for j := range c.Args {
				r.messages(f, c.Args[j].Value, template)
			}
		case c.Name == "extend":
			r.messages(f, c.Args[0].Value, template)
		case c.Name == "insert" || c.Name == "unshift":
			r.messages(f, c.Args[len(c.Args)-1].Value, template)
		default:
			changed = true
		}
	}
	return grown, changed
}

// escapes reports whether the list at n is handed to other code that may add to it: any use
// besides those that are read here.
func (r *reader) escapes(f *parser.File, n parser.NodeID, start *parser.Def) bool {
	name := f.Slice(n)
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.Node == r.site.Call.Node {
			continue
		}
		for j := range c.Args {
			if a := f.Unwrap(c.Args[j].Value); a != n && f.Kind(a) == parser.KindIdentifier && f.Slice(a) == name && c.Name != "len" && c.Name != "print" {
				if defs := f.DefsOf(a); len(defs) > 0 && defs[0] == start && c.Node < r.site.Call.Node {
					return true
				}
			}
		}
	}
	return false
}

// placeholder stands in a template for a list of messages.
const placeholder = "MessagesPlaceholder"

// fillMessages reads the messages that take the place of the placeholder of a name.
func (r *reader) fillMessages(f *parser.File, name parser.NodeID) {
	slot := strings.Trim(r.word(f, name), "{}")
	if at, ok := r.filling[slot]; ok {
		r.messages(at.file, at.node, false)
		return
	}
	r.sized(f, name, slot, longSlot, -1)
}

// pair reads ("system", "…").
func (r *reader) pair(f *parser.File, n parser.NodeID, template bool) bool {
	parts := slices.Collect(f.Children(n))
	if len(parts) != 2 {
		return false
	}
	role := f.Eval(parts[0])
	if role.Kind != parser.String || !roles[role.Str] {
		return false
	}
	r.message()
	if role.Str == "placeholder" {
		r.fillMessages(f, parts[1])
		return true
	}
	r.value(f, parts[1], template)
	return true
}

// one reads a message.
func (r *reader) one(f *parser.File, n parser.NodeID, template bool) {
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindTuple, parser.KindList:
		if r.pair(f, n, template) {
			return
		}
	case parser.KindDict:
		r.message()
		r.content(f, n, template)
		return
	case parser.KindIdentifier:
		if at, _, ok := r.definition(f, n); ok {
			switch k := at.file.Kind(at.file.Unwrap(at.node)); k {
			case parser.KindDict, parser.KindCall, parser.KindTuple:
				if c := at.file.CallAt(at.file.Unwrap(at.node)); k != parser.KindCall || c != nil && messageText[c.Name] != "" {
					if r.enter(at.file, at.node) {
						defer r.leave(at.file, at.node)
						r.one(at.file, at.node, template)
						return
					}
				}
			}
		}
	case parser.KindConditional:
		r.conditional(f, n, func(one *reader, branch parser.NodeID) { one.one(f, branch, template) })
		return
	}
	r.message()
	r.value(f, n, template)
}

package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// textKeys are the keys of messages and of their parts that hold what the model reads.
var textKeys = map[string]bool{
	"content": true, "text": true, "parts": true, "input": true, "prompt": true, "messages": true, "query": true, "question": true, "output": true, "tool_calls": true,
	"arguments": true, "value": true, "inputs": true,
}

// content reads a message's dictionary, a part of its content, or a list of parts.
func (r *reader) content(f *parser.File, n parser.NodeID, template bool) {
	n = f.Unwrap(n)
	switch f.Kind(n) {
	case parser.KindList, parser.KindTuple:
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindSpread {
				r.slot(f, c, nameOf(f, f.FirstChild(c)))
				continue
			}
			r.value(f, c, template)
		}
		return
	case parser.KindCall, parser.KindNew:
		c := f.CallAt(n)
		if templates[c.Name] {
			r.templateCall(f, c)
			return
		}
		if imageParts[c.Name] {
			r.picture("")
			return
		}
		if c.Name == placeholder {
			if a, ok := f.Argument(c, "variable_name", 0); ok {
				r.fillMessages(f, a.Value)
			}
			return
		}
		a, ok := f.Argument(c, messageText[c.Name], 0)
		if !ok {
			a, ok = f.Argument(c, "text", -1)
		}
		if !ok {
			r.slot(f, n, nameOf(f, n))
			return
		}
		r.value(f, a.Value, template)
		return
	}
	kind := r.word(f, f.Property(n, "type"))
	switch {
	case strings.Contains(kind, "image"):
		detail := r.word(f, f.Property(n, "detail"))
		if image := f.Unwrap(f.Property(n, "image_url")); f.Kind(image) == parser.KindDict {
			detail = r.word(f, f.Property(image, "detail"))
		}
		r.picture(detail)
		return
	case strings.Contains(kind, "document"), strings.Contains(kind, "file"), strings.Contains(kind, "audio"), strings.Contains(kind, "video"):
		r.sized(f, n, kind, longSlot, -1)
		return
	}
	read := false
	for c := range f.Children(n) {
		switch f.Kind(c) {
		case parser.KindPair:
			key := f.Eval(f.Field(c, parser.FieldKey))
			name := key.Str
			if key.Kind != parser.String {
				name = f.Slice(f.Field(c, parser.FieldKey))
			}
			if textKeys[name] {
				read = true
				r.value(f, f.Field(c, parser.FieldValue), template)
			}
		case parser.KindShorthand:
			if textKeys[f.Slice(c)] {
				read = true
				r.value(f, c, template)
			}
		case parser.KindSpread, parser.KindDictSpread:
			read = true
			r.slot(f, c, nameOf(f, f.FirstChild(c)))
		}
	}
	if !read {
		r.json(f, n, 0)
	}
}

// word is a constant string, "" for anything else.
func (r *reader) word(f *parser.File, n parser.NodeID) string {
	if v := f.Eval(n); v.Kind == parser.String {
		return v.Str
	}
	return ""
}

// picture adds an image.
func (r *reader) picture(detail string) {
	r.changes()
	r.count++
	if detail == "low" {
		m, _ := r.env.Model(r.site.Model.ID)
		tokens := lowDetail("")
		if m != nil {
			tokens = lowDetail(m.ID)
		}
		r.images = r.images.Add(Exactly(tokens))
		r.bounded += tokens
		return
	}
	r.images = r.images.Add(image)
	r.unbounded("the size of an image is not known")
}

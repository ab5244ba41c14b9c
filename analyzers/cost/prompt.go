package cost

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// part is a piece of a prompt in the order in which it is sent.
type part struct {
	text string        // what the code holds; "" for a slot
	file *parser.File  // of slot
	slot parser.NodeID // what is known at run time only; NoNode for text
	// whole says that the slot is no text in a message, but whole messages or all of them.
	whole bool
	// first says that the part belongs to the system prompt or the first message.
	first bool
}

// maxParts bounds how much of a prompt is looked at; what is longer is data.
const maxParts = 400

// prompt is what a site sends, system prompt first, as far as the code tells; ok is false
// where it may hold more than that.
func promptOf(s *llm.Site) (parts []part, ok bool) {
	system, there := s.Setting(llm.System)
	ok = there != llm.Hidden
	if there == llm.Present {
		parts = appendParts(parts, system.File, system.Read().Value, true, false, 0)
	}
	body, there := s.Setting(llm.Prompt)
	if there != llm.Present {
		return parts, false
	}
	return appendParts(parts, body.File, body.Read().Value, len(parts) == 0, true, 0), ok
}

// appendParts takes a value apart. whole says that a slot in its place would be messages.
func appendParts(parts []part, f *parser.File, v parser.Value, first, whole bool, depth int) []part {
	if len(parts) > maxParts || depth > 8 {
		return parts
	}
	if v.Default { // a parameter's, which a caller replaces
		return append(parts, part{file: f, slot: max(v.Node, 0), first: first, whole: whole && v.Kind == parser.List})
	}
	switch v.Kind {
	case parser.String:
		return append(parts, part{text: v.Str, slot: parser.NoNode, first: first})
	case parser.Template:
		for _, p := range v.Parts {
			if p.Node < 0 { // of a field without a value: f"{data.query}"
				p.Node = v.Node
			}
			parts = appendParts(parts, f, p, first, false, depth+1)
		}
		return parts
	case parser.List:
		for i, e := range v.Elems {
			parts = appendParts(parts, f, e, first && i == 0, whole, depth+1)
		}
		return parts
	case parser.Dict:
		for _, e := range v.Entries {
			switch key := e.Key; {
			case key.Kind != parser.String:
				parts = append(parts, part{file: f, slot: key.Node, whole: true, first: first})
			case texts[key.Str]:
				parts = appendParts(parts, f, e.Value, first, false, depth+1)
			}
		}
		return parts
	case parser.Number, parser.Bool, parser.None:
		return parts
	}
	if v.Node < 0 {
		return append(parts, part{file: f, slot: 0, first: first, whole: whole})
	}
	if c := f.CallAt(f.Unwrap(v.Node)); c != nil && messageClasses.MatchString(c.Name) && len(c.Args) > 0 {
		for i := range c.Args {
			if c.Args[i].Name == "" && c.Args[i].Spread == 0 || texts[c.Args[i].Name] {
				parts = appendParts(parts, f, f.Eval(c.Args[i].Value), first, false, depth+1)
			}
		}
		return parts
	}
	return append(parts, part{file: f, slot: v.Node, whole: whole && !isText(f, v.Node), first: first})
}

// texts are the keys of messages and their parts that hold what the model reads.
var texts = map[string]bool{"content": true, "text": true, "parts": true, "input": true, "prompt": true, "messages": true, "image_url": true, "url": true, "source": true, "data": true}

// isText reports whether an expression is a text as far as its source tells: a parameter that
// is annotated so, or the name of a text.
func isText(f *parser.File, n parser.NodeID) bool {
	n = f.Unwrap(n)
	if f.Kind(n) == parser.KindCall {
		return textCalls[f.Slice(f.AttributeName(f.Unwrap(f.Field(n, parser.FieldFunction))))] || f.Slice(f.Field(n, parser.FieldFunction)) == "str"
	}
	for _, d := range f.DefsOf(n) {
		if a := strings.TrimLeft(f.Slice(d.Annotation), ": "); a == "str" || a == "string" {
			return true
		}
	}
	name := f.Slice(n)
	if f.Kind(n) == parser.KindAttribute {
		name = f.Slice(f.AttributeName(n))
	}
	return textNames.MatchString(name)
}

var (
	// textNames match names of texts, messageClasses those of classes of messages.
	textNames      = regexp.MustCompile(`(?i)(^|_)(text|prompt|query|question|content|document|doc|email|review|sentence|ticket|comment|article|title|body|transcript|paragraph|line|item|row|x|q|t|s)$|(Text|Prompt|Query|Question|Content)$`)
	messageClasses = regexp.MustCompile(`^(System|Human|AI|User|Assistant|Developer|Chat)Message(Param)?$|^(Text|TextPart|Part|Content|from_text|EasyInputMessageParam|ChatCompletion\w*MessageParam|ResponseInput\w*Param|MessageParam|TextBlockParam)$`)
)

// textCalls are methods whose results are texts.
var textCalls = map[string]bool{"format": true, "join": true, "strip": true, "read_text": true, "read": true, "lower": true, "replace": true, "trim": true, "toString": true, "stringify": true, "dumps": true, "render": true, "substitute": true}

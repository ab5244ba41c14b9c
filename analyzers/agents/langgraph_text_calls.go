package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// textMethods are methods of texts that return them changed in a way that is known.
var textMethods = map[string]func(string) string{
	"lower": strings.ToLower, "toLowerCase": strings.ToLower, "upper": strings.ToUpper, "toUpperCase": strings.ToUpper,
	"strip": strings.TrimSpace, "trim": strings.TrimSpace, "capitalize": capitalize, "title": titled,
}

func (l *langgraph) calledTexts(r Ref, e *frame, hops int) (texts []string, complete bool) {
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil, false
	}
	object := r.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	switch {
	case c.Name == "get" && object.Valid() && len(c.Args) > 0: // table.get(key, default)
		if key, ok := l.texts(r.at(c.Args[0].Value), e); ok && len(key) == 1 {
			if part, ok := l.partOf(slot{Ref: object, frame: e}, key[0]); ok {
				return l.textsOf(part)
			}
		}
		texts, complete = l.anyValue(slot{Ref: object, frame: e}, hops)
		if len(c.Args) > 1 && complete {
			inner, all := l.textsIn(r.at(c.Args[1].Value), e, hops-1)
			texts, complete = append(texts, inner...), all
		}
		return texts, complete
	case textMethods[c.Name] != nil && object.Valid() && len(c.Args) == 0:
		texts, complete = l.textsIn(object, e, hops-1)
		for i := range texts {
			texts[i] = textMethods[c.Name](texts[i])
		}
		return texts, complete
	case c.Name == "replace" && object.Valid() && len(c.Args) == 2:
		base, ok := l.textsIn(object, e, hops-1)
		from, known := l.texts(r.at(c.Args[0].Value), e)
		to, also := l.texts(r.at(c.Args[1].Value), e)
		if ok && known && also && len(from) == 1 && len(to) == 1 {
			for _, s := range base {
				texts = append(texts, strings.ReplaceAll(s, from[0], to[0]))
			}
			return texts, true
		}
		return nil, false
	case (c.Name == "str" || c.Name == "String") && len(c.Args) == 1:
		return l.textsIn(r.at(c.Args[0].Value), e, hops-1)
	}
	fn := l.Function(r.at(c.Callee))
	if !fn.Valid() {
		return nil, false
	}
	if l.following[fn] {
		return nil, true // what it returns is found in the call around
	}
	l.following[fn] = true
	defer delete(l.following, fn)
	inner := l.enter(fn, r, c, e)
	returns := l.Returns(fn)
	complete = len(returns) > 0
	for _, ret := range returns {
		if !ret.Valid() || ret.Kind() == parser.KindNone {
			continue
		}
		more, all := l.textsIn(ret, inner, hops-1)
		texts, complete = append(texts, more...), complete && all
	}
	return texts, complete && len(texts) > 0
}

// capitalize is Python's: the first letter upper, all others lower.
func capitalize(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
}

// titled is Python's title, as far as words are separated by what is no letter.
func titled(s string) string {
	out := []byte(strings.ToLower(s))
	for i := range out {
		if out[i] >= 'a' && out[i] <= 'z' && (i == 0 || out[i-1] < 'a' || out[i-1] > 'z') && (i == 0 || out[i-1] < 'A' || out[i-1] > 'Z') {
			out[i] -= 'a' - 'A'
		}
	}
	return string(out)
}

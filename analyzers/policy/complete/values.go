package complete

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/parser/text"
)

// value is what is known of an expression: a part of the facts, or of the parameters.
type value struct {
	fields []*facts.Field // of an object, and of what a collection holds
	field  *facts.Field   // which it is, or is an element of; nil for the document itself
	many   int            // how deep the collection is: 1 for an array or a set of it, 0 for itself
	params any            // a part of data.params; nil for what is none
	known  bool
}

// document is the value of input.
func document() value { return value{fields: facts.Fields(), known: true} }

// element is what is in a collection.
func (v value) element() value {
	if v.many == 0 {
		return value{}
	}
	v.many--
	return v
}

// of is a field of an object; unknown when there is none of that name.
func (v value) of(name string) value {
	if v.params != nil {
		below, ok := v.params.(map[string]any)[name]
		if section, isSection := below.(map[string]any); ok && isSection {
			return value{params: section, known: true}
		}
		return value{}
	}
	if v.many > 0 {
		return value{}
	}
	for _, f := range v.fields {
		if f.Name == name {
			return valueOf(f)
		}
	}
	return value{}
}

func valueOf(f *facts.Field) value {
	v := value{fields: f.Fields, field: f, known: true}
	if f.Type == "array" {
		v.many = 1
	}
	return v
}

// policy is a text with what names in it mean.
type policy struct {
	source string
	tokens []token // without comments
	notes  []token // the comments
	rules  []rule
	params map[string]map[string]any
	steps  int // what one question may still cost: broken text can make names mean each other
}

// rule is a rule of the text, with its tokens.
type rule struct {
	start, end int // of tokens
	name       string
}

const maxSteps, maxDepth = 200_000, 12

func read(source string, params map[string]map[string]any) *policy {
	p := &policy{source: source, params: params, steps: maxSteps}
	for _, t := range tokenize(source) {
		if t.kind == comment {
			p.notes = append(p.notes, t)
		} else {
			p.tokens = append(p.tokens, t)
		}
	}
	// A rule begins with a name at the start of a line, as all formatted policies have it: text
	// that is half typed has brackets that do not close, and indentation all the same.
	for i, t := range p.tokens {
		if t.kind != name || !t.first || t.column != 0 {
			continue
		}
		if n := len(p.rules); n > 0 {
			p.rules[n-1].end = i
		}
		r := rule{start: i, end: len(p.tokens), name: p.text(i)}
		if r.name == "default" {
			r.name = p.text(i + 1)
		}
		p.rules = append(p.rules, r)
	}
	return p
}

// text is that of a token; "" outside.
func (p *policy) text(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.source[p.tokens[i].Start:p.tokens[i].End]
}

func (p *policy) is(i int, texts ...string) bool {
	return i >= 0 && i < len(p.tokens) && p.tokens[i].kind != quoted && p.tokens[i].kind != raw && slices.Contains(texts, p.text(i))
}

func (p *policy) isName(i int) bool { return i >= 0 && i < len(p.tokens) && p.tokens[i].kind == name }

// follows reports whether nothing is between a token and the one before it.
func (p *policy) follows(i int) bool {
	return i > 0 && i < len(p.tokens) && p.tokens[i-1].End == p.tokens[i].Start
}

// ruleAt is the rule that a token is in; nil before the first.
func (p *policy) ruleAt(i int) *rule {
	at, found := slices.BinarySearchFunc(p.rules, i, func(r rule, i int) int { return r.start - i })
	if !found {
		at--
	}
	if at < 0 {
		return nil
	}
	return &p.rules[at]
}

// tokenAt is the token that an offset is in or at the end of, -1 for none. Of two that touch it is the later one.
func (p *policy) tokenAt(offset int) int {
	i, _ := slices.BinarySearchFunc(p.tokens, offset, func(t token, offset int) int {
		if t.Start <= offset {
			return -1
		}
		return 1
	})
	if i--; i >= 0 && p.tokens[i].End >= offset {
		return i
	}
	return -1
}

// leftOf is the token that the character before an offset belongs to, -1 for none.
func (p *policy) leftOf(offset int) int {
	i := p.tokenAt(offset)
	if i >= 0 && p.tokens[i].Start == offset {
		i--
	}
	if i >= 0 && p.tokens[i].End >= offset {
		return i
	}
	return -1
}

// before is the last token that ends at or before an offset; -1 for none.
func (p *policy) before(offset int) int {
	i, _ := slices.BinarySearchFunc(p.tokens, offset, func(t token, offset int) int {
		if t.End <= offset {
			return -1
		}
		return 1
	})
	return i - 1
}

// close is the bracket that closes the one at i, or where the tokens end.
func (p *policy) close(i, end int) int {
	depth := 0
	for ; i < end; i++ {
		switch {
		case p.is(i, "(", "[", "{"):
			depth++
		case p.is(i, ")", "]", "}"):
			if depth--; depth <= 0 {
				return i
			}
		}
		if p.steps--; p.steps <= 0 {
			break
		}
	}
	return end
}

// inside is the text of a string without its quotes.
func (p *policy) inside(i int) text.Span {
	t := p.tokens[i]
	t.Start++
	if t.closed {
		t.End--
	}
	return text.Span{Start: t.Start, End: max(t.Start, t.End)}
}

// key is the name of a string between brackets.
func (p *policy) key(i int) (string, bool) {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].kind != quoted && p.tokens[i].kind != raw {
		return "", false
	}
	s := p.inside(i)
	return p.source[s.Start:s.End], true
}

// packageName is the last part of the package; "" when there is none yet.
func (p *policy) packageName() string {
	for _, r := range p.rules {
		if r.name == "package" {
			whole := ""
			for i := r.start + 1; i < r.end; i++ {
				whole += p.text(i)
			}
			return whole[strings.LastIndexByte(whole, '.')+1:]
		}
	}
	return ""
}

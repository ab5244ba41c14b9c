package phrase

import (
	"slices"
	"strings"
	"unicode"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// item is a part of a sentence: words of one meaning, a name, a number, or a sign.
type item struct {
	kind
	value  string
	text   string // as written
	name   *name
	number *float64
	sign   string
}

// content reports whether an item must be part of what a sentence means.
func (it item) content() bool {
	return it.sign == "" && (it.name != nil || it.number != nil || it.kind != filler)
}

// items reads tokens by a lexicon. strange are words that it does not have.
func (l *language) items(all []token) (items []item, strange []string, bad *Refusal) {
	all = l.hyphens(all)
	for i := 0; i < len(all); {
		t := all[i]
		if t.quoted {
			hint, _ := look(t.text)
			items = append(items, item{text: t.text, name: &name{text: t.text, hint: hint, quoted: true}})
			i++
			continue
		}
		if t.sign {
			items = append(items, item{text: t.text, sign: t.text})
			i++
			continue
		}
		if v, ok, ambiguous := number(t.key, l.spanish); ok && !ipShape.MatchString(t.key) {
			if ambiguous {
				return nil, nil, &Refusal{Reason: "the number " + t.text + " can be read in two ways: write it without a sign for thousands, as 1000 or 2.5"}
			}
			items = append(items, item{text: t.text, number: &v})
			i++
			continue
		}
		if methods[t.text] {
			items = append(items, item{kind: opWord, value: t.text, text: t.text})
			i++
			continue
		}
		if e, n := l.longest(all[i:]); n > 0 {
			it := item{kind: e.kind, value: e.value, text: join(all[i : i+n])}
			if n == 1 && e.value != vague && l.noun(items, all[i+1:], t, e.kind) {
				items = append(items, item{text: t.text, name: &name{text: t.text}})
				i++
				continue
			}
			if e.kind == nameWord {
				subject, value, _ := strings.Cut(e.value, " ")
				it.name = &name{text: value, hint: intent.Subject(subject), word: t.text}
			}
			if (e.kind == weak || e.kind == subjectWord || e.kind == nameWord) && n == 1 && importing(items) {
				it = item{text: t.text, name: &name{text: t.text}}
			}
			if l.envName(items, t) {
				it = item{text: t.text, name: &name{text: t.text, hint: intent.Env}}
				n = 1
			}
			items = append(items, it)
			i += n
			continue
		}
		if hint, ok := look(t.text); ok {
			items = append(items, item{text: t.text, name: &name{text: t.text, hint: hint}})
			i++
			continue
		}
		if l.envName(items, t) {
			items = append(items, item{text: t.text, name: &name{text: t.text, hint: intent.Env}})
			i++
			continue
		}
		if l.introduced(items, all[i+1:], t) || l.before(all[i+1:], t) {
			items = append(items, item{text: t.text, name: &name{text: t.text}})
			i++
			continue
		}
		strange = append(strange, t.text)
		i++
	}
	return items, strange, nil
}

// methods are those of HTTP that are words too: only in capitals are they methods.
var methods = words("GET PUT PATCH HEAD")

func join(all []token) string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = t.text
	}
	return strings.Join(texts, " ")
}

// longest finds the entry with the most words at the start of the tokens.
func (l *language) longest(all []token) (best entry, n int) {
	for _, e := range l.first[all[0].key] {
		if len(e.words) <= n || len(e.words) > len(all) {
			continue
		}
		ok := true
		for i, w := range e.words {
			if t := all[i]; t.quoted || t.sign || t.key != w {
				ok = false
				break
			}
		}
		if ok {
			best, n = e, len(e.words)
		}
	}
	return best, n
}

// hyphens splits words such as rate-limited whose parts the lexicon has.
func (l *language) hyphens(all []token) []token {
	out := make([]token, 0, len(all))
	for _, t := range all {
		if base, ok := strings.CutSuffix(t.key, "'s"); ok && !t.quoted && l.first[t.key] == nil && l.first[base] != nil {
			t.key = base
		}
		parts := strings.Split(t.key, "-")
		if t.quoted || t.sign || len(parts) < 2 || l.first[t.key] != nil {
			out = append(out, t)
			continue
		}
		texts := strings.Split(t.text, "-")
		var tokens []token
		for i, part := range parts {
			if part == "" || !l.has[part] || strings.ContainsFunc(part, unicode.IsDigit) {
				tokens = nil
				break
			}
			tokens = append(tokens, token{text: texts[i], key: part})
		}
		if tokens == nil {
			tokens = []token{t}
		}
		out = append(out, tokens...)
	}
	return out
}

// envName reports whether a word of the lexicon is the name of a variable: all capitals behind "variable".
func (l *language) envName(before []item, t token) bool {
	if len(before) == 0 || len(t.text) < 2 || strings.ToUpper(t.text) != t.text || !unicode.IsUpper(rune(t.text[0])) {
		return false
	}
	i := len(before) - 1
	for i > 0 && (before[i].name != nil && before[i].name.hint == intent.Env || before[i].sign == "," || before[i].kind == and || before[i].kind == or) {
		i--
	}
	last := before[i]
	return last.value == "env" && (last.kind == subjectWord || last.kind == introduces) || last.value == "env 1"
}

// importing reports whether the name of a module must follow.
func importing(before []item) bool {
	if len(before) == 0 {
		return false
	}
	last := before[len(before)-1]
	return last.kind == opWord && last.value == "import" || last.kind == introduces && strings.HasPrefix(last.value, "import")
}

// noun reports whether a word of the lexicon is a name by the word next to it: "the users
// table", "the requests library".
func (l *language) noun(before []item, after []token, t token, k kind) bool {
	if k != refuse && k != weak || !wordShape.MatchString(t.text) {
		return false
	}
	if len(before) > 0 && before[len(before)-1].kind == introduces && before[len(before)-1].value == "sql 1" {
		return k == refuse
	}
	if len(after) == 0 || after[0].sign || after[0].quoted {
		return false
	}
	e, n := l.longest(after)
	return n > 0 && e.kind == introduces && (e.value == "sql 1" && k == refuse || e.value == "import 1")
}

// before reports whether a plain word is a name by the word behind it: "the payments table".
func (l *language) before(after []token, t token) bool {
	if len(after) == 0 || after[0].sign || after[0].quoted || !wordShape.MatchString(t.text) || strings.HasSuffix(t.key, "ly") {
		return false
	}
	e, n := l.longest(after)
	return n == 1 && e.kind == introduces && strings.HasSuffix(e.value, " 1") && !l.spanish
}

// introduced reports whether a plain word must be a name, by the word before it: "table
// orders", "import requests", or one of a list of such names.
func (l *language) introduced(before []item, after []token, t token) bool {
	if !wordShape.MatchString(t.text) || strings.HasSuffix(t.key, "ly") || strings.HasSuffix(t.key, "mente") {
		return false
	}
	i := len(before) - 1
	for i >= 0 && (before[i].sign == "," || before[i].kind == and || before[i].kind == or) && before[i].name == nil && before[i].number == nil {
		i--
	}
	listed := i < len(before)-1
	for listed && i >= 0 && before[i].name != nil { // the names of the list before it
		i--
		for i >= 0 && before[i].name == nil && (before[i].sign == "," || before[i].kind == and || before[i].kind == or) && before[i].number == nil {
			i--
		}
	}
	if i < 0 || before[i].name != nil || before[i].number != nil {
		return false
	}
	for i > 0 && before[i].sign == ":" {
		i--
		listed = true
	}
	last := before[i]
	switch {
	case last.kind == opWord && last.value == "import":
		return true
	case last.kind == introduces && strings.HasSuffix(last.value, " 1"):
		return true
	case last.kind == introduces && last.value == "tool" && !listed && !strings.HasSuffix(plain(last.text), "s"):
		if len(after) == 0 || len(after) == 1 && after[0].sign { // "approval for tool deploy"
			return slices.ContainsFunc(before, func(it item) bool { return it.kind == need && it.value == "approval" })
		}
		e, n := l.longest(after)
		return n > 0 && (e.kind == demand || e.kind == soft) && !strings.HasPrefix(plain(last.text), "tool ")
	case last.kind == introduces && last.value == "import", last.kind == introduces && last.value == "sql", last.kind == introduces && last.value == "tool" && strings.HasSuffix(plain(last.text), "s"):
		return listed || len(after) > 1 && (after[0].key == "," || l.conjunction(after[0]))
	}
	return false
}

func (l *language) conjunction(t token) bool {
	e, n := l.longest([]token{t})
	return n == 1 && (e.kind == and || e.kind == or)
}

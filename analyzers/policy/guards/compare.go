package guards

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func between(a, b text.Span) text.Span { return text.Span{Start: a.End, End: b.Start} }

// equal is whether two expressions are equal.
func (a *analysis) equal(left, right parser.NodeID) cond {
	l, r := a.value(left), a.value(right)
	if l.kind == constant && r.kind != constant {
		l, r, left, right = r, l, right, left
	}
	if r.kind == flag && l.kind != flag && l.kind != unknown {
		return open
	}
	words, known := r.texts()
	switch {
	case l.kind == flag && known && len(words) == 1: // PRODUCTION == "true"
		switch w := strings.ToLower(words[0]); {
		case onWords[w]:
			return l.cond
		case offWords[w]:
			return l.cond.not()
		}
		return open
	case l.kind == answer && r.digit: // the number of a button
		if l.sure || l.asks {
			return hints(l.from(left))
		}
		return open
	case l.kind == flag && r.kind == constant && r.isBool():
		if r.truth {
			return l.cond
		}
		return l.cond.not()
	case l.kind == turn && r.isBool():
		if r.truth {
			return lets(l.node)
		}
		return lets(l.node).not()
	case l.kind == answer && r.kind == constant && r.isBool():
		if c := grants(left, l.sure); l.yesNo && r.truth {
			return c
		} else if l.yesNo {
			return c.not()
		}
		return open
	case l.kind == envText && known:
		return l.judged(words, a.environment(left, words, func(word, env string) bool { return word == env }))
	case r.kind == constant && r.none: // was there an answer at all
		return open
	case l.kind == answer:
		return a.answered(l, left, words, known)
	case known && l.kind == unknown && len(words) == 1:
		return a.status(left, words[0])
	}
	return open
}

// Values of a variable of the environment that is on or off.
var (
	onWords  = set(`true 1 yes on y t`)
	offWords = set(`false 0 no off n f`)
)

// judged is c, where the words say something of what v names: a mode that is "test" may be one of training,
// one that is "live" may be that of an interface.
func (v value) judged(words []string, c cond) cond {
	switch {
	case v.weak && (c.f.in(production, free) || slices.Contains(words, "live")),
		v.vague && !slices.ContainsFunc(words, func(w string) bool { return isEnvironmentWord(strings.ToLower(w)) && !vagueWords[strings.ToLower(w)] }):
		return open
	}
	return c
}

// vagueWords are environments that are also said of where something runs.
var vagueWords = set(`local localhost sandbox demo integration int e2e debug live`)

// member is whether left is in right: a collection of texts, or a text that contains it.
func (a *analysis) member(left, right parser.NodeID) cond {
	l, r := a.value(left), a.value(right)
	switch words, known := r.texts(); {
	case l.kind == envText && known && r.list:
		return l.judged(words, a.environment(left, words, func(word, env string) bool { return word == env }))
	case l.kind == flag && known && r.list && !slices.ContainsFunc(words, func(w string) bool { return !onWords[strings.ToLower(w)] }):
		return l.cond
	case l.kind == answer && r.list:
		return a.answered(l, left, words, known)
	case l.kind == answer && r.kind == constant && len(words) == 1 && strings.HasPrefix(words[0], "y"): // answer in "yY"
		return a.answered(l, left, []string{"y"}, true)
	}
	switch words, known := l.texts(); {
	case r.kind == envText && known: // "prod" in env
		return a.environment(right, words, func(word, env string) bool { return strings.Contains(env, word) })
	case r.kind == answer && known:
		return a.answered(r, right, words, true)
	}
	return open
}

// environment is where the name of the environment matches one of words.
func (a *analysis) environment(n parser.NodeID, words []string, match func(word, env string) bool) cond {
	for i, w := range words { // shop.settings.production
		if _, last, ok := cutLast(w); ok && last != "" {
			words = slices.Clone(words)
			words[i] = last
		}
	}
	matches := func(envs []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(envs, func(e string) bool { return match(strings.ToLower(w), e) })
		})
	}
	isProd, isOther := matches(productionNames), matches(otherNames)
	foreign := slices.ContainsFunc(words, func(w string) bool {
		only := func(envs []string) bool {
			return slices.ContainsFunc(envs, func(e string) bool { return match(strings.ToLower(w), e) })
		}
		return !only(productionNames) && !only(otherNames)
	})
	c := open
	switch {
	case isProd: // true in production
		c.f = a.onlyIn(outside, n)
		if !isOther && !foreign {
			c.t = a.onlyIn(inProduction, n)
		}
	case isOther && !foreign:
		c.t = a.onlyIn(outside, n)
	}
	return c
}

// answered is where a person's answer is one of words.
func (a *analysis) answered(v value, n parser.NodeID, words []string, known bool) cond {
	c := a.answers(v, n, words, known)
	for _, o := range v.words {
		o = strings.ToLower(o)
		if !known || slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.HasPrefix(o, strings.ToLower(w)) }) {
			c.t = always
		}
	}
	return c
}

func (a *analysis) answers(v value, n parser.NodeID, words []string, known bool) cond {
	n = v.from(n)
	if len(words) > 1 { // Enter alone is the answer that is offered
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	}
	yes, no, plain := 0, 0, 0
	for _, w := range words {
		switch w = strings.ToLower(strings.TrimSpace(w)); {
		case plainYes[w]:
			plain++
			fallthrough
		case yesWords[w]:
			yes++
		case noWords[w]:
			no++
		}
	}
	switch {
	case known && yes > 0 && no == 0 && (plain == len(words) || v.asks):
		return grants(n, v.sure)
	case known && no > 0 && yes == 0 && v.asks, known && no == len(words) && slices.Contains(words, "n"):
		return grants(n, v.sure).not()
	case !v.asks, known && yes > 0 && no > 0: // a command that is typed; a valid answer
		return open
	case v.typed && v.insists && (!known || len(words) == 1 && words[0] != ""): // type the name of the table to confirm
		return grants(n, v.sure)
	}
	return open
}

// status is where something whose value isn't known is word: approved, rejected.
func (a *analysis) status(n parser.NodeID, word string) cond {
	word = strings.ToLower(word)
	switch {
	case decidedWords[word]:
		return grants(n, false)
	case deniedWords[word] && approvalName(a.nameOf(n)) != notApproval:
		return grants(n, false).not()
	case yesWords[word] && approvalName(a.nameOf(n)) != notApproval:
		return grants(n, false)
	}
	return open
}

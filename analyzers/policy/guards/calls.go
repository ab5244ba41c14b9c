package guards

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// textMethods return the text they are called on, as far as comparing it with a word goes.
var textMethods = set(`lower upper strip casefold lstrip rstrip title capitalize toLowerCase toUpperCase trim trimEnd trimStart toString toLocaleLowerCase toLocaleUpperCase`)

// passMethods are methods whose result is the answer of the object they are called on: questionary's ask().
var passMethods = set(`ask ask_async unsafe_ask unsafe_ask_async execute execute_async run run_async send get result wait unwrap catch json`)

// environmentReaders read a variable of the environment or a setting that is their first argument.
var environmentReaders = set(`getenv get str config env get_env getEnv getConfig required optional string enum`)

// confirmType is the type of a question that is answered by a truth value.
var confirmType = regexp.MustCompile(`type["']?\s*:\s*["'](?:confirm|toggle)`)

// called is the value of a call.
func (a *analysis) called(n parser.NodeID) value {
	c := a.CallAt(n)
	if c == nil {
		return value{}
	}
	if v := a.method(c, n); v.kind != unknown {
		return v
	}
	if list := a.collection(n); list != parser.NoNode {
		return a.constant(list)
	}
	if c, ok := a.quantified(c); ok {
		return value{kind: flag, cond: c}.orUnknown()
	}
	if a.asksLimiter(c) {
		return value{kind: turn, node: n}
	}
	if g, at := a.function(c); g != nil {
		v := at.result(g)
		switch {
		case v.kind == envText:
			return v
		case v.kind == answer, v.kind == turn:
			v.node = n
			return v
		case v.kind == flag:
			v.cond = v.cond.at(n)
			return v
		case v.isBool():
			if v.truth {
				return value{kind: flag, cond: cond{always, never}}
			}
			return value{kind: flag, cond: cond{never, always}}
		case !at.mayAskPerson(g):
			if askerName(lowerWords(c.Name)) != asksNobody {
				return value{kind: flag, cond: grants(n, false)}
			}
		}
	}
	switch a.asker(c) {
	case agrees, pauses:
		return value{kind: answer, sure: true, asks: true, yesNo: true, node: n}
	case chooses:
		return value{kind: answer, sure: true, asks: true, typed: true, insists: true, node: n}
	case answers:
		confirms := a.Language.IsScript() && confirmType.MatchString(a.Slice(n))
		return value{kind: answer, sure: true, asks: a.asksFor(c, asksWords), insists: a.asksFor(c, finalWords), yesNo: confirms, form: confirms, typed: !confirms, node: n}
	case mayAsk, mayPause:
		return value{kind: answer, sure: false, asks: true, yesNo: true, node: n}
	}
	if environmentReaders[c.Name] && len(c.Args) > 0 {
		i := 0
		if v := a.Eval(c.Args[i].Value); v.Kind == parser.String {
			return a.byName(n, v.Str)
		}
	}
	if c.Name == "getattr" {
		return a.byName(n, a.nameOf(n))
	}
	if says := approvalName(c.Name); says == demands || says == bypasses {
		return a.byName(n, c.Name)
	}
	return a.functionName(n, c.Name)
}

// functionName is what the name of a function that can't be looked into says of its result.
func (a *analysis) functionName(n parser.NodeID, name string) value {
	says := environmentName(name)
	if says == notEnvironment {
		w := strings.ToLower(strings.ReplaceAll(name, "_", ""))
		if rest, ok := strings.CutPrefix(w, "get"); ok {
			says = environmentName(rest)
		}
	}
	switch says {
	case namesEnvironment:
		return value{kind: envText}
	case saysProduction:
		return value{kind: flag, cond: cond{a.onlyIn(inProduction, n), a.onlyIn(outside, n)}}
	case saysOther:
		return value{kind: flag, cond: cond{a.onlyIn(outside, n), always}}
	case saysNotProduction:
		return value{kind: flag, cond: cond{a.onlyIn(outside, n), a.onlyIn(inProduction, n)}}
	}
	return value{}
}

// quantified is all([a, b]) and any([a, b]).
func (a *analysis) quantified(c *parser.Call) (cond, bool) {
	if c.Name != "all" && c.Name != "any" || len(c.Args) != 1 || a.Language.IsScript() {
		return cond{}, false
	}
	list := a.Unwrap(c.Args[0].Value)
	if k := a.Kind(list); k != parser.KindList && k != parser.KindTuple {
		return cond{}, false
	}
	out := cond{always, never}
	if c.Name == "any" {
		out = cond{never, always}
	}
	for e := range a.Children(list) {
		if c.Name == "all" {
			out = out.and(a.cond(e))
		} else {
			out = out.or(a.cond(e))
		}
	}
	return out, true
}

// readers of a truth value return one for what says it.
var readers = set(`bool Boolean int Number strtobool str2bool str_to_bool to_bool parse_bool parseBool asbool as_bool`)

// method is the value of a method of something that is known: env.lower(), answer.startswith("y").
func (a *analysis) method(c *parser.Call, n parser.NodeID) value {
	callee := a.Unwrap(c.Callee)
	if a.Kind(callee) != parser.KindAttribute {
		if (c.Name == "str" || c.Name == "String" || readers[c.Name]) && len(c.Args) == 1 {
			v := a.value(c.Args[0].Value)
			if readers[c.Name] {
				return value{kind: flag, cond: a.truth(v, n)}.orUnknown()
			}
			return v
		}
		return value{}
	}
	object := a.Field(callee, parser.FieldObject)
	switch {
	case c.Name == "startswith" || c.Name == "startsWith" || c.Name == "endswith" || c.Name == "endsWith" || c.Name == "includes" || c.Name == "has" || c.Name == "__contains__":
		return a.textTest(c, object, n)
	case textMethods[c.Name]:
		return a.value(object)
	case passMethods[c.Name]:
		if v := a.value(object); v.kind == answer {
			return v
		}
		if c.Name == "get" && len(c.Args) > 0 {
			if v := a.value(object); v.kind == answer {
				return a.part(v, a.nameOf(n), n)
			}
		}
	}
	return value{}
}

// textTest is env.startswith("prod"), ["dev", "test"].includes(env), answer.startsWith("y").
func (a *analysis) textTest(c *parser.Call, object, n parser.NodeID) value {
	if len(c.Args) == 0 {
		return value{}
	}
	o, arg := a.value(object), a.value(c.Args[0].Value)
	words, known := arg.texts()
	var out cond
	switch {
	case (c.Name == "includes" || c.Name == "has") && (arg.kind == envText || arg.kind == answer):
		out = a.member(c.Args[0].Value, object)
	case o.kind == envText && known:
		match := strings.HasPrefix
		switch c.Name {
		case "endswith", "endsWith":
			match = strings.HasSuffix
		case "includes", "__contains__":
			match = strings.Contains
		}
		out = a.environment(object, words, func(word, env string) bool { return match(env, word) })
	case o.kind == answer && known:
		out = a.answered(o, object, words, true)
	default:
		return value{}
	}
	return value{kind: flag, cond: out.at(n)}.orUnknown()
}

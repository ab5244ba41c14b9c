package guards

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

type valueKind uint8

const (
	unknown  valueKind = iota
	constant           // texts or a truth value that is written
	envText            // the name of the environment: production, staging
	answer             // what a person answered
	turn               // what a limiter answered
	flag               // true and false in known worlds
)

// value is what is known of an expression.
type value struct {
	kind  valueKind
	cond  cond     // flag
	words []string // constant: texts; answer: what it may be without anybody being asked
	list  bool     // constant: a collection of them
	bool  bool     // constant: a truth value, truth
	truth bool
	none  bool // constant: nothing, or an empty text
	digit bool // constant: a number
	weak  bool // envText: it may name something else than the environment
	vague bool // envText: local and the like may not be said of the environment

	// Of an answer: sure, that it is a person's; asks, that the question is whether to go on; yesNo, that
	// it is true when they agree, whatever else it is.
	// form, that its parts are answers of their own; typed, that it is a text they typed.
	// insists, that whatever word is asked for is one of agreement.
	sure, asks, yesNo, form, typed, insists bool
	node                                    parser.NodeID // of an answer: where it is asked
}

func (v value) isBool() bool { return v.kind == constant && v.bool }

// texts are the texts of a constant.
func (v value) texts() ([]string, bool) {
	return v.words, v.kind == constant && len(v.words) > 0
}

// from is where the answer comes from, or n.
func (v value) from(n parser.NodeID) parser.NodeID {
	if v.node > 0 {
		return v.node
	}
	return n
}

// value is what is known of expression n.
func (a *analysis) value(n parser.NodeID) value {
	n = a.Unwrap(n)
	if n == parser.NoNode {
		return value{}
	}
	if v, ok := a.values[n]; ok {
		return v
	}
	if !a.enter(n, asValue) {
		return value{}
	}
	v := a.newValue(n)
	a.leave(n, asValue)
	a.values[n] = v
	return v
}

func (a *analysis) newValue(n parser.NodeID) value {
	switch k := a.Kind(n); k {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated, parser.KindList, parser.KindTuple, parser.KindTrue, parser.KindFalse, parser.KindNone, parser.KindNumber:
		return a.constant(n)
	case parser.KindNew: // new Set(["a", "b"])
		if v := a.promised(n); v.kind != unknown {
			return v
		}
		return a.constant(a.collection(n))
	case parser.KindDottedName: // in a pattern
		if w := a.memberWord(n); w != "" {
			return value{kind: constant, words: []string{w}}
		}
	case parser.KindNamedExpression:
		return a.value(a.Field(n, parser.FieldValue))
	case parser.KindIdentifier, parser.KindShorthand:
		return a.named(n)
	case parser.KindAttribute, parser.KindSubscript:
		return a.memberValue(n)
	case parser.KindCall:
		return a.called(n)
	case parser.KindBinary:
		if a.operator(n) == "or" { // a fallback: env or "dev"
			l, r := a.value(a.Field(n, parser.FieldLeft)), a.value(a.Field(n, parser.FieldRight))
			if (l.kind == envText || l.kind == answer) && (r.kind == constant || r.kind == l.kind) {
				return l
			}
		}
		return value{kind: flag, cond: a.cond(n)}.orUnknown()
	case parser.KindComparison, parser.KindUnary:
		return value{kind: flag, cond: a.cond(n)}.orUnknown()
	case parser.KindConditional:
		c, yes, no := a.branches(n)
		return a.union([]sourced{{a.value(yes), a.cond(c).t}, {a.value(no), a.cond(c).f}})
	}
	return value{}
}

// orUnknown is v, or nothing where v says nothing.
func (v value) orUnknown() value {
	if v.kind == flag && v.cond.t.mask == everything && v.cond.f.mask == everything {
		return value{}
	}
	return v
}

func (a *analysis) constant(n parser.NodeID) value {
	out := value{kind: constant}
	switch v := a.Eval(n); v.Kind {
	case parser.String:
		out.words = []string{v.Str}
		out.none = v.Str == ""
	case parser.Bool:
		out.bool, out.truth = true, v.Bool
	case parser.None:
		out.none = true
	case parser.Number:
		out.words, out.digit = []string{strconv.FormatFloat(v.Num, 'g', -1, 64)}, true
	case parser.List:
		out.list = true
		for _, e := range v.Elems {
			if e.Kind != parser.String {
				if w := a.memberWord(e.Node); w != "" {
					out.words = append(out.words, w)
					continue
				}
				return value{}
			}
			out.words = append(out.words, e.Str)
		}
	default:
		return value{}
	}
	return out
}

// collection is the list in new Set([…]), set([…]) and frozenset((…)).
func (a *analysis) collection(n parser.NodeID) parser.NodeID {
	if c := a.CallAt(n); c != nil && len(c.Args) == 1 && (c.Name == "Set" || c.Name == "set" || c.Name == "frozenset") {
		return a.Unwrap(c.Args[0].Value)
	}
	return parser.NoNode
}

// memberWord is the text that a member of an enum stands for: production for Environment.PRODUCTION.
func (a *analysis) memberWord(n parser.NodeID) string {
	n = a.Unwrap(n)
	if a.KindName(n) != "dotted_name" && a.Kind(n) != parser.KindAttribute {
		return ""
	}
	s := a.Slice(n)
	s = strings.TrimSuffix(strings.TrimSuffix(s, ".value"), ".name")
	object, name, ok := cutLast(s)
	if !ok || object == "" {
		return ""
	}
	if _, o, _ := cutLast(object); o == "" || o[0] < 'A' || o[0] > 'Z' {
		return ""
	}
	if v := a.Eval(n); v.Kind == parser.String {
		return v.Str
	}
	return strings.ToLower(name)
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// sourced is one of the values that a name may have, and where it gets it.
type sourced struct {
	value
	where reach
}

// union is what is known of a name that has one of several values.
func (a *analysis) union(values []sourced) value {
	if len(values) == 1 {
		return values[0].value
	}
	var text *value
	flags := 0
	for i, v := range values {
		switch {
		case v.where.mask == 0:
		case v.kind == envText || v.kind == answer && !v.yesNo:
			switch {
			case text == nil:
				text = &values[i].value
			case text.kind != v.kind:
				return value{}
			default: // asked again
				both := *text
				both.sure, both.asks, both.insists = both.sure && v.sure, both.asks || v.asks, both.insists || v.insists
				text = &both
			}
		case v.kind == flag, v.kind == answer, v.kind == turn, v.isBool():
			flags++
		case v.kind == constant:
		default:
			if v.kind == unknown {
				return value{}
			}
		}
	}
	if text != nil && flags == 0 {
		out := *text
		for _, v := range values {
			if v.kind == constant && out.kind == answer {
				out.words = append(slices.Clip(out.words), v.words...)
			}
		}
		return out
	}
	if text != nil || flags == 0 {
		return value{}
	}
	c := cond{never, never}
	for _, v := range values {
		var one cond
		switch {
		case v.where.mask == 0:
			continue
		case v.kind == flag:
			one = v.cond
		case v.kind == answer:
			one = grants(v.node, v.sure)
		case v.kind == turn:
			one = lets(v.node)
		case v.isBool() && v.truth:
			one = cond{always, never}
		case v.isBool() || v.none:
			one = cond{never, always}
		default:
			one = open
		}
		c = c.either(cond{v.where.then(one.t), v.where.then(one.f)})
	}
	return value{kind: flag, cond: c}
}

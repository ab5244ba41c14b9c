package search

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// value is what an expression of a comparison comes to.
type value struct {
	kind valueKind
	num  float64
	str  string // of a string; of code its text
	list []value
}

type valueKind uint8

const (
	unknown valueKind = iota // it can't be told, and no comparison with it holds
	numeric
	textual
	boolean
	listing
	code // an expression that is no constant: only str knows what to do with it
)

func truth(b bool) value {
	if b {
		return value{kind: boolean, num: 1}
	}
	return value{kind: boolean}
}

// compares reports whether metavariables fulfil a comparison.
func (s *Search) compares(vars []pattern.Bound, c *rule.Condition) bool {
	e := evaluator{s: s, vars: vars, condition: c}
	v := e.eval(&c.Comparison.Expr)
	return v.kind == boolean && v.num != 0
}

type evaluator struct {
	s         *Search
	vars      []pattern.Bound
	condition *rule.Condition
}

func (e *evaluator) eval(x *rule.Expr) value {
	switch x.Op {
	case "num":
		return value{kind: numeric, num: x.Num}
	case "str":
		return value{kind: textual, str: x.Text}
	case "bool":
		return truth(x.Num != 0)
	case "var":
		return e.variable(x.Text)
	case "list":
		v := value{kind: listing}
		for i := range x.Args {
			v.list = append(v.list, e.eval(&x.Args[i]))
		}
		return v
	case "and":
		left := e.eval(&x.Args[0])
		if left.kind != boolean || left.num == 0 {
			return left
		}
		return e.eval(&x.Args[1])
	case "or":
		left := e.eval(&x.Args[0])
		if left.kind == boolean && left.num != 0 {
			return left
		}
		return e.eval(&x.Args[1])
	case "not":
		if v := e.eval(&x.Args[0]); v.kind == boolean {
			return truth(v.num == 0)
		}
		return value{}
	case "neg", "~":
		v := e.eval(&x.Args[0])
		if v.kind != numeric {
			return value{}
		}
		if x.Op == "~" {
			return value{kind: numeric, num: -v.num - 1}
		}
		return value{kind: numeric, num: -v.num}
	}
	if name, ok := strings.CutPrefix(x.Op, "call:"); ok {
		args := make([]value, len(x.Args))
		for i := range x.Args {
			args[i] = e.eval(&x.Args[i])
		}
		return e.call(name, args)
	}
	if len(x.Args) != 2 {
		return value{}
	}
	return binary(x.Op, e.eval(&x.Args[0]), e.eval(&x.Args[1]))
}

// variable is the value of a metavariable: of a constant expression what it comes to.
func (e *evaluator) variable(name string) value {
	b, ok := lookup(e.vars, name)
	if !ok {
		return value{}
	}
	written := e.s.text[b.Span.Start:b.Span.End]
	if c := e.condition.Comparison; c.Strip && name == e.condition.Metavariable {
		v := e.valueOf(b, written)
		v.str = strings.Trim(v.str, "\"'`")
		return toInt(v)
	}
	return e.valueOf(b, written)
}

func (e *evaluator) valueOf(b pattern.Bound, written string) value {
	if b.Node == tree.None {
		return value{kind: textual, str: written}
	}
	return constantValue(e.s.constant(b), written)
}

func constantValue(v parser.Value, written string) value {
	switch v.Kind {
	case parser.Number:
		return value{kind: numeric, num: v.Num}
	case parser.String:
		return value{kind: textual, str: v.Str}
	case parser.Bool:
		return truth(v.Bool)
	case parser.List:
		list := value{kind: listing}
		for _, element := range v.Elems {
			list.list = append(list.list, constantValue(element, ""))
		}
		return list
	}
	return value{kind: code, str: written}
}

func toInt(v value) value {
	switch v.kind {
	case numeric:
		if v.num == math.Trunc(v.num) {
			return v
		}
	case textual, code:
		digits := strings.ReplaceAll(strings.TrimSpace(v.str), "_", "")
		if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return value{kind: numeric, num: float64(i)}
		}
		if i, err := strconv.ParseInt(digits, 0, 64); err == nil && len(digits) > 2 && digits[0] == '0' && digits[1] > '9' {
			return value{kind: numeric, num: float64(i)}
		}
	}
	return value{}
}

func (e *evaluator) call(name string, args []value) value {
	if name == "today" && len(args) == 0 {
		// Rules never ask for the time: it would make findings come and go by themselves.
		return value{}
	}
	if len(args) == 0 {
		return value{}
	}
	switch name {
	case "int":
		return toInt(args[0])
	case "float":
		if args[0].kind == numeric {
			return args[0]
		}
		if f, err := strconv.ParseFloat(strings.TrimSpace(args[0].str), 64); err == nil {
			return value{kind: numeric, num: f}
		}
	case "str":
		switch args[0].kind {
		case textual, code:
			return value{kind: textual, str: args[0].str}
		case numeric:
			return value{kind: textual, str: strconv.FormatFloat(args[0].num, 'f', -1, 64)}
		case boolean:
			if args[0].num != 0 {
				return value{kind: textual, str: "True"}
			}
			return value{kind: textual, str: "False"}
		}
	case "len":
		switch args[0].kind {
		case textual:
			return value{kind: numeric, num: float64(len([]rune(args[0].str)))}
		case listing:
			return value{kind: numeric, num: float64(len(args[0].list))}
		}
	case "strptime":
		if args[0].kind == textual {
			if t, err := time.Parse("2006-01-02", args[0].str); err == nil {
				return value{kind: numeric, num: float64(t.Unix())}
			}
		}
	case "re.match":
		if len(args) >= 2 && args[0].kind == textual && args[1].kind == textual {
			re, err := e.s.expression(args[0].str)
			if err != nil {
				return value{}
			}
			return truth(e.s.matchesStart(re, args[1].str))
		}
	}
	return value{}
}

func (s *Search) expression(source string) (*rule.Regexp, error) {
	return rule.CompileRegexp(source, false)
}

func binary(op string, a, b value) value {
	switch op {
	case "in", "not in":
		found, known := contains(b, a)
		if !known {
			return value{}
		}
		return truth(found == (op == "in"))
	case "==", "!=":
		equal, known := equals(a, b)
		if !known {
			return value{}
		}
		return truth(equal == (op == "=="))
	}
	if a.kind == textual && b.kind == textual {
		switch op {
		case "<":
			return truth(a.str < b.str)
		case "<=":
			return truth(a.str <= b.str)
		case ">":
			return truth(a.str > b.str)
		case ">=":
			return truth(a.str >= b.str)
		case "+":
			return value{kind: textual, str: a.str + b.str}
		}
		return value{}
	}
	if a.kind != numeric || b.kind != numeric {
		return value{}
	}
	switch op {
	case "<":
		return truth(a.num < b.num)
	case "<=":
		return truth(a.num <= b.num)
	case ">":
		return truth(a.num > b.num)
	case ">=":
		return truth(a.num >= b.num)
	}
	n, ok := arithmetic(op, a.num, b.num)
	if !ok || math.IsNaN(n) || math.IsInf(n, 0) {
		return value{}
	}
	return value{kind: numeric, num: n}
}

func arithmetic(op string, a, b float64) (float64, bool) {
	switch op {
	case "+":
		return a + b, true
	case "-":
		return a - b, true
	case "*":
		return a * b, true
	case "**":
		return math.Pow(a, b), true
	}
	if (op == "/" || op == "//" || op == "%") && b == 0 {
		return 0, false
	}
	switch op {
	case "/":
		return a / b, true
	case "//":
		return math.Floor(a / b), true
	case "%":
		return a - b*math.Floor(a/b), true
	}
	x, y := int64(a), int64(b)
	switch op {
	case "&":
		return float64(x & y), true
	case "|":
		return float64(x | y), true
	case "^":
		return float64(x ^ y), true
	case "<<":
		return float64(x << min(max(y, 0), 62)), y >= 0
	case ">>":
		return float64(x >> min(max(y, 0), 62)), y >= 0
	}
	return 0, false
}

// equals compares; known is false where one of the values is code that is no constant.
func equals(a, b value) (equal, known bool) {
	if a.kind == unknown || b.kind == unknown || a.kind == code || b.kind == code {
		return false, false
	}
	if a.kind != b.kind || len(a.list) != len(b.list) {
		return false, true
	}
	if a.kind == listing {
		for i := range a.list {
			if equal, known := equals(a.list[i], b.list[i]); !equal || !known {
				return false, known
			}
		}
		return true, true
	}
	return a.num == b.num && a.str == b.str, true
}

func contains(all, one value) (found, known bool) {
	switch {
	case all.kind == textual && one.kind == textual:
		return strings.Contains(all.str, one.str), true
	case all.kind == listing && one.kind != unknown && one.kind != code:
		for _, v := range all.list {
			if equal, known := equals(v, one); known && equal {
				return true, true
			}
		}
		return false, true
	}
	return false, false
}

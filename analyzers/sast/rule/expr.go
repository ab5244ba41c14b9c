package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxExprDepth limits how deep an expression may nest.
const maxExprDepth = 40

// parseExpr reads the expression of a metavariable-comparison, which is Python's. The offset
// is where it goes wrong.
func parseExpr(src string) (e Expr, offset int, err error) {
	if len(src) > maxPattern {
		return Expr{}, 0, fmt.Errorf("the expression is longer than %d bytes", maxPattern)
	}
	p := exprParser{lexer: lexer{src: src}}
	p.next()
	e = p.or()
	if p.err == nil && p.kind != endToken {
		p.fail("unexpected %q", clip(p.text))
	}
	return e, p.at, p.err
}

type tokenKind uint8

const (
	endToken tokenKind = iota
	numberToken
	stringToken
	nameToken // also dotted, also metavariables
	signToken
)

// lexer cuts an expression into tokens.
type lexer struct {
	src  string
	pos  int
	at   int // where the current token begins
	kind tokenKind
	text string // of a string: decoded
	err  error
}

func (l *lexer) fail(format string, args ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, args...)
	}
	l.kind, l.text = endToken, ""
}

func (l *lexer) next() {
	if l.err != nil {
		return
	}
	for l.pos < len(l.src) && strings.IndexByte(" \t\r\n", l.src[l.pos]) >= 0 {
		l.pos++
	}
	l.at = l.pos
	if l.pos == len(l.src) {
		l.kind, l.text = endToken, ""
		return
	}
	rest := l.src[l.pos:]
	c := rest[0]
	switch {
	case c >= '0' && c <= '9' || c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		n := 1
		for n < len(rest) && (isNameByte(rest[n]) || rest[n] == '.' || (rest[n] == '-' || rest[n] == '+') && (rest[n-1] == 'e' || rest[n-1] == 'E') && !strings.HasPrefix(rest, "0x")) {
			n++
		}
		l.take(numberToken, n)
	case c == '"' || c == '\'':
		l.str(c)
	case isNameByte(c) || c == '$':
		n := 1
		if strings.HasPrefix(rest, "$...") {
			n = 4
		}
		for n < len(rest) && (isNameByte(rest[n]) || rest[n] == '.' && n+1 < len(rest) && isNameByte(rest[n+1])) {
			n++
		}
		if (c == 'r' || c == 'u' || c == 'b') && n == 1 && len(rest) > 1 && (rest[1] == '"' || rest[1] == '\'') {
			l.pos++
			l.str(rest[1])
			return
		}
		l.take(nameToken, n)
	default:
		for _, sign := range []string{"**", "//", "<<", ">>", "==", "!=", "<=", ">=", "<>", "&&", "||"} {
			if strings.HasPrefix(rest, sign) {
				l.take(signToken, 2)
				return
			}
		}
		if strings.IndexByte("+-*/%<>()[],&|^~!", c) < 0 {
			_, size := utf8.DecodeRuneInString(rest)
			l.fail("unexpected %q", rest[:size])
			return
		}
		l.take(signToken, 1)
	}
}

func (l *lexer) take(kind tokenKind, n int) {
	l.kind, l.text = kind, l.src[l.pos:l.pos+n]
	l.pos += n
}

func (l *lexer) str(quote byte) {
	raw := l.pos > 0 && l.src[l.pos-1] == 'r'
	var b strings.Builder
	for i := l.pos + 1; i < len(l.src); i++ {
		switch c := l.src[i]; {
		case c == quote:
			l.kind, l.text = stringToken, b.String()
			l.pos = i + 1
			return
		case c == '\\' && i+1 < len(l.src):
			i++
			switch e := l.src[i]; {
			case raw && e != quote:
				b.WriteByte('\\')
				b.WriteByte(e)
			case e == 'n':
				b.WriteByte('\n')
			case e == 't':
				b.WriteByte('\t')
			case e == '\\' || e == '"' || e == '\'':
				b.WriteByte(e)
			default: // as Python does
				b.WriteByte('\\')
				b.WriteByte(e)
			}
		default:
			b.WriteByte(c)
		}
	}
	l.fail("a string without an end")
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

type exprParser struct {
	lexer
	depth int
}

func (p *exprParser) is(text string) bool {
	return p.err == nil && (p.kind == signToken || p.kind == nameToken) && p.text == text
}

func (p *exprParser) accept(text string) bool {
	if p.is(text) {
		p.next()
		return true
	}
	return false
}

func (p *exprParser) or() Expr {
	if p.depth++; p.depth > maxExprDepth {
		p.fail("the expression is nested too deep")
		return Expr{}
	}
	defer func() { p.depth-- }()
	left := p.and()
	for p.accept("or") || p.accept("||") {
		left = Expr{Op: "or", Args: []Expr{left, p.and()}}
	}
	return left
}

func (p *exprParser) and() Expr {
	left := p.not()
	for p.accept("and") || p.accept("&&") {
		left = Expr{Op: "and", Args: []Expr{left, p.not()}}
	}
	return left
}

func (p *exprParser) not() Expr {
	negated := false
	for p.accept("not") || p.accept("!") {
		negated = !negated
	}
	e := p.comparison()
	if negated {
		return Expr{Op: "not", Args: []Expr{e}}
	}
	return e
}

// comparison reads a < b <= c as (a < b) and (b <= c).
func (p *exprParser) comparison() Expr {
	left := p.binary(0)
	var all []Expr
	for p.err == nil {
		op := ""
		switch {
		case p.kind == signToken && strings.Contains(" == != < > <= >= <> ", " "+p.text+" "):
			op = p.text
			p.next()
		case p.accept("in"):
			op = "in"
		case p.is("is"):
			p.next()
			op = "=="
			if p.accept("not") {
				op = "!="
			}
		case p.is("not"):
			p.next()
			if !p.accept("in") {
				p.fail("expected “in” behind “not”")
				return Expr{}
			}
			op = "not in"
		}
		if op == "" {
			break
		}
		if op == "<>" {
			op = "!="
		}
		right := p.binary(0)
		all = append(all, Expr{Op: op, Args: []Expr{left, right}})
		left = right
	}
	switch len(all) {
	case 0:
		return left
	case 1:
		return all[0]
	}
	e := all[0]
	for _, next := range all[1:] {
		e = Expr{Op: "and", Args: []Expr{e, next}}
	}
	return e
}

// levels are the binary operators, those that bind weakest first.
var levels = [][]string{{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%"}}

func (p *exprParser) binary(level int) Expr {
	if level == len(levels) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for p.err == nil && p.kind == signToken {
		op := ""
		for _, sign := range levels[level] {
			if p.text == sign {
				op = sign
			}
		}
		if op == "" {
			break
		}
		p.next()
		left = Expr{Op: op, Args: []Expr{left, p.binary(level + 1)}}
	}
	return left
}

func (p *exprParser) unary() Expr {
	if p.depth++; p.depth > maxExprDepth {
		p.fail("the expression is nested too deep")
		return Expr{}
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("-"):
		return Expr{Op: "neg", Args: []Expr{p.unary()}}
	case p.accept("+"):
		return p.unary()
	case p.accept("~"):
		return Expr{Op: "~", Args: []Expr{p.unary()}}
	}
	e := p.primary()
	if p.accept("**") {
		return Expr{Op: "**", Args: []Expr{e, p.unary()}}
	}
	return e
}

// functions are the calls that comparisons may make.
var functions = map[string]bool{"int": true, "str": true, "float": true, "len": true, "today": true, "strptime": true, "re.match": true}

func (p *exprParser) primary() Expr {
	switch p.kind {
	case numberToken:
		n, ok := number(p.text)
		if !ok {
			p.fail("%q is no number", clip(p.text))
			return Expr{}
		}
		e := Expr{Op: "num", Num: n, Text: p.text}
		p.next()
		return e
	case stringToken:
		e := Expr{Op: "str", Text: p.text}
		p.next()
		return e
	case nameToken:
		name := p.text
		switch {
		case strings.HasPrefix(name, "$"):
			p.next()
			return Expr{Op: "var", Text: name}
		case name == "True" || name == "true":
			p.next()
			return Expr{Op: "bool", Num: 1}
		case name == "False" || name == "false":
			p.next()
			return Expr{Op: "bool"}
		case name == "None" || name == "null":
			p.next()
			return Expr{Op: "none"}
		}
		if !functions[name] {
			p.fail("%q is not known here; metavariables begin with $, and the functions are int, str, float, len, today, strptime and re.match", clip(name))
			return Expr{}
		}
		p.next()
		if !p.accept("(") {
			p.fail("expected ( behind %s", name)
			return Expr{}
		}
		return Expr{Op: "call:" + name, Args: p.elements(")")}
	case signToken:
		switch {
		case p.accept("("):
			elements := p.elements(")")
			if len(elements) == 1 {
				return elements[0]
			}
			return Expr{Op: "list", Args: elements}
		case p.accept("["):
			return Expr{Op: "list", Args: p.elements("]")}
		}
	}
	if p.kind == endToken {
		p.fail("the expression ends too early")
	} else {
		p.fail("unexpected %q", clip(p.text))
	}
	return Expr{}
}

func (p *exprParser) elements(closing string) []Expr {
	var elements []Expr
	for p.err == nil {
		if p.accept(closing) {
			return elements
		}
		elements = append(elements, p.or())
		if !p.accept(",") && !p.is(closing) {
			p.fail("expected , or %s", closing)
		}
	}
	return elements
}

// number reads Python's numbers.
func number(s string) (float64, bool) {
	plain := strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil && (len(plain) == 1 || plain[0] != '0' || plain[1] > '9') {
		return float64(i), true
	}
	f, err := strconv.ParseFloat(plain, 64)
	return f, err == nil
}

// parseRequires reads a formula over labels.
func parseRequires(src string) (r *Requires, offset int, err error) {
	if len(src) > maxPattern {
		return nil, 0, fmt.Errorf("the expression is longer than %d bytes", maxPattern)
	}
	p := exprParser{lexer: lexer{src: src}}
	p.next()
	r = p.labels()
	if p.err == nil && p.kind != endToken {
		p.fail("unexpected %q", clip(p.text))
	}
	return r, p.at, p.err
}

func (p *exprParser) labels() *Requires {
	if p.depth++; p.depth > maxExprDepth {
		p.fail("the expression is nested too deep")
		return nil
	}
	defer func() { p.depth-- }()
	any := []*Requires{p.labelsAnd()}
	for p.accept("or") || p.accept("|") || p.accept("||") {
		any = append(any, p.labelsAnd())
	}
	if len(any) == 1 {
		return any[0]
	}
	return &Requires{Op: "or", Args: any}
}

func (p *exprParser) labelsAnd() *Requires {
	all := []*Requires{p.label()}
	for p.accept("and") || p.accept("&") || p.accept("&&") {
		all = append(all, p.label())
	}
	if len(all) == 1 {
		return all[0]
	}
	return &Requires{Op: "and", Args: all}
}

func (p *exprParser) label() *Requires {
	negated := false
	for p.accept("not") || p.accept("!") {
		negated = !negated
	}
	var r *Requires
	switch {
	case p.accept("("):
		r = p.labels()
		if !p.accept(")") {
			p.fail("expected )")
		}
	case p.is("True"), p.is("true"):
		p.next()
		r = &Requires{Op: "true"}
	case p.kind == nameToken:
		r = &Requires{Op: "label", Name: p.text}
		p.next()
	default:
		p.fail("expected a label")
	}
	if negated {
		return &Requires{Op: "not", Args: []*Requires{r}}
	}
	return r
}

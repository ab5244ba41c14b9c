package rule

import (
	"fmt"
	"strconv"
	"strings"
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

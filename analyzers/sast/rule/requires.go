package rule

import (
	"fmt"
)

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

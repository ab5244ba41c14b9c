package guards

import "github.com/qodacode/qodacode/parser"

// outcome is how a statement can end, once it has begun.
type outcome struct {
	fall   reach // it ends, and what follows runs
	breaks reach // it leaves the loop or the switch around it
}

var through = outcome{always, never}

// outcome is how statement n can end.
func (a *analysis) outcome(n parser.NodeID) outcome {
	if n == parser.NoNode || a.spent() {
		return through
	}
	switch a.Kind(n) {
	case parser.KindFunction, parser.KindClass, parser.KindDecorated, parser.KindImport, parser.KindImportFrom, parser.KindComment:
		return through
	case parser.KindExpressionStatement, parser.KindDeclaration:
		if !a.hasCall(n) {
			return through
		}
	}
	if o, ok := a.out[n]; ok {
		return o
	}
	o := a.newOutcome(n)
	a.out[n] = o
	return o
}

func (a *analysis) newOutcome(n parser.NodeID) outcome {
	switch a.Kind(n) {
	case parser.KindBlock, parser.KindModule:
		return a.sequence(n, parser.NoNode)
	case parser.KindReturn, parser.KindRaise, parser.KindContinue:
		return outcome{never, never}
	case parser.KindBreak:
		return outcome{never, always}
	case parser.KindIf:
		return a.ifOutcome(n)
	case parser.KindElse:
		if a.Field(n, parser.FieldBody) == parser.NoNode {
			return a.outcome(a.FirstChild(n))
		}
		return a.outcome(a.Field(n, parser.FieldBody))
	case parser.KindWhile:
		return a.whileOutcome(n)
	case parser.KindForClassic:
		c := a.loopCondition(n)
		return outcome{c.f.or(c.t.then(a.outcome(a.Field(n, parser.FieldBody)).breaks)), never}
	case parser.KindFor:
		return through // there may be nothing to go through
	case parser.KindTry:
		return a.tryOutcome(n)
	case parser.KindWith:
		return a.withOutcome(n)
	case parser.KindExpressionStatement, parser.KindDeclaration, parser.KindVarDeclaration, parser.KindExport:
		return outcome{a.expression(n), never}
	}
	switch a.KindName(n) {
	case "assert_statement":
		return outcome{a.cond(a.FirstChild(n)).t, never}
	case "match_statement", "switch_statement":
		return a.switchOutcome(n)
	case "labeled_statement":
		o := a.outcome(a.Field(n, parser.FieldBody))
		return outcome{o.fall.or(o.breaks), never}
	}
	return outcome{a.expression(n), never}
}

// sequence is how the statements of a block end, without the child skip.
func (a *analysis) sequence(n, skip parser.NodeID) outcome {
	out := through
	for c := range a.Children(n) {
		if c == skip {
			continue
		}
		o := a.outcome(c)
		out = outcome{out.fall.then(o.fall), out.breaks.or(out.fall.then(o.breaks))}
	}
	return out
}

func (o outcome) or(p outcome) outcome { return outcome{o.fall.or(p.fall), o.breaks.or(p.breaks)} }

// after is o where r held before.
func (o outcome) after(r reach) outcome { return outcome{r.then(o.fall), r.then(o.breaks)} }

func (a *analysis) ifOutcome(n parser.NodeID) outcome {
	condition := a.Field(n, parser.FieldCondition)
	c := a.cond(condition)
	out := a.outcome(a.Field(n, parser.FieldConsequence)).after(a.expression(condition).then(c.t))
	rest := c.f
	for alt := range a.Children(n) {
		if a.Kind(alt) != parser.KindElse {
			continue
		}
		if a.KindName(alt) == "elif_clause" {
			c := a.cond(a.Field(alt, parser.FieldCondition))
			out = out.or(a.outcome(a.Field(alt, parser.FieldConsequence)).after(rest.then(c.t)))
			rest = rest.then(c.f)
			continue
		}
		return out.or(a.outcome(alt).after(rest))
	}
	return out.or(outcome{rest, never})
}

// loopCondition is the condition of a while or a classic for; without one it is true.
func (a *analysis) loopCondition(n parser.NodeID) cond {
	c := a.Field(n, parser.FieldCondition)
	if a.Kind(c) == parser.KindExpressionStatement {
		c = a.FirstChild(c)
	}
	if c == parser.NoNode || a.FirstChild(c) == parser.NoNode && a.KindName(c) == "empty_statement" {
		return cond{always, never}
	}
	return a.cond(c)
}

func (a *analysis) whileOutcome(n parser.NodeID) outcome {
	c := a.loopCondition(n)
	body := a.outcome(a.Field(n, parser.FieldBody))
	if a.KindName(n) == "do_statement" {
		return outcome{c.f.or(body.breaks), never} // continue, too, leads to the condition
	}
	return outcome{c.f.or(c.t.then(body.breaks)), never}
}

func (a *analysis) tryOutcome(n parser.NodeID) outcome {
	out := a.outcome(a.Field(n, parser.FieldBody))
	finally := through
	handlers := outcome{never, never}
	for c := range a.Children(n) {
		switch {
		case a.Kind(c) == parser.KindCatch:
			handlers = handlers.or(a.outcome(a.blockOf(c)))
		case a.Kind(c) == parser.KindElse:
			o := a.outcome(c)
			out = outcome{out.fall.then(o.fall), out.breaks.or(out.fall.then(o.breaks))}
		case a.KindName(c) == "finally_clause":
			finally = a.outcome(a.blockOf(c))
		}
	}
	out = out.or(handlers)
	return outcome{out.fall.then(finally.fall), out.breaks.or(finally.breaks)}
}

// blockOf is the block of an except, catch or finally.
func (a *analysis) blockOf(n parser.NodeID) parser.NodeID {
	for c := range a.Children(n) {
		if a.Kind(c) == parser.KindBlock {
			return c
		}
	}
	return parser.NoNode
}

func (a *analysis) withOutcome(n parser.NodeID) outcome {
	for item := range a.withItems(n) {
		if c := a.CallAt(a.contextOf(item)); c != nil && suppresses[c.Name] {
			return through // what is raised in it ends it
		}
	}
	r := always
	for item := range a.withItems(n) {
		r = r.then(a.expression(a.contextOf(item)))
	}
	return a.outcome(a.Field(n, parser.FieldBody)).after(r)
}

// suppresses lists the context managers that swallow what is raised in them.
var suppresses = map[string]bool{"suppress": true, "raises": true, "assertRaises": true, "assertRaisesRegex": true}

func (a *analysis) withItems(n parser.NodeID) func(yield func(parser.NodeID) bool) {
	return func(yield func(parser.NodeID) bool) {
		for c := range a.Children(n) {
			if a.KindName(c) != "with_clause" {
				continue
			}
			for item := range a.Children(c) {
				if !yield(item) {
					return
				}
			}
		}
	}
}

// contextOf is the context manager of a with item.
func (a *analysis) contextOf(item parser.NodeID) parser.NodeID {
	v := a.Field(item, parser.FieldValue)
	if a.Kind(v) == parser.KindAsPattern {
		v = a.FirstChild(v)
	}
	return a.Unwrap(v)
}

// entersWith is where the contexts of a with statement are entered.
func (a *analysis) entersWith(n parser.NodeID) reach {
	r := always
	for item := range a.withItems(n) {
		v := a.contextOf(item)
		r = r.then(a.expression(v)).then(a.contextGuard(v))
	}
	return r
}

// expression is where the evaluation of an expression, or of those in a statement, ends.
func (a *analysis) expression(n parser.NodeID) reach {
	if n == parser.NoNode || !a.hasCall(n) || a.spent() {
		return always
	}
	switch a.Kind(n) {
	case parser.KindLambda, parser.KindFunction, parser.KindClass, parser.KindMethod:
		return always
	case parser.KindComprehension:
		return always
	case parser.KindBinary:
		if op := a.operator(n); op != "" {
			left, c := a.Field(n, parser.FieldLeft), a.cond(a.Field(n, parser.FieldLeft))
			right := a.expression(a.Field(n, parser.FieldRight))
			if op == "or" {
				c = c.not()
			}
			return a.expression(left).then(c.f.or(c.t.then(right)))
		}
	case parser.KindConditional:
		condition, yes, no := a.branches(n)
		c := a.cond(condition)
		return a.expression(condition).then(c.t.then(a.expression(yes)).or(c.f.then(a.expression(no))))
	}
	r := always
	for c := range a.Children(n) {
		r = r.then(a.expression(c))
	}
	if c := a.CallAt(n); c != nil {
		r = r.then(a.returns(c))
	}
	return r
}

// hasCall reports whether a call stands in n.
func (a *analysis) hasCall(n parser.NodeID) bool {
	end := parser.NodeID(a.Nodes[n].Next)
	lo, hi := 0, len(a.Calls)
	for lo < hi {
		if mid := (lo + hi) / 2; a.Calls[mid].Node < n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(a.Calls) && a.Calls[lo].Node < end
}

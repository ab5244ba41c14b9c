package guards

import "github.com/qodacode/qodacode/parser"

// reach is in which worlds n is evaluated.
func (a *analysis) reach(n parser.NodeID) reach {
	r := a.local(n)
	if fn := a.functionAround(n); fn != parser.NoNode {
		return a.entry(fn).then(r)
	}
	return r
}

// functionAround is the function whose body n stands in, or NoNode.
func (a *analysis) functionAround(n parser.NodeID) parser.NodeID {
	for p := range a.Ancestors(n) {
		switch a.Kind(p) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			if n == a.Field(p, parser.FieldBody) {
				return p
			}
		}
		n = p
	}
	return parser.NoNode
}

// local is in which worlds n is evaluated once the function around has been called.
func (a *analysis) local(n parser.NodeID) reach {
	p := a.Parent(n)
	if p == parser.NoNode || a.spent() {
		return always
	}
	switch k := a.Kind(p); k {
	case parser.KindBlock, parser.KindModule, parser.KindClassBody:
		if a.KindName(a.Parent(p)) == "match_statement" {
			return a.local(a.Parent(p)).then(a.caseEntry(a.Parent(p), n))
		}
		return a.reachInBlock(p, n)
	case parser.KindSwitchBody:
		return a.local(a.Parent(p)).then(a.caseEntry(a.Parent(p), n))
	case parser.KindIf:
		return a.reachInIf(p, n)
	case parser.KindElse:
		if a.FieldOf(n) == parser.FieldConsequence {
			return a.local(p).then(a.cond(a.Field(p, parser.FieldCondition)).t)
		}
	case parser.KindConditional:
		if c, yes, no := a.branches(p); n == yes {
			return a.local(p).then(a.cond(c).t)
		} else if n == no {
			return a.local(p).then(a.cond(c).f)
		}
	case parser.KindBinary:
		if n == a.Field(p, parser.FieldRight) {
			switch a.operator(p) {
			case "and":
				return a.local(p).then(a.cond(a.Field(p, parser.FieldLeft)).t)
			case "or":
				return a.local(p).then(a.cond(a.Field(p, parser.FieldLeft)).f)
			}
		}
	case parser.KindWhile:
		if a.KindName(p) == "do_statement" {
			break
		}
		switch a.FieldOf(n) {
		case parser.FieldBody:
			return a.local(p).then(a.cond(a.Field(p, parser.FieldCondition)).t)
		case parser.FieldAlternative:
			return a.local(p).then(a.cond(a.Field(p, parser.FieldCondition)).f)
		}
	case parser.KindForClassic:
		if a.FieldOf(n) == parser.FieldBody {
			return a.local(p).then(a.cond(a.Field(p, parser.FieldCondition)).t)
		}
	case parser.KindComprehension:
		return a.reachInComprehension(p, n)
	case parser.KindTry:
		if a.Kind(n) == parser.KindElse {
			return a.local(p).then(a.outcome(a.Field(p, parser.FieldBody)).fall)
		}
	case parser.KindWith:
		if n == a.Field(p, parser.FieldBody) {
			return a.local(p).then(a.entersWith(p))
		}
	case parser.KindFunction, parser.KindLambda, parser.KindMethod:
		if n == a.Field(p, parser.FieldBody) {
			return always
		}
	case parser.KindOther:
		switch a.KindName(p) {
		case "switch_case", "switch_default":
			if n != a.Field(p, parser.FieldValue) {
				return a.reachInBlock(p, n)
			}
		case "case_clause":
			if a.FieldOf(n) == parser.FieldConsequence {
				return a.local(p) // caseEntry has the pattern and the guard
			}
		}
	}
	return a.local(p)
}

// reachInBlock is for the statements of a block: those before n must have ended.
func (a *analysis) reachInBlock(block, n parser.NodeID) reach {
	if r, ok := a.before[n]; ok {
		return r
	}
	from, ok := a.through[block]
	if !ok || from.next > n {
		from = progress{block + 1, a.local(block)}
	}
	value := parser.NoNode
	if a.Kind(block) == parser.KindOther { // a case of a switch
		value = a.Field(block, parser.FieldValue)
	}
	r := from.reach
	for c := from.next; c < n; c = parser.NodeID(a.Nodes[c].Next) {
		if c != value && a.IsNamed(c) && a.Kind(c) != parser.KindComment {
			r = r.then(a.outcome(c).fall)
		}
	}
	a.before[n], a.through[block] = r, progress{n, r}
	return r
}

// progress is how far the statements of a block have been gone through.
type progress struct {
	next  parser.NodeID
	reach reach // of next
}

func (a *analysis) reachInIf(p, n parser.NodeID) reach {
	r := a.local(p)
	switch a.FieldOf(n) {
	case parser.FieldConsequence:
		return r.then(a.cond(a.Field(p, parser.FieldCondition)).t)
	case parser.FieldAlternative:
		r = r.then(a.cond(a.Field(p, parser.FieldCondition)).f)
		for c := range a.Children(p) {
			if c >= n {
				break
			}
			if a.KindName(c) == "elif_clause" {
				r = r.then(a.cond(a.Field(c, parser.FieldCondition)).f)
			}
		}
	}
	return r
}

func (a *analysis) reachInComprehension(p, n parser.NodeID) reach {
	r := a.local(p)
	for c := range a.Children(p) {
		if a.KindName(c) == "if_clause" && c != n && (c < n || n == a.Field(p, parser.FieldBody)) {
			r = r.then(a.cond(a.FirstChild(c)).t)
		}
	}
	return r
}

// branches are the parts of a conditional expression.
func (a *analysis) branches(n parser.NodeID) (condition, yes, no parser.NodeID) {
	if c := a.Field(n, parser.FieldCondition); c != parser.NoNode {
		return c, a.Field(n, parser.FieldConsequence), a.Field(n, parser.FieldAlternative)
	}
	parts := [3]parser.NodeID{parser.NoNode, parser.NoNode, parser.NoNode}
	i := 0
	for c := range a.Children(n) {
		if i < 3 {
			parts[i] = c
		}
		i++
	}
	return parts[1], parts[0], parts[2]
}

// operator is the logical operator of a binary expression: "and", "or", or "" for others.
func (a *analysis) operator(n parser.NodeID) string {
	left := a.Field(n, parser.FieldLeft)
	if left == parser.NoNode {
		return ""
	}
	switch a.Slice(a.Field(n, parser.FieldOperator)) {
	case "and", "&&":
		return "and"
	case "or", "||", "??":
		return "or"
	}
	return ""
}

package guards

import "github.com/qodacode/qodacode/parser"

// arm is one case of a switch or a match: where its pattern holds, where it begins, given what comes before it.
type arm struct {
	node  parser.NodeID
	match cond
	any   bool // default, or a pattern that takes everything
}

// arms are the cases of a switch or match statement, in order.
func (a *analysis) arms(n parser.NodeID) []arm {
	subject := a.Field(n, parser.FieldValue)
	if subject == parser.NoNode {
		subject = a.FirstChild(n)
	}
	subject = a.Unwrap(subject)
	var out []arm
	for c := range a.Children(a.Field(n, parser.FieldBody)) {
		switch a.KindName(c) {
		case "switch_default":
			out = append(out, arm{c, open, true})
		case "switch_case":
			v := a.Field(c, parser.FieldValue)
			m := a.equal(subject, v)
			if a.Kind(subject) == parser.KindTrue { // switch (true) { case env === "production": … }
				m = a.cond(v)
			}
			out = append(out, arm{node: c, match: m})
		case "case_clause":
			out = append(out, a.pattern(subject, c))
		}
	}
	return out
}

// pattern is one case of Python's match.
func (a *analysis) pattern(subject, clause parser.NodeID) arm {
	out := arm{node: clause, match: cond{never, always}}
	for c := range a.Children(clause) {
		switch {
		case a.Kind(c) == parser.KindCasePattern:
			m := a.patternCond(subject, c)
			if m == nil {
				out.match, out.any = open, a.takesAll(c)
				continue
			}
			out.match = out.match.or(*m)
		case a.KindName(c) == "if_clause":
			if out.any {
				out.match = cond{always, never}
			}
			out.any = false
			out.match = out.match.and(a.cond(a.FirstChild(c)))
		}
	}
	return out
}

func (a *analysis) takesAll(pattern parser.NodeID) bool {
	s := a.Slice(pattern)
	if s == "_" {
		return true
	}
	inner := a.FirstChild(pattern)
	return a.KindName(inner) == "dotted_name" && a.FirstChild(a.FirstChild(inner)) == parser.NoNode && a.LastChild(inner) == a.FirstChild(inner)
}

// patternCond is where a pattern of constants matches; nil for other patterns.
func (a *analysis) patternCond(subject, pattern parser.NodeID) *cond {
	inner := a.FirstChild(pattern)
	switch {
	case a.KindName(inner) == "union_pattern":
		m := cond{never, always}
		for c := range a.Children(inner) {
			m = m.or(a.equal(subject, c))
		}
		return &m
	case a.Kind(inner) == parser.KindString, a.Kind(inner) == parser.KindTrue, a.Kind(inner) == parser.KindFalse, a.Kind(inner) == parser.KindNone,
		a.KindName(inner) == "dotted_name" && a.LastChild(inner) != a.FirstChild(inner):
		m := a.equal(subject, inner)
		return &m
	}
	return nil
}

// caseEntry is where the body of a case begins, once the switch does.
func (a *analysis) caseEntry(n, clause parser.NodeID) reach {
	entry, _ := a.cases(n, clause)
	return entry
}

func (a *analysis) switchOutcome(n parser.NodeID) outcome {
	_, out := a.cases(n, parser.NoNode)
	return out
}

// cases goes through the cases up to one, or through all.
func (a *analysis) cases(n, until parser.NodeID) (reach, outcome) {
	script := a.Language.IsScript()
	arms := a.arms(n)
	rest, above, out := always, never, outcome{never, never}
	complete := false
	for _, m := range arms {
		if script && m.any { // default is taken when none of the others is, wherever it stands
			m.match.t = always
			for _, o := range arms {
				if !o.any {
					m.match.t = m.match.t.then(o.match.f)
				}
			}
			complete = true
		}
		entry := rest.then(m.match.t)
		if m.any && script {
			entry = m.match.t
		}
		entry = entry.or(above)
		if m.node == until {
			return entry, out
		}
		if !script {
			o := a.outcome(a.Field(m.node, parser.FieldConsequence)).after(entry)
			out = out.or(o)
			if m.any {
				rest, complete = never, true
			} else {
				rest = rest.then(m.match.f)
			}
			continue
		}
		o := a.sequence(m.node, a.Field(m.node, parser.FieldValue)).after(entry)
		above, out.fall = o.fall, out.fall.or(o.breaks)
		if !m.any {
			rest = rest.then(m.match.f)
		}
	}
	out.fall = out.fall.or(above)
	if !complete {
		out.fall = out.fall.or(rest)
	}
	return never, out
}

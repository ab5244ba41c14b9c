package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// list visits the members of a list argument of an agent, and notes what can't be told.
func (r *roster) list(m *member, argument string, pos int, visit func(val)) {
	for _, made := range m.made {
		a, ok := r.arg(made, argument, pos)
		if !ok {
			if m.base != nil {
				r.list(&member{Node: m.Node, made: m.base.made, base: m.base.base}, argument, pos, visit)
			}
			continue
		}
		elems, complete := r.elements(a, maxHops)
		for _, e := range elems {
			visit(e)
		}
		if !complete {
			m.open(argument+" of "+m.Name+" can't be told from the code", a.Ref)
		}
	}
}

func (m *member) open(reason string, at Ref) {
	if u := (Unresolved{reason, at.Place()}); !slices.Contains(m.problem, u) {
		m.problem = append(m.problem, u)
	}
}

// link adds an edge to each agent that v may be.
func (r *roster) link(m *member, v val, e Edge) {
	found, complete := r.agents(v, maxHops)
	if !complete {
		m.open("which agent "+clip(v.Text())+" is can't be told from the code", v.Ref)
	}
	for _, to := range found {
		m.linkTo(to, e)
	}
}

func (m *member) linkTo(to *member, e Edge) {
	if e.Kind == Handoff { // the model may hand over or answer
		e.Condition.Decider = Verdict
	}
	for i := range m.links {
		if m.links[i].to == to && m.links[i].Kind == e.Kind {
			return
		}
	}
	m.links = append(m.links, link{e, to})
}

// clip keeps one line of at most 40 bytes for a message.
func clip(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}

// attributes visits what is set or added to an attribute of an agent after it was made:
// a.handoffs = […], a.handoffs.append(b), a.tools.extend(…), a.handoffs.push(b).
func (r *roster) attributes(names []string, visit func(m *member, attribute string, v val)) {
	each := func(f *parser.File, attribute parser.NodeID, value parser.NodeID, many bool) {
		found, _ := r.agents(val{Ref{f, f.Field(attribute, parser.FieldObject)}, nil}, maxHops)
		name := f.Slice(f.AttributeName(attribute))
		for _, m := range found {
			if !many {
				visit(m, name, val{Ref{f, value}, nil})
				continue
			}
			elems, complete := r.elements(val{Ref{f, value}, nil}, maxHops)
			for _, e := range elems {
				visit(m, name, e)
			}
			if !complete {
				m.open(name+" of "+m.Name+" can't be told from the code", Ref{f, value})
			}
		}
	}
	is := func(f *parser.File, n parser.NodeID) bool {
		return f.Kind(n) == parser.KindAttribute && slices.Contains(names, f.Slice(f.AttributeName(n)))
	}
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			switch c.Name {
			case "append", "push", "extend", "insert", "unshift":
				callee := f.Unwrap(c.Callee)
				if list := f.Field(callee, parser.FieldObject); f.Kind(callee) == parser.KindAttribute && is(f, list) {
					for j, a := range c.Args {
						if c.Name != "insert" || j > 0 {
							each(f, list, a.Value, c.Name == "extend" || a.Spread == 1)
						}
					}
				}
			}
		}
		if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(f.Text.String(), "."+n) }) {
			continue
		}
		for n := range parser.NodeID(len(f.Nodes)) {
			if k := f.Kind(n); k == parser.KindAssignment || k == parser.KindAugmentedAssignment {
				if left := f.Field(n, parser.FieldLeft); is(f, left) && !f.IsSelf(f.Field(left, parser.FieldObject)) {
					each(f, left, f.Field(n, parser.FieldRight), true)
				}
			}
		}
	}
}

// running are the agents that a function runs, itself or in functions of the project that it calls.
func (r *roster) running(fn Ref, depth int) []*member {
	info := fn.Func()
	if info == nil || depth == 0 || r.visited[fn] {
		return nil
	}
	r.visited[fn] = true
	defer delete(r.visited, fn)
	var found []*member
	for _, i := range r.runsIn(fn.File) {
		if one := &r.runs[i]; fn.File.Within(one.Node, fn.Node) {
			one.inside = true
			found = append(found, one.starts...)
		}
	}
	f := fn.File
	first, _ := slices.BinarySearchFunc(f.Calls, fn.Node, func(c parser.Call, n parser.NodeID) int { return int(c.Node - n) })
	for i := first; i < len(f.Calls) && f.Within(f.Calls[i].Node, fn.Node); i++ {
		if c := &f.Calls[i]; r.of(fn.at(c.Node)) == "" {
			if g := r.Function(fn.at(c.Callee)); g.Valid() && g != fn && g.Kind() != parser.KindLambda {
				found = append(found, r.running(g, depth-1)...)
			}
		}
	}
	return found
}

// limit is a limit as it is written; None and null take it away.
func (r *roster) limit(v Ref, what string) Limit {
	if n, ok := r.Number(v); ok {
		return Limit{Value: n, Source: "explicit", What: what}
	}
	if e := v.File.Eval(v.Node); e.Kind == parser.None {
		return Limit{Source: "none", What: what}
	}
	return Limit{Source: "explicit", What: what}
}

// runsIn are the runs that start in a file, by their index.
func (r *roster) runsIn(f *parser.File) []int {
	if r.indexed != len(r.runs) {
		r.byFile, r.indexed = map[*parser.File][]int{}, len(r.runs)
		for i := range r.runs {
			r.byFile[r.runs[i].File] = append(r.byFile[r.runs[i].File], i)
		}
	}
	return r.byFile[f]
}

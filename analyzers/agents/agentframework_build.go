package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// built reads the calls of a WorkflowBuilder.
func (w *workflow) built() {
	f := w.o.File
	start, given := w.c.arg(w.o, "start_executor", -1)
	for _, call := range w.calls {
		at := w.o.at(call.Node)
		arg := func(name string, pos int) Ref {
			if a, ok := f.Argument(call, name, pos); ok {
				return w.o.at(a.Value)
			}
			return Ref{nil, parser.NoNode}
		}
		switch call.Name {
		case "set_start_executor":
			start, given = arg("executor", 0), true
		case "register_executor", "register_agent", "add_agent":
			w.registered(call, arg)
		case "add_edge":
			for _, row := range w.c.rows(arg("source", 0), arg("target", 1), arg("condition", 2)) {
				w.link(row[0], row[1], row[2], at, false)
			}
		case "add_fan_out_edges", "add_multi_selection_edge_group":
			condition := Ref{nil, parser.NoNode}
			if call.Name != "add_fan_out_edges" {
				condition = arg("selection_func", 2)
			}
			for _, to := range w.members(arg("targets", 1)) {
				w.link(arg("source", 0), to, condition, at, true)
			}
		case "add_fan_in_edges":
			for _, from := range w.members(arg("sources", 0)) {
				w.link(from, arg("target", 1), Ref{nil, parser.NoNode}, at, false)
			}
		case "add_chain":
			list := w.members(arg("executors", 0))
			for i := 1; i < len(list); i++ {
				w.link(list[i-1], list[i], Ref{nil, parser.NoNode}, at, false)
			}
		case "add_switch_case_edge_group":
			w.cases(arg("source", 0), arg("cases", 1))
		}
	}
	if given {
		if name, ok := w.vertex(start); ok {
			w.entry(name)
		}
	}
}

// members are the elements of a list argument.
func (w *workflow) members(r Ref) []Ref {
	elems, complete := w.c.Elements(r)
	out := elems[:0:0]
	for _, e := range elems {
		if e.Kind() == parser.KindSpread {
			complete = false
			continue
		}
		out = append(out, e)
	}
	if !complete {
		w.open("some members are not written out", r)
		w.x.unsure[r.File.Path] = true
	}
	return out
}

// registered reads register_executor(lambda: Writer(id="writer"), name="writer").
func (w *workflow) registered(call *parser.Call, arg func(string, int) Ref) {
	factory := arg("factory_func", 0)
	name, named := w.c.String(arg("name", 1))
	if fn := w.c.Function(factory); fn.Valid() {
		if returns := w.c.Returns(fn); len(returns) == 1 {
			factory = returns[0]
		}
	}
	made, ok := w.c.object(factory, w.o.via)
	if !ok {
		if named {
			kind := Step
			if call.Name != "register_executor" {
				kind = Agent
			}
			w.node(Node{Name: name, Kind: kind, Place: factory.Place()})
		}
		return
	}
	if inner := w.made(made); named && inner != name { // edges name it as it was registered
		w.rename(inner, name)
	}
}

// rename gives a node that has no edges yet another name.
func (w *workflow) rename(from, to string) {
	if w.has(to) {
		return
	}
	i := w.index[from]
	delete(w.index, from)
	w.index[to] = i
	w.Nodes[i].Name = to
	w.Nodes[i].alias(from)
	for j := range w.Edges {
		if w.Edges[j].From == from {
			w.Edges[j].From = to
		}
	}
	w.byID[w.byName[from]] = to
	w.byName[to] = w.byName[from]
}

func (w *workflow) link(from, to, condition, at Ref, fan bool) {
	a, ok := w.vertex(from)
	b, also := w.vertex(to)
	if !ok || !also {
		return
	}
	e := Edge{From: a, To: b, Kind: Seq, FanOut: fan, Place: at.Place()}
	if condition.Valid() && condition.Kind() != parser.KindNone {
		e.Kind, e.Condition = Cond, w.decision(condition)
	}
	w.edge(e)
}

// decision is what a condition depends on: the one of the function, or of one that a function
// of the project makes.
func (w *workflow) decision(r Ref) Condition {
	if fn := w.c.Function(w.c.Origin(r, nil)); fn.Valid() {
		return w.c.Decide(fn, nil)
	}
	return Condition{Decider: Verdict}
}

// cases reads [Case(condition=…, target=…), Default(target=…)].
func (w *workflow) cases(from, list Ref) {
	for _, e := range w.members(list) {
		o, ok := w.c.object(e, w.o.via)
		if !ok || o.class != "Case" && o.class != "Default" {
			w.open("a case can't be told", e)
			continue
		}
		pos := 1
		if o.class == "Default" {
			pos = 0
		}
		target, _ := w.c.arg(o, "target", pos)
		a, known := w.vertex(from)
		b, also := w.vertex(target)
		if !known || !also {
			continue
		}
		edge := Edge{From: a, To: b, Kind: Cond, Condition: Condition{Decider: Verdict}, Place: e.Place()}
		if condition, ok := w.c.arg(o, "condition", 0); ok && o.class == "Case" {
			edge.Condition = w.decision(condition)
		}
		w.edge(edge)
	}
}

// participants are those that a builder is given, in its constructor or by participants(…):
// a list, or names in keywords.
func (w *workflow) participants() (names []string) {
	add := func(r Ref) {
		if name, ok := w.vertex(r); ok {
			names = append(names, name)
		}
	}
	if r, ok := w.c.arg(w.o, "participants", -1); ok {
		for _, m := range w.members(r) {
			add(m)
		}
	}
	for _, call := range w.calls {
		if call.Name != "participants" && call.Name != "register_participants" {
			continue
		}
		for _, a := range call.Args {
			switch {
			case a.Spread > 0:
				w.open("some participants are not written out", w.o.at(a.Value))
			case a.Name != "" && a.Name != "participants" && a.Name != "participant_factories":
				if add(w.o.at(a.Value)); len(names) > 0 {
					w.Nodes[w.index[names[len(names)-1]]].alias(a.Name)
				}
			default:
				for _, m := range w.members(w.o.at(a.Value)) {
					if fn := w.c.Function(m); fn.Valid() && strings.Contains(call.Name, "register") {
						if returns := w.c.Returns(fn); len(returns) == 1 {
							m = returns[0]
						}
					}
					add(m)
				}
			}
		}
	}
	return names
}

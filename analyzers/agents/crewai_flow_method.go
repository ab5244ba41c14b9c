package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// method reads the decorators of a function.
func (w *flow) method(r Ref, fn *parser.Func) (m flowMethod, ok bool) {
	m = flowMethod{Ref: r, fn: fn, name: fn.Name}
	f := r.File
	for _, d := range fn.Decorators {
		e := decorated(f, d)
		kind := lastName(f.Slice(e))
		if f.Kind(d) == parser.KindDecorator {
			d = f.FirstChild(d)
		}
		call := f.CallAt(d)
		switch kind {
		case "start", "listen", "router":
			ok = true
			m.start = m.start || kind == "start"
			m.router = m.router || kind == "router"
			if call != nil {
				if a, given := f.Argument(call, "condition", 0); given {
					m.triggers = append(m.triggers, w.conditions(r.at(a.Value), maxHops)...)
				}
			}
		}
		if call == nil || kind != "router" && kind != "human_feedback" {
			continue
		}
		if a, given := f.Argument(call, "emit", -1); given {
			if m.decides.Decider == ByHuman { // the person's answer replaces the method's
				continue
			}
			if labels, all := w.texts(r.at(a.Value)); all && len(labels) > 0 {
				m.router, m.emits = true, labels
				if kind == "human_feedback" {
					m.decides = Condition{Decider: ByHuman}
				}
			}
		}
	}
	return m, ok
}

func lastName(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

// texts are the strings of a list, or the one string.
func (w *flow) texts(r Ref) ([]string, bool) {
	if s, ok := w.c.String(r); ok {
		return []string{s}, true
	}
	elems, all := w.c.Elements(r)
	var out []string
	for _, e := range elems {
		s, known := w.c.String(e)
		if known {
			out = append(out, s)
		}
		all = all && known
	}
	return out, all
}

// conditions are the methods and labels that a trigger names.
func (w *flow) conditions(r Ref, hops int) []string {
	if hops == 0 || !r.Valid() {
		return nil
	}
	f := r.File
	r.Node = f.Unwrap(r.Node)
	switch r.Kind() {
	case parser.KindCall: // or_(…), and_(…)
		var out []string
		call := f.CallAt(r.Node)
		if name := call.Name; name == "or_" || name == "and_" || w.c.named(f.QName(call.Callee)) != "" {
			for _, a := range call.Args {
				out = append(out, w.conditions(r.at(a.Value), hops-1)...)
			}
		}
		return out
	case parser.KindIdentifier, parser.KindAttribute:
		if s, ok := w.c.String(r); ok {
			return []string{s}
		}
		if fn := w.c.Function(r); fn.Valid() {
			return []string{fn.Func().Name}
		}
		if n := r.name(); n == "value" && r.Kind() == parser.KindAttribute { // Route.A.value
			return w.conditions(r.at(f.Field(r.Node, parser.FieldObject)), hops-1)
		} else if n != "" {
			return []string{n}
		}
	case parser.KindList, parser.KindTuple:
		elems, _ := w.c.Elements(r)
		var out []string
		for _, e := range elems {
			out = append(out, w.conditions(e, hops-1)...)
		}
		return out
	}
	if s, ok := w.c.String(r); ok {
		return []string{s}
	}
	return nil
}

// answers are the labels that a router returns: those of its annotation, else of its body.
func (w *flow) answers(m *flowMethod) {
	if m.fn.Returns != parser.NoNode {
		if labels, all := w.c.Literals(m.at(m.fn.Returns)); all && len(labels) > 0 {
			m.emits, m.source = labels, Annotation
			return
		}
	}
	m.source = Inferred
	for _, r := range w.c.Returns(m.Ref) {
		if !r.Valid() || r.Kind() == parser.KindNone {
			continue
		}
		labels, all := w.c.Strings(r)
		m.emits = append(m.emits, labels...)
		if !all {
			w.open("what the router "+m.name+" answers can't be told", r)
		}
	}
}

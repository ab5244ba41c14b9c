package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// llamaEvents are the events with a meaning of their own; all others derive from Event.
var llamaEvents = []string{"StartEvent", "StopEvent", "InputRequiredEvent", "HumanResponseEvent", "Event"}

// llamaEvent is a class of events.
type llamaEvent struct {
	name string // of the class
	kind string // the one of llamaEvents that it is or derives from
	in   Ref    // the class, where it is in the project
}

type llamaEmission struct {
	llamaEvent
	sent       bool // ctx.send_event
	provenance Provenance
	at         Ref
}

func (e llamaEvent) same(o llamaEvent) bool {
	if e.in.Valid() || o.in.Valid() {
		return e.in == o.in
	}
	return e.name == o.name
}

// emits are the events that a step returns, by its annotation and else by what it
// constructs, and those that it sends.
func (l *llama) emits(r Ref, fn *parser.Func) []llamaEmission {
	var out []llamaEmission
	for _, e := range l.events(r.at(fn.Returns), maxHops) {
		if e.name != "Event" || e.in.Valid() {
			out = append(out, llamaEmission{e, false, Exact, r})
		}
	}
	if len(out) == 0 {
		for _, ret := range l.Returns(r) {
			for _, e := range l.constructed(ret) {
				out = append(out, llamaEmission{e, false, Inferred, ret})
			}
		}
	}
	l.calledBy(r, 2, func(at Ref) bool {
		c := at.File.CallAt(at.Node)
		if c.Name == "send_event" && len(c.Args) > 0 {
			for _, e := range l.constructed(at.at(c.Args[0].Value)) {
				out = append(out, llamaEmission{e, true, Exact, at})
			}
		}
		return l.kinds.named(at.File.QName(c.Callee)) != ""
	})
	return out
}

// constructed are the events that an expression may be: Event(…), or a variable that holds one.
func (l *llama) constructed(r Ref) []llamaEvent {
	o := l.Origin(r, nil)
	switch o.Kind() {
	case parser.KindCall:
		return l.events(o.at(o.File.Field(o.Node, parser.FieldFunction)), 2)
	case parser.KindConditional:
		var out []llamaEvent
		for _, side := range branches(o) {
			out = append(out, l.constructed(side)...)
		}
		return out
	}
	return nil
}

// events are the classes of events that a type names.
func (l *llama) events(r Ref, hops int) []llamaEvent {
	if !r.Valid() || hops <= 0 {
		return nil
	}
	f := r.File
	each := func(of parser.NodeID, skip int) []llamaEvent {
		var out []llamaEvent
		for c := range f.Children(of) {
			if skip--; skip < 0 {
				out = append(out, l.events(r.at(c), hops-1)...)
			}
		}
		return out
	}
	switch r.Kind() {
	case parser.KindType, parser.KindParenthesized, parser.KindBinary, parser.KindUnionType, parser.KindTuple, parser.KindTypeArguments:
		return each(r.Node, 0)
	case parser.KindGenericType, parser.KindSubscript:
		return each(r.Node, 1)
	case parser.KindString:
		var out []llamaEvent
		for _, name := range strings.FieldsFunc(f.Slice(r.Node), func(c rune) bool { return strings.ContainsRune(`"' |[],`, c) }) {
			if d, in := l.export(f, name, maxHops); d != nil && d.Kind == parser.ClassDef {
				out = append(out, l.eventClass(Ref{in, in.Classes[d.Index].Node})...)
			} else if slices.Contains(llamaEvents, name) {
				out = append(out, llamaEvent{name: name, kind: name})
			}
		}
		return out
	case parser.KindIdentifier, parser.KindAttribute:
		if name := l.kinds.named(f.QName(r.Node)); name != "" {
			if slices.Contains(llamaEvents, name) {
				return []llamaEvent{{name: name, kind: name}}
			}
			return nil
		}
		if class := l.Class(r, maxHops); class.Valid() {
			return l.eventClass(class)
		}
		if v, ok := l.Value(r); ok && v != r { // Events = A | B
			return l.events(v, hops-1)
		}
		if q := f.QName(r.Node); strings.HasSuffix(q, "Event") { // of a module that is not here
			return []llamaEvent{{name: r.name(), kind: "Event"}}
		}
	}
	return nil
}

func (l *llama) eventClass(class Ref) []llamaEvent {
	if kind := l.kinds.derives(class, maxHops); slices.Contains(llamaEvents, kind) {
		return []llamaEvent{{class.File.ClassAt(class.Node).Name, kind, class}}
	}
	return nil
}

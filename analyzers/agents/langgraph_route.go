package agents

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// returned are the targets that a router's return statements name.
func (l *langgraph) returned(g *stateGraph, fn callable) (targets []target, complete bool) {
	returns := l.Returns(fn.Ref)
	complete = len(returns) > 0
	for _, r := range returns {
		if !r.Valid() {
			continue
		}
		found, all := l.route(g, r, fn.frame, maxHops)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

// route are the targets that one expression names.
func (l *langgraph) route(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	v := l.resolve(r, e)
	if hops <= 0 || l.spent() {
		return nil, false
	}
	if !v.Valid() {
		return named(l.textsOf(v))
	}
	r, e = v.Ref, v.frame
	f := r.File
	switch r.Kind() {
	case parser.KindNone:
		return nil, true
	case parser.KindString, parser.KindConcatenated:
		return named(l.texts(r, e))
	case parser.KindTemplate:
		return named(l.texts(r, e))
	case parser.KindConditional:
		return l.routes(g, branches(r), e, hops)
	case parser.KindList, parser.KindTuple, parser.KindComprehension:
		return l.routeList(g, r, e, hops)
	case parser.KindBinary:
		sides := []Ref{r.at(f.Field(r.Node, parser.FieldLeft)), r.at(f.Field(r.Node, parser.FieldRight))}
		if op := f.Slice(f.Field(r.Node, parser.FieldOperator)); op == "or" || op == "||" || op == "??" {
			return l.routes(g, sides, e, hops)
		}
		if texts, ok := l.texts(r, e); ok {
			return named(texts, ok)
		}
		return l.routes(g, sides, e, hops)
	case parser.KindIdentifier, parser.KindShorthand:
		return l.routeName(g, r, e, hops)
	case parser.KindCall, parser.KindNew:
		return l.routeCall(g, r, e, hops)
	}
	if texts, ok := l.texts(r, e); ok {
		return named(texts, ok)
	}
	if names, ok := l.fieldLiterals(g, r, e); ok {
		for _, name := range names {
			targets = append(targets, target{name: name, kind: Cond, provenance: Annotation})
		}
		return targets, true
	}
	return nil, false
}

func named(texts []string, complete bool) (targets []target, _ bool) {
	for _, s := range texts {
		targets = append(targets, target{name: s, kind: Cond, provenance: Inferred})
	}
	return targets, complete
}

func (l *langgraph) routes(g *stateGraph, of []Ref, e *frame, hops int) (targets []target, complete bool) {
	complete = true
	for _, r := range of {
		found, all := l.route(g, r, e, hops-1)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

// routeList is a list of targets: each of them runs.
func (l *langgraph) routeList(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	items, _ := l.items(r, e)
	if r.Kind() == parser.KindComprehension { // its length may be unknown, what it makes not
		complete = true
		if len(items) == 0 {
			items = []slot{{Ref: r.at(r.File.Field(r.Node, parser.FieldBody)), frame: e}}
		}
	} else {
		complete = true
	}
	for _, it := range items {
		if !it.Valid() {
			found, all := named(l.textsOf(it))
			targets, complete = append(targets, found...), complete && all
			continue
		}
		found, all := l.route(g, it.Ref, it.frame, hops-1)
		targets, complete = append(targets, found...), complete && all
	}
	for i := range targets {
		if targets[i].kind == Send || len(items) > 1 {
			targets[i].fan = true
		}
	}
	return targets, complete
}

func (l *langgraph) routeName(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	if s := endpoint(r.File, r.Node); s != "" {
		return named([]string{s}, true)
	}
	f := r.File
	defs := f.DefsOf(r.Node)
	if len(defs) == 0 { // from constants import *
		return named(l.texts(r, e))
	}
	complete = len(defs) > 0
	for _, d := range defs {
		switch {
		case d.Kind == parser.AssignDef && d.Value != parser.NoNode:
			if f.Within(r.Node, d.Value) {
				continue
			}
			found, all := l.route(g, r.at(d.Value), e, hops-1)
			targets, complete = append(targets, found...), complete && all
			switch f.Kind(f.Unwrap(d.Value)) {
			case parser.KindList, parser.KindCall: // sends.append(Send(…))
				more, known := l.appended(r, r.at(f.Unwrap(d.Value)), hops)
				for _, m := range more {
					found, all := l.route(g, m, e, hops-1)
					for i := range found {
						found[i].fan = true
					}
					targets, known = append(targets, found...), known && all
				}
				complete = complete && known
			}
		case d.Kind == parser.AugmentedDef:
			found, all := l.route(g, r.at(d.Value), e, hops-1)
			targets, complete = append(targets, found...), complete && all
		default:
			texts, ok := l.texts(r, e)
			if !ok {
				if names, known := l.fieldLiterals(g, r, e); known {
					texts, ok = names, true
				}
			}
			found, all := named(texts, ok)
			targets, complete = append(targets, found...), complete && all
		}
	}
	return targets, complete
}

func (l *langgraph) routeCall(g *stateGraph, r Ref, e *frame, hops int) (targets []target, complete bool) {
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil, false
	}
	switch c.Name {
	case "Send":
		if a, ok := f.Argument(c, "node", 0); ok {
			texts, complete := l.texts(r.at(a.Value), e)
			for _, s := range texts {
				targets = append(targets, target{name: s, kind: Send, fan: true, provenance: Inferred})
			}
			return targets, complete
		}
		return nil, false
	case "Command":
		return l.commandTargets(g, r, c, e, hops)
	case "map", "flatMap": // items.map((x) => new Send("worker", x))
		if len(c.Args) == 1 && f.Language.IsScript() {
			if fn := l.Function(r.at(c.Args[0].Value)); fn.Valid() {
				targets, complete = l.routes(g, l.Returns(fn), e, hops)
				for i := range targets {
					targets[i].fan = true
				}
				return targets, complete
			}
		}
	case "list", "tuple", "set", "sorted":
		if len(c.Args) == 1 {
			return l.route(g, r.at(c.Args[0].Value), e, hops-1)
		}
		return nil, len(c.Args) == 0
	case "filter":
		return l.route(g, r.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject)), e, hops-1)
	}
	if isToolsCondition(strings.TrimSuffix(f.QName(r.Node), "()")) {
		return named([]string{"tools", EndName}, true)
	}
	if texts, ok := l.texts(r, e); ok {
		return named(texts, ok)
	}
	fns, known := l.callables(r.at(c.Callee), e, hops)
	complete = known && len(fns) > 0
	for _, fn := range fns {
		if l.following[fn.Ref] {
			continue // what it returns is found in the call around
		}
		l.following[fn.Ref] = true
		inner := callable{fn.Ref, l.enter(fn.Ref, r, c, e)}
		found, all := l.annotated(inner)
		if !all || len(found) == 0 {
			found = nil
			all = true
			for _, ret := range l.Returns(inner.Ref) {
				if !ret.Valid() {
					continue
				}
				more, ok := l.route(g, ret, inner.frame, hops-1)
				found, all = append(found, more...), all && ok
			}
		}
		delete(l.following, fn.Ref)
		targets, complete = append(targets, found...), complete && all
	}
	return targets, complete
}

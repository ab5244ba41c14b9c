package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// blockedByOrder looks for what may keep the statement from being reached, and for what
// reads its names before.
func (h *hoisting) blockedByOrder() string {
	others := 0
	for s := range h.Children(h.loop.Body) {
		if s != h.statement {
			others++
		}
		if s >= h.statement {
			continue
		}
		for n := s; h.Within(n, s); n++ {
			switch h.Kind(n) {
			case parser.KindBreak, parser.KindContinue, parser.KindReturn, parser.KindYield, parser.KindRaise:
				return "not every round reaches the call"
			}
		}
		for _, name := range h.names {
			if mentions(h.File, s, name) {
				return name + " is used before the call"
			}
		}
	}
	if others == 0 {
		return "the loop does nothing else"
	}
	for _, name := range h.names {
		if h.loop.Kind == parser.WhileLoop && mentions(h.File, h.loop.Iter, name) {
			return "the loop's condition reads " + name
		}
	}
	return ""
}

// blockedByNames looks for names of the call that change in the loop, and for other values
// of the names that it is assigned to.
func (h *hoisting) blockedByNames() string {
	if reason := h.changed(h.value); reason != "" {
		return reason
	}
	for i := range h.Defs {
		def := &h.Defs[i]
		if !slices.Contains(h.names, def.Name) || h.Within(def.Node, h.statement) {
			continue
		}
		for s := h.ScopeAt(h.loop.Node); s >= 0; s = h.Scopes[s].Parent {
			if def.Scope == s || h.Within(def.Node, h.loop.Node) {
				return def.Name + " is also set elsewhere"
			}
		}
	}
	for _, name := range h.names {
		if h.mutatedInLoop(name) {
			return name + " is changed in the loop"
		}
	}
	return ""
}

// changed names a part of an expression that is not the same in each round.
func (h *hoisting) changed(value parser.NodeID) string {
	for n := value; h.Within(n, value); n++ {
		switch k := h.Kind(n); {
		case k == parser.KindThis || k == parser.KindIdentifier && !isLabel(h.File, n) || k == parser.KindShorthand:
		case k == parser.KindYield || k == parser.KindNamedExpression || k == parser.KindAugmentedAssignment:
			return "the call does something on the way"
		case k == parser.KindCall && n != h.site.Call.Node && !h.Within(h.site.Call.Node, n):
			q := h.QName(h.Field(n, parser.FieldFunction))
			for _, module := range byChance {
				if strings.HasPrefix(q, module) {
					return "the question changes with " + q
				}
			}
			if h.Language.IsScript() && (strings.HasPrefix(h.Slice(n), "Date.") || strings.HasPrefix(h.Slice(n), "Math.random") || strings.HasPrefix(h.Slice(n), "crypto.")) {
				return "the question changes with " + short(h.Slice(n))
			}
			continue
		default:
			continue
		}
		name := h.Slice(n)
		for _, def := range h.DefsOf(n) {
			if h.Within(def.Node, h.loop.Node) && !h.Within(def.Node, h.statement) {
				return name + " changes from round to round"
			}
		}
		if h.mutatedInLoop(name) {
			return name + " is changed in the loop"
		}
	}
	return ""
}

// mutatedInLoop reports whether the loop sets a part of what a name holds, or calls a method
// that changes it.
func (h *hoisting) mutatedInLoop(name string) bool {
	for n := h.loop.Node; h.Within(n, h.loop.Node); n++ {
		switch h.Kind(n) {
		case parser.KindAssignment, parser.KindAugmentedAssignment, parser.KindDelete:
			left := h.Field(n, parser.FieldLeft)
			if k := h.Kind(left); k != parser.KindAttribute && k != parser.KindSubscript {
				continue
			}
			if r := rootOf(h.File, left); r != parser.NoNode && h.Slice(r) == name {
				return true
			}
		case parser.KindCall:
			c := h.CallAt(n)
			if c == nil || !mutators[c.Name] {
				continue
			}
			if r := rootOf(h.File, h.Field(h.Unwrap(c.Callee), parser.FieldObject)); r != parser.NoNode && h.Slice(r) == name {
				return true
			}
		}
	}
	return false
}

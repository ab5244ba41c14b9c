package pattern

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// metas adds the slots of the metavariables in p that stand for one piece of code each.
func (p *node) metas(slots []int) []int {
	if p.kind == tree.Meta && p.slot >= 0 && !slices.Contains(slots, p.slot) {
		slots = append(slots, p.slot)
	}
	for _, k := range p.kids {
		slots = k.metas(slots)
	}
	return slots
}

// occurrences are the places of the name that code must hold for p to match it, because one of
// its metavariables is bound to the name of a function or class, which nothing else stands for.
// It is false where there is no such name.
func (m *matcher) occurrences(p *node) ([]tree.ID, bool) {
	if m.opts.SymbolicPropagation {
		return nil, false
	}
	for _, slot := range p.slots {
		if !m.set[slot] {
			continue
		}
		n := m.bound[slot].Node
		if m.t.Kind(n) != tree.Ident || m.t.Nodes[n].Role != tree.Name {
			continue
		}
		if k := m.t.Kind(m.t.Parent(n)); k == tree.Func || k == tree.Class {
			return m.t.Named(m.t.Text(n)), true
		}
	}
	return nil, false
}

// placeFrom is the first of places, which are in order, that is not before n; None behind the last.
func placeFrom(places []tree.ID, n tree.ID) tree.ID {
	i, _ := slices.BinarySearch(places, n)
	if i == len(places) {
		return tree.None
	}
	return places[i]
}

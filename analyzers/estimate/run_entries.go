package estimate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/parser"
)

// entries are the runs of a project, by place.
func (c *composer) entries() []*Run {
	var runs []*Run
	reached := map[*unit]bool{}
	enter := func(u *unit, name string, kind entry, at agents.Ref) {
		c.reach(u, reached, map[any]bool{})
		if r := c.newRun(u.File, c.sum(u), name, kind, at); r != nil {
			runs = append(runs, r)
		}
	}
	for _, u := range c.order {
		if u.kind != "" && u.fn != nil {
			enter(u, c.unitLabel(u), u.kind, nameRef(u))
		}
	}
	for _, u := range c.order {
		if u.fn != nil || c.sum(u).empty() {
			continue
		}
		if main := c.mainOf(u); main != nil {
			enter(main, c.unitLabel(main), entryMain, nameRef(main))
			c.reach(u, reached, map[any]bool{})
			continue
		}
		kind := entryScript
		if c.onlyAsMain(u) {
			kind = entryMain
		}
		enter(u, u.Path, kind, agents.Ref{File: u.File, Node: 0})
	}
	runs = append(runs, c.graphEntries(reached)...)
	// What nothing calls comes first: it may run what only calls itself, and what a framework holds.
	for _, fits := range []func(u *unit) bool{
		func(u *unit) bool { return u.in == 0 && !u.held },
		func(u *unit) bool { return u.in == 0 },
		func(u *unit) bool { return u.ring != nil },
	} {
		var found []*unit
		for _, u := range c.order {
			if u.fn != nil && !reached[u] && fits(u) && isPublic(u) {
				found = append(found, u)
			}
		}
		below := map[*unit]bool{} // what another one of them runs, as a tool perhaps
		for _, u := range found {
			if below[u] {
				continue
			}
			runs := map[*unit]bool{}
			c.reach(u, runs, map[any]bool{})
			for _, other := range found {
				below[other] = below[other] || other != u && runs[other]
			}
		}
		for _, u := range found {
			if !below[u] && !reached[u] {
				enter(u, c.unitLabel(u), entryFunction, nameRef(u))
			}
		}
		for _, u := range found { // those that run each other
			if !reached[u] {
				enter(u, c.unitLabel(u), entryFunction, nameRef(u))
			}
		}
	}
	slices.SortStableFunc(runs, func(a, b *Run) int {
		return cmp.Or(strings.Compare(a.Place.Path, b.Place.Path), cmp.Compare(a.Place.Span.Start, b.Place.Span.Start), strings.Compare(a.Entry, b.Entry))
	})
	return runs
}

// reach marks what a run of u may run.
func (c *composer) reach(u *unit, reached map[*unit]bool, seen map[any]bool) {
	if reached[u] {
		return
	}
	reached[u] = true
	for _, l := range u.out {
		if u.fn != nil || l.to.kind == "" {
			c.reach(l.to, reached, seen)
		}
	}
	for _, call := range u.own {
		c.needs(call, seen, func(to *unit) { c.reach(to, reached, seen) })
	}
}

// mainOf is the one function that a file runs when it is run itself, as main() below
// if __name__ == "__main__"; nil where it does more.
func (c *composer) mainOf(u *unit) *unit {
	var main *unit
	for _, l := range u.out {
		if l.to.kind != "" {
			continue
		}
		if main != nil && main != l.to || l.passed {
			return nil
		}
		if !c.guarded(u.File, l.at) && !strings.HasSuffix(strings.ToLower(strings.Trim(unitName(l.to.File, l.to.fn), "_")), "main") {
			return nil
		}
		if _, some := chanceOf(u.File, l.at, 0); some || c.roundsAt(c.env(u.File), u, l.at).Times != Exactly(1) {
			return nil
		}
		main = l.to
	}
	if len(u.own) > 0 {
		return nil
	}
	return main
}

// onlyAsMain reports whether all that the statements of a file spend stands below
// if __name__ == "__main__".
func (c *composer) onlyAsMain(u *unit) bool {
	for _, l := range u.out {
		if l.to.kind == "" && !c.guarded(u.File, l.at) {
			return false
		}
	}
	for _, call := range u.own {
		if !c.guarded(u.File, call.Site.Call.Node) {
			return false
		}
	}
	return true
}

func (c *composer) guarded(f *parser.File, n parser.NodeID) bool {
	for p := range f.Ancestors(n) {
		if f.Kind(p) == parser.KindIf && isMainGuard(f, p) {
			return true
		}
	}
	return false
}

// graphEntries are the graphs that nothing in the project runs: a platform or another program does.
func (c *composer) graphEntries(reached map[*unit]bool) []*Run {
	var runs []*Run
	inner := map[*agents.Graph]bool{}
	for _, g := range c.graphs.graphs {
		for i := range g.Nodes {
			if sub := c.graphs.parts(nodeRef{g, i}).graph; sub != nil {
				inner[sub] = true
			}
		}
	}
	for _, nested := range []bool{false, true} {
		for _, g := range c.graphs.graphs {
			if inner[g] != nested || c.graphs.ran[g] || isTest(g.Place.Path) {
				continue
			}
			f := c.graphs.byPath[g.Place.Path]
			if f == nil {
				continue
			}
			t := c.graphRun(g)
			if len(t.shares) == 0 {
				continue
			}
			c.graphNeeds(g, map[any]bool{}, func(u *unit) { c.reach(u, reached, map[any]bool{}) })
			if r := c.newRun(f, t, g.Name, entryGraph, agents.Ref{File: f, Node: parser.NoNode}); r != nil {
				r.Place = g.Place
				runs = append(runs, r)
			}
		}
	}
	return runs
}

// nameRef is the name of a unit's function, where a reader looks for it.
func nameRef(u *unit) agents.Ref {
	f := u.File
	name := f.Field(u.fn.Node, parser.FieldName)
	if name == parser.NoNode {
		if p := f.Parent(u.fn.Node); f.Kind(p) == parser.KindDeclarator {
			name = f.Field(p, parser.FieldName)
		}
	}
	if name == parser.NoNode {
		name = u.fn.Node
	}
	return agents.Ref{File: f, Node: name}
}

// isPublic reports whether code outside of the project may run a function.
func isPublic(u *unit) bool {
	name := unitName(u.File, u.fn)
	if strings.HasPrefix(name, "_") && name != "__call__" && name != "__init__" || strings.HasPrefix(name, "#") {
		return false
	}
	if !u.Language.IsScript() || u.fn.Class >= 0 || u.nested || u.held {
		return true
	}
	return isExported(u.File, u.fn.Node, name) || len(parser.Memo(u.File, exportsKey{}, func() []string { return exportedNames(u.File) })) == 0
}

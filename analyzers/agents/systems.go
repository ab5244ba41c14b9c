package agents

import (
	"slices"
	"strconv"
)

// run is a call that starts an agent.
type run struct {
	Ref
	starts []*member
	limit  Limit
	inside bool // within a tool or a check of another agent
}

// build makes a graph of each set of agents that are linked.
func (r *roster) build(limit Limit) {
	for _, m := range r.members {
		for _, t := range m.tools {
			t.calls = r.running(t.fn, 3)
		}
	}
	for _, one := range r.runs {
		for _, m := range one.starts {
			m.leads = m.leads || !one.inside
		}
	}
	for _, system := range r.systems() {
		r.assemble(system, limit)
	}
}

// systems groups the agents that are linked, in the order of their places.
func (r *roster) systems() [][]*member {
	group := map[*member]int{}
	var find func(m *member) int
	parent := make([]int, len(r.members))
	for i, m := range r.members {
		group[m], parent[i] = i, i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	find = func(m *member) int { return root(group[m]) }
	join := func(a, b *member) {
		if x, y := find(a), find(b); x != y {
			parent[max(x, y)] = min(x, y)
		}
	}
	for _, m := range r.members {
		for _, l := range m.links {
			join(m, l.to)
		}
		for _, t := range m.tools {
			for _, to := range t.calls {
				join(m, to)
			}
		}
	}
	var out [][]*member
	at := map[int]int{}
	for _, m := range r.members {
		i, ok := at[find(m)]
		if !ok {
			i = len(out)
			at[find(m)] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], m)
	}
	return out
}

// assemble makes the graph of a system.
func (r *roster) assemble(system []*member, limit Limit) {
	entries := entriesOf(system)
	if m := entries[0]; len(system) == 1 && m.absorbed && !m.leads {
		return // a template of others
	}
	b := r.x.graph(entries[0].Name, entries[0].made[0].Ref)
	b.Place = entries[0].Place
	b.Limit = r.limitOf(entries, limit)
	names, taken := map[*member]string{}, map[string]bool{}
	for _, m := range system {
		n := m.Node
		if b.has(n.Name) && len(n.Aliases) > 0 {
			n.Name, n.Aliases = n.Aliases[0], append([]string{m.Name}, n.Aliases[1:]...)
		}
		for i := 2; b.has(n.Name); i++ {
			n.Name = m.Name + " " + strconv.Itoa(i)
		}
		names[m], taken[n.Name] = n.Name, true
		b.node(n)
	}
	for _, m := range entries {
		b.entry(names[m])
	}
	for _, m := range system {
		for _, t := range m.tools {
			n := t.Node
			if taken[n.Name] { // an agent has that name
				n.Name += "()"
			}
			if n.Place == (Place{}) {
				n.Place = m.Place
			}
			b.node(n)
			b.edge(Edge{From: names[m], To: n.Name, Kind: Uses, Place: n.Place})
			for _, to := range t.calls {
				b.edge(Edge{From: n.Name, To: names[to], Kind: Calls, Place: n.Place})
			}
		}
	}
	for _, m := range system {
		for _, t := range m.checks {
			b.node(t.Node)
			b.edge(Edge{From: names[m], To: t.Name, Kind: Guard, Place: t.Place})
		}
		for _, l := range m.links {
			l.From, l.To = names[m], names[l.to]
			b.edge(l.Edge)
		}
		for _, u := range m.problem {
			if !slices.Contains(b.Unresolved, u) {
				b.Unresolved = append(b.Unresolved, u)
			}
		}
	}
}

// entriesOf are the agents that a run begins with; where none is run, those that no other
// one leads to; where all are led to, the first. The one that the graph is named after comes first.
func entriesOf(system []*member) []*member {
	var out []*member
	for _, m := range system {
		if m.leads {
			out = append(out, m)
		}
	}
	led := map[*member]bool{}
	for _, m := range system {
		for _, l := range m.links {
			if l.Provenance != Inferred && l.to != m {
				led[l.to] = true
			}
		}
		for _, t := range m.tools {
			for _, to := range t.calls {
				led[to] = true
			}
		}
	}
	if len(out) == 0 {
		for _, m := range system {
			if !led[m] {
				out = append(out, m)
			}
		}
	}
	if len(out) == 0 {
		out = append(out, system[0])
	}
	slices.SortStableFunc(out, func(a, b *member) int { return rank(led[a]) - rank(led[b]) })
	return out
}

// rank puts the agents that nobody leads to first.
func rank(led bool) int {
	if led {
		return 1
	}
	return 0
}

// limitOf is the loosest limit of the runs that start with one of the entries.
func (r *roster) limitOf(entries []*member, limit Limit) Limit {
	var found *Limit
	for i := range r.runs {
		one := &r.runs[i]
		if one.inside || one.limit.Source == "" || !slices.ContainsFunc(one.starts, func(m *member) bool { return slices.Contains(entries, m) }) {
			continue
		}
		if found == nil || found.Source != "none" && (one.limit.Source == "none" || one.limit.Value > found.Value) {
			found = &one.limit
		}
	}
	if found == nil {
		return limit
	}
	return *found
}

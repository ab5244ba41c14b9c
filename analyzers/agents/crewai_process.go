package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// hierarchical tells the process of a crew, which is sequential when it says nothing.
func (k *crew) hierarchical(o object) bool {
	r, ok := k.c.arg(o, "process", -1)
	if !ok {
		return false
	}
	v := k.c.Origin(r, nil)
	switch text := v.Text(); {
	case strings.HasSuffix(text, "hierarchical"), text == `"hierarchical"`, text == "'hierarchical'":
		return true
	case !strings.HasSuffix(strings.Trim(text, `"'`), "sequential"):
		k.open("the process of the crew can't be told", r)
	}
	return false
}

// lead adds the manager of a hierarchical crew.
func (k *crew) lead(o object) {
	manager := ""
	if r, ok := k.c.arg(o, "manager_agent", -1); ok && r.Kind() != parser.KindNone {
		if made, ok := k.c.object(r, o.via); ok {
			manager = k.agent(made)
			k.Nodes[k.index[manager]].Kind = Manager
		} else {
			k.open("which agent "+short(r)+" is can't be told", r)
		}
	}
	if manager == "" {
		manager = crewManager
		n := Node{Name: manager, Aliases: []string{"manager", "manager_agent"}, Kind: Manager, Implicit: true, Place: o.Place(), Calls: true, Limit: Limit{crewMaxIter, "default", "max_iter"}}
		if r, ok := k.c.arg(o, "manager_llm", -1); ok {
			n.Model = k.c.model(r)
		}
		k.node(n)
	}
	k.entry(manager)
	for _, name := range k.members {
		if name != manager {
			k.edge(Edge{From: manager, To: name, Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: o.Place()})
		}
	}
	for _, task := range k.order {
		if !slices.ContainsFunc(k.Edges, func(e Edge) bool { return e.From == task && e.Kind == Assign }) {
			k.edge(Edge{From: task, To: manager, Kind: Assign, Place: o.Place()})
		}
	}
}

// delegation lets the agents that may delegate ask all others of a sequential crew.
func (k *crew) delegation() {
	for _, n := range slices.Clone(k.Nodes) {
		o, ok := k.agents[n.Name]
		if !ok || !k.c.flag(o, "allow_delegation", k.settings(o, "agent").flag("allow_delegation")) {
			continue
		}
		for _, to := range k.members {
			if to != n.Name {
				k.edge(Edge{From: n.Name, To: to, Kind: Delegate, Condition: Condition{Decider: ToolCall}, Place: o.Place()})
				if n.Limit.Value > k.Limit.Value {
					k.Limit = n.Limit
				}
			}
		}
	}
}

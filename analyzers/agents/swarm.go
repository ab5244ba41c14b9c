package agents

import "github.com/qodacode/qodacode/parser"

// Swarm, the forerunner of the OpenAI Agents SDK: a function of an agent that returns
// another agent hands over to it.

var swarmRoots = []string{"swarm"}

var swarmTools = toolbox{}

func readSwarm(x *extraction) {
	r := newRoster(x, swarmRoots, []string{"Agent"}, "Swarm", "run_demo_loop")
	for _, m := range r.members {
		r.list(m, "functions", -1, func(v val) { swarmFunction(r, m, v) })
		m.Model = r.modelOf(m)
	}
	r.attributes([]string{"functions"}, func(m *member, _ string, v val) { swarmFunction(r, m, v) })
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			if c.Name != "run" && c.Name != "run_demo_loop" {
				continue
			}
			for j, name := range []string{"agent", "starting_agent"} {
				if a, ok := f.Argument(c, name, -j); ok { // run(agent), run_demo_loop(starting_agent)
					found, _ := r.agents(val{Ref{f, a.Value}, nil}, maxHops)
					one := run{Ref: Ref{f, c.Node}, starts: found}
					if a, ok := f.Argument(c, "max_turns", -1); ok {
						one.limit = r.limit(Ref{f, a.Value}, "max_turns")
					}
					r.runs = append(r.runs, one)
					break
				}
			}
		}
	}
	r.build(Limit{Source: "none", What: "max_turns"}) // float("inf")
}

// swarmFunction adds a function to an agent: a handoff to the agents that it returns, else a tool.
func swarmFunction(r *roster, m *member, v val) {
	o := r.follow(v)
	hands := false
	if o.Valid() && o.Func() != nil {
		for _, ret := range r.Returns(o.Ref) {
			value := val{ret, o.bindings}
			if c := ret.File.CallAt(ret.File.Unwrap(ret.Node)); ret.Valid() && c != nil && c.Name == "Result" {
				a, ok := ret.File.Argument(c, "agent", -1)
				if !ok {
					continue
				}
				value.Node = a.Value
			}
			if !ret.Valid() || ret.Kind() == parser.KindString {
				continue
			}
			found, _ := r.agents(value, maxHops)
			for _, to := range found {
				hands = true
				m.linkTo(to, Edge{Kind: Handoff, Place: v.Place()})
			}
		}
	}
	if !hands {
		r.tool(m, v, &swarmTools)
	}
}

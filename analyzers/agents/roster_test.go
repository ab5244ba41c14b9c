package agents

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestHostileAgents reads code that refers to itself in every way that readers follow. That
// it ends is the test; what it finds is of no use to anyone.
func TestHostileAgents(t *testing.T) {
	sums := "from agents import Agent\nx0 = [Agent(name='a')]\n"
	for i := range 40 {
		sums += fmt.Sprintf("x%d = x%d + x%d\n", i+1, i, i)
	}
	calls := "from agents import Agent, Runner\n"
	for i := range 30 {
		calls += fmt.Sprintf("def f%d(x):\n    if x:\n        return f%d(x)\n    return f%d(x)\n", i, i+1, i*7%30)
	}
	for name, code := range map[string]string{
		"sums":  sums + "t = Agent(name='t', handoffs=x40, tools=x40)\n",
		"calls": calls + "def f30(x): return f0(x)\nt = Agent(name='t', handoffs=[f0(1)], tools=[f3(2)])\nRunner.run(f5(t), 'x')\n",
		"parameters": "from agents import Agent, Runner\nasync def go(a, b):\n    c = b if a else a\n    await go(c, b)\n    Runner.run(c, 'x')\n" +
			"    x = Agent(name=f'{a}', handoffs=[b, c])\n    await go(x, x)\ngo(1, 2)\n",
		"names": "from agents import Agent\nclass A(B): pass\nclass B(A): pass\na = a.clone()\nb = b.handoffs\nc = Agent(name=c, handoffs=c, tools=[c.as_tool(), *c])\n" +
			"c.handoffs.append(c)\nc.handoffs = c.handoffs\nd = Agent(**d)\nd.clone(**d).clone()\nfor c in c: c.handoffs.append(Agent(name=c))\n" +
			"x = [Agent(name=n) for n in x]\nt = t if x else t\nn = f'{n}'\ne = Agent(name=n, tools=[t])\nAgent(\n",
		"nodes": "from pydantic_graph import Graph, BaseNode, GraphBuilder\nclass A(BaseNode):\n  async def run(self) -> 'A | B | ' : return A()\nclass C(BaseNode): pass\n" +
			"g = Graph(nodes=[A, g, C, *g])\ng.run(g)\nb = GraphBuilder()\nb.add(b.edge_from(b).to(b).to(b.decision().branch(b)))\nb.add(b.add(b.add))\n@b.step\ndef q(): return q()\n" +
			"b.add_edge(q, q)\nz = b.decision().branch(b.match(int).to(z))\nb.add(b.edge_from(q).to(z))\n",
		"flows": "from google.adk import Workflow, Agent\nfrom google.adk.agents import LoopAgent\nw = Workflow(name='w', edges=[('START', w, {'a': w, **w}), *w, (w,), w])\n" +
			"l = LoopAgent(name='l', sub_agents=[l])\nm = LoopAgent(sub_agents=[n]); n = LoopAgent(sub_agents=[m])\np = (p, p)\nv = Workflow(edges=[(p, p)])\n",
	} {
		t.Run(name, func(t *testing.T) {
			Extract(load([]txtar.File{{Name: name + ".py", Data: []byte(code)}}))
			for i := 0; i < len(code); i += 17 { // while it is typed
				Extract(load([]txtar.File{{Name: name + ".py", Data: []byte(code[:i])}}))
				if len(code) > 3000 {
					i += 400
				}
			}
		})
	}
}

// Only what the program builds is an edge: a parent hands over to its sub-agents.
func TestManyPeers(t *testing.T) {
	code := "from google.adk.agents import Agent\n"
	var names []string
	for i := range 500 {
		code += fmt.Sprintf("a%d = Agent(name='a%d')\n", i, i)
		names = append(names, fmt.Sprintf("a%d", i))
	}
	code += "root = Agent(name='root', sub_agents=[" + strings.Join(names, ", ") + "])\n"
	graphs := Extract(load([]txtar.File{{Name: "agent.py", Data: []byte(code)}}))
	if len(graphs) != 1 || len(graphs[0].Nodes) != 501 || len(graphs[0].Edges) != 500 {
		t.Errorf("%d graphs", len(graphs))
	}
}

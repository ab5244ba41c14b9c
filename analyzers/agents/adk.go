package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// Google's Agent Development Kit: trees of agents that hand over to each other, and teams that run theirs in order,
// at once or again and again.

var adkRoots = []string{"google.adk", "@google/adk"}

// adkAgents are its classes of agents.
var adkAgents = []string{"Agent", "LlmAgent", "SequentialAgent", "ParallelAgent", "LoopAgent", "BaseAgent", "RemoteA2aAgent", "LangGraphAgent", "ManagedAgent"}

// adkMaxCalls is how many calls of models a run may make: agents/run_config.py (2.13, 2026-08).
var adkMaxCalls = Limit{Value: 500, Source: "default", What: "max_llm_calls"}

var adkTools = toolbox{
	wraps:  map[string]string{"FunctionTool": "func", "LongRunningFunctionTool": "func", "AuthenticatedFunctionTool": "func"},
	agents: map[string]string{"AgentTool": "agent", "GoogleSearchAgentTool": "agent"},
	named: map[string]string{"GOOGLE_SEARCH": "google_search", "EXIT_LOOP": "exit_loop", "LOAD_MEMORY": "load_memory", "PRELOAD_MEMORY": "preload_memory",
		"URL_CONTEXT": "url_context", "LOAD_ARTIFACTS": "load_artifacts", "GoogleSearchTool": "google_search", "ExitLoopTool": "exit_loop", "VertexAiSearchTool": "vertex_ai_search"},
	toolsets: []string{"Toolset", "toolset"},
	approval: []string{"require_confirmation", "requireConfirmation"},
	naming:   []string{"name"},
}

func readADK(x *extraction) {
	r := newRoster(x, adkRoots, adkAgents, "AgentTool", "Workflow", "Edge", "FunctionNode", "JoinNode", "Node", "BaseNode", "node", "START")
	parents := map[*member][]*member{} // by child
	children := map[*member][]*member{}
	for _, m := range r.members {
		switch m.class {
		case "SequentialAgent", "ParallelAgent", "LoopAgent":
			m.Kind, m.Calls = Team, false
		case "BaseAgent":
			m.Kind, m.Calls = Step, false
		}
		for _, argument := range []string{"sub_agents", "subAgents"} {
			r.list(m, argument, -1, func(v val) {
				found, complete := r.agents(v, maxHops)
				if !complete {
					m.open("which agent "+clip(v.Text())+" is can't be told from the code", v.Ref)
				}
				for _, child := range found {
					children[m] = append(children[m], child)
					parents[child] = append(parents[child], m)
				}
			})
		}
		r.list(m, "tools", -1, func(v val) { r.tool(m, v, &adkTools) })
		m.Model = r.modelOf(m)
	}
	r.attributes([]string{"sub_agents", "tools"}, func(m *member, attribute string, v val) {
		if attribute == "tools" {
			r.tool(m, v, &adkTools)
			return
		}
		found, _ := r.agents(v, maxHops)
		for _, child := range found {
			children[m] = append(children[m], child)
			parents[child] = append(parents[child], m)
		}
	})
	for _, m := range r.members {
		r.adkChildren(m, children[m])
	}
	for _, m := range r.members { // models are inherited
		for up, hops := m, 0; m.Model == "" && m.Kind == Agent && len(parents[up]) > 0 && hops < maxHops; hops++ {
			up = parents[up][0]
			m.Model = up.Model
		}
	}
	r.adkRuns()
	r.adkWorkflows()
	r.build(adkMaxCalls)
}

// adkChildren links an agent to its sub-agents, by what it does with them.
func (r *roster) adkChildren(m *member, children []*member) {
	if m.Kind != Agent {
		for i, child := range children {
			place := child.Place
			m.linkTo(child, Edge{Kind: Contains, Place: place, FanOut: m.class == "ParallelAgent"})
			if i > 0 && m.class != "ParallelAgent" && m.class != "BaseAgent" {
				children[i-1].linkTo(child, Edge{Kind: Seq, Place: m.Place})
			}
		}
		if m.class == "LoopAgent" && len(children) > 0 {
			last := children[len(children)-1]
			exit := r.adkExit(m, children)
			last.linkTo(children[0], Edge{Kind: LoopBack, Place: m.Place, Condition: exit})
			if exit.Decider != Nobody {
				last.Ends = exit
			}
		}
		return
	}
	delegated := func(child *member) bool {
		mode := r.textOf(child, "mode")
		return mode == "task" || mode == "single_turn"
	}
	// Transfers back to the parent and over to peers, which the framework allows everywhere
	// unless it is told not to, are no part of what the program builds, nor of ADK's own picture.
	for _, child := range children {
		if delegated(child) {
			m.linkTo(child, Edge{Kind: Delegate, Place: m.Place})
			continue
		}
		m.linkTo(child, Edge{Kind: Handoff, Place: m.Place})
	}
}

// textOf is a string argument of an agent.
func (r *roster) textOf(m *member, name string) string {
	for _, made := range m.made {
		if a, ok := r.arg(made, name, -1); ok {
			if s, ok := r.text(a); ok {
				return s
			}
		}
	}
	return ""
}

// adkRuns finds what starts agents from code: runners, and agents that custom agents run themselves.
func (r *roster) adkRuns() {
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			var started parser.NodeID
			switch callee := f.Unwrap(c.Callee); {
			case c.Name == "run_async" && f.Kind(callee) == parser.KindAttribute:
				started = f.Field(callee, parser.FieldObject)
			case c.Name == "Runner" || c.Name == "InMemoryRunner":
				a, ok := f.Argument(c, "agent", 0)
				if !ok {
					continue
				}
				started = a.Value
			default:
				continue
			}
			// What a tool or a custom agent runs belongs to it; the top of a tree is found by its links.
			if found, _ := r.agents(val{Ref{f, started}, nil}, maxHops); len(found) > 0 {
				r.runs = append(r.runs, run{Ref: Ref{f, c.Node}, starts: found, inside: true})
			}
		}
	}
	for _, m := range r.members {
		if m.class != "BaseAgent" {
			continue
		}
		for _, made := range m.made {
			class := r.Class(made.at(made.File.Field(made.Node, parser.FieldFunction)).Ref, maxHops)
			if !class.Valid() {
				continue
			}
			for i := range r.runs {
				one := &r.runs[i]
				if one.File == class.File && class.File.Within(one.Node, class.Node) {
					for _, to := range one.starts {
						if to != m && !m.contains(to) {
							m.linkTo(to, Edge{Kind: Calls, Place: one.Place()})
						}
					}
				}
			}
		}
	}
}

func (m *member) contains(to *member) bool {
	for _, l := range m.links {
		if l.to == to && l.Kind == Contains {
			return true
		}
	}
	return false
}

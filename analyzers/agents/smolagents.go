package agents

import (
	"github.com/qodacode/qodacode/parser"
)

var smolRoots = []string{"smolagents"}

// smolMaxSteps is how many steps an agent takes unless it says otherwise: smolagents/agents.py (1.26, 2026-08).
var smolMaxSteps = Limit{Value: 20, Source: "default", What: "max_steps"}

// smolTools is how smolagents writes tools; classes of tools come with a name.
var smolTools = toolbox{
	wraps: map[string]string{"tool": "tool_function"},
	named: map[string]string{
		"DuckDuckGoSearchTool": "web_search", "WebSearchTool": "web_search", "GoogleSearchTool": "web_search", "ApiWebSearchTool": "web_search",
		"VisitWebpageTool": "visit_webpage", "PythonInterpreterTool": "python_interpreter", "FinalAnswerTool": "final_answer",
		"WikipediaSearchTool": "wikipedia_search", "UserInputTool": "user_input", "SpeechToTextTool": "transcriber",
	},
}

func readSmolagents(x *extraction) {
	r := newRoster(x, smolRoots, []string{"CodeAgent", "ToolCallingAgent", "MultiStepAgent"}, "ManagedAgent", "Tool")
	for _, m := range r.members {
		m.Limit = smolMaxSteps
		for _, made := range m.made {
			if a, ok := r.arg(made, "max_steps", -1); ok {
				m.Limit = r.limit(a.Ref, "max_steps")
			}
		}
		r.list(m, "tools", 0, func(v val) { smolTool(r, m, v) })
		r.list(m, "managed_agents", -1, func(v val) { smolManaged(r, m, v) })
		m.Model = r.modelOf(m)
	}
	r.attributes([]string{"managed_agents", "tools"}, func(m *member, attribute string, v val) {
		if attribute == "tools" {
			smolTool(r, m, v)
		} else {
			smolManaged(r, m, v)
		}
	})
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			callee := f.Unwrap(c.Callee)
			if (c.Name == "run" || c.Name == "launch") && f.Kind(callee) == parser.KindAttribute {
				object := val{Ref{f, f.Field(callee, parser.FieldObject)}, nil}
				if ui := f.CallAt(f.Unwrap(object.Node)); ui != nil && ui.Name == "GradioUI" && len(ui.Args) > 0 {
					object.Node = ui.Args[0].Value
				}
				if found, _ := r.agents(object, maxHops); len(found) > 0 {
					r.runs = append(r.runs, run{Ref: Ref{f, c.Node}, starts: found})
				}
			}
		}
	}
	r.build(Limit{})
}

// smolTool adds a tool; instances of the project's classes of tools go by the class's name attribute.
func smolTool(r *roster, m *member, v val) {
	o := r.follow(v)
	if o.Valid() && o.Kind() == parser.KindCall && r.of(o.Ref) == "Tool" {
		if a, ok := r.arg(o, "name", -1); ok {
			if s, ok := r.text(a); ok {
				t := &tool{Node: Node{Name: s, Kind: Tool, Place: o.Place()}}
				t.alias(o.File.CallAt(o.Node).Name)
				t.alias(o.bound())
				class := r.Class(o.Ref.at(o.File.CallAt(o.Node).Callee), maxHops)
				if info := class.File; info != nil {
					for _, d := range info.Members(info.ClassAt(class.Node), "forward") {
						t.fn = r.defValue(info, d)
					}
				}
				m.addTool(t)
				return
			}
		}
	}
	r.tool(m, v, &smolTools)
}

// smolManaged adds an agent that m may ask; before 1.8 it was wrapped into ManagedAgent(agent, name).
func smolManaged(r *roster, m *member, v val) {
	o := r.follow(v)
	e := Edge{Kind: Delegate, Place: v.Place()}
	if o.Valid() && o.Kind() == parser.KindCall && r.of(o.Ref) == "ManagedAgent" {
		if a, ok := r.arg(o, "agent", 0); ok {
			found, _ := r.agents(a, maxHops)
			for _, to := range found {
				if n, ok := r.arg(o, "name", 1); ok && !to.named {
					if s, ok := r.text(n); ok {
						to.alias(to.Name)
						to.Name, to.named = s, true
					}
				}
				m.linkTo(to, e)
			}
			return
		}
	}
	r.link(m, v, e)
}

package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

var pydanticRoots = []string{"pydantic_ai", "pydantic_graph"}

// pydanticRequests is how many requests a run may make: pydantic_ai/usage.py (2026-08).
var pydanticRequests = Limit{Value: 50, Source: "default", What: "request_limit"}

// pydanticRuns are the methods that start an agent.
var pydanticRuns = []string{"run", "run_sync", "run_stream", "run_stream_events", "run_stream_sync", "iter", "to_cli", "to_cli_sync", "to_a2a", "to_ag_ui", "to_web"}

var pydanticTools = toolbox{
	wraps: map[string]string{"Tool": "function"},
	named: map[string]string{
		"WebSearchTool": "web_search", "CodeExecutionTool": "code_execution", "UrlContextTool": "url_context", "WebFetchTool": "web_fetch",
		"ImageGenerationTool": "image_generation", "MemoryTool": "memory", "FileSearchTool": "file_search", "XSearchTool": "x_search",
		"duckduckgo_search_tool": "duckduckgo_search", "tavily_search_tool": "tavily_search",
	},
	toolsets: []string{"Toolset", "MCPServer", "MCPServerTool", "MCPServerStdio", "MCPServerSSE", "MCPServerHTTP", "MCPServerStreamableHTTP", "toolset"},
	approval: []string{"requires_approval"},
	naming:   []string{"name"},
}

func readPydanticAI(x *extraction) {
	r := newRoster(x, pydanticRoots, []string{"Agent"}, "UsageLimits", "Graph", "GraphBuilder", "BaseNode", "End", "FunctionToolset")
	for _, m := range r.members {
		for _, argument := range []string{"tools", "builtin_tools", "native_tools", "toolsets", "mcp_servers"} {
			r.list(m, argument, -1, func(v val) { r.tool(m, v, &pydanticTools) })
		}
		for _, made := range m.made {
			if a, ok := r.arg(made, "model", 0); ok {
				m.Model = r.model(a, 4)
			}
		}
	}
	r.pydanticDecorated()
	r.pydanticRuns()
	for _, m := range r.members {
		r.pydanticOutputs(m)
	}
	r.pydanticGraphs()
	r.build(pydanticRequests)
}

// pydanticDecorated adds the functions that @agent.tool and agent.tool(f) make tools of an agent.
func (r *roster) pydanticDecorated() {
	add := func(f *parser.File, callee parser.NodeID, fn Ref, described parser.NodeID) {
		callee = f.Unwrap(callee)
		if f.Kind(callee) != parser.KindAttribute {
			return
		}
		if name := f.Slice(f.AttributeName(callee)); name != "tool" && name != "tool_plain" {
			return
		}
		found, _ := r.agents(val{Ref{f, f.Field(callee, parser.FieldObject)}, nil}, maxHops)
		for _, m := range found {
			t := &tool{fn: fn, Node: Node{Name: fn.Func().Name, Kind: Tool, Place: fn.Place()}}
			if described != parser.NoNode {
				r.describe(t, val{Ref{f, described}, nil}, &pydanticTools)
			}
			m.addTool(t)
		}
	}
	for _, f := range r.relevant() {
		for i := range f.Funcs {
			fn := &f.Funcs[i]
			for _, d := range fn.Decorators {
				callee, described := d, parser.NoNode
				if c := f.CallAt(d); c != nil {
					callee, described = c.Callee, d
				}
				add(f, callee, Ref{f, fn.Node}, described)
			}
		}
		for i := range f.Calls {
			c := &f.Calls[i]
			if (c.Name == "tool" || c.Name == "tool_plain") && len(c.Args) > 0 && c.Args[0].Name == "" {
				if fn := r.Function(Ref{f, c.Args[0].Value}); fn.Valid() {
					add(f, c.Callee, fn, c.Node)
				}
			}
		}
	}
}

// pydanticRuns finds the calls that start agents, with the requests that they may make.
func (r *roster) pydanticRuns() {
	for _, f := range r.relevant() {
		for i := range f.Calls {
			c := &f.Calls[i]
			callee := f.Unwrap(c.Callee)
			if !slices.Contains(pydanticRuns, c.Name) || f.Kind(callee) != parser.KindAttribute {
				continue
			}
			found, _ := r.agents(val{Ref{f, f.Field(callee, parser.FieldObject)}, nil}, maxHops)
			if len(found) == 0 {
				continue
			}
			one := run{Ref: Ref{f, c.Node}, starts: found, limit: pydanticRequests}
			if a, ok := f.Argument(c, "usage_limits", -1); ok {
				limits := r.follow(val{Ref{f, a.Value}, nil})
				if limits.Valid() && r.of(limits.Ref) == "UsageLimits" {
					if n, ok := r.arg(limits, "request_limit", 0); ok {
						one.limit = r.limit(n.Ref, "request_limit")
					}
				}
			}
			r.runs = append(r.runs, one)
		}
	}
}

// pydanticOutputs links an agent to those that its output functions run: they end its run with the other's answer.
func (r *roster) pydanticOutputs(m *member) {
	for _, made := range m.made {
		a, ok := r.arg(made, "output_type", -1)
		if !ok {
			continue
		}
		outputs, _ := r.elements(a, maxHops)
		if len(outputs) == 0 {
			outputs = []val{a}
		}
		for _, v := range outputs {
			o := r.follow(v)
			if o.Valid() && o.Kind() == parser.KindCall { // ToolOutput(f), TextOutput(f)
				if c := o.File.CallAt(o.Node); len(c.Args) > 0 {
					o = r.follow(o.at(c.Args[0].Value))
				}
			}
			if !o.Valid() || o.Func() == nil {
				continue
			}
			for _, to := range r.running(o.Ref, 3) {
				m.linkTo(to, Edge{Kind: Handoff, Place: v.Place()})
			}
		}
	}
}

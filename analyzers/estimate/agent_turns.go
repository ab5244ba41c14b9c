package estimate

import (
	"fmt"
	"math"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// limit is the most requests of one execution of a site.
type limit struct {
	most   float64 // it holds where origin is not llm.NoLimit
	origin llm.Source
	// reason tells what sets it or why there is none; "" for what takes one request by nature.
	reason string
}

// turns are the requests of an agent's own loop.
func (e Env) turns(s *llm.Site, stated Stated) (Range, limit) {
	l := s.Limit()
	one := limit{1, llm.Explicit, ""}
	if l.What == "" || s.Kind == llm.Embedding {
		return Exactly(1), one
	}
	most := limit{requests(s, l), l.Source, reasonOf(l)}
	if stated.Turns >= 1 {
		text := FormatCount(stated.Turns) + " turns, as stated"
		return Exactly(stated.Turns), limit{math.Ceil(stated.Turns), llm.Explicit, text}
	}
	if !loopsOnTools(s) {
		if _, schema := s.Setting(llm.Schema); s.SDK == "crewai" || s.SDK == "pydantic-ai" && schema != llm.Absent {
			// The framework asks again where the answer is not in its form.
			return Range{1, 1, min(2, max(1, most.most))}, most
		}
		return Exactly(1), one
	}
	if most.most == 1 && most.origin != llm.NoLimit {
		return Exactly(1), most
	}
	assumed := turns.middle(e.cost().AgentTurns)
	high := turns.High
	switch most.origin {
	case llm.Explicit:
		high = most.most // whoever sets a limit expects to come near it
	case llm.FrameworkDefault:
		high = min(high, most.most)
	}
	r := Range{min(assumed.Low, high), min(assumed.Expected, high), high}
	return r, most
}

// requests are the most requests within a limit, as the framework counts.
func requests(s *llm.Site, l llm.Limit) float64 {
	n := float64(l.Value)
	switch {
	case n == 0:
		return 0
	case l.What == "recursion_limit" || l.What == "recursionLimit":
		// LangGraph counts super-steps: every other one runs the tools. A structured answer
		// takes a request of its own.
		n = math.Ceil(n / 2)
		if _, ok := s.Setting(llm.Schema); ok != llm.Absent {
			n++
		}
	case l.What == "max_iter" || l.What == "max_iterations" || l.What == "max_steps" || l.What == "max_tool_iterations":
		n++ // and one that sums up when the limit is reached
	}
	return max(1, n)
}

func reasonOf(l llm.Limit) string {
	switch {
	case l.Source == llm.Explicit:
		return fmt.Sprintf("%s=%d", l.What, l.Value)
	case l.Source == llm.FrameworkDefault:
		return fmt.Sprintf("%s is not set: the framework's default is %d", l.What, l.Value)
	case l.Arg != parser.NoNode:
		return l.What + " is not a constant"
	}
	return "the number of turns has no limit"
}

// loopsOnTools reports whether an agent has anything that makes it take more than one turn.
func loopsOnTools(s *llm.Site) bool {
	v, ok := s.Setting(llm.Tools)
	if ok == llm.Present {
		empty := v.Kind == parser.List && len(v.Elems) == 0 || v.Kind == parser.Dict && len(v.Entries) == 0
		if !empty || v.File != nil && v.File.Kind(v.File.Unwrap(v.Expr)) == parser.KindIdentifier && grows(v.File, v.File.Slice(v.Expr)) {
			return true
		}
	}
	takes := false
	for at := s; at != nil; at = at.Config {
		takes = takes || at.Takes(llm.Tools)
		if at.Call == nil {
			continue
		}
		for _, name := range []string{"handoffs", "mcp_servers", "mcpServers", "toolsets"} {
			if v, ok := llm.Argument(at.File, at.Call, name, -1); ok && (v.Kind != parser.List || len(v.Elems) > 0) {
				return true
			}
		}
		if ownTools[at.Call.Name] || len(decorated(at, toolDecorators)) > 0 {
			return true
		}
	}
	return !takes || ok == llm.Hidden
}

// ownTools are the agents that have tools without being given any: a file system, a shell, a
// database, code.
var ownTools = map[string]bool{
	"SandboxAgent": true, "create_deep_agent": true, "createDeepAgent": true, "CodeAgent": true, "create_sql_agent": true, "create_pandas_dataframe_agent": true,
	"create_csv_agent": true, "create_openapi_agent": true, "create_json_agent": true, "DurableAgent": true,
}

// toolDecorators are the methods of an agent that make a function one of its tools.
var toolDecorators = map[string]bool{"tool": true, "tool_plain": true, "toolset": true}

// promptDecorators are the methods of an agent that make what a function returns a part of its prompt.
var promptDecorators = map[string]bool{"system_prompt": true, "instructions": true}

// decorated are the functions with a decorator that is a method of the agent that s makes:
// @agent.tool.
func decorated(s *llm.Site, methods map[string]bool) []*parser.Func {
	if s.SDK != "pydantic-ai" || s.Call == nil {
		return nil
	}
	f := s.File
	var out []*parser.Func
	for i := range f.Funcs {
		for _, d := range f.Funcs[i].Decorators {
			expr := d
			if f.Kind(d) == parser.KindDecorator {
				expr = f.FirstChild(d)
			}
			if c := f.CallAt(f.Unwrap(expr)); c != nil {
				expr = c.Callee
			}
			if expr = f.Unwrap(expr); f.Kind(expr) != parser.KindAttribute || !methods[f.Slice(f.AttributeName(expr))] {
				continue
			}
			if defs := f.DefsOf(f.Field(expr, parser.FieldObject)); len(defs) == 1 && f.Unwrap(defs[0].Value) == s.Call.Node {
				out = append(out, &f.Funcs[i])
			}
		}
	}
	return out
}

package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// plainMethods are methods that ask a model of a provider which analyzers/llm has no row for,
// by their last segment, with the first segments of the qualified names of what has them.
// Models of LangChain that run on the caller's own machine are among these.
var plainMethods = map[string][]string{
	"chat": {"ollama", "cohere"}, "generate": {"ollama", "cohere"}, "complete": {"mistralai", "@mistralai/mistralai"},
	"create": {"groq", "together", "huggingface_hub"}, "chat_completion": {"huggingface_hub"},
	"invoke": langchainRoots, "ainvoke": langchainRoots, "predict": langchainRoots,
}

var langchainRoots = []string{"langchain_openai", "langchain_anthropic", "langchain_google_genai", "langchain_google_vertexai", "langchain_ollama", "langchain_groq",
	"langchain_aws", "langchain_mistralai", "langchain_community", "langchain_core", "langchain", "@langchain/openai", "@langchain/anthropic", "@langchain/core", "@langchain/google-genai", "@langchain/ollama"}

// agentMethods run an agent, a crew or a graph of a framework.
var agentMethods = map[string]bool{"run": true, "run_sync": true, "arun": true, "invoke": true, "ainvoke": true, "kickoff": true, "kickoff_async": true, "generate": true,
	"stream": true, "chat": true, "initiate_chat": true, "generate_reply": true, "run_stream": true, "iter": true, "call": true, "forward": true, "prompt": true, "network": true}

// agentRoots are the modules whose objects have such methods.
var agentRoots = []string{"langgraph", "langchain", "crewai", "agents", "autogen", "autogen_agentchat", "pydantic_ai", "smolagents", "llama_index", "agno", "dspy", "deepagents",
	"semantic_kernel", "agent_framework", "strands", "swarm", "ai", "@mastra/core", "@openai/agents", "@langchain/langgraph", "claude_agent_sdk"}

// plainWords are texts without one of which no file of a project asks a model.
var plainRoots = slices.Concat([]string{"openai", "anthropic", "litellm", "@anthropic-ai/sdk", "google", "vertexai", "@google/genai", "@google/generative-ai", "ollama", "cohere", "mistralai", "@mistralai/mistralai", "groq", "together", "huggingface_hub"}, langchainRoots, agentRoots)

// site is the call of a client's method at r, or nil; runs of agents are asked of agent.
func (p *plainReader) site(r Ref) *llm.Site {
	sites, ok := p.sites[r.File]
	if !ok {
		sites = map[parser.NodeID]*llm.Site{}
		all := llm.SitesIn(r.File, p.Project)
		for i := range all {
			s := &all[i]
			if s.Kind == llm.Request || s.Kind == llm.Drive && s.Config != nil && s.Config.Kind == llm.ModelConfig {
				sites[s.Call.Node] = s
			}
		}
		p.sites[r.File] = sites
	}
	if s := sites[r.Node]; s != nil && !p.agent(r).Valid() {
		return s
	}
	return nil
}

// asks reports whether a function asks a model, itself or in functions that it calls.
func (p *plainReader) asksOf(fn Ref, depth int) bool {
	if !fn.Valid() || depth <= 0 {
		return false
	}
	if known, ok := p.asksModel[fn]; ok {
		return known
	}
	p.asksModel[fn] = false // while it is looked at
	found := false
	for _, c := range callsBelow(fn.File, fn.Node) {
		r := fn.at(c.Node)
		if p.site(r) != nil || p.client(r) || p.agent(r).Valid() {
			found = true
			break
		}
	}
	if !found {
		for _, c := range callsBelow(fn.File, fn.Node) {
			if callee := p.Function(fn.at(c.Callee)); callee.Valid() && callee != fn && p.asksOf(callee, depth-1) {
				found = true
				break
			}
		}
	}
	p.asksModel[fn] = found
	return found
}

// client reports whether the call at r asks a model through a client of plainMethods.
func (p *plainReader) client(r Ref) bool {
	c := r.File.CallAt(r.Node)
	roots := plainMethods[c.Name]
	if roots == nil {
		return false
	}
	q := p.qname(r.at(c.Callee))
	return q != "" && slices.Contains(roots, qroot(r.File, q)) && !strings.Contains(q, "prompt")
}

// qname is the qualified name of a callee, of which the object may be made in another file.
func (p *plainReader) qname(callee Ref) string {
	if q := callee.File.QName(callee.Node); q != "" && !strings.HasPrefix(q, ".") {
		return q
	}
	callee.Node = callee.File.Unwrap(callee.Node)
	if callee.Kind() != parser.KindAttribute {
		return ""
	}
	object := p.Origin(callee.at(callee.File.Field(callee.Node, parser.FieldObject)), nil)
	c := object.File.CallAt(object.Node)
	if c == nil {
		return ""
	}
	if q := object.File.QName(c.Callee); q != "" {
		return q + "." + callee.name()
	}
	return ""
}

// qroot is the distribution of a qualified name.
func qroot(f *parser.File, q string) string {
	q = strings.TrimPrefix(q, "npm:")
	if strings.HasPrefix(q, "@") {
		scope, rest, _ := strings.Cut(q, "/")
		if i := strings.IndexAny(rest, "./"); i >= 0 {
			rest = rest[:i]
		}
		return scope + "/" + rest
	}
	if i := strings.IndexAny(q, "./"); i >= 0 {
		q = q[:i]
	}
	return q
}

// agent is the agent of a framework that the call at r runs.
func (p *plainReader) agent(r Ref) Ref {
	none := Ref{nil, parser.NoNode}
	c := r.File.CallAt(r.Node)
	if !agentMethods[c.Name] || c.New {
		return none
	}
	callee := r.at(r.File.Unwrap(c.Callee))
	q := p.qname(callee)
	if q == "" || !slices.Contains(agentRoots, qroot(r.File, q)) {
		return none
	}
	if strings.Contains(q, ".Runner.") || callee.Kind() == parser.KindIdentifier { // Runner.run(agent), run(agent)
		if len(c.Args) == 0 || !strings.HasPrefix(c.Name, "run") {
			return none
		}
		return r.at(c.Args[0].Value)
	}
	if callee.Kind() != parser.KindAttribute {
		return none
	}
	return r.at(r.File.Field(callee.Node, parser.FieldObject))
}

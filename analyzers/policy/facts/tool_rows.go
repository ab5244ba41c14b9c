package facts

import (
	"slices"
	"strings"
)

// toolRow is one way a library declares tools. To support another one, add a row and its
// case in testdata.
type toolRow struct {
	framework string
	// modules are the import names that provide it, with all below them.
	modules []string
	// decorators make a tool of the function below them; calls, of their arguments; bases, of
	// the class that derives from them.
	decorators, calls, bases []string
	// fn, name and description are arguments: keywords, properties, or positions (see argument).
	fn, name, description []toolArg
	// methods are those of a class that do a tool's work, the first one that it has.
	methods []string
	// byAgent reports that who makes the agent may set that a person approves its tools.
	byAgent bool
	// only is "python" or "script" for rows that hold in one of them.
	only string
}

// toolArg is a keyword and a position, -1 for none.
type toolArg struct {
	name     string
	position int
}

func named(names ...string) []toolArg {
	args := make([]toolArg, len(names))
	for i, n := range names {
		args[i] = toolArg{n, -1}
	}
	return args
}

var (
	firstName   = []toolArg{{"name", 0}}
	plainNames  = named("name", "name_override", "tool_name", "id")
	described   = named("description", "description_override", "func_description", "descriptions")
	executed    = named("execute", "func", "handler", "run", "invoke", "callback", "fn", "implementation")
	baseMethods = []string{"_run", "_arun", "run", "arun", "forward", "run_async", "_call", "call", "execute", "__call__", "invoke", "stream"}
)

// toolRows are the libraries, as of 2026-11.
var toolRows = []toolRow{
	{framework: "openai-agents", modules: []string{"agents", "openai_agents"}, only: "python", decorators: []string{"function_tool"}, calls: []string{"function_tool", "FunctionTool"},
		fn: []toolArg{{"func", 0}, {"on_invoke_tool", -1}}, name: plainNames, description: described},
	{framework: "openai-agents", modules: []string{"@openai/agents", "@openai/agents-core", "@openai/agents-realtime"}, calls: []string{"tool"}, fn: executed, name: named("name"), description: described},
	{framework: "claude-agent-sdk", modules: []string{"claude_agent_sdk", "claude_code_sdk"}, decorators: []string{"tool"}, name: firstName, description: []toolArg{{"description", 1}}},
	{framework: "claude-agent-sdk", modules: []string{"@anthropic-ai/claude-agent-sdk", "@anthropic-ai/claude-code"}, calls: []string{"tool"}, name: firstName, description: []toolArg{{"description", 1}}, fn: []toolArg{{"handler", 3}}},
	{framework: "anthropic", modules: []string{"anthropic"}, decorators: []string{"beta_tool", "beta_async_tool"}, calls: []string{"beta_tool", "beta_async_tool"}, fn: []toolArg{{"func", 0}}, name: plainNames, description: described},
	{framework: "anthropic", modules: []string{"@anthropic-ai/sdk"}, calls: []string{"betaZodTool", "betaTool"}, fn: executed, name: named("name"), description: described},
	{framework: "openai", modules: []string{"openai"}, calls: []string{"zodFunction", "zodResponsesFunction", "pydantic_function_tool"}, fn: []toolArg{{"function", -1}, {"model", 0}}, name: named("name"), description: described},
	{framework: "langchain", modules: []string{"langchain", "langchain_core", "langchain_community", "langchain_classic", "langgraph"}, byAgent: true, decorators: []string{"tool"},
		calls: []string{"tool", "StructuredTool", "Tool", "StructuredTool.from_function", "Tool.from_function", "BaseTool.from_function", "DynamicTool"}, bases: []string{"BaseTool", "StructuredTool", "Tool"}, methods: baseMethods,
		fn: []toolArg{{"func", 0}, {"coroutine", -1}}, name: []toolArg{{"name", 0}, {"name_or_callable", 0}, {"", 1}}, description: []toolArg{{"description", 2}}},
	{framework: "langchain", modules: []string{"@langchain/core", "langchain", "@langchain/langgraph", "@langchain/community"}, only: "script", byAgent: true, calls: []string{"tool", "DynamicStructuredTool", "DynamicTool"},
		bases: []string{"StructuredTool", "Tool", "BaseTool"}, methods: baseMethods, fn: []toolArg{{"func", 0}}, name: named("name"), description: described},
	{framework: "crewai", modules: []string{"crewai", "crewai_tools"}, decorators: []string{"tool"}, calls: []string{"Tool"}, bases: []string{"BaseTool", "Tool"}, methods: baseMethods, fn: named("func"), name: firstName, description: described},
	{framework: "smolagents", modules: []string{"smolagents", "transformers"}, decorators: []string{"tool"}, bases: []string{"Tool", "PipelineTool"}, methods: baseMethods, name: named("name"), description: described},
	{framework: "pydantic-ai", modules: []string{"pydantic_ai"}, decorators: []string{"tool", "tool_plain"}, calls: []string{"Tool", "Tool.from_schema"}, fn: []toolArg{{"function", 0}}, name: []toolArg{{"name", -1}}, description: described},
	{framework: "google-adk", modules: []string{"google.adk"}, calls: []string{"FunctionTool", "LongRunningFunctionTool", "AuthenticatedFunctionTool"}, bases: []string{"BaseTool", "FunctionTool"}, methods: baseMethods,
		fn: []toolArg{{"func", 0}}, name: named("name"), description: described},
	{framework: "google-adk", modules: []string{"@google/adk"}, calls: []string{"FunctionTool", "LongRunningFunctionTool"}, bases: []string{"BaseTool"}, methods: []string{"runAsync"}, fn: executed, name: named("name"), description: described},
	{framework: "google", modules: []string{"google.genai", "google.generativeai", "vertexai", "@google/genai", "@google/generative-ai"}, calls: []string{"FunctionDeclaration", "FunctionDeclaration.from_func", "FunctionDeclaration.from_callable"},
		fn: named("callable", "func"), name: named("name"), description: described},
	{framework: "autogen", modules: []string{"autogen_core", "autogen_agentchat", "autogen_ext"}, calls: []string{"FunctionTool"}, bases: []string{"BaseTool", "BaseToolWithState"}, methods: baseMethods, fn: []toolArg{{"func", 0}}, name: named("name"), description: []toolArg{{"description", 1}}},
	{framework: "autogen", modules: []string{"autogen", "ag2", "pyautogen"}, decorators: []string{"register_for_llm", "tool"}, calls: []string{"register_function", "Tool"}, fn: []toolArg{{"func_or_tool", -1}, {"f", 0}}, name: named("name"), description: described},
	{framework: "llamaindex", modules: []string{"llama_index"}, calls: []string{"FunctionTool.from_defaults", "FunctionTool", "QueryEngineTool.from_defaults", "QueryEngineTool"}, bases: []string{"BaseTool", "AsyncBaseTool"}, methods: baseMethods,
		fn: []toolArg{{"fn", 0}, {"async_fn", -1}}, name: named("name", "metadata.name"), description: named("description", "metadata.description")},
	{framework: "llamaindex", modules: []string{"llamaindex", "@llamaindex/core", "@llamaindex/workflow"}, calls: []string{"tool", "FunctionTool.from", "FunctionTool"}, fn: []toolArg{{"execute", 0}}, name: named("name"), description: described},
	{framework: "semantic-kernel", modules: []string{"semantic_kernel"}, decorators: []string{"kernel_function"}, name: firstName, description: described},
	{framework: "agent-framework", modules: []string{"agent_framework"}, decorators: []string{"ai_function", "tool"}, calls: []string{"ai_function", "tool", "AIFunction", "FunctionTool"}, fn: []toolArg{{"func", 0}}, name: named("name"), description: described},
	{framework: "agno", modules: []string{"agno", "phi"}, decorators: []string{"tool"}, calls: []string{"Function", "Function.from_callable"}, fn: named("entrypoint"), name: named("name"), description: described},
	{framework: "strands", modules: []string{"strands"}, decorators: []string{"tool"}, name: named("name"), description: described},
	{framework: "haystack", modules: []string{"haystack"}, decorators: []string{"tool"}, calls: []string{"Tool", "create_tool_from_function"}, fn: []toolArg{{"function", 0}}, name: named("name"), description: described},
	{framework: "livekit", modules: []string{"livekit"}, decorators: []string{"function_tool", "ai_callable"}, name: named("name"), description: described},
	{framework: "dspy", modules: []string{"dspy"}, calls: []string{"Tool"}, fn: []toolArg{{"func", 0}}, name: named("name"), description: named("desc")},
	{framework: "mcp", modules: []string{"mcp", "fastmcp"}, decorators: []string{"tool"}, calls: []string{"add_tool", "Tool", "Tool.from_function", "FunctionTool.from_function"}, fn: []toolArg{{"fn", 0}}, name: []toolArg{{"name", -1}}, description: described},
	{framework: "mcp", modules: []string{"@modelcontextprotocol/sdk", "fastmcp", "mcp-framework", "@modelcontextprotocol/server"}, only: "script", calls: []string{"tool", "registerTool", "addTool"}, name: firstName, description: []toolArg{{"description", -1}, {"", 1}}, fn: append(named("execute"), toolArg{"", lastArg})},
	{framework: "ai-sdk", modules: []string{"ai", "@ai-sdk"}, calls: []string{"tool", "dynamicTool"}, fn: executed, description: described},
	{framework: "mastra", modules: []string{"@mastra"}, calls: []string{"createTool"}, fn: executed, name: named("id"), description: described},
	{framework: "genkit", modules: []string{"genkit", "@genkit-ai"}, calls: []string{"defineTool", "dynamicTool"}, fn: []toolArg{{"", 1}}, name: firstName, description: described},
	{framework: "genkit", modules: []string{"genkit"}, only: "python", decorators: []string{"tool"}, name: firstName, description: []toolArg{{"description", 1}}},
	{framework: "copilotkit", modules: []string{"@copilotkit"}, calls: []string{"useCopilotAction", "useFrontendTool"}, fn: executed, name: named("name"), description: described},
	{framework: "cloudflare-agents", modules: []string{"agents"}, only: "script", calls: []string{"tool"}, fn: executed, description: described},
}

// agentMethods make a tool of an agent: agent.as_tool(tool_name="translate").
var agentMethods = map[string]toolRow{
	"as_tool": {framework: "openai-agents", name: named("tool_name", "name"), description: named("tool_description", "description")},
	"asTool":  {framework: "openai-agents", name: named("toolName", "name"), description: named("toolDescription", "description")},
}

// lastArg is the position of the last argument.
const lastArg = -2

// approvalNames are the arguments that let a person decide on each call of a tool: of the
// decorator, of the call that makes it, of its options.
var approvalNames = []string{
	"needs_approval", "needsApproval", "requires_approval", "requiresApproval", "require_confirmation", "requireConfirmation", "requires_confirmation", "requireApproval",
	"require_approval", "approval_mode", "approvalMode", "human_approval", "requires_user_confirmation",
}

// looseDecorators are so specific that they make a tool whatever they come from: an agent
// or a server that another file of the project makes.
var looseDecorators = map[string]string{
	"tool": "", "tool_plain": "pydantic-ai", "function_tool": "openai-agents", "kernel_function": "semantic-kernel", "register_for_llm": "autogen", "ai_function": "agent-framework", "beta_tool": "anthropic",
}

// toolKind is what a row is asked for.
type toolKind uint8

const (
	asDecorator toolKind = iota
	asCall
	asBase
)

// toolRowOf is the row that a qualified name falls under.
func toolRowOf(q string, kind toolKind, script bool) *toolRow {
	for i := range toolRows {
		row := &toolRows[i]
		if row.only == "script" && !script || row.only == "python" && script {
			continue
		}
		names := row.calls
		switch kind {
		case asDecorator:
			names = row.decorators
		case asBase:
			names = row.bases
		}
		if len(names) == 0 {
			continue
		}
		rest, ok := within(q, row.modules)
		if ok && slices.ContainsFunc(names, func(n string) bool {
			return rest == n || strings.HasSuffix(rest, "."+n) || strings.HasSuffix(rest, "/"+n)
		}) {
			return row
		}
	}
	return nil
}

// within is what follows one of the modules in a qualified name.
func within(q string, modules []string) (rest string, ok bool) {
	for _, m := range modules {
		if tail, found := strings.CutPrefix(q, m); found && tail != "" && (tail[0] == '.' || tail[0] == '/') {
			return tail[1:], true
		}
	}
	return "", false
}

// frameworkOf is the library that a qualified name comes from, "" for one without a row.
func frameworkOf(q string, script bool) string {
	for i := range toolRows {
		row := &toolRows[i]
		if row.only == "script" && !script || row.only == "python" && script {
			continue
		}
		if _, ok := within(q+".", row.modules); ok {
			return row.framework
		}
	}
	for _, m := range moreModules {
		if _, ok := within(q+".", []string{m.module}); ok {
			return m.framework
		}
	}
	return ""
}

// moreModules are libraries that take functions as tools and have no way of their own to declare them.
var moreModules = []struct{ module, framework string }{
	{"swarm", "swarm"}, {"ollama", "ollama"}, {"langgraph_supervisor", "langgraph"}, {"langgraph_swarm", "langgraph"}, {"deepagents", "langchain"}, {"langchain_openai", "langchain"}, {"langchain_anthropic", "langchain"},
	{"langchain_google_genai", "langchain"}, {"@langchain", "langchain"}, {"litellm", "litellm"}, {"instructor", "instructor"}, {"agency_swarm", "agency-swarm"},
}

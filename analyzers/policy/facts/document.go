// Package facts is what policies are written about: what the code of one file does, as one
// document of plain data.
//
// The document is total and closed. Every field is there in every document, whatever the code:
// what is not known is a value ("unknown", "none", a false has_…), never null and never
// missing, since a rule that asks for a missing field is silent without a word. The tags of the
// types are the only source of the JSON Schema, of what an editor tells in a policy, and of the reference.
package facts

// Version is that of the document. A field may be added within a version; none is taken away
// or changes its meaning.
const Version = 1

// Document is the facts of one file.
type Document struct {
	Version      int           `json:"version" doc:"The version of this document's form: 1."`
	File         File          `json:"file" doc:"The file."`
	Imports      []Import      `json:"imports" doc:"Modules that the file imports."`
	Functions    []Function    `json:"functions" doc:"Functions and methods."`
	Calls        []Call        `json:"calls" doc:"All calls, with the names they resolve to."`
	LLMCalls     []LLMCall     `json:"llm_calls" doc:"Requests to language models, and runs of agents that the call names. Embeddings are not among them; they are in calls."`
	SQL          []SQL         `json:"sql" doc:"SQL that is executed, by drivers, ORMs and query builders."`
	HTTP         []HTTP        `json:"http" doc:"HTTP requests, and clients with a base URL."`
	Files        []FileEffect  `json:"files" doc:"What is done to files and folders."`
	Shell        []Shell       `json:"shell" doc:"Programs and shells that are started, and code that is evaluated."`
	Env          []Env         `json:"env" doc:"Variables of the environment that are read or written."`
	Tools        []Tool        `json:"tools" doc:"Tools that agents may call."`
	Agents       []Agent       `json:"agents" doc:"Agents."`
	Runs         []Run         `json:"runs" doc:"What one execution of an entry point costs."`
	Graph        Graph         `json:"graph" doc:"The graphs of agents of the file, together."`
	Suppressions []Suppression `json:"suppressions" doc:"Comments that silence a policy."`
}

// File is the file that the facts are about.
type File struct {
	Path        string `json:"path" doc:"Relative to the project, with slashes."`
	Language    string `json:"language" enum:"python,typescript,javascript" doc:"The language."`
	IsTest      bool   `json:"is_test" doc:"Whether the file is a test, by its path or what it imports."`
	ParseErrors int    `json:"parse_errors" doc:"How many places could not be parsed; facts near them may be missing."`
	Truncated   bool   `json:"truncated" doc:"Whether the file has more than 5,000 calls: the others are listed only where they have an effect or ask a model."`
}

// Position is a place in the document: both count from 0; Character counts UTF-16 units, as in the Language Server Protocol.
type Position struct {
	Line      int `json:"line" doc:"From 0."`
	Character int `json:"character" doc:"From 0, in UTF-16 units."`
}

// Range is from Start to before End.
type Range struct {
	Start Position `json:"start" doc:"Where it starts."`
	End   Position `json:"end" doc:"Where it ends; the character there is not part of it."`
}

// Tri is what may be unknown.
type Tri string

// The values of Tri.
const (
	Yes     Tri = "yes"
	No      Tri = "no"
	Unknown Tri = "unknown"
)

// Context is what is around an effect: what leads to it and what guards it.
type Context struct {
	Function        string   `json:"function" doc:"Qualified name of the function around; \"\" at the top of the file."`
	Class           string   `json:"cls" doc:"Name of the class around; \"\" outside of classes."`
	Decorators      []string `json:"decorators" doc:"Resolved names of the decorators of the function."`
	Tool            string   `json:"tool" doc:"Name of the tool whose work it is, directly or through functions it calls; \"\" for none."`
	Agents          []string `json:"agents" doc:"Names of the agents that have the tool."`
	LoopDepth       int      `json:"loop_depth" doc:"How many loops are around it in its function."`
	LoopBounded     Tri      `json:"loop_bounded" enum:"yes,no,unknown" doc:"Whether the loops around it end after a number of rounds that is known; yes outside of loops."`
	Production      Tri      `json:"production" enum:"yes,no,unknown" doc:"Whether it runs in production: yes or no when a condition around it says so, else unknown."`
	ProductionGuard string   `json:"production_guard" doc:"The condition that says it, as written; \"\" for none."`
	Approved        Tri      `json:"approved" enum:"yes,no,unknown" doc:"Whether a person has approved before it runs (in production, where it can run there): by a check before it, a decorator, or the approval that its tool needs."`
	Approval        string   `json:"approval" doc:"What approves, as written; \"\" for none."`
	RateLimited     Tri      `json:"rate_limited" enum:"yes,no,unknown" doc:"Whether a limiter guards it: a decorator, a context, a limiter that is awaited before it, a limiter of the client."`
	InTest          bool     `json:"in_test" doc:"Whether it is part of a test."`
	InTry           bool     `json:"in_try" doc:"Whether its failure is caught in the function."`
}

// Import is a module that is imported.
type Import struct {
	ID     string `json:"id" doc:"Unique in the document."`
	Module string `json:"module" doc:"The module, as the language names it: google.genai, @ai-sdk/openai, ./tools."`
	Name   string `json:"name" doc:"The name that is imported from it; \"\" for the module itself, * for all."`
	Range  Range  `json:"range" doc:"Where it is imported."`
}

// Function is a function or a method.
type Function struct {
	ID         string   `json:"id" doc:"Unique in the document."`
	Name       string   `json:"name" doc:"Its name; \"\" when it has none."`
	Qualname   string   `json:"qualname" doc:"With the names of the classes and functions around: Agent.run; <lambda> where it has none."`
	Decorators []string `json:"decorators" doc:"Resolved names of its decorators."`
	IsAsync    bool     `json:"is_async" doc:"Whether it is async."`
	IsTool     bool     `json:"is_tool" doc:"Whether it is a tool of an agent."`
	Range      Range    `json:"range" doc:"Its name, or its first line when it has none."`
}

// Call is any call.
type Call struct {
	ID       string  `json:"id" doc:"Unique in the document."`
	Callee   string  `json:"callee" doc:"The resolved name: openai.OpenAI.chat.completions.create, sqlite3.connect.cursor.execute, open; the qualname of a function of the file; as written when unresolved."`
	Text     string  `json:"text" doc:"What is called, as written, up to 200 characters."`
	Resolved string  `json:"resolved" enum:"exact,heuristic,unresolved" doc:"How sure the callee is: through imports; by a name or a type that suggests it; not at all."`
	Args     []Arg   `json:"args" doc:"The arguments, in order."`
	Ctx      Context `json:"ctx" doc:"What is around it."`
	Range    Range   `json:"range" doc:"The call."`
}

// Arg is an argument of a call.
type Arg struct {
	Name     string  `json:"name" doc:"Of a keyword, or of a property of an object that is written as an argument, which is listed too; \"\" by position."`
	Position int     `json:"position" doc:"From 0; -1 by name."`
	Kind     string  `json:"kind" enum:"const,name,call,fstring,collection,unknown" doc:"What it is: const also for a name whose value is constant."`
	Text     string  `json:"text" doc:"As written, up to 200 characters; secrets are masked."`
	Known    bool    `json:"known" doc:"Whether its value is known: then one of the next three has it."`
	String   string  `json:"string" doc:"The value of a text; \"\" otherwise."`
	Number   float64 `json:"number" doc:"The value of a number; 0 otherwise."`
	Boolean  bool    `json:"boolean" doc:"The value of a truth value; false otherwise."`
}

// LLMCall is a request to a language model, or a run of an agent.
type LLMCall struct {
	ID             string  `json:"id" doc:"Unique in the document."`
	Call           string  `json:"call" doc:"id in calls; \"\" when it is not a call of this file."`
	Provider       string  `json:"provider" doc:"Who is asked: openai, anthropic, google, azure, bedrock, vertex; \"\" when unknown, as with a base URL of its own."`
	API            string  `json:"api" doc:"What is called: chat.completions, responses, messages, generateText."`
	Model          string  `json:"model" doc:"Id of the model; \"\" when unknown."`
	ModelKnown     bool    `json:"model_known" doc:"Whether the model is known."`
	MaxTokens      float64 `json:"max_tokens" doc:"The limit of output tokens; 0 when there is none or it is not known."`
	HasMaxTokens   bool    `json:"has_max_tokens" doc:"Whether there is a limit of output tokens."`
	TimeoutSeconds float64 `json:"timeout_seconds" doc:"The timeout in seconds; 0 when there is none or it is not known."`
	HasTimeout     bool    `json:"has_timeout" doc:"Whether a timeout is set, on the call or on its client."`
	MaxRetries     float64 `json:"max_retries" doc:"Retries after a failure; 0 when none are set or it is not known."`
	HasMaxRetries  bool    `json:"has_max_retries" doc:"Whether the number of retries is set."`
	Temperature    float64 `json:"temperature" doc:"The temperature; 0 when it is not set or not known."`
	HasTemperature bool    `json:"has_temperature" doc:"Whether a temperature is set."`
	Stream         bool    `json:"stream" doc:"Whether the answer is streamed."`
	RateLimitRPM   float64 `json:"rate_limit_rpm" doc:"The requests per minute that a limiter lets through; 0 when there is none or it is not known."`
	HasRateLimit   bool    `json:"has_rate_limit" doc:"Whether a limiter is known."`
	SettingsKnown  bool    `json:"settings_known" doc:"Whether the call shows all its settings; false where **options or an object made elsewhere may hold more: then a false has_max_tokens or has_temperature means not known."`
	ClientKnown    bool    `json:"client_known" doc:"Whether the code shows how the client is made; else a false has_timeout, has_max_retries or has_rate_limit means not known."`
	EstCostUSD     float64 `json:"est_cost_usd" doc:"The likely cost of one execution in US dollars; 0 when it is not known."`
	WorstCostUSD   float64 `json:"worst_cost_usd" doc:"The most that one execution can cost in US dollars; 0 when it is not known or has no bound."`
	CostKnown      bool    `json:"cost_known" doc:"Whether the cost is known."`
	Ctx            Context `json:"ctx" doc:"What is around it."`
	Range          Range   `json:"range" doc:"The call."`
}

// SQL is a statement that is executed.
type SQL struct {
	ID           string   `json:"id" doc:"Unique in the document."`
	Call         string   `json:"call" doc:"id in calls."`
	Verb         string   `json:"verb" enum:"select,insert,update,delete,merge,truncate,drop,alter,create,grant,other,unknown" doc:"What it does, in lower case."`
	Tables       []string `json:"tables" doc:"The tables it names, in lower case."`
	HasWhere     bool     `json:"has_where" doc:"Whether it has a condition: WHERE, or a filter of a query builder."`
	Statement    string   `json:"statement" doc:"The statement as far as it is known, up to 500 characters; … stands for what is not known."`
	Known        string   `json:"known" enum:"full,partial,none" doc:"How much of the statement is known."`
	Interpolated bool     `json:"interpolated" doc:"Whether values are put into its text."`
	Ctx          Context  `json:"ctx" doc:"What is around it."`
	Range        Range    `json:"range" doc:"The call."`
}

// HTTP is a request.
type HTTP struct {
	ID     string  `json:"id" doc:"Unique in the document."`
	Call   string  `json:"call" doc:"id in calls."`
	Method string  `json:"method" doc:"GET, POST, …; \"\" when it is not known or the client is only made."`
	URL    string  `json:"url" doc:"The URL as far as it is known; … stands for what is not known."`
	Scheme string  `json:"scheme" doc:"http, https, ws, wss; \"\" when not known."`
	Host   string  `json:"host" doc:"The host in lower case; \"\" when not known."`
	Port   int     `json:"port" doc:"The port that is written; 0 for none."`
	Path   string  `json:"path" doc:"The path as far as it is known."`
	Known  string  `json:"known" enum:"full,host,none" doc:"How much is known."`
	Ctx    Context `json:"ctx" doc:"What is around it."`
	Range  Range   `json:"range" doc:"The call."`
}

// FileEffect is what is done to a file or folder.
type FileEffect struct {
	ID            string  `json:"id" doc:"Unique in the document."`
	Call          string  `json:"call" doc:"id in calls."`
	Op            string  `json:"op" enum:"read,write,append,delete,list,chmod,exec,other" doc:"What is done. Moving and copying write."`
	Path          string  `json:"path" doc:"The path as far as it is known, with slashes; … stands for what is not known."`
	Known         string  `json:"known" enum:"full,prefix,none" doc:"How much of the path is known."`
	Absolute      bool    `json:"absolute" doc:"Whether the path is absolute, or begins in the home folder."`
	Escapes       bool    `json:"escapes" doc:"Whether the known part leaves the folder it starts in, by .."`
	FromParameter bool    `json:"from_parameter" doc:"Whether a parameter of the function decides the path."`
	Ctx           Context `json:"ctx" doc:"What is around it."`
	Range         Range   `json:"range" doc:"The call."`
}

// Shell is a program that is started, or code that is evaluated.
type Shell struct {
	ID       string  `json:"id" doc:"Unique in the document."`
	Call     string  `json:"call" doc:"id in calls."`
	Command  string  `json:"command" doc:"The command as far as it is known; … stands for what is not known."`
	Program  string  `json:"program" doc:"The program without its folder: git, rm; eval or exec for code; \"\" when not known."`
	Known    string  `json:"known" enum:"full,partial,none" doc:"How much is known."`
	ViaShell bool    `json:"via_shell" doc:"Whether a shell reads the command."`
	Ctx      Context `json:"ctx" doc:"What is around it."`
	Range    Range   `json:"range" doc:"The call."`
}

// Env is a variable of the environment that is read or written.
type Env struct {
	ID         string  `json:"id" doc:"Unique in the document."`
	Name       string  `json:"name" doc:"Its name; \"\" when not known."`
	Op         string  `json:"op" enum:"read,write" doc:"What is done."`
	HasDefault bool    `json:"has_default" doc:"Whether there is a value for when it is not set."`
	Default    string  `json:"default" doc:"That value; \"\" when there is none, it is not known, or it looks like a secret."`
	Ctx        Context `json:"ctx" doc:"What is around it."`
	Range      Range   `json:"range" doc:"Where it is used."`
}

// Tool is what an agent may call.
type Tool struct {
	ID               string   `json:"id" doc:"Unique in the document."`
	Name             string   `json:"name" doc:"Its name, as the model sees it."`
	Description      string   `json:"description" doc:"What the model is told, up to 500 characters; \"\" when not known."`
	Framework        string   `json:"framework" doc:"Of which library: langchain, openai-agents, crewai, ai-sdk, mcp; \"\" when not known."`
	Function         string   `json:"function" doc:"id in functions; \"\" when the function is not in this file."`
	Effects          []string `json:"effects" doc:"What it does, directly or through functions it calls, sorted: env, file:read, file:write, file:delete, http:GET, http:POST, llm, shell, sql:select, sql:delete; http:unknown and sql:unknown where that is not known."`
	Mutating         Tri      `json:"mutating" enum:"yes,no,unknown" doc:"Whether it changes anything outside: writes, deletes, sends, runs."`
	RequiresApproval Tri      `json:"requires_approval" enum:"yes,no,unknown" doc:"Whether a person must approve each call, by the framework's setting or in the tool's own code."`
	Approval         string   `json:"approval" doc:"What says so, as written; \"\" for none."`
	Agents           []string `json:"agents" doc:"Names of the agents that have it, in this file and others of the project."`
	Range            Range    `json:"range" doc:"Where it is named: the function's or the class's name, what it is bound to, else what makes it."`
}

// Agent is an agent.
type Agent struct {
	ID          string   `json:"id" doc:"Unique in the document."`
	Name        string   `json:"name" doc:"Its name; the variable's when it has none."`
	Framework   string   `json:"framework" doc:"Of which library: langgraph, openai-agents, crewai, autogen, ai-sdk; plain for a loop without one."`
	Kind        string   `json:"kind" enum:"agent,router,team,graph,loop" doc:"What it is."`
	Model       string   `json:"model" doc:"Id of its model; \"\" when unknown."`
	ModelKnown  bool     `json:"model_known" doc:"Whether the model is known."`
	Tools       []string `json:"tools" doc:"Names of its tools."`
	Handoffs    []string `json:"handoffs" doc:"Names of the agents that it may hand over to."`
	Approval    Tri      `json:"approval" enum:"yes,no,unknown" doc:"Whether a person approves what it does: by interrupts, human input, or approval of all its tools."`
	MaxSteps    float64  `json:"max_steps" doc:"The most steps of one run; 0 when there is no limit or it is not known."`
	HasMaxSteps bool     `json:"has_max_steps" doc:"Whether steps are limited, by the code or the framework."`
	BudgetUSD   float64  `json:"budget_usd" doc:"The budget of one run in US dollars; 0 when none is set."`
	HasBudget   bool     `json:"has_budget" doc:"Whether a budget is set in the code."`
	Range       Range    `json:"range" doc:"Where it is made: what is called, or the name of the function or class."`
}

// Run is what one execution of an entry point costs.
type Run struct {
	ID           string  `json:"id" doc:"Unique in the document."`
	Entry        string  `json:"entry" doc:"The function, the graph or the script."`
	Kind         string  `json:"kind" doc:"handler, script, main, command, task, function or graph."`
	CostUSD      float64 `json:"cost_usd" doc:"The likely cost of one run in US dollars; what is known of it."`
	WorstCostUSD float64 `json:"worst_cost_usd" doc:"The most that one run can cost in US dollars; 0 when it has no bound."`
	Bounded      Tri     `json:"bounded" enum:"yes,no,unknown" doc:"Whether the cost of one run has a bound."`
	CostKnown    bool    `json:"cost_known" doc:"Whether the price of all its calls is known."`
	Range        Range   `json:"range" doc:"Where it is defined."`
}

// Graph is the nodes and edges of the graphs of agents.
type Graph struct {
	Nodes []Node `json:"nodes" doc:"The nodes."`
	Edges []Edge `json:"edges" doc:"The edges."`
}

// Node is a node of a graph.
type Node struct {
	ID        string `json:"id" doc:"Unique in the document: graph/name."`
	Graph     string `json:"graph" doc:"Name of the graph."`
	Name      string `json:"name" doc:"Its name."`
	Kind      string `json:"kind" enum:"agent,tool,router,start,end,human,other" doc:"What it is."`
	Ref       string `json:"ref" doc:"id of the agent, tool or function it runs; \"\" when it is not in this file."`
	Interrupt bool   `json:"interrupt" doc:"Whether a person is asked before or after it, or in it."`
	Range     Range  `json:"range" doc:"Where it is added."`
}

// Edge leads from one node to another.
type Edge struct {
	Source      string `json:"source" doc:"id of a node."`
	Target      string `json:"target" doc:"id of a node."`
	Conditional bool   `json:"conditional" doc:"Whether a condition decides if it is taken."`
	Range       Range  `json:"range" doc:"Where it is added."`
}

// Suppression is a comment that silences a policy.
type Suppression struct {
	Policy string `json:"policy" doc:"The rule that it names."`
	Reason string `json:"reason" doc:"Why; \"\" when it is not said."`
	Line   int    `json:"line" doc:"From 0."`
}

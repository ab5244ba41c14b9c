package render

import (
	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// view is how a policy sees the list of facts of a subject. V stands for the variable.
type view struct {
	list string // of the facts
	v    string // the variable of one of it
	ctx  bool   // whether facts have what is around them
	// op is the field of the operation, noOp its value when it is not known.
	op, noOp string
	// bind are lines that make the names of one fact one by one; name is the expression of one.
	bind []string
	name string
	// known and unknown are the lines that hold when the names of a fact are, or are not, known;
	// nil: they always are.
	known, unknown []string
	// shown is the expression of what is told of it in messages.
	shown string
}

var views = map[intent.Subject]view{
	intent.SQL: {list: "sql", v: "statement", ctx: true, op: "statement.verb", noOp: "unknown",
		bind: []string{"some table in statement.tables"}, name: "table",
		unknown: []string{"count(statement.tables) == 0", `statement.known != "full"`}, shown: "statement.statement"},
	intent.HTTP: {list: "http", v: "request", ctx: true, op: "request.method", noOp: "",
		name: "request.host", known: []string{`request.host != ""`}, unknown: []string{`request.host == ""`}, shown: "request.url"},
	intent.File: {list: "files", v: "effect", ctx: true, op: "effect.op",
		name: "effect.path", known: []string{`effect.known != "none"`}, unknown: []string{`effect.known == "none"`}, shown: "effect.path"},
	intent.Shell: {list: "shell", v: "command", ctx: true,
		name: "command.program", known: []string{`command.program != ""`}, unknown: []string{`command.program == ""`}, shown: "command.command"},
	intent.Env: {list: "env", v: "variable", ctx: true, op: "variable.op",
		name: "variable.name", known: []string{`variable.name != ""`}, unknown: []string{`variable.name == ""`}, shown: "variable.name"},
	intent.LLM: {list: "llm_calls", v: "call", ctx: true,
		name: "call.provider", known: []string{`call.provider != ""`}, unknown: []string{`call.provider == ""`}, shown: "call.api"},
	intent.Model: {list: "llm_calls", v: "call", ctx: true,
		name: "call.model", known: []string{"call.model_known"}, unknown: []string{"not call.model_known"}, shown: "call.model"},
	intent.Tool:  {list: "tools", v: "tool", name: "tool.name", shown: "tool.name"},
	intent.Agent: {list: "agents", v: "agent", name: "agent.name", shown: "agent.name"},
	intent.Call:  {list: "calls", v: "call", ctx: true, name: "call.callee", shown: "call.callee"},
	intent.Import: {list: "imports", v: "imported",
		name: `concat(".", [imported.module, imported.name, ""])`, shown: "imported.module"},
	intent.Run: {list: "runs", v: "run", shown: "run.entry"},
}

// guard are the lines of a condition: on holds when it is met, off when it is not. What is not
// known counts against the code. V stands for the variable.
type guard struct{ on, off string }

var guards = map[intent.Condition]guard{
	intent.InProduction:    {`V.ctx.production != "no"`, `V.ctx.production != "yes"`},
	intent.WithApproval:    {`V.ctx.approved == "yes"`, `V.ctx.approved != "yes"`},
	intent.InLoop:          {`V.ctx.loop_depth > 0`, `V.ctx.loop_depth == 0`},
	intent.InUnboundedLoop: {`V.ctx.loop_bounded == "no"`, `V.ctx.loop_bounded != "no"`},
	intent.WithRateLimit:   {`V.ctx.rate_limited == "yes"`, `V.ctx.rate_limited != "yes"`},
	intent.InTests:         {`V.ctx.in_test`, `not V.ctx.in_test`},
	intent.InTool:          {`V.ctx.tool != ""`, `V.ctx.tool == ""`},
	intent.Interpolated:    {`V.interpolated`, `not V.interpolated`},
	intent.ViaShell:        {`V.via_shell`, `not V.via_shell`},
}

// special are guards that read another field than the context of the fact.
var special = map[intent.Subject]map[intent.Condition]guard{
	intent.Tool: {
		intent.WithApproval: {`tool.requires_approval == "yes"`, `tool.requires_approval != "yes"`},
		intent.InTests:      {`input.file.is_test`, `not input.file.is_test`},
	},
	intent.Agent: {
		intent.WithApproval: {`agent.approval == "yes"`, `agent.approval != "yes"`},
		intent.InTests:      {`input.file.is_test`, `not input.file.is_test`},
	},
	intent.Import: {intent.InTests: {`input.file.is_test`, `not input.file.is_test`}},
	intent.Run:    {intent.InTests: {`input.file.is_test`, `not input.file.is_test`}},
	intent.LLM:    {intent.WithRateLimit: {`call.has_rate_limit`, `not call.has_rate_limit`}},
}

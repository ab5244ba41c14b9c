package intent

// Rules are what an intent about one subject may say.
type Rules struct {
	Doc string // what the subject is
	// Operations narrow it, in their order; nil: it has none.
	Operations []string
	// Names is what its names are, in the plural; "" when it has none.
	Names string
	// NeedsNames is set when it cannot be forbidden as a whole.
	NeedsNames bool
	Modes      []Mode
	When       []Condition
	Unless     []Condition
	Needs      []Need
	Limits     []Quantity
}

// around are the conditions on what is around an effect.
var around = []Condition{InProduction, InLoop, InUnboundedLoop, InTests, InTool}

// lifts are the conditions that may lift a ban on an effect.
var lifts = []Condition{InProduction, WithApproval, WithRateLimit, InTests, InTool}

// subjects are in the order in which they are told.
var subjects = []struct {
	subject Subject
	rules   Rules
}{
	{SQL, Rules{Doc: "SQL statements that the code executes",
		Operations: []string{"select", "insert", "update", "delete", "merge", "truncate", "drop", "alter", "create", "grant"},
		Names:      "tables", Modes: []Mode{Forbid, Only, Require},
		When: append(around[:len(around):len(around)], Interpolated), Unless: lifts, Needs: []Need{Approval, Where}}},
	{HTTP, Rules{Doc: "HTTP requests and clients",
		Operations: []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"},
		Names:      "hosts", Modes: []Mode{Forbid, Only, Require}, When: around, Unless: lifts, Needs: []Need{Approval, RateLimit, HTTPS}}},
	{File, Rules{Doc: "files and folders that the code works on",
		Operations: []string{"read", "write", "append", "delete", "list", "chmod", "exec"},
		Names:      "paths", Modes: []Mode{Forbid, Only, Require}, When: around, Unless: lifts, Needs: []Need{Approval}}},
	{Shell, Rules{Doc: "programs and shells that the code starts",
		Names: "programs", Modes: []Mode{Forbid, Only, Require},
		When: append(around[:len(around):len(around)], ViaShell), Unless: lifts, Needs: []Need{Approval}}},
	{Env, Rules{Doc: "variables of the environment", Operations: []string{"read", "write"},
		Names: "variables", Modes: []Mode{Forbid, Only}, When: around, Unless: []Condition{InProduction, InTests, InTool}}},
	{LLM, Rules{Doc: "requests to language models", Names: "providers", Modes: []Mode{Forbid, Only, Require, Limited},
		When: around, Unless: lifts, Needs: []Need{Approval, RateLimit, MaxTokens, Timeout, Retries},
		Limits: []Quantity{PerMinute, Tokens, Seconds, RetryCount, USDPerCall, Temperature}}},
	{Model, Rules{Doc: "language models that are used", Names: "models", NeedsNames: true, Modes: []Mode{Forbid, Only},
		When: around, Unless: []Condition{InProduction, WithApproval, InTests, InTool}}},
	{Tool, Rules{Doc: "tools that agents may call",
		Operations: []string{"mutating", "env", "file", "file:read", "file:write", "file:delete", "http", "llm", "shell",
			"sql", "sql:select", "sql:insert", "sql:update", "sql:delete"},
		Names: "tools", Modes: []Mode{Forbid, Only, Require}, When: []Condition{InTests},
		Unless: []Condition{WithApproval, InTests}, Needs: []Need{Approval, Description}}},
	{Agent, Rules{Doc: "agents", Names: "agents", Modes: []Mode{Forbid, Only, Require, Limited}, When: []Condition{InTests},
		Unless: []Condition{WithApproval, InTests}, Needs: []Need{Approval, MaxSteps, Budget},
		Limits: []Quantity{Steps, USDPerRun, ToolCount}}},
	{Call, Rules{Doc: "calls of functions by their names", Names: "functions", NeedsNames: true,
		Modes: []Mode{Forbid, Require}, When: around, Unless: lifts, Needs: []Need{Approval, RateLimit}}},
	{Import, Rules{Doc: "modules that are imported", Names: "modules", NeedsNames: true, Modes: []Mode{Forbid},
		When: []Condition{InTests}, Unless: []Condition{InTests}}},
	{Run, Rules{Doc: "executions of entry points", Modes: []Mode{Require, Limited}, When: []Condition{InTests},
		Unless: []Condition{InTests}, Needs: []Need{Budget}, Limits: []Quantity{USDPerRun}}},
}

// Subjects are all subjects.
func Subjects() []Subject {
	all := make([]Subject, len(subjects))
	for i, s := range subjects {
		all[i] = s.subject
	}
	return all
}

// RulesOf is what an intent about a subject may say.
func RulesOf(s Subject) (Rules, bool) {
	for _, row := range subjects {
		if row.subject == s {
			return row.rules, true
		}
	}
	return Rules{}, false
}

// Modes are all modes.
func Modes() []Mode { return []Mode{Forbid, Only, Require, Limited} }

// Conditions are all conditions, in canonical order.
func Conditions() []Condition {
	return []Condition{InProduction, WithApproval, InLoop, InUnboundedLoop, WithRateLimit, InTests, InTool, Interpolated, ViaShell}
}

// Needs are all needs.
func Needs() []Need {
	return []Need{Approval, RateLimit, MaxTokens, Timeout, Retries, Where, MaxSteps, Budget, Description, HTTPS}
}

// Quantities are all quantities.
func Quantities() []Quantity {
	return []Quantity{PerMinute, Tokens, Seconds, RetryCount, Steps, USDPerCall, USDPerRun, Temperature, ToolCount}
}

// Severities are the severities that an intent may ask for.
func Severities() []string { return []string{"", "error", "warning", "info"} }

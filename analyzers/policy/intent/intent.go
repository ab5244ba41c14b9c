// Package intent is what a sentence about agent code can mean: a closed form between a
// comment and Rego. The controlled language and language models both end in it, and only the
// renderer writes Rego from it.
package intent

// Version is that of the form.
const Version = 1

// Intent is what one policy demands.
type Intent struct {
	Version int     `json:"version"`
	Mode    Mode    `json:"mode"`
	Subject Subject `json:"subject"`
	// Operations narrow the subject: sql verbs, file operations, HTTP methods; empty: all.
	Operations []string `json:"operations"`
	// Names narrow it further: tables, hosts, paths, programs, variables, models, tools, agents, modules, calls.
	// With Only they are what is allowed.
	Names []string `json:"names"`
	// When must all hold for Forbid and Require to apply.
	When []Condition `json:"when"`
	// Unless is what lifts the ban.
	Unless []Condition `json:"unless"`
	// Need is what Require asks for; "" for other modes.
	Need Need `json:"need"`
	// Limit is the bound of Limit.
	Limit Limit `json:"limit"`
	// Severity is error, warning or info; "" leaves it to the renderer.
	Severity string `json:"severity"`
}

// Mode is how the subject is judged.
type Mode string

// The modes.
const (
	Forbid  Mode = "forbid"  // the subject must not be there
	Only    Mode = "only"    // nothing but Names is allowed
	Require Mode = "require" // the subject must have Need
	Limited Mode = "limit"   // the subject stays within Limit
)

// Subject is what is judged: a list of the facts.
type Subject string

// The subjects.
const (
	SQL    Subject = "sql"
	HTTP   Subject = "http"
	File   Subject = "file"
	Shell  Subject = "shell"
	Env    Subject = "env"
	LLM    Subject = "llm"
	Model  Subject = "model"
	Tool   Subject = "tool"
	Agent  Subject = "agent"
	Call   Subject = "call"   // of a function by its name
	Import Subject = "import" // of a module
	Run    Subject = "run"    // one execution of an entry point
)

// Condition is what may hold where the subject stands.
type Condition string

// The conditions.
const (
	InProduction    Condition = "production"
	WithApproval    Condition = "approval"
	InLoop          Condition = "loop"
	InUnboundedLoop Condition = "unbounded_loop"
	WithRateLimit   Condition = "rate_limit"
	InTests         Condition = "tests"
	InTool          Condition = "tool"
	Interpolated    Condition = "interpolated" // values in the text of SQL
	ViaShell        Condition = "via_shell"
)

// Need is what Require asks for.
type Need string

// The needs.
const (
	Approval    Need = "approval"
	RateLimit   Need = "rate_limit"
	MaxTokens   Need = "max_tokens"
	Timeout     Need = "timeout"
	Retries     Need = "max_retries"
	Where       Need = "where"
	MaxSteps    Need = "max_steps"
	Budget      Need = "budget"
	Description Need = "description"
	HTTPS       Need = "https"
)

// Limit is a bound.
type Limit struct {
	Quantity Quantity `json:"quantity"` // "" for other modes
	Max      float64  `json:"max"`
}

// Quantity is what is bounded.
type Quantity string

// The quantities.
const (
	PerMinute   Quantity = "requests_per_minute" // of a configured limiter
	Tokens      Quantity = "max_tokens"
	Seconds     Quantity = "timeout_seconds"
	RetryCount  Quantity = "max_retries"
	Steps       Quantity = "max_steps"
	USDPerCall  Quantity = "usd_per_call"
	USDPerRun   Quantity = "usd_per_run"
	Temperature Quantity = "temperature"
	ToolCount   Quantity = "tools"
)

// Example is code that shows what a policy means.
type Example struct {
	Code     string `json:"code"`
	Language string `json:"language"` // python, typescript
	Fires    bool   `json:"fires"`    // whether the policy must report it
	Why      string `json:"why"`      // one line
}

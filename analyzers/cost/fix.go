package cost

import (
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// The types of this file are the Fix of findings: what codeactions makes edits from. Nodes
// are those of the finding's own file unless a field says otherwise.

// SwapFix writes another model's id.
type SwapFix struct {
	From, To *pricing.Model
	ID       string // as written, with its prefix and date
	New      string // what to write: To's id behind the same prefix
	// Literal is the string that holds ID; NoNode where no single string does.
	Literal parser.NodeID
	Sites   []*llm.Site // what the literal flows into
	// Cheaper says that To is another tier, whose answers differ: never an editor's first choice.
	Cheaper bool
	// Saving is USD per month; 0 where that is not the point.
	Saving float64
	// Input is the expected prompt in tokens, for guards that depend on it; 0 when unknown.
	Input float64
}

// CapFix sets a setting that bounds what a call costs: llm.OutputCap, llm.Rounds.
type CapFix struct {
	Site    *llm.Site
	Setting llm.Setting
	Value   int
}

// PromptCacheFix lets the provider cache the prefix of a prompt.
type PromptCacheFix struct {
	Call *estimate.Call
	// Growing says that the whole conversation is sent again and again, so that the breakpoint
	// belongs behind the newest message; else it belongs behind the constant prefix.
	Growing bool
}

// ResponseCacheFix keeps answers to equal questions.
type ResponseCacheFix struct {
	Call *estimate.Call
	Func *parser.Func // around the call; nil at module level
}

// BatchEmbeddingFix embeds a whole list in a few calls.
type BatchEmbeddingFix struct {
	Call *estimate.Call
	Loop *parser.Loop
}

// HoistFix moves a call out of a loop on which nothing of it depends.
type HoistFix struct {
	Call *estimate.Call
	Loop *parser.Loop
}

// ServiceTierFix asks for a cheaper tier of service: "flex".
type ServiceTierFix struct {
	Call *estimate.Call
	Tier string
}

// RetryFix bounds retries.
type RetryFix struct {
	// Node is the decorator, the call that retries (backoff.on_exception, tenacity.retry), or the
	// argument that holds too high a number.
	Node    parser.NodeID
	Library string // backoff, tenacity, or an SDK's name
	Value   int
}

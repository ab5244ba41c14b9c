package config

import (
	"errors"
	"strings"
)

// Cost is the section [cost]: what estimates assume where the code does not say.
type Cost struct {
	RunsPerMonth     int // of an entry point
	OutputTokens     int // of an answer without a cap
	SlotTokens       int // of a variable in a prompt whose name tells nothing
	LoopIterations   int // of a loop whose count is not known
	AgentTurns       int // of an agent, per run
	ToolResultTokens int // of a tool's answer
	// CacheHitRate is the share of a repeated prefix that is read from the provider's cache, 0 to 1.
	CacheHitRate float64
	ServiceTier  string // standard, batch, flex or priority
	// BudgetPerRun and BudgetPerMonth are in USD; 0: none.
	BudgetPerRun, BudgetPerMonth float64
	// MinSavingPerMonth is in USD: what saves less is not suggested.
	MinSavingPerMonth  float64
	MaxSuggestionTiers int // how many steps down in price a suggested model may be
	PricesMaxAgeDays   int // from which age on figures say of which day the prices are
	// UnknownModel is silent, show, or assume:<id>.
	UnknownModel string
	Prices       []PriceFile          // the later one wins
	Models       map[string]CostModel // by the id that the code names
	Paths        []CostPath           // the first that matches counts
}

// PriceFile is a file of prices in LiteLLM's format.
type PriceFile struct {
	Name string // for people: as it was written; of a URL without its query, which may hold a secret
	Path string // "" for one on the web
	// Within is a folder that Path must not leave, through symbolic links either; "": any.
	Within string
	URL    string // https, of a user's settings only
}

// CostModel says what an id of the house stands for.
type CostModel struct {
	Alias    string  // the id of the model that answers; "" for the id itself
	Discount float64 // 0 to 0.99: the share of every price that is not paid
}

// CostPath says how files are run.
type CostPath struct {
	match        glob
	from         origin
	RunsPerMonth int // 0: as elsewhere
	Batchable    bool
}

// CostOf is the section [cost] as it holds for the file at path, relative to Root with slashes.
func (c *Config) CostOf(path string) (cost Cost, batchable bool) {
	cost = c.Cost
	for _, p := range cost.Paths {
		if p.match.match(path, c.Root == "") {
			if p.RunsPerMonth > 0 {
				cost.RunsPerMonth = p.RunsPerMonth
			}
			return cost, p.Batchable
		}
	}
	return cost, false
}

// costKeys are the rows of [cost].
var costKeys = []Key{
	number("cost.runs_per_month", 1000, 0, 1<<40, Workspace,
		"How often an entry point runs in a month.",
		func(c *Config, v int) { c.Cost.RunsPerMonth = v }),
	number("cost.assumed_output_tokens", 500, 1, 1<<24, Workspace,
		"Tokens of an answer for which the code sets no cap.",
		func(c *Config, v int) { c.Cost.OutputTokens = v }),
	number("cost.assumed_slot_tokens", 300, 0, 1<<24, Workspace,
		"Tokens of a variable in a prompt, where neither its value nor its name tells.",
		func(c *Config, v int) { c.Cost.SlotTokens = v }),
	number("cost.assumed_loop_iterations", 10, 1, 1<<30, Workspace,
		"Rounds of a loop whose number the code does not tell.",
		func(c *Config, v int) { c.Cost.LoopIterations = v }),
	number("cost.assumed_agent_turns", 6, 1, 1<<20, Workspace,
		"Requests that an agent sends in one run.",
		func(c *Config, v int) { c.Cost.AgentTurns = v }),
	number("cost.assumed_tool_result_tokens", 800, 0, 1<<24, Workspace,
		"Tokens of what a tool answers.",
		func(c *Config, v int) { c.Cost.ToolResultTokens = v }),
	decimal("cost.cache_hit_rate", 0, 0, 1, Workspace,
		"Share of a repeated prefix that the provider's prompt cache serves.",
		func(c *Config, v float64) { c.Cost.CacheHitRate = v }),
	choice("cost.service_tier", "standard", []string{"standard", "batch", "flex", "priority"}, Workspace,
		"The provider's service tier of calls that name none.",
		func(c *Config, v string) { c.Cost.ServiceTier = v }),
	decimal("cost.budget_per_run", 0, 0, 1e9, Workspace,
		"COST-020: USD that one run of an entry point may be expected to cost; 0: any.",
		func(c *Config, v float64) { c.Cost.BudgetPerRun = v }),
	decimal("cost.budget_per_month", 0, 0, 1e12, Workspace,
		"COST-020: USD that an entry point may be expected to cost in a month; 0: any.",
		func(c *Config, v float64) { c.Cost.BudgetPerMonth = v }),
	decimal("cost.min_saving_per_month", 5, 0, 1e12, Workspace,
		"Changes that save less than this many USD a month are not suggested.",
		func(c *Config, v float64) { c.Cost.MinSavingPerMonth = v }),
	number("cost.max_suggestion_tiers", 1, 0, 10, Workspace,
		"How many steps down in price a suggested model may be.",
		func(c *Config, v int) { c.Cost.MaxSuggestionTiers = v }),
	number("cost.prices_max_age_days", 30, 0, 3650, Workspace,
		"Prices that are older than this many days are shown with their date wherever a figure stands.",
		func(c *Config, v int) { c.Cost.PricesMaxAgeDays = v }),
}

func decimal(name string, preset, low, high float64, scope Scope, doc string, put func(*Config, float64)) Key {
	return Key{
		Name: name, Type: numberFrom(low, high), Default: tomlFloat(preset), Scope: scope, Doc: doc, preset: preset,
		set: func(c *Config, _ string, value any) error {
			v, err := decimalOf(value, low, high)
			if err == nil {
				put(c, v)
			}
			return err
		},
	}
}

func decimalOf(value any, low, high float64) (float64, error) {
	v, ok := value.(float64)
	if i, whole := value.(int64); whole {
		v, ok = float64(i), true
	}
	if !ok {
		return 0, wrongType("a "+numberFrom(low, high), value)
	}
	if !(v >= low && v <= high) { // NaN too
		return 0, errors.New("expected a " + numberFrom(low, high) + ", got " + formatNumber(v))
	}
	return v, nil
}

func numberFrom(low, high float64) string {
	return "number from " + formatNumber(low) + " to " + formatNumber(high)
}

// tomlFloat is v as TOML writes a number that need not be whole.
func tomlFloat(v float64) string {
	if s := formatNumber(v); strings.Contains(s, ".") {
		return s
	}
	return formatNumber(v) + ".0"
}

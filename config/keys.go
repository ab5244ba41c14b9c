package config

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Scope tells who may set a key, and who wins when several do.
type Scope string

// The scopes.
const (
	// Workspace keys belong to the project: qodacode.toml wins over the user's settings.
	Workspace Scope = "workspace"
	// Editor keys are a matter of taste: the user's settings win over qodacode.toml.
	Editor Scope = "editor"
	// User keys reach outside (endpoints, commands, keys). A workspace file cannot set them,
	// since opening a stranger's project must not run or contact anything.
	User Scope = "user"
)

// Key documents one key of qodacode.toml.
type Key struct {
	Name    string   // dotted; a last segment * stands for any name
	Type    string   // what is expected, for people
	Values  []string // the allowed values; empty where Type says it all
	Default string   // as TOML; "" where there is none
	Scope   Scope
	Doc     string // Markdown

	preset any
	// section says that the value is a section with keys of its own; listed, that there may be
	// several of it, [[like.this]], which are set one by one.
	section, listed bool
	// set checks value and puts it into c. name is what stands for *. Values come from TOML
	// or JSON: string, bool, int64, float64, []any, map[string]any, time.Time.
	set   func(c *Config, name string, value any) error
	rules func(setting) []string // the rules and families that a setting names
}

// Keys are all keys in the order of the documentation.
func Keys() []Key { return slices.Clone(table) }

var severities = []string{"off", "hint", "info", "warning", "error"}

// table is the single place where a key is named. It is never changed.
var table = slices.Concat(generalKeys, sastKeys, costKeys, costSections, policyKeys, lspKeys)

var generalKeys = []Key{
	choice("check.fail_on", "warning", severities, Workspace,
		"`qodacode check` exits 1 when a finding has this severity or a higher one; `off`: never.",
		func(c *Config, v string) { c.Check.FailOn = v }),
	globs("check.exclude", Workspace,
		"Files and folders that are not read, as globs relative to the folder of `qodacode.toml`, in the manner of `.gitignore`: "+
			"`*` and `?` stay within a folder, `**` crosses folders, `[a-z]` is a class, and a glob without a slash matches at any depth. "+
			"What `.gitignore` names is left out already.",
		func(c *Config, v []glob) { c.Check.exclude = v }),
	number("check.max_file_size", 4<<20, 1, 1<<30, Workspace,
		"Files with more bytes than this are not read.",
		func(c *Config, v int) { c.Check.MaxFileSize = v }),
	{
		Name: "severity.*", Type: "severity", Values: severities, Scope: Workspace,
		Doc: "The severity of a rule (`\"COST-008\" = \"off\"`) or of a family (`secrets = \"error\"`). A rule's own key wins over its family's.",
		set: func(c *Config, name string, value any) error {
			v, err := oneOf(value, severities)
			if err == nil {
				c.Severity[name] = v
			}
			return err
		},
		rules: func(s setting) []string { return []string{s.name} },
	},
	{
		Name: "ignore.*", Type: "list of rules and families", Scope: Workspace,
		Doc: "Rules and families that are not reported in the files that a glob names: `\"tests/**\" = [\"secrets\", \"COST-008\"]`. Globs as in `check.exclude`.",
		set: func(c *Config, name string, value any) error {
			rules, err := stringList(value)
			if err != nil {
				return err
			}
			g, err := compileGlob(name)
			if err == nil {
				c.ignored = append(c.ignored, ignored{g, rules})
			}
			return err
		},
		rules: func(s setting) []string { rules, _ := stringList(s.value); return rules },
	},
	{
		Name: "secrets.allow", Type: "list of regular expressions", Default: "[]", Scope: Workspace,
		Doc: "Secrets that match one of these are not reported. RE2 syntax, unanchored: `[\"^test-\", \"EXAMPLE\"]`.",
		set: func(c *Config, _ string, value any) error {
			sources, err := stringList(value)
			if err != nil {
				return err
			}
			allow := make([]*regexp.Regexp, len(sources))
			for i, source := range sources {
				if allow[i], err = regexp.Compile(source); err != nil {
					return fmt.Errorf("%s is no regular expression: %w", quote(source), err)
				}
			}
			c.Secrets.Allow = allow
			return nil
		},
	},
	number("arch.max_degree", 10, 1, 10000, Workspace,
		"ARCH-002: how many nodes a node of a graph may lead to, or be reached from.",
		func(c *Config, v int) { c.Arch.MaxDegree = v }),
	number("arch.max_density", 3, 1, 10000, Workspace,
		"ARCH-002: how many edges per node a graph of 8 or more nodes may have.",
		func(c *Config, v int) { c.Arch.MaxDensity = v }),
	number("arch.many_tools", 12, 1, 10000, Workspace,
		"ARCH-002: with more tools than this, an agent gets a note.",
		func(c *Config, v int) { c.Arch.ManyTools = v }),
	number("arch.max_tools", 20, 1, 10000, Workspace,
		"ARCH-002: how many tools an agent may have.",
		func(c *Config, v int) { c.Arch.MaxTools = v }),
	number("arch.max_participants", 8, 1, 10000, Workspace,
		"ARCH-002: how many agents may take turns in a team.",
		func(c *Config, v int) { c.Arch.MaxParticipants = v }),
	number("arch.tight_max", 100, 1, 1<<30, Workspace,
		"ARCH-001 and ARCH-004: a framework's own limit of up to this many rounds is tight enough to rely on; LangGraph's 10007 steps are not.",
		func(c *Config, v int) { c.Arch.TightMax = v }),
	number("arch.premium_calls", 50, 1, 1<<30, Workspace,
		"ARCH-004: how many calls of a premium model a limit in the code may allow.",
		func(c *Config, v int) { c.Arch.PremiumCalls = v }),
	number("arch.premium_price", 10, 1, 1<<30, Workspace,
		"ARCH-004: from this price on, in USD per million output tokens, a model is a premium model.",
		func(c *Config, v int) { c.Arch.PremiumPrice = v }),
	number("arch.max_calls", 1000, 1, 1<<30, Workspace,
		"ARCH-004: how many calls of any model a limit in the code may allow.",
		func(c *Config, v int) { c.Arch.MaxCalls = v }),
}

var lspKeys = []Key{
	toggle("lsp.hover", true, Editor,
		"Show the model, its price and its retirement date on hover.",
		func(c *Config, v bool) { c.LSP.Hover = v }),
	toggle("lsp.inlay_hints", true, Editor,
		"Show a model's price at the end of the call.",
		func(c *Config, v bool) { c.LSP.InlayHints = v }),
	toggle("lsp.code_lens", true, Editor,
		"Show figures above functions and calls.",
		func(c *Config, v bool) { c.LSP.CodeLens = v }),
	toggle("lsp.workspace_scan", false, Editor,
		"Report findings of files that are not open, too.",
		func(c *Config, v bool) { c.LSP.WorkspaceScan = v }),
}

func choice(name, preset string, values []string, scope Scope, doc string, put func(*Config, string)) Key {
	return Key{
		Name: name, Type: "string", Values: values, Default: quote(preset), Scope: scope, Doc: doc, preset: preset,
		set: func(c *Config, _ string, value any) error {
			v, err := oneOf(value, values)
			if err == nil {
				put(c, v)
			}
			return err
		},
	}
}

func toggle(name string, preset bool, scope Scope, doc string, put func(*Config, bool)) Key {
	return Key{
		Name: name, Type: "boolean", Default: fmt.Sprint(preset), Scope: scope, Doc: doc, preset: preset,
		set: func(c *Config, _ string, value any) error {
			v, ok := value.(bool)
			if !ok {
				return wrongType("true or false", value)
			}
			put(c, v)
			return nil
		},
	}
}

func number(name string, preset, low, high int, scope Scope, doc string, put func(*Config, int)) Key {
	want := fmt.Sprintf("whole number from %d to %d", low, high)
	return Key{
		Name: name, Type: want, Default: fmt.Sprint(preset), Scope: scope, Doc: doc, preset: int64(preset),
		set: func(c *Config, _ string, value any) error {
			v, err := whole(value, low, high)
			if err == nil {
				put(c, v)
			}
			return err
		},
	}
}

func whole(value any, low, high int) (int, error) {
	want := fmt.Sprintf("whole number from %d to %d", low, high)
	v, ok := value.(int64)
	if f, isFloat := value.(float64); isFloat && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		v, ok = int64(f), true // JSON has no other numbers
	}
	if !ok {
		return 0, wrongType("a "+want, value)
	}
	if v < int64(low) || v > int64(high) {
		return 0, fmt.Errorf("expected a %s, got %d", want, v)
	}
	return int(v), nil
}

func globs(name string, scope Scope, doc string, put func(*Config, []glob)) Key {
	return Key{
		Name: name, Type: "list of globs", Default: "[]", Scope: scope, Doc: doc,
		set: func(c *Config, _ string, value any) error {
			sources, err := stringList(value)
			if err != nil {
				return err
			}
			compiled := make([]glob, len(sources))
			for i, source := range sources {
				if compiled[i], err = compileGlob(source); err != nil {
					return err
				}
			}
			put(c, compiled)
			return nil
		},
	}
}

func oneOf(value any, values []string) (string, error) {
	v, ok := value.(string)
	if !ok {
		return "", wrongType("one of "+strings.Join(values, ", "), value)
	}
	if !slices.Contains(values, v) {
		return "", fmt.Errorf("expected one of %s, got %s", strings.Join(values, ", "), quote(v))
	}
	return v, nil
}

func stringList(value any) ([]string, error) {
	list, ok := value.([]any)
	if !ok {
		return nil, wrongType("a list of strings", value)
	}
	out := make([]string, len(list))
	for i, element := range list {
		if out[i], ok = element.(string); !ok {
			return nil, fmt.Errorf("expected a list of strings, element %d is %s", i+1, kindOf(element))
		}
	}
	return out, nil
}

// formatNumber is v without an exponent and without zeros behind the point.
func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func wrongType(want string, value any) error {
	return errors.New("expected " + want + ", got " + kindOf(value))
}

// kindOf names a value without repeating it: a user may have put a key into the wrong place.
func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case int64, float64:
		return "a number"
	case []any, []map[string]any:
		return "a list"
	case map[string]any:
		return "a section"
	case nil:
		return "nothing"
	}
	return "a date"
}

// Package config reads qodacode.toml into one typed value. Every key is one row of the
// table in keys.go, from which defaults, validation and the documentation come.
package config

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// FileName is the name of a project's configuration file.
const FileName = "qodacode.toml"

// Config is all that can be configured. It is immutable once returned.
type Config struct {
	Path string // the workspace file that it was read from, "" for none
	// Root is the folder that globs are relative to. Without a workspace file it is "" and
	// globs match at any depth.
	Root string

	Check   Check
	Secrets Secrets
	SAST    SAST
	Arch    Arch
	Cost    Cost
	Policy  Policy
	LSP     LSP
	// Severity maps a rule's id or a family to off, hint, info, warning or error.
	Severity map[string]string

	ignored   []ignored
	workspace layer
	user      []layer // the later one wins
	from      origin  // of the setting that is being applied
}

// Check is the section [check].
type Check struct {
	FailOn      string // severity from which qodacode check exits 1: hint, info, warning, error; off: never
	MaxFileSize int    // bytes; larger files are not read

	exclude []glob
}

// Secrets is the section [secrets].
type Secrets struct {
	Allow []*regexp.Regexp // a secret that matches one of them is not reported
}

// Arch is the section [arch]: from where on the shape of an agent graph is reported.
type Arch struct {
	MaxDegree       int // neighbours of a node
	MaxDensity      int // edges per node
	ManyTools       int // of an agent: a note
	MaxTools        int // of an agent
	MaxParticipants int // of a team
	TightMax        int // rounds that a framework's own limit may allow to be relied on
	PremiumCalls    int // calls of a premium model in one run
	PremiumPrice    int // USD per million output tokens from which a model is a premium model
	MaxCalls        int // calls of any model in one run
}

// LSP is the section [lsp]: what the language server shows.
type LSP struct {
	Hover         bool
	InlayHints    bool
	CodeLens      bool
	WorkspaceScan bool // findings of files that are not open, too
}

// Problem is something wrong in a configuration. What it speaks of is not used, the rest is.
type Problem struct {
	Path    string     // the file; "" for settings of the editor
	Text    *text.Text // the content of the file; nil where there is none
	Span    text.Span  // bytes of Text
	Message string     // what is wrong, what is used instead, what to do
}

// layer is what one source sets, in its order.
type layer []setting

type setting struct {
	key   *Key
	name  string // the last segment of the path, which stands for * in the key's name
	value any
	place Problem // where the name stands
	from  origin
}

// origin is who wrote a setting, for keys that trust a user more than a workspace file, or
// that name files relative to their own.
type origin struct {
	path   string // the file; "" for settings of the editor
	byUser bool
}

// Default is the configuration of a project without qodacode.toml.
func Default() *Config { return build("", "", nil, nil) }

// build puts sources on top of each other. A project wins over its user, so that a checkout
// gives everyone the same findings; what the editor shows is the user's own choice.
func build(path, root string, workspace layer, user []layer) *Config {
	c := &Config{Path: path, Root: root, Severity: map[string]string{}, workspace: workspace, user: user}
	for _, k := range table {
		if k.preset != nil {
			_ = k.set(c, "", k.preset)
		}
	}
	c.apply(workspace, Editor)
	for _, l := range user {
		c.apply(l, Workspace, Editor, User)
	}
	c.apply(workspace, Workspace)
	return c
}

// apply sets what l has of the given scopes. The values were tried when l was made.
func (c *Config) apply(l layer, scopes ...Scope) {
	for _, s := range l {
		if slices.Contains(scopes, s.key.Scope) {
			c.from = s.from
			_ = s.key.set(c, s.name, s.value)
		}
	}
}

// SeverityOf is the configured severity of a rule: its own, else its family's, else "".
func (c *Config) SeverityOf(rule, family string) string {
	if s := c.Severity[rule]; s != "" {
		return s
	}
	return c.Severity[family]
}

// UnknownRules reports the rules and families in [severity] and [ignore] that are not among
// names. It is apart from Parse because only the engine knows all rules.
func (c *Config) UnknownRules(names []string) []Problem {
	var problems []Problem
	for _, l := range append([]layer{c.workspace}, c.user...) {
		for _, s := range l {
			if s.key.rules == nil {
				continue
			}
			for _, name := range s.key.rules(s) {
				if !slices.Contains(names, name) && !strings.HasPrefix(name, "POLICY-") { // policies are read later
					p := s.place
					p.Message = "unknown rule or family " + quote(name) + "; " + Suggest(name, names, "`qodacode rules` lists them")
					problems = append(problems, p)
				}
			}
		}
	}
	return problems
}

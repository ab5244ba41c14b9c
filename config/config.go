// Package config reads qodacode.toml into one typed value. Every key is one row of the
// table in keys.go, from which defaults, validation and the documentation come.
package config

import (
	"regexp"

	"github.com/qodacode/qodacode/parser/text"
)

// FileName is the name of a project's configuration file.
const FileName = "qodacode.toml"

// Config is all that can be configured. It is immutable once returned; copy it to change it.
type Config struct {
	// Path is the workspace file that it was read from, "" for defaults alone.
	Path string

	Check   Check
	Secrets Secrets
	LSP     LSP

	// Severity maps a rule's id or a family to off, hint, info, warning or error. The id wins.
	Severity map[string]string
	// Ignore maps a glob of paths to the rule ids and families that are not reported there.
	Ignore map[string][]string

	set     map[string]bool // keys that the workspace file sets
	exclude []*regexp.Regexp
	ignore  []ignored
	names   []ruleName // where rules are named, for UnknownRules
}

// Check is the section [check].
type Check struct {
	FailOn      string   // severity from which qodacode check exits 1: hint, info, warning, error or off
	Exclude     []string // globs of paths that are not read
	MaxFileSize int      // bytes; larger files are not read
}

// Secrets is the section [secrets].
type Secrets struct {
	Allow []*regexp.Regexp // texts that are known not to be secrets
}

// LSP is the section [lsp]: what the language server shows.
type LSP struct {
	Hover         bool
	InlayHints    bool
	CodeLens      bool
	WorkspaceScan bool // findings of files that are not open, too
}

// Problem is something wrong in a configuration file. The key it speaks of is not used, the rest is.
type Problem struct {
	Path    string    // the file
	Span    text.Span // bytes of the file
	Message string    // what is wrong, what is used instead, what to do
}

// Settings are user settings as an editor sends them: the decoded JSON object under "qodacode",
// with the sections and keys of qodacode.toml.
type Settings map[string]any

type ignored struct {
	path  *regexp.Regexp
	rules map[string]bool
}

type ruleName struct {
	name string
	span text.Span
}

// Default is the configuration of a project without qodacode.toml.
func Default() *Config {
	return &Config{
		Check: Check{FailOn: "warning", MaxFileSize: 4 << 20},
		LSP:   LSP{Hover: true, InlayHints: true, CodeLens: true, WorkspaceScan: false},
	}
}

// Package effects finds what the code of a file does to the world around it: SQL, HTTP, files,
// programs, the environment. What a library's functions do is data: a row of a table.
package effects

import (
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Effect is one effect at one place. Exactly one of the pointers is set.
type Effect struct {
	Node parser.NodeID // the expression that has it: a call, or the use of os.environ
	Call *parser.Call  // nil where it is no call

	SQL   *SQL
	HTTP  *HTTP
	File  *File
	Shell *Shell
	Env   *Env
}

// How much of a text is known.
const (
	Full    = "full"
	Partial = "partial" // of a statement or command
	Prefix  = "prefix"  // of a path
	Host    = "host"    // of a URL
	None    = "none"
)

// Gap stands in a text for what is not known.
const Gap = "…"

// SQL is a statement that is executed; see facts.SQL.
type SQL struct {
	Verb         string // lower case; "unknown"
	Tables       []string
	Where        bool
	Statement    string
	Known        string // Full, Partial, None
	Interpolated bool
}

// HTTP is a request, or a client that is made for a host; see facts.HTTP.
type HTTP struct {
	Method, URL, Scheme, Host string
	Port                      int
	Path                      string
	Known                     string // Full, Host, None
}

// File is what is done to a file or folder; see facts.FileEffect.
type File struct {
	Op                               string // read, write, append, delete, list, chmod, exec, other
	Path                             string
	Known                            string // Full, Prefix, None
	Absolute, Escapes, FromParameter bool
}

// Shell is a program that is started or code that is evaluated; see facts.Shell.
type Shell struct {
	Command, Program string
	Known            string // Full, Partial, None
	ViaShell         bool
}

// Env is the use of a variable of the environment; see facts.Env.
type Env struct {
	Name       string
	Op         string // read, write
	HasDefault bool
	Default    string
}

// Of are the effects of a file, in the order of their places. modules finds the constants
// and clients that the file imports; nil: none.
func Of(f *parser.File, modules diagnostics.Modules) []Effect {
	return nil
}

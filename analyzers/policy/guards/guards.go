// Package guards tells what is around a place in the code: what leads to it, and what must
// hold for it to run: loops, conditions on the environment, approval by a person, limiters.
package guards

import (
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Answer is yes, no or unknown.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Around is what is around a place; see facts.Context for what the fields mean.
type Around struct {
	Function    string
	Func        *parser.Func // nil at the top of the file
	Class       string
	Decorators  []string
	LoopDepth   int
	LoopBounded Answer

	Production      Answer
	ProductionGuard string
	Approved        Answer
	Approval        string
	RateLimited     Answer
	RPM             float64 // requests per minute that the limiter lets through; 0: not known
	InTest, InTry   bool
}

// Guards answers for one file. It is safe for concurrent use.
type Guards struct{}

// Of reads a file. modules finds the helpers and constants that it imports; nil: none.
func Of(f *parser.File, modules diagnostics.Modules) *Guards { return &Guards{} }

// At is what is around n.
func (g *Guards) At(n parser.NodeID) Around { return Around{} }

// IsTest reports whether a file is a test.
func IsTest(f *parser.File) bool { return false }

// Package taint follows data from sources to sinks: flow-sensitive within a function, through
// functions and methods of the file, and of the modules of the workspace that it imports.
package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Modules finds other files of the project. It is nil where there are none.
type Modules = diagnostics.Modules

// Finding is a flow of a rule.
type Finding struct {
	Rule  *rule.Rule
	Sink  search.Match
	Trace []Step // from the source to the sink
}

// Step is a place on the way of the data.
type Step struct {
	File *parser.File
	Span text.Span // bytes of File.Text
	Kind StepKind
}

// StepKind tells what happens at a Step.
type StepKind uint8

// Kinds of steps.
const (
	SourceStep StepKind = iota
	AssignStep          // it is stored
	CallStep            // it is given to a function as an argument
	ReturnStep          // it comes back from one
	SinkStep
)

// Package pattern matches one pattern of Semgrep's syntax against a tree.
package pattern

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Pattern is a compiled pattern. It is immutable and safe for concurrent use.
type Pattern struct {
	// Words are what a file must hold for the pattern to match it: of each inner list at
	// least one, as names, strings or keywords in the text (import aliases are counted as what
	// they stand for, see Names). An empty list says nothing.
	Words [][]string

	root     root
	lang     parser.Language
	nodes    []*node
	slots    []string // metavariables, by slot
	sorted   []int    // slots, by name
	list     []*node  // of several statements: these
	ellipsis bool     // with ... among them
	ended    bool     // an expression with a semicolon: it stands in a statement that is one
	need     needed
	needs    [][]string // of nodes, see node.needs
	head     string     // the last name of what is called; "" where it is open or nothing is called
}

// Error is a pattern that can't be read.
type Error struct {
	Offset  int // bytes of the pattern's source
	Message string
}

func (e *Error) Error() string { return e.Message }

// Options are a rule's options that change how patterns match; the zero value is not the default.
type Options struct {
	ConstantPropagation  bool // default true
	SymbolicPropagation  bool // default false
	AcComm               bool // ac_matching, default true: && || and + of strings in any association
	ArrowIsFunction      bool // default true
	ImplicitDeepExprstmt bool // default true: an expression statement matches any expression in it
	ImplicitEllipsis     bool // default true
	VardefAssign         bool // default true: $X = … matches const x = …
	FlddefAssign         bool // default false
	AttrExpr             bool // default true
	LetIsVar             bool // default true
	CommutativeBoolop    bool // default false
	CommutativeCompop    bool // default false
	SymmetricEq          bool // default false
	UnifyIdentsStrongly  bool // default true
	// AllEnds is no option of rules: an ellipsis at the end of statements gives a match for each
	// statement that it may end with, as for pattern-not it matters which are the same. Without
	// it there is only the longest, which is what contains things.
	AllEnds bool
}

// Defaults are the options of a rule that sets none.
func Defaults() Options {
	return Options{ConstantPropagation: true, AcComm: true, ArrowIsFunction: true, ImplicitDeepExprstmt: true, ImplicitEllipsis: true, VardefAssign: true, AttrExpr: true, LetIsVar: true, UnifyIdentsStrongly: true}
}

// Bound is what a metavariable stands for in a match.
type Bound struct {
	Name string    // with its dollar: $X, $...ARGS, "$1" for a group of a regular expression
	Node tree.ID   // the node, or the first of several; None where it is text only: a part of a string, a group
	Last tree.ID   // the last of several siblings, otherwise Node; None with an empty list of arguments
	Span text.Span // bytes of File.Text; the range that focus-metavariable takes
	Text string    // what conditions see where that is not the text of Span: the name behind an import's alias
}

// Match is one place where a pattern matches.
type Match struct {
	Span text.Span // bytes of File.Text
	Node tree.ID   // the node that matched; the first of a run of statements; None for text
	Vars []Bound   // sorted by name; never changed once made
}

// Package parser reads text into an immutable syntax tree and the facts of one file:
// imports, scopes, names, constants, calls, strings, loops and comments. It knows
// languages and knows no rules; nothing above it touches tree-sitter.
package parser

import (
	"sync"
	"sync/atomic"

	"github.com/qodacode/qodacode/parser/text"
)

// File is one parsed file. It is immutable and safe for concurrent use.
//
// Spans of nodes and facts are bytes of Text. Text is the document itself, except in a
// notebook, where Text is the code of all cells and Locate maps back to Source.
type File struct {
	Path     string // as the caller names it; relative to the workspace where it has one
	Language Language
	Source   *text.Text // the document as it is on disk or in the editor
	Text     *text.Text // the code that the nodes stand in
	Nodes    []Node     // in preorder; Nodes[0] is the root; empty for data and plain files

	Imports  []Import
	Scopes   []Scope
	Defs     []Def
	Calls    []Call
	Funcs    []Func
	Classes  []Class
	Loops    []Loop
	Strings  []Str
	Comments []Comment

	grammar           *grammar
	names             map[defKey]int32          // first definition
	cells             *cellMap                  // notebooks only
	broken, unsettled bool                      // see Broken and Unsettled
	named             atomic.Pointer[callIndex] // nil until it is asked for
	memo              sync.Map
}

// Unsettled reports whether the text is broken and was parsed incrementally, so that a parse
// from scratch (Document.Settle) may give another tree.
func (f *File) Unsettled() bool { return f.unsettled }

// Memo computes a value derived from f once and shares it between all who ask with the same key.
func Memo[T any](f *File, key any, compute func() T) T {
	v, ok := f.memo.Load(key)
	if !ok {
		once := sync.OnceValue(compute)
		v, _ = f.memo.LoadOrStore(key, once)
	}
	return v.(func() T)()
}

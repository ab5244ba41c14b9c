package tree

import "github.com/qodacode/qodacode/parser"

// build lowers the syntax tree of f.
func build(f *parser.File) *Tree {
	t := &Tree{File: f}
	t.Nodes = append(t.Nodes, Node{Kind: Module, Parent: None, Next: 1})
	return t
}

package pattern

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// node is a node of a pattern: the code that a tree.Node is, or what stands for unknown code.
type node struct {
	kind   tree.Kind
	role   tree.Role
	op     tree.Op
	flags  tree.Flags
	slot   int    // of Meta, MetaArgs, TypedMeta and strings that bind: the metavariable; -1 where nothing is bound
	text   string // an Ident's name, a literal's value, a metavariable's name, the content of a String
	form   form   // of String and StringPart
	regexp *regexp.Regexp
	kids   []*node
	types  string // the types in f<T>(x), where they are asked for
	cast   string // the type that it is cast to, where that is asked for
	roles  roles  // of kids

	slots    []int   // of the metavariables in it; only of statements behind an ellipsis
	needs    int     // of an ExprStmt or Deep: where Pattern.needs says which names it needs; otherwise -1
	operands []*node // of a Binary: what a chain of its operator joins

	dotted   bool // a name or a chain of attributes that ends in one: what imports can stand for
	chain    bool // an Attr with any calls and attributes between its object and its name
	alone    bool // a generator that is the only argument of a call
	inner    bool // an Assign that is the value of another one
	ellipsis bool // a list of statements with ... among them
}

// form is what a string in a pattern asks of the content of one in code.
type form uint8

const (
	exact    form = iota
	any           // "..."
	variable      // "$X": any content, which is bound
	regex         // "=~/re/"
)

func (p *node) child(role tree.Role) *node {
	for _, k := range p.kids {
		if k.role == role {
			return k
		}
	}
	return nil
}

// of are the children with a role, which stand side by side.
func (p *node) of(role tree.Role) []*node {
	first, last := -1, -1
	for i, k := range p.kids {
		if k.role == role {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	return p.kids[first : last+1]
}

// isEllipsis reports whether p stands for any number of siblings.
func (p *node) isEllipsis() bool {
	return p.kind == tree.Ellipsis || p.kind == tree.AnyStmts || p.kind == tree.MetaArgs
}

// names yields the names that code must hold for p to match it.
func (p *node) names(add func(string)) {
	if p.kind == tree.Ident && p.text != "" && !strings.Contains(p.text, mark) {
		add(p.text)
	}
	if p.kind == tree.TypedMeta {
		return // a literal does not name its type
	}
	for _, k := range p.kids {
		k.names(add)
	}
}

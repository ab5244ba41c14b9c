package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// needed are names that code must hold for a pattern to match it: all says those that stand
// anywhere in the match, first those in its first statement.
type needed struct{ all, first []string }

// mostNeeded is how many names are looked for.
const mostNeeded = 3

func neededBy(p *Pattern) (n needed) {
	for i, node := range p.nodes {
		node.names(func(name string) {
			if len(name) < 2 || name == "default" || name == "undefined" {
				return
			}
			n.all = longest(n.all, name)
			if i == 0 && p.root == statements {
				n.first = longest(n.first, name)
			}
		})
	}
	return n
}

// nodeNeeds notes which names the expressions that are looked for in statements need.
func (p *Pattern) nodeNeeds(n *node) {
	n.needs = -1
	if n.kind == tree.ExprStmt || n.kind == tree.Deep {
		var names []string
		n.names(func(name string) {
			if len(name) >= 2 && name != "default" && name != "undefined" {
				names = longest(names, name)
			}
		})
		n.needs = len(p.needs)
		p.needs = append(p.needs, names)
	}
	for _, k := range n.kids {
		p.nodeNeeds(k)
	}
}

// lacks reports whether the code at n has not all names that a node of the pattern needs.
func (m *matcher) lacks(p *node, n tree.ID) bool {
	if p.needs < 0 || m.needs == nil {
		return false
	}
	names := m.needs[p.needs]
	node := &m.t.Nodes[n]
	source := m.t.File.Text.String()[node.Start:node.End]
	if len(names) > 0 && !holds(source, names) {
		return true
	}
	for _, slot := range p.slots { // a variable that is bound must be there again
		if b := &m.bound[slot]; m.set[slot] && !m.script && b.Text == "" && m.t.Kind(b.Node) == tree.Ident && !strings.Contains(source, m.t.Text(b.Node)) {
			return true
		}
	}
	return false
}

// longest keeps the longest names, which are the rarest ones.
func longest(names []string, name string) []string {
	for _, other := range names {
		if other == name {
			return names
		}
	}
	if len(names) < mostNeeded {
		return append(names, name)
	}
	shortest := 0
	for i := range names {
		if len(names[i]) < len(names[shortest]) {
			shortest = i
		}
	}
	if len(names[shortest]) < len(name) {
		names[shortest] = name
	}
	return names
}

// in leaves out the names that may go by another one in a file.
func (n needed) in(t *tree.Tree, opts *Options) needed {
	if opts.SymbolicPropagation {
		return needed{}
	}
	return needed{written(t, n.all), written(t, n.first)}
}

func written(t *tree.Tree, names []string) []string {
	for i, name := range names {
		if !aliased(t, name) {
			continue
		}
		kept := append([]string(nil), names[:i]...)
		for _, name := range names[i+1:] {
			if !aliased(t, name) {
				kept = append(kept, name)
			}
		}
		return kept
	}
	return names
}

// aliased reports whether something of a name was imported, so that it may be called otherwise.
func aliased(t *tree.Tree, name string) bool {
	for i := range t.File.Imports {
		if imp := &t.File.Imports[i]; imp.Name == name && imp.Alias != name || strings.Contains(imp.Module, name) {
			return true
		}
	}
	return false
}

// holds reports whether a piece of the source has all names.
func holds(source string, names []string) bool {
	for _, name := range names {
		if !strings.Contains(source, name) {
			return false
		}
	}
	return true
}

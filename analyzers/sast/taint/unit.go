package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// A unit is a file that is followed: its tree, what matches in it, and its names.
type unit struct {
	externals []*external // by import
	tree      *tree.Tree
	file      *parser.File
	python    bool
	*hits

	names   []int32 // by node: the interned name, 0 for not yet
	imports map[int32]*parser.Import
	qnames  map[tree.ID]string
	module  cellID // its variables, once it has run
	state   runState
	exports *value    // of JavaScript: module.exports
	made    []*callee // the functions and classes of the module
	// Functions and classes in which rules match, from which sinks are reached, that set variables outside.
	relevant, sinking, leaves, sourcing map[tree.ID]bool
	// bare says that an import is passed on as a value: what it is may be a source elsewhere.
	bare bool
}

// runState tells whether a module's own code has run.
type runState uint8

const (
	notRun runState = iota
	running
	hasRun
)

func newUnit(f *parser.File, h *hits) *unit {
	t := tree.Of(f)
	if h == nil {
		h = newHits(t)
	}
	return &unit{tree: t, file: f, python: !f.Language.IsScript(), hits: h, names: make([]int32, len(t.Nodes))}
}

// intern is the number of a name.
func (in *interp) intern(name string) int32 {
	if n, ok := in.interned[name]; ok {
		return n
	}
	n := int32(len(in.interned) + 1)
	in.interned[name] = n
	in.spelled = append(in.spelled, name)
	return n
}

// name is the number of the name at an Ident.
func (in *interp) name(n tree.ID) int32 {
	if id := in.unit.names[n]; id != 0 {
		return id
	}
	id := in.intern(in.unit.tree.Text(n))
	in.unit.names[n] = id
	return id
}

func (in *interp) spell(name int32) string { return in.spelled[name] }

// kid is n's first child with a role; it does not make an iterator.
func (u *unit) kid(n tree.ID, role tree.Role) tree.ID {
	nodes := u.tree.Nodes
	for c, end := n+1, nodes[n].Next; c < end; c = nodes[c].Next {
		if nodes[c].Role == role {
			return c
		}
	}
	return tree.None
}

// assigns is the assignment that a statement is, or the statement itself.
func (u *unit) assigns(n tree.ID) tree.ID {
	if u.tree.Kind(n) == tree.ExprStmt {
		if v := u.kid(n, tree.Value); u.tree.Kind(v) == tree.Assign {
			return v
		}
	}
	return n
}

// imported is the import that gives a name in a unit, or nil.
func (in *interp) imported(u *unit, name int32) *parser.Import {
	if u.imports == nil {
		u.imports = make(map[int32]*parser.Import, len(u.file.Imports))
		for i := range u.file.Imports {
			im := &u.file.Imports[i]
			if im.Alias != "" {
				u.imports[in.intern(im.Alias)] = im
			}
		}
	}
	return u.imports[name]
}

// qname is the qualified name of an expression, seen from the imports, or "".
func (u *unit) qname(n tree.ID) string {
	if q, ok := u.qnames[n]; ok {
		return q
	}
	if u.qnames == nil {
		u.qnames = map[tree.ID]string{}
	}
	q := ""
	if src := u.tree.Nodes[n].Src; src >= 0 {
		q = strings.TrimSuffix(u.file.QName(src), "()")
	}
	u.qnames[n] = q
	return q
}

package llm

import "github.com/qodacode/qodacode/parser"

// nameSet is a set of names that may say yes to a name that it does not have, and never no to
// one that it has. Most calls of a file are no site, which must cost less than a look into a map.
type nameSet [32]uint64

// bit is a number below 2048 that differs between most names that differ.
func (*nameSet) bit(name string) uint32 {
	if name == "" {
		return 0
	}
	n := len(name)
	h := uint32(n)
	for _, c := range [4]byte{name[0], name[n/3], name[2*n/3], name[n-1]} {
		h = (h ^ uint32(c)) * 0x01000193
	}
	return (h ^ h>>15) & 2047
}

func (s *nameSet) add(name string) {
	b := s.bit(name)
	s[b>>6] |= 1 << (b & 63)
}

func (s *nameSet) may(name string) bool {
	b := s.bit(name)
	return s[b>>6]&(1<<(b&63)) != 0
}

// renamedIn are the names that may stand for something of another last name: aliases, variables,
// parameters. Functions and classes of the file have no qualified name.
func renamedIn(f *parser.File) *nameSet {
	s := &nameSet{}
	for i := range f.Defs {
		switch d := &f.Defs[i]; d.Kind {
		case parser.FuncDef, parser.ClassDef:
		case parser.ImportDef:
			if f.Imports[d.Index].Name != d.Name {
				s.add(d.Name)
			}
		default:
			s.add(d.Name)
		}
	}
	for i := range f.Imports {
		if imp := &f.Imports[i]; imp.Alias != imp.Name {
			s.add(imp.Alias)
		}
	}
	return s
}

// isPlain reports whether the names alone tell that c is no site and makes nothing of the
// table, nor of a class of the program's own on top of that.
func (r *resolver) isPlain(c *parser.Call) bool {
	if c.Name == "" || c.Name[0] >= 'A' && c.Name[0] <= 'Z' || r.table.called.may(c.Name) {
		return false
	}
	switch callee := r.Unwrap(c.Callee); r.Kind(callee) {
	case parser.KindAttribute:
		return true
	case parser.KindIdentifier:
		return !r.renamed.may(c.Name) && r.Slice(callee) == c.Name
	}
	return false
}

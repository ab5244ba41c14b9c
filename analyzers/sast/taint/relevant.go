package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// matters reports whether running a function or class on its own can find anything: whether
// something of a rule matches in it, in what it names, or in a module that it names.
func (u *unit) matters(in *interp, n tree.ID) bool {
	if u.relevant == nil {
		s := survey{in: in, u: u, mentions: map[int32][]tree.ID{}}
		u.relevant = map[tree.ID]bool{}
		s.run()
	}
	return u.relevant[n]
}

// survey finds the functions and classes that matter.
type survey struct {
	in       *interp
	u        *unit
	mentions map[int32][]tree.ID // by name: the innermost definitions that name it
	names    map[tree.ID]int32   // of definitions
	around   map[tree.ID]tree.ID // definitions around definitions
}

func (s *survey) run() {
	u, nodes := s.u, s.u.tree.Nodes
	wasUnit := s.in.unit
	s.in.unit = u
	defer func() { s.in.unit = wasUnit }()
	s.names, s.around = map[tree.ID]int32{}, map[tree.ID]tree.ID{}
	var open []tree.ID
	var hit []tree.ID
	for i := tree.ID(0); int(i) < len(nodes); i++ {
		for len(open) > 0 && i >= nodes[open[len(open)-1]].Next {
			open = open[:len(open)-1]
		}
		inner := tree.None
		if len(open) > 0 {
			inner = open[len(open)-1]
		}
		switch nodes[i].Kind {
		case tree.Func, tree.Lambda, tree.Class:
			s.around[i] = inner
			if name := s.nameOf(i); name != 0 {
				s.names[i] = name
			}
			open = append(open, i)
			inner = i
		case tree.Ident:
			if inner != tree.None && nodes[i].Parent != inner {
				s.mentions[s.in.name(i)] = append(s.mentions[s.in.name(i)], inner)
			}
		}
		if u.flags[i] != 0 && inner != tree.None && (len(hit) == 0 || hit[len(hit)-1] != inner) {
			hit = append(hit, inner)
		}
	}
	for _, d := range hit {
		s.mark(d)
	}
	if s.in.modules == nil {
		return
	}
	for i := range u.file.Imports {
		im := &u.file.Imports[i]
		if ids := s.mentions[s.in.intern(im.Alias)]; len(ids) > 0 && s.in.modules.Import(u.file, im.Module) != nil {
			for _, d := range ids {
				s.mark(d)
			}
		}
	}
}

// mark notes that a definition matters, what is around it, and what names it.
func (s *survey) mark(d tree.ID) {
	work := []tree.ID{d}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		for ; d != tree.None && !s.u.relevant[d]; d = s.around[d] {
			s.u.relevant[d] = true
			if name := s.names[d]; name != 0 {
				work = append(work, s.mentions[name]...)
			}
		}
	}
}

func (s *survey) nameOf(n tree.ID) int32 {
	u := s.u
	name := u.kid(n, tree.Name)
	if p := u.tree.Nodes[n].Parent; name < 0 && p >= 0 && u.tree.Nodes[p].Kind == tree.Assign {
		name = u.kid(p, tree.Target)
	}
	if name < 0 || u.tree.Nodes[name].Kind != tree.Ident {
		return 0
	}
	return s.in.name(name)
}

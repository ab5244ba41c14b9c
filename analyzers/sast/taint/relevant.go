package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// matters reports whether something comes of running a function or class: whether something
// of a rule matches in it, in what it names, or in a module that it names.
func (u *unit) matters(in *interp, n tree.ID) bool {
	u.survey(in)
	return u.relevant[n]
}

// reaches reports whether running a function or class on its own can find anything: a sink must
// stand in it or below it, or it must leave something behind.
func (u *unit) reaches(in *interp, n tree.ID) bool {
	u.survey(in)
	return u.sinking[n] || u.relevant[n] && u.leaves[n]
}

// gives reports whether taint may arise in a function or class, or below it.
func (u *unit) gives(in *interp, n tree.ID) bool {
	u.survey(in)
	return u.bare || u.sourcing[n]
}

func (u *unit) survey(in *interp) {
	if u.relevant != nil {
		return
	}
	s := survey{in: in, u: u, mentions: map[int32][]tree.ID{}, names: map[tree.ID]int32{}, around: map[tree.ID]tree.ID{}}
	u.relevant, u.sinking, u.leaves, u.sourcing = map[tree.ID]bool{}, map[tree.ID]bool{}, map[tree.ID]bool{}, map[tree.ID]bool{}
	s.run()
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
	var open, hit, sinks, sources []tree.ID
	add := func(to *[]tree.ID, d tree.ID) {
		if n := len(*to); n == 0 || (*to)[n-1] != d {
			*to = append(*to, d)
		}
	}
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
			if !u.bare && s.isBare(i) {
				u.bare = true
			}
			if inner != tree.None && nodes[i].Parent != inner {
				s.mentions[s.in.name(i)] = append(s.mentions[s.in.name(i)], inner)
			}
		case tree.Global:
			s.leave(inner)
		case tree.Assign:
			if !u.python && nodes[i].Op == tree.OpAssign {
				s.leave(inner)
			}
		}
		if inner == tree.None || u.flags[i] == 0 {
			continue
		}
		add(&hit, inner)
		if u.flags[i]&(isSink|inSink) != 0 {
			add(&sinks, inner)
		}
		if u.flags[i]&(isSource|inSource) != 0 {
			add(&sources, inner)
		}
	}
	for _, d := range hit {
		s.mark(u.relevant, d)
	}
	for _, d := range sinks {
		s.mark(u.sinking, d)
	}
	for _, d := range sources {
		s.mark(u.sourcing, d)
	}
	if s.in.modules == nil {
		return
	}
	for i := range u.file.Imports {
		im := &u.file.Imports[i]
		if ids := s.mentions[s.in.intern(im.Alias)]; len(ids) > 0 && s.in.importMatters(u, im) {
			for _, d := range ids {
				s.mark(u.relevant, d)
				s.mark(u.sinking, d)
				s.mark(u.sourcing, d)
			}
		}
	}
}

// isBare reports whether n is an import that sources speak of, and that is given to somebody: an
// argument, or the value of an assignment.
func (s *survey) isBare(n tree.ID) bool {
	switch s.u.tree.Nodes[n].Role {
	case tree.Arg, tree.Value, tree.Elem:
		switch s.u.tree.Nodes[s.u.tree.Nodes[n].Parent].Kind {
		case tree.Call, tree.New, tree.KwArg, tree.Assign, tree.Return, tree.List, tree.Tuple, tree.Pair:
			im := s.in.imported(s.u, s.in.name(n))
			return im != nil && s.in.speaksOf != nil && (s.in.speaksOf(im.Alias) || im.Name != "" && s.in.speaksOf(im.Name))
		}
	}
	return false
}

// leave notes that a definition sets variables outside of it.
func (s *survey) leave(d tree.ID) {
	for ; d != tree.None; d = s.around[d] {
		s.u.leaves[d] = true
	}
}

// mark notes a definition, what is around it, and what names it.
func (s *survey) mark(in map[tree.ID]bool, d tree.ID) {
	work := []tree.ID{d}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		for ; d != tree.None && !in[d]; d = s.around[d] {
			in[d] = true
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

// importMatters reports whether rules match in the file that an import names, or in one that
// that file imports.
func (in *interp) importMatters(u *unit, im *parser.Import) bool {
	if f := in.modules.Import(u.file, im.Module); f != nil && in.fileMatters(f, importDepth) {
		return true
	}
	if im.Name == "" || !u.python {
		return false
	}
	f := in.modules.Import(u.file, joinModule(im.Module, im.Name))
	return f != nil && in.fileMatters(f, importDepth)
}

func (in *interp) fileMatters(f *parser.File, depth int) bool {
	if known, ok := in.busy[f]; ok {
		return known
	}
	if in.busy == nil {
		in.busy = map[*parser.File]bool{}
	}
	in.busy[f] = false // on its way
	matters := in.matchIn(f)
	for i := 0; i < len(f.Imports) && !matters && depth > 0; i++ {
		if other := in.modules.Import(f, f.Imports[i].Module); other != nil {
			matters = in.fileMatters(other, depth-1)
		}
	}
	in.busy[f] = matters
	return matters
}

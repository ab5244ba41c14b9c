package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// Run runs rules of mode taint over the file of s. Rules are followed together, up to 64 labels in one pass.
func Run(s *search.Search, rules []*rule.Rule, modules Modules) []Finding {
	var files []*parser.File
	if modules != nil {
		files = Reachable(s.Tree.File, modules)
	}
	w := &work{s: s, modules: modules, files: files, here: map[*rule.Rule]*found{}, searches: map[*parser.File]*search.Search{}}
	var active []*rule.Rule
	for _, r := range rules {
		if r.Taint != nil && w.active(r) {
			active = append(active, r)
		}
	}
	var out []Finding
	for _, group := range plan(active) {
		out = append(out, w.follow(group)...)
	}
	return out
}

// work is one run over one file.
type work struct {
	s       *search.Search
	modules Modules
	files   []*parser.File // of the workspace, that the file imports
	here    map[*rule.Rule]*found
	// searches are of other files, as far as something is not known of them yet.
	searches map[*parser.File]*search.Search
}

// active reports whether a rule has sources and sinks, in the file or in what it imports, one of them in the file.
func (w *work) active(r *rule.Rule) bool {
	f := &found{}
	w.here[r] = f
	// What other files have is known from the last run; what this one has is sought each time.
	f.findSinks(w.s, r)
	sinks := anyOf(f.sinks)
	if !sinks && !w.elsewhere(r, sinkPart) {
		return false
	}
	f.findSources(w.s, r)
	if !anyOf(f.sources) && (!sinks || !w.elsewhere(r, sourcePart)) {
		return false
	}
	f.rest(w.s, r)
	return true
}

// follow runs one group of rules.
func (w *work) follow(group []*tracked) []Finding {
	t := w.s.Tree
	in := newInterp(w.modules)
	h := newHits(t)
	for _, r := range group {
		h.add(t, r, w.here[r.rule])
	}
	in.classify(group)
	in.ask = (&asker{language: t.File.Language, group: group, left: mostAsked}).ask
	in.speaksOf = func(name string) bool {
		for _, r := range group {
			for i := range r.rule.Taint.Sources {
				if speaksOf(r.rule.Taint.Sources[i].Formula, name) {
					return true
				}
			}
		}
		return false
	}
	in.matchIn = func(f *parser.File) bool {
		for _, r := range group {
			if f == t.File {
				return true
			}
			if w.matches(f, r.rule) {
				return true
			}
		}
		return false
	}
	in.hitsOf = func(f *parser.File) *hits {
		other := newHits(tree.Of(f))
		for _, r := range group {
			other.add(tree.Of(f), r, w.foundIn(f, r.rule))
		}
		return other
	}
	in.root = newUnit(t.File, h)
	in.units[t.File] = in.root
	in.entry = tree.None
	in.visits += 6 * len(t.Nodes)
	in.reserve = in.visits / 3
	in.runModule(in.root)
	in.entries(in.root)
	if in.visits < 0 {
		for _, r := range group {
			w.s.Exceed(r.rule)
		}
	}
	return in.findings
}

// entries runs the functions and methods of a file as somebody from outside would call them.
func (in *interp) entries(u *unit) {
	in.unit, in.frame = u, u.module
	in.st = in.base.fork()
	in.act = &activation{frame: u.module, made: u.made}
	for i := 0; i < len(u.made) && in.visits >= 0; i++ {
		fn := u.made[i]
		if !u.reaches(in, fn.node) || !u.gives(in, fn.node) && !in.taintedAround(fn) {
			continue
		}
		in.inlined = 0
		in.alone(u.module, func() {
			if fn.kind == class {
				in.methods(fn)
			} else {
				in.body(fn, nil, tree.None)
			}
		})
	}
}

// alone does something, and goes back to the state before it, unless it left something behind in
// a cell: the variables of a module, an instance.
func (in *interp) alone(keep cellID, do func()) {
	ids, base, before := in.ids, in.base, in.get(keep)
	start := in.st.fork()
	do()
	if in.st != nil && in.get(keep) != before {
		in.st = in.join(start, in.st)
		return
	}
	in.st = start
	if in.base == base {
		in.ids = ids // nobody knows the cells any more that it made
	}
}

// speaksOf reports whether a pattern of a formula has a name in it.
func speaksOf(f *rule.Formula, name string) bool {
	if strings.Contains(f.Source, name) {
		return true
	}
	for _, c := range f.Children {
		if speaksOf(c, name) {
			return true
		}
	}
	return false
}

// mostReached is how many files are looked at for sources and sinks, and how far imports are followed.
const (
	mostReached = 24
	importDepth = 3
)

// Reachable are the files of the workspace that f imports, and those that they import: where the
// other half of a flow of f may be.
func Reachable(f *parser.File, modules Modules) []*parser.File {
	seen := map[*parser.File]bool{f: true}
	level := []*parser.File{f}
	var out []*parser.File
	for range importDepth {
		var next []*parser.File
		for _, from := range level {
			for i := range from.Imports {
				im := &from.Imports[i]
				names := []string{im.Module}
				if im.Name != "" && !from.Language.IsScript() {
					names = append(names, joinModule(im.Module, im.Name))
				}
				for _, name := range names {
					other := modules.Import(from, name)
					if other == nil || seen[other] || other.Language.IsScript() != f.Language.IsScript() {
						continue
					}
					seen[other] = true
					out = append(out, other)
					next = append(next, other)
					if len(out) == mostReached {
						return out
					}
				}
			}
		}
		level = next
	}
	return out
}

func joinModule(module, name string) string {
	if module == "" || module[len(module)-1] == '.' {
		return module + name
	}
	return module + "." + name
}

package facts

import (
	"slices"
	"sort"

	"github.com/qodacode/qodacode/parser"
)

// reach is which functions of the file the work of its tools goes through.
type reach struct {
	b       *builder
	callees map[*parser.Func][]*parser.Func
	callers map[*parser.Func][]*parser.Func // nil stands for the top of the file
	inside  map[*parser.Func][]*parser.Call // calls by the function they stand in
	tools   map[*parser.Func][]int          // tools that go through a function, its own first
	own     map[*parser.Func]bool           // functions of tools
	others  map[*parser.Func]bool           // functions that something besides tools leads to
}

// maxReach bounds how many functions one tool is followed through.
const maxReach = 300

func newReach(b *builder) *reach {
	r := &reach{b: b, tools: map[*parser.Func][]int{}, own: map[*parser.Func]bool{}, others: map[*parser.Func]bool{}}
	if len(b.tools) == 0 {
		return r
	}
	r.link()
	for _, t := range b.tools {
		for _, fn := range t.fns {
			r.own[fn] = true
		}
	}
	for i, t := range b.tools {
		for _, fn := range r.work(t) {
			r.tools[fn] = append(r.tools[fn], i)
		}
	}
	for fn := range r.tools {
		sort.SliceStable(r.tools[fn], func(i, j int) bool {
			first, second := b.tools[r.tools[fn][i]], b.tools[r.tools[fn][j]]
			return slices.Contains(first.fns, fn) && !slices.Contains(second.fns, fn)
		})
	}
	return r
}

// link finds which function calls which.
func (r *reach) link() {
	r.callees, r.callers, r.inside = map[*parser.Func][]*parser.Func{}, map[*parser.Func][]*parser.Func{}, map[*parser.Func][]*parser.Call{}
	f := r.b.f
	link := func(from, to *parser.Func) {
		if from != to && !slices.Contains(r.callees[from], to) {
			r.callees[from] = append(r.callees[from], to)
			r.callers[to] = append(r.callers[to], from)
		}
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		from := f.EnclosingFunc(c.Node)
		r.inside[from] = append(r.inside[from], c)
		if fn := f.FuncOf(c.Callee); fn != nil {
			link(from, fn)
		}
		for j := range c.Args { // run_in_thread(fn)
			if k := f.Kind(f.Unwrap(c.Args[j].Value)); k == parser.KindIdentifier || k == parser.KindAttribute {
				if fn := f.FuncOf(c.Args[j].Value); fn != nil && from != nil {
					link(from, fn)
				}
			}
		}
	}
	for i := range f.Funcs { // what has no name runs where it stands
		if fn := &f.Funcs[i]; fn.Name == "" || f.Kind(fn.Node) == parser.KindLambda {
			if outer := f.EnclosingFunc(f.Parent(fn.Node)); outer != nil {
				link(outer, fn)
			}
		}
	}
}

// work are the functions that a tool's work goes through, its own first.
func (r *reach) work(t *tool) []*parser.Func {
	all := slices.Clone(t.fns)
	for i := 0; i < len(all) && len(all) < maxReach; i++ {
		for _, fn := range r.callees[all[i]] {
			if !slices.Contains(all, fn) {
				all = append(all, fn)
			}
		}
	}
	return all
}

// toolsAt are the tools whose work n is, and whether nothing else leads to it.
func (r *reach) toolsAt(n parser.NodeID) (tools []int, all bool) {
	if r == nil || len(r.tools) == 0 {
		return nil, false
	}
	fn := r.b.f.EnclosingFunc(n)
	if fn == nil {
		return nil, false
	}
	tools = r.tools[fn]
	return tools, len(tools) > 0 && !r.elsewhere(fn)
}

// elsewhere reports whether a function also runs without any tool.
func (r *reach) elsewhere(fn *parser.Func) bool {
	if known, ok := r.others[fn]; ok {
		return known
	}
	seen := []*parser.Func{fn}
	result := false
	for i := 0; i < len(seen) && !result; i++ {
		if r.own[seen[i]] {
			continue
		}
		callers := r.callers[seen[i]]
		if len(callers) == 0 || len(seen) > maxReach {
			result = true
		}
		for _, c := range callers {
			if c == nil {
				result = true
			} else if !slices.Contains(seen, c) {
				seen = append(seen, c)
			}
		}
	}
	r.others[fn] = result
	return result
}

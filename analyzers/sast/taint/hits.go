package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// flag tells what matches at a node. Those with In are of nodes that stand in a match.
type flag uint8

const (
	isSource flag = 1 << iota
	inSource
	isSink
	inSink
	isClean
	inClean
	isEnd // of a propagator
)

// hits are the places in a file where sources, sinks and sanitizers of the rules that are followed match.
type hits struct {
	flags   []flag
	sources map[tree.ID][]sourceHit
	sinks   map[tree.ID][]sinkHit
	cleans  map[tree.ID][]cleanHit
	ends    map[tree.ID][]endHit
	bits    uint64 // of all sources
}

type sourceHit struct {
	rule  *tracked
	spec  *rule.Source
	match *search.Match
	bit   uint64
}

type sinkHit struct {
	rule  *tracked
	spec  *rule.Sink
	match *search.Match
}

type cleanHit struct {
	rule *tracked
	spec *rule.Sanitizer
}

// endHit is the place that a propagator carries taint from or to.
type endHit struct {
	rule *tracked
	spec *rule.Propagator
	flow *flow
	to   bool
}

// flow is one match of a propagator.
type flow struct {
	taint []mark
	to    tree.ID
}

// found is what a rule's formulas match in a file.
type found struct {
	sources, sinks, cleans, propagators [][]search.Match
}

func (f *found) findSinks(s *search.Search, r *rule.Rule) {
	for i := range r.Taint.Sinks {
		f.sinks = append(f.sinks, s.Find(r.Taint.Sinks[i].Formula, r))
	}
}

func (f *found) findSources(s *search.Search, r *rule.Rule) {
	for i := range r.Taint.Sources {
		f.sources = append(f.sources, s.Find(r.Taint.Sources[i].Formula, r))
	}
}

// rest finds what matters only where there are sources and sinks.
func (f *found) rest(s *search.Search, r *rule.Rule) {
	for i := range r.Taint.Sanitizers {
		f.cleans = append(f.cleans, s.Find(r.Taint.Sanitizers[i].Formula, r))
	}
	for i := range r.Taint.Propagators {
		f.propagators = append(f.propagators, s.Find(r.Taint.Propagators[i].Formula, r))
	}
}

func anyOf(lists [][]search.Match) bool {
	for _, l := range lists {
		if len(l) > 0 {
			return true
		}
	}
	return false
}

func newHits(t *tree.Tree) *hits { return &hits{flags: make([]flag, len(t.Nodes))} }

// add puts what a rule matches at the nodes.
func (h *hits) add(t *tree.Tree, r *tracked, f *found) {
	for i, matches := range f.sources {
		spec := &r.rule.Taint.Sources[i]
		bit := r.bit(spec.Label)
		for k := range matches {
			hit := sourceHit{r, spec, &matches[k], bit}
			h.bits |= bit
			for _, n := range places(t, &matches[k], false) {
				if h.sources == nil {
					h.sources = map[tree.ID][]sourceHit{}
				}
				h.sources[n] = append(h.sources[n], hit)
				h.mark(t, n, isSource, inSource, spec.Exact)
			}
		}
	}
	for i, matches := range f.sinks {
		spec := &r.rule.Taint.Sinks[i]
		for k := range matches {
			for _, n := range places(t, &matches[k], spec.Exact) {
				if h.sinks == nil {
					h.sinks = map[tree.ID][]sinkHit{}
				}
				h.sinks[n] = append(h.sinks[n], sinkHit{r, spec, &matches[k]})
				h.mark(t, n, isSink, inSink, spec.Exact)
			}
		}
	}
	for i, matches := range f.cleans {
		spec := &r.rule.Taint.Sanitizers[i]
		for k := range matches {
			for _, n := range places(t, &matches[k], false) {
				if h.cleans == nil {
					h.cleans = map[tree.ID][]cleanHit{}
				}
				h.cleans[n] = append(h.cleans[n], cleanHit{r, spec})
				h.mark(t, n, isClean, inClean, spec.Exact)
			}
		}
	}
	for i, matches := range f.propagators {
		spec := &r.rule.Taint.Propagators[i]
		for k := range matches {
			h.propagator(r, spec, &matches[k])
		}
	}
}

func (h *hits) propagator(r *tracked, spec *rule.Propagator, m *search.Match) {
	from, to := bound(m, spec.From), bound(m, spec.To)
	fl := &flow{to: to}
	if from == tree.None || to == tree.None {
		return
	}
	if h.ends == nil {
		h.ends = map[tree.ID][]endHit{}
	}
	h.ends[from] = append(h.ends[from], endHit{r, spec, fl, false})
	h.ends[to] = append(h.ends[to], endHit{r, spec, fl, true})
	h.flags[from] |= isEnd
	h.flags[to] |= isEnd
}

func bound(m *search.Match, name string) tree.ID {
	for i := range m.Vars {
		if m.Vars[i].Name == name {
			return m.Vars[i].Node
		}
	}
	return tree.None
}

func (h *hits) mark(t *tree.Tree, n tree.ID, is, in flag, exact bool) {
	h.flags[n] |= is
	if exact {
		return
	}
	for i := n + 1; i < t.Nodes[n].Next; i++ {
		h.flags[i] |= in
	}
}

// places are the nodes that a match stands for. Of a statement that is a sink it is the
// expression whose value matters.
func places(t *tree.Tree, m *search.Match, value bool) []tree.ID {
	n := m.Node
	if n < 0 {
		return within(t, m)
	}
	if value {
		return []tree.ID{valueOf(t, n)}
	}
	out := []tree.ID{n}
	for next := t.Nodes[n].Next; int(t.Nodes[n].End) < m.Span.End && int(next) < len(t.Nodes) && t.Nodes[next].Parent == t.Nodes[n].Parent && int(t.Nodes[next].End) <= m.Span.End; next = t.Nodes[next].Next {
		out = append(out, next)
	}
	return out
}

// within are the outermost nodes that lie in the text of a match; where there is none, the innermost one around it.
func within(t *tree.Tree, m *search.Match) []tree.ID {
	var out []tree.ID
	around := tree.ID(0)
	for i := tree.ID(0); int(i) < len(t.Nodes); {
		n := &t.Nodes[i]
		switch {
		case int(n.Start) >= m.Span.Start && int(n.End) <= m.Span.End && n.End > n.Start:
			out = append(out, i)
			i = n.Next
		case int(n.Start) <= m.Span.Start && int(n.End) >= m.Span.End:
			around = i
			i++
		case int(n.End) <= m.Span.Start || int(n.Start) >= m.Span.End:
			i = n.Next
		default:
			i++
		}
	}
	if len(out) == 0 && around != 0 {
		out = append(out, around)
	}
	return out
}

// valueOf is the expression whose value decides what a statement does.
func valueOf(t *tree.Tree, n tree.ID) tree.ID {
	var role tree.Role
	switch t.Kind(n) {
	case tree.ExprStmt, tree.Return, tree.Raise, tree.Assign, tree.Augment, tree.KwArg, tree.Pair, tree.JSXAttr, tree.WithItem, tree.Decorator:
		role = tree.Value
	case tree.If, tree.While, tree.Assert:
		role = tree.Test
	case tree.For, tree.CompFor:
		role = tree.Iter
	default:
		return n
	}
	if v := t.Child(n, role); v != tree.None {
		return valueOf(t, v)
	}
	return n
}

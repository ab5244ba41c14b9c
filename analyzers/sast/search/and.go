package search

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
)

// and evaluates patterns that hold together. In a window, the window itself is the first of them.
func (s *Search) and(f *rule.Formula, window *ranged) ranges {
	var places, found []ranges // of pattern-inside, and of all others
	applied := make([]bool, len(f.Conditions))
	for _, child := range byCost(f.Children) {
		rs := s.in(child, window)
		// What a condition drops early need not be combined with anything.
		for i := range f.Conditions {
			if c := &f.Conditions[i]; c.Regexp != nil && !applied[i] && len(rs) > 0 && rs.bind(c.Metavariable) {
				rs, applied[i] = s.fulfilling(rs, c), true
			}
		}
		if len(rs) == 0 {
			return nil
		}
		if !slices.ContainsFunc(rs, func(r ranged) bool { return r.kind != inside }) {
			places = append(places, rs)
		} else {
			found = append(found, rs)
		}
	}
	if window != nil {
		found = append([]ranges{{*window}}, found...)
	}
	all := append(found, places...)
	if len(all) == 0 {
		return nil
	}
	out := all[0]
	for _, rs := range all[1:] {
		if out = s.intersect(out, rs); len(out) == 0 {
			return nil
		}
	}
	for _, child := range f.Children {
		out = s.without(out, s.negated(child, window))
		if len(out) == 0 {
			return nil
		}
	}
	for i := range f.Conditions {
		if applied[i] {
			continue
		}
		if out = s.fulfilling(out, &f.Conditions[i]); len(out) == 0 {
			return nil
		}
	}
	for _, names := range f.Focus {
		out = s.focus(out, names)
	}
	return out
}

// bind reports whether all of rs bind a metavariable.
func (rs ranges) bind(name string) bool {
	for i := range rs {
		if _, ok := lookup(rs[i].Vars, name); !ok {
			return false
		}
	}
	return true
}

// byCost are the children that find something, those that find little first, so that the
// others need not be looked for when there is nothing.
func byCost(children []*rule.Formula) []*rule.Formula {
	out := make([]*rule.Formula, 0, len(children))
	for _, child := range children {
		switch child.Op {
		case rule.Not, rule.NotInside, rule.NotRegex:
		default:
			out = append(out, child)
		}
	}
	slices.SortStableFunc(out, func(a, b *rule.Formula) int { return cost(a) - cost(b) })
	return out
}

// cost is 1 for what matches nearly everywhere.
func cost(f *rule.Formula) int {
	switch f.Op {
	case rule.Pattern:
		if len(strings.Trim(f.Source, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.()\n \"',=:")) == 0 {
			return 1
		}
	case rule.Regex:
		return 1
	case rule.Inside:
		return cost(f.Children[0])
	case rule.Or:
		for _, child := range f.Children {
			if cost(child) == 1 {
				return 1
			}
		}
	}
	return 0
}

// negated are the ranges that a negative child takes away.
func (s *Search) negated(child *rule.Formula, window *ranged) ranges {
	switch child.Op {
	case rule.Not:
		return s.in(child.Children[0], window)
	case rule.NotInside:
		return s.in(child.Children[0], window).as(inside)
	case rule.NotRegex:
		if window != nil {
			return s.regexpIn(child.Regexp, window.Span)
		}
		return s.leaf(&rule.Formula{Op: rule.Regex, Regexp: child.Regexp})
	}
	return nil
}

// focus narrows each match to what one of the metavariables is bound to.
func (s *Search) focus(rs ranges, names []string) ranges {
	var out ranges
	for i := range rs {
		for _, name := range names {
			b, ok := lookup(rs[i].Vars, name)
			if !ok || b.Span.Len() == 0 {
				continue
			}
			m := rs[i]
			switch {
			case covers(m.Span, b.Span):
				m.Span, m.Node = b.Span, b.Node
			case covers(b.Span, m.Span):
			default:
				continue
			}
			out = append(out, m)
		}
	}
	return s.settle(out)
}

// lookup is what a metavariable is bound to.
func lookup(vars []pattern.Bound, name string) (pattern.Bound, bool) {
	for i := range vars {
		if vars[i].Name == name {
			return vars[i], true
		}
	}
	return pattern.Bound{}, false
}

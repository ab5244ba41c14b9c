package taint

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// step is a place on the way of taint, and the one before it.
type step struct {
	prev *step
	unit *unit
	node tree.ID
	kind StepKind
	n    int32         // how many there are up to here
	from *search.Match // of a source: what matched
}

// longestTrace is how many steps a finding shows; mostSteps how many are kept in mind.
const (
	longestTrace = 12
	mostSteps    = 64
)

// through is v after one more step of its taint.
func (in *interp) through(v *value, kind StepKind, node tree.ID) *value {
	if v == nil || len(v.marks) == 0 || node < 0 {
		return v
	}
	marks := make([]mark, len(v.marks))
	for i, m := range v.marks {
		marks[i] = mark{m.bits, in.next(m.step, kind, node)}
	}
	return v.with(marks)
}

func (in *interp) next(s *step, kind StepKind, node tree.ID) *step {
	if s == nil || s.n >= mostSteps || s.node == node && s.unit == in.unit && s.kind == kind {
		return s
	}
	// The marks of a value mostly came the same way.
	if l := in.lastStep; l != nil && l.prev == s && l.node == node && l.kind == kind && l.unit == in.unit {
		return l
	}
	in.lastStep = &step{prev: s, unit: in.unit, node: node, kind: kind, n: s.n + 1}
	return in.lastStep
}

// trace is the way to s, from the source on. Of a long one the middle is left out.
func trace(s *step, sink Step) []Step {
	var out []Step
	for ; s != nil; s = s.prev {
		span := s.unit.tree.Span(s.node)
		at := Step{File: s.unit.tree.File, Span: span, Kind: s.kind}
		if n := len(out); n > 0 && out[n-1].File == at.File && out[n-1].Span == at.Span {
			if s.kind == SourceStep {
				out[n-1] = at
			}
			continue
		}
		out = append(out, at)
	}
	slices.Reverse(out)
	if most := longestTrace - 1; len(out) > most {
		out = append(out[:most/2:most/2], out[len(out)-(most-most/2):]...)
	}
	return append(out, sink)
}

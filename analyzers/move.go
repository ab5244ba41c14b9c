package analyzers

import "github.com/qodacode/qodacode/parser/text"

// move maps spans of an older text to a newer one that differs from it between start and
// oldEnd, and is delta bytes longer. The zero move maps all to itself.
type move struct{ start, oldEnd, delta int }

// moveOf finds what lies between the common beginning and the common end of two texts.
func moveOf(old, new *text.Text) move {
	a, b := old.String(), new.String()
	if a == b {
		return move{}
	}
	limit := min(len(a), len(b))
	start := same(limit, func(from, to int) bool { return a[from:to] == b[from:to] })
	end := same(limit-start, func(from, to int) bool { return a[len(a)-to:len(a)-from] == b[len(b)-to:len(b)-from] })
	return move{start, len(a) - end, len(b) - len(a)}
}

// same is how many of limit bytes are equal. It asks for blocks first, which the runtime
// compares with vector instructions.
func same(limit int, equal func(from, to int) bool) int {
	n := 0
	for _, block := range []int{4096, 64, 1} {
		for n+block <= limit && equal(n, n+block) {
			n += block
		}
	}
	return n
}

// span is where s is in the newer text; false where it does not begin with the same text any more.
func (m move) span(s text.Span) (text.Span, bool) {
	switch {
	case s.End <= m.start:
		return s, true
	case s.Start >= m.oldEnd:
		return text.Span{Start: s.Start + m.delta, End: s.End + m.delta}, true
	case s.Start <= m.start && s.End >= m.oldEnd: // the edit is inside
		s.End += m.delta
	case s.Start < m.start:
		s.End = m.start
	default:
		return text.Span{}, false
	}
	return s, s.Len() > 0
}

// back is where an offset of the newer text is in the older one; false where it is in what
// was edited.
func (m move) back(offset int) (int, bool) {
	switch {
	case offset <= m.start:
		return offset, true
	case offset-m.delta >= m.oldEnd:
		return offset - m.delta, true
	}
	return 0, false
}

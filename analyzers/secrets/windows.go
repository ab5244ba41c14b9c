package secrets

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// window is a region outside of which a rule can't match. Everything that its pattern
// could look at lies inside with some bytes to spare, so what is found depends on the
// text of the window alone, and on whether it begins and ends with the document.
type window struct {
	rule       *rule
	start, end int
	first      bool
	last       bool
	found      []candidate // relative to start
}

// margin is how many bytes a window has behind the last one that can matter: a whole
// character, for \b and for texts that are cut inside one.
const margin = 4

// scratch is what windows needs for the length of a call.
type scratch struct {
	hits  []occurrence
	seen  []bool
	open  []bool
	steps []int
	spans []ruleSpan
}

type ruleSpan struct{ rule, start, end int }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// windows finds the regions to search, sorted and merged, without their findings.
func (set *ruleset) windows(text string, spared []bool) []window {
	w := scratches.Get().(*scratch)
	defer scratches.Put(w)
	w.hits = set.keywords.scan(text, w.hits[:0])
	w.seen = zeroed(w.seen, len(set.uses))
	for _, hit := range w.hits {
		w.seen[hit.literal] = true
	}
	if hasFolded(text) {
		// gitleaks looks for keywords in lower case, where the Kelvin sign is a k and the long s is itself.
		for _, hit := range set.keywords.scan(strings.ReplaceAll(text, string(kelvin), "k"), nil) {
			w.seen[hit.literal] = true
		}
		w.hits = set.keywords.scanFolded(text, w.hits[:0])
	}
	w.open = zeroed(w.open, len(set.rules))
	for _, r := range set.ungated {
		w.open[r] = !spared[r]
	}
	for literal, seen := range w.seen {
		if seen {
			for _, r := range set.gates[literal] {
				w.open[r] = !spared[r]
			}
		}
	}

	w.spans, w.steps = w.spans[:0], zeroed(w.steps, len(set.rules))
	for r, open := range w.open {
		if open && set.whole[r] != nil && set.whole[r]().accepts(text) {
			w.spans = append(w.spans, ruleSpan{r, 0, len(text)})
		}
	}
	for _, hit := range w.hits {
		for _, u := range set.uses[hit.literal] {
			if !w.open[u.rule] {
				continue
			}
			at := int(hit.start)
			end, viable := u.part.after().forward(text, at)
			w.steps[u.rule] += end - at
			if viable {
				start, viable := u.part.before().backward(text, at)
				w.steps[u.rule] += at - start
				if viable {
					w.spans = append(w.spans, ruleSpan{int(u.rule), max(0, start-margin), min(len(text), end+margin)})
				}
			}
			// Hits that each reach far make the work quadratic: search everything instead.
			if w.steps[u.rule] > 16*len(text)+1<<14 {
				w.spans = append(w.spans, ruleSpan{int(u.rule), 0, len(text)})
				w.open[u.rule] = false
			}
		}
	}
	return set.merge(w.spans, len(text))
}

func zeroed[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

func (set *ruleset) merge(spans []ruleSpan, size int) []window {
	slices.SortFunc(spans, func(a, b ruleSpan) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.start, b.start))
	})
	var windows []window
	for i, s := range spans {
		if i > 0 && spans[i-1].rule == s.rule && s.start <= windows[len(windows)-1].end {
			last := &windows[len(windows)-1]
			last.end = max(last.end, s.end)
			continue
		}
		windows = append(windows, window{rule: set.rules[s.rule], start: s.start, end: s.end})
	}
	for i := range windows {
		windows[i].first, windows[i].last = windows[i].start == 0, windows[i].end == size
	}
	return windows
}

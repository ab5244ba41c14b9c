package secrets

import (
	"cmp"
	"slices"
	"strings"
)

// scan is the outcome of looking at one version of a document. It is immutable.
type scan struct {
	path    string
	text    string
	off     bool     // an allowlist spares the whole file
	spared  []bool   // rule → its path or an allowlist spares the file
	windows []window // by rule, then by place; those of one rule do not touch
	found   []candidate
}

// scan finds all secrets in text. previous is the outcome for an earlier version of the
// document, or nil; what it has in common with text is not searched again.
func (set *ruleset) scan(path, text string, previous *scan) *scan {
	if previous != nil && previous.path == path && previous.text == text {
		return previous
	}
	set.compile()
	s := &scan{path: path, text: text}
	if previous != nil && previous.path == path {
		s.off, s.spared = previous.off, previous.spared
	} else {
		s.off, s.spared = set.spares(path)
	}
	if s.off {
		return s
	}
	s.windows = set.windows(text, s.spared)
	var old []window
	if previous != nil && previous.path == path {
		old = previous.windows
	}
	s.search(set, previous, old)
	s.collect(set)
	return s
}

// spares applies the rules' paths and the allowlists of paths.
func (set *ruleset) spares(path string) (off bool, spared []bool) {
	if pathAllowed(set.global(), path) {
		return true, nil
	}
	spared = make([]bool, len(set.rules))
	for i, r := range set.rules {
		spared[i] = r.path != nil && !r.path().MatchString(path) ||
			r.hasPathAllowlist() && pathAllowed(r.allowlists(), path)
	}
	return false, spared
}

// search fills in what the windows hold. An edit leaves the windows before and behind it
// as they were, so old and new are compared from both ends.
func (s *scan) search(set *ruleset, previous *scan, old []window) {
	for rest := s.windows; len(rest) > 0; {
		r := rest[0].rule
		var mine, theirs []window
		mine, rest = cut(rest, r)
		for len(old) > 0 && old[0].rule.index < r.index {
			old = old[1:]
		}
		theirs, old = cut(old, r)
		same := func(a, b *window) bool {
			return a.first == b.first && a.last == b.last && s.text[a.start:a.end] == previous.text[b.start:b.end]
		}
		for len(mine) > 0 && len(theirs) > 0 && same(&mine[0], &theirs[0]) {
			mine[0].found = theirs[0].found
			mine, theirs = mine[1:], theirs[1:]
		}
		for m, t := len(mine)-1, len(theirs)-1; m >= 0 && t >= 0 && same(&mine[m], &theirs[t]); m, t = m-1, t-1 {
			mine[m].found = theirs[t].found
			mine = mine[:m]
		}
		for i := range mine {
			w := &mine[i]
			text := s.text[w.start:w.end]
			for _, m := range r.regexp().FindAllStringIndex(text, -1) {
				if c, ok := r.examine(text, m[0], m[1], s.path, set.global()); ok {
					c.doubtful = r.doubts(text[c.secretStart:c.secretEnd])
					w.found = append(w.found, c)
				}
			}
		}
	}
}

// cut splits off the windows of r, which come first.
func cut(windows []window, r *rule) (of, rest []window) {
	n := 0
	for n < len(windows) && windows[n].rule == r {
		n++
	}
	return windows[:n], windows[n:]
}

// collect gathers the findings of all windows that no line allows, and drops those of
// generic rules where a specific one has the same secret on the same line.
func (s *scan) collect(set *ruleset) {
	var all []candidate
	for i, r := range set.rules {
		if r.regexp == nil && !s.spared[i] {
			all = append(all, candidate{rule: r})
		}
	}
	lines := lineAllowance{text: s.text, path: s.path}
	for _, w := range s.windows {
		for _, c := range w.found {
			if c = c.shift(w.start); !lines.allows(c, set.global()) {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.start, b.start) })
	s.found = s.yield(all)
}

// maxSpecific bounds the comparisons on one line, which may be a whole file.
const maxSpecific = 1000

// yield drops candidates of rules that yield. The candidates are sorted.
func (s *scan) yield(all []candidate) (kept []candidate) {
	line, counted := 0, 0
	lines := make([]int, len(all))
	specific := map[int][]string{} // line → secrets of rules that don't yield
	for i, c := range all {
		if c.rule.regexp == nil {
			continue
		}
		line += strings.Count(s.text[counted:c.start+1], "\n") // a newline belongs to the line it begins
		counted = c.start + 1
		lines[i] = line
		if !c.rule.yields() && len(specific[line]) < maxSpecific {
			specific[line] = append(specific[line], s.secret(c))
		}
	}
	for i, c := range all {
		secret := s.secret(c)
		if !c.rule.yields() || !slices.ContainsFunc(specific[lines[i]], func(other string) bool { return strings.Contains(other, secret) }) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (s *scan) secret(c candidate) string { return s.text[c.secretStart:c.secretEnd] }

package secrets

import (
	"math"
	"slices"
	"strings"

	"github.com/zricethezav/gitleaks/v8/config"
)

// candidate is a match of a rule's pattern, as offsets into the text that was searched.
type candidate struct {
	rule                   *rule
	start, end             int // of the match without newlines around it
	secretStart, secretEnd int
	doubtful               bool // see filter.go; gitleaks would report it all the same
}

func (c candidate) shift(by int) candidate {
	c.start += by
	c.end += by
	c.secretStart += by
	c.secretEnd += by
	return c
}

// examine takes a match of r's regexp in text and finds the secret in it. It reports
// false for what gitleaks drops for its entropy or an allowlist; allowlists that look at
// the line are left to lineAllowance, as the line may be longer than text.
func (r *rule) examine(text string, start, end int, path string, global []allowlist) (candidate, bool) {
	// gitleaks trims newlines first and then matches again, without what stands around.
	match := text[start:end]
	trimmed := strings.TrimLeft(match, "\n")
	start += len(match) - len(trimmed)
	match = strings.TrimRight(trimmed, "\n")
	c := candidate{rule: r, start: start, end: start + len(match), secretStart: start, secretEnd: start + len(match)}
	if groups := r.regexp().FindStringSubmatchIndex(match); len(groups) > 2 {
		g := r.SecretGroup
		if g == 0 {
			for g = 1; g < len(groups)/2 && groups[2*g] == groups[2*g+1]; g++ {
			}
		}
		switch {
		case r.SecretGroup > 0 && groups[2*g] < 0:
			c.secretEnd = c.secretStart
		case g < len(groups)/2:
			c.secretStart, c.secretEnd = start+groups[2*g], start+groups[2*g+1]
		}
	}
	secret := text[c.secretStart:c.secretEnd]
	if r.Entropy != 0 && entropy(secret) <= r.Entropy {
		return c, false
	}
	for _, lists := range [2][]allowlist{global, r.allowlists()} {
		for _, a := range lists {
			target := secret
			if a.RegexTarget != "" {
				target = match
			}
			if !a.onLine() && a.allows(secret, path, func() bool { return a.RegexAllowed(target) }) {
				return c, false
			}
		}
	}
	return c, true
}

// allows decides on a finding; matches applies the regexes, which is what takes time.
// Paths count only together with other conditions here; a path that is allowed as such was never scanned.
func (a allowlist) allows(secret, path string, matches func() bool) bool {
	if !a.all() {
		return a.stopped(secret) || matches()
	}
	return (len(a.Paths) == 0 || a.PathAllowed(path)) &&
		(len(a.StopWords) == 0 || a.stopped(secret)) &&
		(len(a.Regexes) == 0 || matches())
}

// lineAllowance applies the allowlists that look at the lines which a match stands in,
// once for each line and list: a line of a megabyte may hold thousands of matches.
type lineAllowance struct {
	text, path string
	newlines   []int
	known      map[lineQuestion]bool
}

type lineQuestion struct {
	from, to int
	list     *config.Allowlist
}

func (l *lineAllowance) allows(c candidate, global []allowlist) bool {
	for _, lists := range [2][]allowlist{global, c.rule.allowlists()} {
		for _, a := range lists {
			if a.onLine() && a.allows(l.text[c.secretStart:c.secretEnd], l.path, func() bool { return l.matches(a, c.start, c.end) }) {
				return true
			}
		}
	}
	return false
}

func (l *lineAllowance) matches(a allowlist, start, end int) bool {
	if l.known == nil {
		l.known = map[lineQuestion]bool{}
		for at := 0; ; {
			i := strings.IndexByte(l.text[at:], '\n')
			if i < 0 {
				break
			}
			l.newlines = append(l.newlines, at+i)
			at += i + 1
		}
	}
	// What gitleaks calls the line: from the newline at or before the start of the match
	// up to the newline at or behind its end.
	q := lineQuestion{0, len(l.text), a.Allowlist}
	if i, _ := slices.BinarySearch(l.newlines, start+1); i > 0 {
		q.from = l.newlines[i-1]
	}
	if i, _ := slices.BinarySearch(l.newlines, end); i < len(l.newlines) {
		q.to = l.newlines[i]
	}
	allowed, ok := l.known[q]
	if !ok {
		allowed = a.RegexAllowed(l.text[q.from:q.to])
		l.known[q] = allowed
	}
	return allowed
}

// pathAllowed reports whether files at path are left alone.
func pathAllowed(lists []allowlist, path string) bool {
	for _, a := range lists {
		if a.all() && (len(a.Regexes) > 0 || len(a.StopWords) > 0 || len(a.Paths) == 0) {
			continue
		}
		if a.PathAllowed(path) {
			return true
		}
	}
	return false
}

// entropy is Shannon's, in bits per byte, as gitleaks computes it: characters are
// counted, but set against the length in bytes.
func entropy(s string) float64 {
	var ascii [128]int
	var others map[rune]int
	for _, r := range s {
		if r < 128 {
			ascii[r]++
			continue
		}
		if others == nil {
			others = map[rune]int{}
		}
		others[r]++
	}
	sum, perByte := 0.0, 1/float64(len(s))
	add := func(count int) {
		if count > 0 {
			share := float64(count) * perByte
			sum -= share * math.Log2(share)
		}
	}
	for _, count := range ascii {
		add(count)
	}
	for _, count := range others {
		add(count)
	}
	return sum
}

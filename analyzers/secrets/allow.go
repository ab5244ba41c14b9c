package secrets

import (
	"math"
	"strings"
)

// candidate is a match of a rule's pattern, as offsets into the text that was searched.
type candidate struct {
	rule                   *rule
	start, end             int // of the match without newlines around it
	secretStart, secretEnd int
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
// the line are left to allowedByLine, as the line may be longer than text.
func (r *rule) examine(text string, start, end int, path string, global []allowlist) (candidate, bool) {
	// gitleaks trims newlines first and then matches again, without what stands around.
	match := text[start:end]
	trimmed := strings.TrimLeft(match, "\n")
	start += len(match) - len(trimmed)
	match = strings.TrimRight(trimmed, "\n")
	c := candidate{r, start, start + len(match), start, start + len(match)}
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
			if !a.onLine() && a.allows(secret, match, path) {
				return c, false
			}
		}
	}
	return c, true
}

// allows decides on a finding. Paths count only together with other conditions here; a
// path that is allowed as such was never scanned.
func (a allowlist) allows(secret, target, path string) bool {
	if a.RegexTarget == "" {
		target = secret
	}
	matches := a.RegexAllowed(target)
	stops, _ := a.ContainsStopWord(secret)
	if !a.all() {
		return matches || stops
	}
	return (len(a.Paths) == 0 || a.PathAllowed(path)) &&
		(len(a.Regexes) == 0 || matches) &&
		(len(a.StopWords) == 0 || stops)
}

// allowedByLine applies the allowlists that look at the lines which the match stands in.
func (c candidate) allowedByLine(text, path string, global []allowlist) bool {
	secret := text[c.secretStart:c.secretEnd]
	for _, lists := range [2][]allowlist{global, c.rule.allowlists()} {
		for _, a := range lists {
			if a.onLine() && a.allows(secret, lines(text, c.start, c.end), path) {
				return true
			}
		}
	}
	return false
}

// lines is what gitleaks calls the line of a match: from the newline at or before its
// start up to the newline at or behind its end.
func lines(text string, start, end int) string {
	from := max(0, strings.LastIndexByte(text[:min(start+1, len(text))], '\n'))
	if n := strings.IndexByte(text[end:], '\n'); n >= 0 {
		return text[from : end+n]
	}
	return text[from:]
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

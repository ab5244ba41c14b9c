package secrets

import (
	"cmp"
	"regexp"
	"slices"
)

// convincing is found without what is no secret to a reader. gitleaks' own semantics end
// where this begins.
func (s *scan) convincing() []candidate {
	var kept []candidate
	for _, c := range s.found {
		if c.rule.regexp == nil || !s.doubtful(c) {
			kept = append(kept, c)
		}
	}
	return slices.DeleteFunc(slices.Clone(kept), func(c candidate) bool {
		return slices.ContainsFunc(kept, func(other candidate) bool { return s.covers(other, c) })
	})
}

// covers reports whether other tells the same about the same secret, and better.
func (s *scan) covers(other, c candidate) bool {
	if other == c || c.rule.regexp == nil || other.rule.regexp == nil ||
		other.secretEnd <= c.secretStart || c.secretEnd <= other.secretStart {
		return false
	}
	return cmp.Or(
		compareBool(c.rule.Generic, other.rule.Generic), // what is recognised by its shape is surer
		compareBool(c.rule.isGeneric(), other.rule.isGeneric()),
		cmp.Compare(other.secretEnd-other.secretStart, c.secretEnd-c.secretStart),
		cmp.Compare(c.rule.index, other.rule.index),
	) > 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// doubtful reports whether a reader would not take c for a secret.
func (s *scan) doubtful(c candidate) bool {
	secret := s.secret(c)
	if placeholder.MatchString(secret) || repetitive(secret) {
		return true
	}
	return false
}

// placeholder is what people write where a key belongs.
var placeholder = regexp.MustCompile(`(?i)x{4,}|\.{3}|…|\*{3,}|<[^>]*>|^\$|\$\{|\{\{|` +
	`(?:^|[^a-z])(?:your|my|insert|replace|change)[_-]?(?:me|this|key|api|token|secret|password|here|own|open|real|actual)|` +
	`placeholder|example|dummy|fake|sample|changeme|redacted|todo|` +
	`0123456789|123456789|abcdefgh|qwerty|deadbeef`)

// repetitive reports whether secret has too few different characters for its length.
func repetitive(secret string) bool {
	if len(secret) < 12 {
		return false
	}
	var seen [256]bool
	different := 0
	for i := range len(secret) {
		if !seen[secret[i]] {
			seen[secret[i]] = true
			different++
		}
	}
	return different < 5
}

func allowedBy(patterns []*regexp.Regexp, secret string) bool {
	return slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(secret) })
}

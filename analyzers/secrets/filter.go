package secrets

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// convincing is what was found without what is no secret to a reader, and once for each
// secret. gitleaks' own semantics end where this begins. expression tells which places of
// the text are expressions of a program rather than text in it.
func (s *scan) convincing(expression func(text.Span) bool) []candidate {
	var kept []candidate
	for _, c := range s.found {
		if c.rule.regexp == nil || !c.doubtful && !s.illustrates(c, expression) {
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b candidate) int { return cmp.Compare(a.secretStart, b.secretStart) })
	covered := make([]bool, len(kept))
	for i, c := range kept {
		for j := i + 1; j < len(kept) && kept[j].secretStart < c.secretEnd; j++ {
			covered[i] = covered[i] || covers(kept[j], c)
			covered[j] = covered[j] || covers(c, kept[j])
		}
	}
	var best []candidate
	for i, c := range kept {
		if !covered[i] {
			best = append(best, c)
		}
	}
	return best
}

// covers reports whether other tells about the same secret as c, and better: by its own
// shape rather than by its surroundings, then by a name, then more of it.
func covers(other, c candidate) bool {
	if c.rule.regexp == nil || other.rule.regexp == nil || other.secretEnd <= c.secretStart || c.secretEnd <= other.secretStart {
		return false
	}
	return cmp.Or(
		compareBool(c.rule.Generic, other.rule.Generic),
		compareBool(c.rule.yields(), other.rule.yields()),
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

// doubts reports whether a reader would not take secret for one. Real keys are random: no
// test here is likely to hold for one by chance.
func (r *rule) doubts(secret string) bool {
	short := len(secret) <= maxPlaceholder
	switch {
	case r.ID == "private-key":
		return !encoded.MatchString(secret) // a program that puts the lines around a key
	case short && placeholder.MatchString(secret), repetitive(secret), public.MatchString(secret):
		return true
	case r.Password:
		return trivial.MatchString(secret) || r.ID == "config-password" && !strong(secret)
	case r.Generic:
		return short && filler.MatchString(secret) || wordy(secret)
	}
	return false
}

// illustrates reports whether the code around c says that it is no secret.
func (s *scan) illustrates(c candidate, expression func(text.Span) bool) bool {
	if !c.rule.Generic || c.rule.Password {
		return false
	}
	quoted := c.secretStart > 0 && strings.IndexByte("'\"`", s.text[c.secretStart-1]) >= 0
	return derived.MatchString(s.text[c.start:c.secretStart]) ||
		illustrative.MatchString(before(s.text, c.secretStart)) ||
		!quoted && name.MatchString(s.secret(c)) && expression(text.Span{Start: c.secretStart, End: c.secretEnd})
}

// expressions tells which spans of f.Source are code outside of strings and comments. In
// notebooks nothing is known to be.
func expressions(f *parser.File) func(text.Span) bool {
	return func(span text.Span) bool {
		if !f.Language.IsCode() || f.Language == parser.Notebook {
			return false
		}
		return !slices.ContainsFunc(f.Strings, func(s parser.Str) bool { return s.Content.Overlaps(span) }) &&
			!slices.ContainsFunc(f.Comments, func(c parser.Comment) bool { return c.Span.Overlaps(span) })
	}
}

// maxPlaceholder is the length in bytes up to which a secret may be a placeholder. In
// longer ones such words appear by chance.
const maxPlaceholder = 200

// placeholder is what people write where a key belongs.
var placeholder = regexp.MustCompile(`(?i)x{6,}|\.{3}|…|\*{3,}|<[^>]*>|^\$|\$\{|\{\{|` +
	`(?:^|[^a-z])(?:your|my|insert|replace|change|put)[_-]?(?:me|this|key|api|token|secret|password|here|own|open|real|actual)|` +
	`(?:^|[^a-z])(?:fake|dummy|sample|todo|notreal)(?:[^a-z]|$)|` +
	`placeholder|example|changeme|redacted`)

// filler is what people write as a key where any will do. A key that has the exact shape
// which its provider gives to keys is reported in spite of it.
var filler = regexp.MustCompile(`(?i)x{4,}|0{6,}|(?:^|[^a-z])(?:mock|foo|bar|foobar|test)(?:[^a-z]|$)|` +
	`abc123|123abc|012345678|123456789|987654321|abcdefgh|qwerty|deadbeef`)

// public is made to be read by everyone: public keys in DER, as Base64 or hex, signatures
// of requests, tokens without a signature, and the token that jwt.io shows first.
var public = regexp.MustCompile(`SflKxwRJSMeKKF2QT4fwpM|^(?:Signature=|eyJhbGciOiJub25l|MFkwEwYHKoZI|MCowBQYDK2V|MII[BC]IjANBgkq|30(?:2a|59|82012)[0-9a-f]*30[0-9a-f]{2}06)`)

// derived is a name of what identifies something in public, or was made from a secret and does not give it away.
var derived = regexp.MustCompile(`(?i)(?:(?:client|app|application|tenant|project|org|organization|account|user|request|trace|thread|conversation|message|run|file)_?id|hash(?:ed)?|digest|checksum|fingerprint|thumbprint|sha(?:1|256|512)|md5|etag|integrity)['"]?[\s]*[:=]`)

// name is an expression that names a value instead of being one.
var name = regexp.MustCompile(`^[A-Za-z_$][\w$]*(?:[.=/-][\w$]+)*$`)

// before is the line up to at, the last bytes of it if it is long.
func before(text string, at int) string {
	text = text[max(0, at-200):at]
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// illustrative is what stands before a value that only shows what one looks like.
var illustrative = regexp.MustCompile(`(?i)\b(?:example|e\.g\.|for instance|looks? like)\b`)

// encoded is a line of a key in Base64.
var encoded = regexp.MustCompile(`[A-Za-z0-9+/=]{40}`)

// trivial passwords protect nothing, so writing them down gives nothing away.
var trivial = regexp.MustCompile(`(?i)^(?:(?:my|your|the|db|user|admin|root|some)?[_-]?(?:pass(?:word|wd|phrase)?|pwd|secret|token|key)|postgres|mysql|mongo|redis|rabbitmq|guest|admin|root|user(?:name)?|default|none|null|true|false|string|required|optional|change[_-]?(?:me|it))[0-9!]{0,3}$`)

// strong reports whether a value in a configuration file can hardly be a word, a path, a
// reference or an option: it mixes letters with digits or with marks that those don't have.
func strong(value string) bool {
	if strings.Contains(value, "://") || strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") || wordy(value) {
		return false
	}
	letters := strings.ContainsFunc(value, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' })
	return letters && strings.ContainsAny(value, "0123456789!@#%^&*+=?~")
}

// wordy reports whether secret consists of words: long_names, pathTo/some.thing, x509Cert1.
func wordy(secret string) bool {
	if !words.MatchString(secret) {
		return false
	}
	found := word.FindAllString(secret, -1)
	letters := 0
	for _, w := range found {
		letters += len(strings.TrimRight(w, "0123456789"))
	}
	return letters >= 3*len(found)
}

var (
	words = regexp.MustCompile(`^(?:[A-Za-z]+[0-9]{0,5}|[0-9]{1,5})?(?:[_.=/:@ -]+(?:[A-Za-z]+[0-9]{0,5}|[0-9]{1,5})|[A-Z][a-z]+[0-9]{0,5})*[_.=/:@ -]*$`)
	word  = regexp.MustCompile(`[A-Z]+(?:[a-z]+[0-9]*)?|[a-z]+[0-9]*`)
)

// repetitive reports whether secret has too few different bytes for its length.
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

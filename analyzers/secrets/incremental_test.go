package secrets

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

// edit replaces a random piece of text: types, deletes, pastes a key or a line, moves a block.
func edit(rng *rand.Rand, s string, keys []string) string {
	at := rng.IntN(len(s) + 1)
	end := at + rng.IntN(min(len(s)-at, 40)+1)
	switch rng.IntN(8) {
	case 0: // a key, or the first or last part of one
		key := keys[rng.IntN(len(keys))]
		from := rng.IntN(len(key)+1) * rng.IntN(2)
		to := from + rng.IntN(len(key)-from+1)
		if rng.IntN(3) > 0 {
			from, to = 0, len(key)
		}
		return s[:at] + key[from:to] + s[at:]
	case 1:
		return s[:at] + code[rng.IntN(len(code))] + s[at:]
	case 2:
		return s[:at] + s[end:]
	case 3:
		return s[end:] + s[:end] // moved to the end
	case 4:
		return s[:at] + s[at:end] + s[at:]
	case 5:
		return s[:at] + []string{"ſ", "\u212a", "\x80", "é", "\r\n", "\x00"}[rng.IntN(6)] + s[at:]
	}
	return s[:at] + string("abcXYZ019_-.=:\"' \n"[rng.IntN(18)]) + s[at:]
}

// keysOf generates some texts for each rule.
func keysOf(t testing.TB, rng *rand.Rand, set *ruleset, each int) []string {
	t.Helper()
	var keys []string
	for _, r := range set.rules {
		if r.regexp == nil {
			continue
		}
		re, err := syntax.Parse(r.Regex, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for range each {
			keys = append(keys, generate(rng, re))
		}
	}
	return keys
}

func sameFindings(a, b *scan) bool {
	return slices.EqualFunc(a.found, b.found, func(x, y candidate) bool { return x == y })
}

func TestIncrementalEqualsFull(t *testing.T) {
	set := allRules().set
	rng := rand.New(rand.NewPCG(5, 6))
	keys := keysOf(t, rng, set, 3)
	edits, found := rounds(1500), 0
	var s *scan
	src := ""
	for i := range edits {
		if i%300 == 0 { // a new document
			src = strings.Repeat(strings.Join(code, ""), 1+rng.IntN(4))
			s = nil
		}
		path := []string{"src/agent.py", "deploy/secret.yaml", "config.json"}[i/300%3]
		src = edit(rng, src, keys)
		s = set.scan(path, src, s)
		if full := set.scan(path, src, nil); !sameFindings(s, full) {
			t.Fatalf("edit %d: incremental %v, full %v", i, s.hits(), full.hits())
		}
		found += len(s.found)
	}
	if found < edits {
		t.Errorf("%d findings in %d versions show too little", found, edits)
	}
}

func FuzzScan(f *testing.F) {
	set := allRules().set
	rng := rand.New(rand.NewPCG(7, 8))
	for _, key := range keysOf(f, rng, set, 1) {
		f.Add(code[rng.IntN(len(code))]+key+"\n", "x", uint(rng.IntN(30)), uint(3))
	}
	f.Fuzz(func(t *testing.T, src, with string, at, length uint) {
		before := set.scan("a.yaml", src, nil)
		start := int(at % uint(len(src)+1))
		end := start + int(length%uint(len(src)-start+1))
		edited := src[:start] + with + src[end:]
		after := set.scan("a.yaml", edited, before)
		if !sameFindings(after, set.scan("a.yaml", edited, nil)) {
			t.Errorf("incremental differs from full after %q[%d:%d] became %q", src, start, end, with)
		}
		for _, c := range after.convincing(func(text.Span) bool { return true }) {
			if c.start < 0 || c.secretStart < c.start || c.secretEnd < c.secretStart || c.end < c.secretEnd || c.end > len(edited) {
				t.Errorf("%s: impossible place %+v in %q", c.rule.ID, c, edited)
			}
		}
	})
}

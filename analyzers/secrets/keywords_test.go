package secrets

import (
	"cmp"
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func TestKeywordsFindEveryOccurrence(t *testing.T) {
	literals := []string{"key", "apikey", "ey", "aab", "ab", "aaa", "sk-", "sk_live", "é"}
	k := newKeywords(literals)
	rng := rand.New(rand.NewPCG(17, 18))
	for range 2000 {
		var b strings.Builder
		for range rng.IntN(12) {
			b.WriteString([]string{"key", "K", "e", "Y", "a", "A", "b", "pi", "sk", "-", "_live", "é", "\x80", " ", "ſ", "\u212a"}[rng.IntN(16)])
		}
		text := b.String()
		var want []occurrence
		lower := strings.Map(func(r rune) rune {
			if 'A' <= r && r <= 'Z' {
				return r | 0x20
			}
			return r
		}, text)
		if len(lower) != len(text) { // strings.Map spells out invalid bytes
			continue
		}
		for id, literal := range literals {
			for at := range text {
				if strings.HasPrefix(lower[at:], literal) {
					want = append(want, occurrence{int32(at), uint16(id)})
				}
			}
		}
		got := k.scan(text, nil)
		for _, hits := range [][]occurrence{got, want} {
			slices.SortFunc(hits, func(a, b occurrence) int {
				return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.literal, b.literal))
			})
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestFoldedKeywords(t *testing.T) {
	k := newKeywords([]string{"asana", "key"})
	text := "é a\u017fana \u212aEY \x80"
	got := k.scanFolded(text, nil)
	want := []occurrence{{int32(strings.Index(text, "a\u017f")), 0}, {int32(strings.Index(text, "\u212a")), 1}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPlan(t *testing.T) {
	for pattern, want := range map[string][]string{
		`(?i)[\w.-]{0,50}?(?:access|auth|(?-i:[Aa]pi|API)|key)[ =]{1,3}([a-z]{9})`: {"access", "api", "auth", "key"},
		`\b(?:A3T[AB]|AKIA|ASIA)[A-Z2-7]{16}\b`:                                    {"a3ta", "a3tb", "akia", "asia"},
		`(?:ab[0-9]+|cd)+x`:                                                        {"ab", "cd"},
		`[a-f0-9]{40}`:                                                             nil,
		`(?:gh[pu]|[a-z]{3})_.*`:                                                   nil,
	} {
		re, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range plan(re) {
			got = append(got, p.literals...)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s needs one of %q, want %q", pattern, got, want)
		}
	}
}

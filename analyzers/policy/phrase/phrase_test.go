package phrase

import (
	_ "embed"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/phrases.txt
var phrases string

// sample is a sentence with the short form of its intent, or refused.
type sample struct{ group, say, want string }

func samples(t *testing.T, text string) []sample {
	var all []sample
	group := ""
	for _, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		if strings.HasPrefix(line, "[") {
			group = line
			continue
		}
		say, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("no => in %q", line)
		}
		all = append(all, sample{group, say, want})
	}
	return all
}

var inBraces = regexp.MustCompile(`\{([^}]*)\}`)

// sorted is the short form with its names in order.
func sorted(want string) string {
	return inBraces.ReplaceAllStringFunc(want, func(s string) string {
		names := strings.Split(strings.Trim(s, "{}"), ", ")
		slices.Sort(names)
		return "{" + strings.Join(names, ", ") + "}"
	})
}

func TestPhrases(t *testing.T) {
	count := map[string]int{}
	for _, s := range samples(t, phrases) {
		count[s.group[:3]]++
		in, err := Parse(s.say)
		var refusal *Refusal
		got := in.String()
		if err != nil {
			got = "refused"
			if !errors.As(err, &refusal) || refusal.Reason == "" {
				t.Errorf("%s: the error is %v, not a refusal", s.say, err)
				continue
			}
		}
		if got != sorted(s.want) {
			t.Errorf("%s %s\n  got  %s\n  want %s", s.group, s.say, got, sorted(s.want))
			if refusal != nil {
				t.Log(refusal.Reason)
			}
		}
	}
	for _, language := range []string{"[en", "[es"} {
		if count[language] < 60 {
			t.Errorf("%s has %d phrases", language, count[language])
		}
	}
}

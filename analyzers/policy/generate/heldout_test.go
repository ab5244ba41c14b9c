package generate

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/phrase"
)

var anyOperations = regexp.MustCompile(`\([a-zA-Z:,_]+\)`)

// TestHeldOut are sentences that were written before the parser was tried on them. None may be
// read as something else; most are understood, and become policies that can be trusted.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/heldout.txt")
	if err != nil {
		t.Fatal(err)
	}
	becomes := policies(t)
	right, missed, rightlyRefused := 0, 0, 0
	for line := range strings.Lines(string(data)) {
		sentence, means, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok || strings.HasPrefix(sentence, "#") {
			continue
		}
		in, err := phrase.Parse(sentence)
		switch {
		case err != nil && strings.Contains(" | "+means+" | ", " | refused | "):
			rightlyRefused++
			continue
		case err != nil:
			missed++
			t.Logf("missed: %s: %v", sentence, err)
			continue
		}
		matches := false
		for _, one := range strings.Split(means, " | ") {
			got := in.String()
			if strings.Contains(one, "(*)") {
				got = anyOperations.ReplaceAllString(got, "(*)")
			}
			matches = matches || got == one
		}
		if !matches {
			t.Errorf("wrong: %s is read as %s, and means %s", sentence, in, means)
			continue
		}
		right++
		becomes(sentence, in)
	}
	t.Logf("%d right, %d rightly refused, %d missed", right, rightlyRefused, missed)
	if missed > (right+missed)/5 {
		t.Errorf("%d of %d sentences are not understood", missed, right+missed)
	}
}

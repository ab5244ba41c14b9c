package phrase

import (
	"os"
	"testing"
)

func TestDev(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("DEV"))
	if err != nil {
		t.Skip()
	}
	for _, s := range samples(t, string(data)) {
		in, err := Parse(s.say)
		got := in.String()
		if err != nil {
			got = "refused"
		}
		if got == sorted(s.want) {
			continue
		}
		word := "WRONG"
		if got == "refused" {
			word, got = "MISS", err.Error()
		}
		t.Errorf("%s: %s\n    want %s\n    got  %s", word, s.say, sorted(s.want), got)
	}
}

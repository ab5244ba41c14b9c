package secrets

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// sample is a file of about a thousand lines, full of keywords and with a few keys; or the one in SECRETS_FILE.
func sample(b *testing.B) string {
	if path := os.Getenv("SECRETS_FILE"); path != "" {
		src, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		return string(src)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	var s strings.Builder
	for range 1000 {
		s.WriteString(code[rng.IntN(len(code))])
	}
	return s.String()
}

func BenchmarkFull(b *testing.B) {
	set, text := gitleaksRuleset(b), sample(b)
	set.scan("a.py", text, nil)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		set.scan("a.py", text, nil)
	}
}

func BenchmarkKeystroke(b *testing.B) {
	set, text := gitleaksRuleset(b), sample(b)
	at := len(text) / 2
	versions := []string{text[:at] + "x" + text[at:], text[:at] + "xy" + text[at:]}
	s := set.scan("a.py", text, nil)
	for i := 0; b.Loop(); i++ {
		s = set.scan("a.py", versions[i%2], s)
	}
}

func BenchmarkKeywords(b *testing.B) {
	set, text := gitleaksRuleset(b), sample(b)
	set.compile()
	b.SetBytes(int64(len(text)))
	var hits []occurrence
	for b.Loop() {
		hits = set.keywords.scan(text, hits[:0])
	}
	b.ReportMetric(float64(len(hits)), "hits")
	b.ReportMetric(float64(len(set.keywords.next)*4)/1024, "KiB")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, _, err := load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		gitleaksRuleset(b).compile()
	}
}

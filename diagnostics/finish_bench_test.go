package diagnostics

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// BenchmarkFinish is what a keystroke pays in a file of 1,000 lines.
func BenchmarkFinish(b *testing.B) {
	for _, tt := range []struct{ name, line string }{
		{"clean", "client.chat.completions.create(model=name, messages=[])  # a comment\n"},
		{"findings", "client.chat.completions.create(model='SECRET', messages=[])  # a comment\n"},
		{"comments", "client.chat.completions.create(model='SECRET', messages=[])  # nosec B105\n"},
	} {
		src := ""
		for i := range 1000 {
			if i%20 == 0 {
				src += tt.line
			} else {
				src += fmt.Sprintf("value_%d = compute(value_%d, 'text')\n", i, i-1)
			}
		}
		f := parser.Parse("a.py", "", text.New(src))
		found, set := findWords(src), NewSet(testRules)
		b.Run(tt.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				Finish(f, config.Default(), set, nil, found)
			}
		})
	}
	long := strings.Repeat("x = 'SECRET'; ", 20000)
	f := parser.Parse("a.txt", "", text.New(long))
	b.Run("long line", func(b *testing.B) {
		for b.Loop() {
			Finish(f, config.Default(), NewSet(testRules), nil, findWords(long))
		}
	})
}

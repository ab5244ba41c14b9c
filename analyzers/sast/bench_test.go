package sast

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/pack"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// thousand is a file of about 1,000 lines: the pack's own examples, which hold more of what
// rules look for than code that people write.
func thousand(t testing.TB, ext string) string {
	var b strings.Builder
	for _, f := range testFiles(t) {
		if strings.HasSuffix(f.Path, ext) && strings.Count(b.String(), "\n") < 1000 {
			b.WriteString(f.Text.String())
		}
	}
	lines := strings.SplitAfter(b.String(), "\n")
	return strings.Join(lines[:min(1000, len(lines))], "")
}

func benchmarkScan(b *testing.B, name, src string) {
	set := NewRuleset(pack.Rules())
	f := parser.Parse(name, "", text.New(src))
	set.Scan(context.Background(), f, nil)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		b.StopTimer()
		f = parser.Parse(name, "", text.New(src))
		b.StartTimer()
		set.Scan(context.Background(), f, nil)
	}
}

func BenchmarkScanExamples(b *testing.B) {
	for _, name := range []string{"a.py", "a.ts"} {
		b.Run(name, func(b *testing.B) { benchmarkScan(b, name, thousand(b, name[1:])) })
	}
}

func BenchmarkTree(b *testing.B) {
	src := thousand(b, ".py")
	for b.Loop() {
		b.StopTimer()
		f := parser.Parse("a.py", "", text.New(src))
		b.StartTimer()
		tree.Of(f)
	}
}

// Reading the pack and indexing it happens once, off the way of what a user waits for.
func BenchmarkRuleset(b *testing.B) {
	for b.Loop() {
		NewRuleset(pack.Rules()).index(parser.Python)
	}
}

// A scan ends soon after its context does.
func TestScanEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := parser.Parse("a.py", "", text.New(thousand(t, ".py")))
	set := NewRuleset(pack.Rules())
	set.index(parser.Python)
	begun := time.Now()
	if r := set.Scan(ctx, f, nil); len(r.Findings) > 0 {
		t.Errorf("%d findings", len(r.Findings))
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %v", took)
	}
}

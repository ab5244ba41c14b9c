package trust

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
)

// Whatever somebody types, trust says something about it: it does not panic, and what it says
// lies in the source. That it may take long is the sandbox's to bound.
func FuzzJudge(f *testing.F) {
	for _, pattern := range []string{"testdata/bad/*.rego", "testdata/good/*.rego"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			f.Add(read(f, file))
		}
	}
	for _, s := range starters.All() {
		f.Add(s.Source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 4000 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		examples := []Example{{"a delete", true, document(t, facts.SQL{Verb: "delete"})}, {"nothing", false, document(t)}}
		report := Judge(ctx, Request{Set: set(source), Policy: "policy.rego", Examples: examples}, func(s rego.Step) error { return ctx.Err() })
		for _, p := range report.Problems {
			if p.Code == "internal" {
				t.Errorf("%s", p.Message)
			}
			if p.Span.Start < 0 || p.Span.End > len(source) || p.Span.Start > p.Span.End {
				t.Errorf("span %v of %d bytes: %s", p.Span, len(source), p.Message)
			}
		}
	})
}

// Policies whose lines are dropped, doubled and exchanged mostly still parse.
func TestShuffledLines(t *testing.T) {
	var sources []string
	files, err := filepath.Glob("testdata/*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		sources = append(sources, read(t, file))
	}
	for _, s := range starters.All() {
		sources = append(sources, s.Source)
	}
	random := rand.New(rand.NewPCG(1, 2))
	judged := 0
	for range shuffles {
		lines := strings.Split(sources[random.IntN(len(sources))], "\n")
		other := strings.Split(sources[random.IntN(len(sources))], "\n")
		for range 1 + random.IntN(3) {
			i := random.IntN(len(lines))
			switch random.IntN(4) {
			case 0:
				lines = slices.Delete(lines, i, i+1)
			case 1:
				lines = slices.Insert(lines, i, lines[random.IntN(len(lines))])
			case 2:
				lines[i] = other[random.IntN(len(other))]
			case 3:
				lines = append(lines, other[min(3, len(other)-1):]...)
			}
			if len(lines) == 0 {
				lines = []string{""}
			}
		}
		source := strings.Join(lines, "\n")
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		report := Judge(ctx, Request{Set: set(source), Policy: "policy.rego"}, nil)
		cancel()
		if report.Policy.ID != "" {
			judged++
		}
		for _, p := range report.Problems {
			if p.Code == "internal" || p.Span.End > len(source) || p.Span.Start > p.Span.End {
				t.Fatalf("%+v in:\n%s", p, source)
			}
		}
	}
	if judged < shuffles/20 {
		t.Errorf("only %d of %d could be judged", judged, shuffles)
	}
}

const shuffles = 300

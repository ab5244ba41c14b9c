package sandbox_test

import (
	"context"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// BenchmarkEval is the round trip of five policies on 45 KB of facts with a worker that runs.
func BenchmarkEval(b *testing.B) {
	c, ctx := client(b), context.Background()
	loaded, err := c.Load(ctx, starters(b))
	if err != nil {
		b.Fatal(err)
	}
	doc := document(b, 72)
	b.ReportMetric(float64(len(doc))/1000, "KB")
	for b.Loop() {
		if result, err := c.Eval(ctx, loaded.ID, doc); err != nil || len(result.Failures) > 0 {
			b.Fatal(result, err)
		}
	}
}

// BenchmarkStart is the start of a worker with five policies loaded.
func BenchmarkStart(b *testing.B) {
	ctx := context.Background()
	set := starters(b)
	for b.Loop() {
		c := sandbox.New(sandbox.Options{})
		if loaded, err := c.Load(ctx, set); err != nil || len(loaded.Policies) != 5 {
			b.Fatal(loaded, err)
		}
		b.StopTimer()
		_ = c.Close()
		b.StartTimer()
	}
}

// BenchmarkLoad compiles five policies with a worker that runs.
func BenchmarkLoad(b *testing.B) {
	c, ctx := client(b), context.Background()
	set := starters(b)
	for b.Loop() {
		set.Modules[0].Source += "\n" // another set
		if loaded, err := c.Load(ctx, set); err != nil || len(loaded.Policies) != 5 {
			b.Fatal(loaded, err)
		}
	}
}

// BenchmarkAttack is a policy that never ends to compile, until the good one beside it is loaded.
func BenchmarkAttack(b *testing.B) {
	c := sandbox.New(sandbox.Options{})
	defer c.Close()
	for i := 0; b.Loop(); i++ {
		if loaded, err := c.Load(context.Background(), one(bomb(1000+i))); err != nil || len(loaded.Policies) != 1 {
			b.Fatal(loaded, err)
		}
	}
}

// BenchmarkRestart is the first evaluation after the worker was ended.
func BenchmarkRestart(b *testing.B) {
	c, ctx := client(b), context.Background()
	loaded, err := c.Load(ctx, starters(b))
	if err != nil {
		b.Fatal(err)
	}
	doc := document(b, 72)
	for b.Loop() {
		c.Drop()
		if result, err := c.Eval(ctx, loaded.ID, doc); err != nil || len(result.Failures) > 0 {
			b.Fatal(result, err)
		}
	}
}

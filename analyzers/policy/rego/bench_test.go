package rego_test

import (
	"context"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// BenchmarkCompile compiles the five policies that come with qodacode, beside their tests.
func BenchmarkCompile(b *testing.B) {
	set := starterSet(b)
	for b.Loop() {
		if policies, _ := rego.Compile(context.Background(), set, nil); len(policies) != 5 {
			b.Fatal(len(policies))
		}
	}
}

// BenchmarkTests runs the tests of the five policies, with coverage.
func BenchmarkTests(b *testing.B) {
	set := starterSet(b)
	for b.Loop() {
		if report, err := rego.RunTests(context.Background(), set, "", nil); err != nil || len(report.Problems) > 0 {
			b.Fatal(report, err)
		}
	}
}

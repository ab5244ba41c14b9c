package trust

import (
	"context"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
)

// BenchmarkLint judges a policy as the editor does when typing pauses.
func BenchmarkLint(b *testing.B) {
	for _, s := range starters.All() {
		b.Run(s.Name, func(b *testing.B) {
			for b.Loop() {
				req := Request{Set: set(s.Source), Policy: "policy.rego"}
				if report := Judge(context.Background(), req, nil); !report.Trusted() {
					b.Fatal(report.Problems)
				}
			}
		})
	}
}

// BenchmarkJudge judges a generated policy, with a mutant for each of its conditions.
func BenchmarkJudge(b *testing.B) {
	req := Request{Set: set(deletes), Policy: "policy.rego", Generated: true, Examples: []Example{
		{"a delete", true, document(b, facts.SQL{Verb: "delete", Ctx: around("unknown", "no")})},
		{"an approved delete", false, document(b, facts.SQL{Verb: "delete", Ctx: around("unknown", "yes")})},
		{"a delete outside of production", false, document(b, facts.SQL{Verb: "delete", Ctx: around("no", "no")})},
		{"a select", false, document(b, facts.SQL{Verb: "select", Ctx: around("yes", "no")})},
	}}
	for b.Loop() {
		if report := Judge(context.Background(), req, nil); !report.Trusted() {
			b.Fatal(report.Problems)
		}
	}
}

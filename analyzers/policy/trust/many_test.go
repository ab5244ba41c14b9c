package trust

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// What is found of the other policies must not depend on how busy the machine is.
func init() { maxWays = 30 * time.Second }

// Alternatives of alternatives are 6^10 ways to fire: nobody waits for them.
func TestManyWays(t *testing.T) {
	defer func(usual time.Duration) { maxWays = usual }(maxWays)
	maxWays = 300 * time.Millisecond
	var b strings.Builder
	b.WriteString("package many_ways\n\ndeny contains {\"msg\": \"No\", \"range\": stmt.range} if {\n\tsome stmt in input.sql\n")
	for i := range 10 {
		fmt.Fprintf(&b, "\tpart%d(stmt)\n", i)
	}
	b.WriteString("}\n")
	for i := range 10 {
		for k := range 6 {
			fmt.Fprintf(&b, "\npart%d(stmt) if startswith(stmt.statement, \"%d %d\")\n", i, i, k)
		}
	}
	start := time.Now()
	report := Judge(context.Background(), Request{Set: set(b.String()), Policy: "policy.rego"}, nil)
	if d := time.Since(start); d > time.Minute {
		t.Errorf("took %v", d)
	}
	for _, p := range report.Problems {
		if p.Code != "no-test" {
			t.Errorf("%s: %s", p.Code, p.Message)
		}
	}
}

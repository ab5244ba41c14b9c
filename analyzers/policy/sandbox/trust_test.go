package sandbox_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/analyzers/policy/trust"
	"github.com/qodacode/qodacode/parser"
)

func TestTrust(t *testing.T) {
	if sandbox.RaceEnabled {
		t.Skip("what is measured takes several times as long")
	}
	c, ctx := client(t), context.Background()
	clean, _ := json.Marshal(facts.Empty("app.py", parser.Python))
	for _, m := range starters(t).Modules {
		if rego.IsTest(m.Path) {
			continue
		}
		began := time.Now()
		report, err := c.Trust(ctx, trust.Request{Set: starters(t), Policy: m.Path, Clean: []json.RawMessage{clean}})
		if err != nil {
			t.Fatal(err)
		}
		if !report.Trusted() || report.Policy.ID == "" {
			t.Errorf("%s: %+v", m.Path, report)
		}
		t.Logf("%s in %v", m.Path, time.Since(began).Round(time.Millisecond))
	}
	t.Run("", func(t *testing.T) {
		report, err := c.Trust(ctx, trust.Request{Set: one(bomb(7)), Policy: "other.rego"})
		if err != nil || report.Trusted() || !strings.Contains(report.Problems[0].Message, "more than 1s") {
			t.Errorf("%+v, %v", report, err)
		}
	})
	t.Run("", func(t *testing.T) {
		problems, err := c.Lint(ctx, one(bomb(8)), "other.rego")
		if err != nil || len(problems) == 0 || !strings.Contains(problems[0].Message, "more than 1s") {
			t.Errorf("%+v, %v", problems, err)
		}
	})
	t.Run("", func(t *testing.T) {
		if _, err := c.Format(ctx, "x.rego", "package x\n\nx := "+strings.Repeat("1 + ", 60_000)+"1\n"); err == nil {
			t.Error("formatted")
		}
	})
	t.Run("", func(t *testing.T) {
		set := one(good)
		set.Modules = append(set.Modules, rego.Module{Path: "x_test.rego", Source: "package x_test\n\ntest_slow if count([1 | some a in numbers.range(1, 90000); some b in numbers.range(1, 90000); a + b == 0]) == 0\n\ntest_fast if 1 == 1\n\ntest_wrong if {\n\tx := 1\n\tx == 2\n}\n\ntodo_test_later if false\n"})
		report, err := c.Test(ctx, set, "")
		if err != nil || len(report.Results) != 4 {
			t.Fatalf("%+v, %v", report, err)
		}
		for i, says := range []string{"This test takes more than 1s", "", "line 9 is not true: x == 2", ""} {
			if r := report.Results[i]; r.Passed != (i == 1) || r.Skipped != (i == 3) || !strings.Contains(r.Message, says) {
				t.Errorf("%+v", r)
			}
		}
	})
}

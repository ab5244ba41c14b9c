package secrets

import (
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// check runs the whole check over one text.
func check(t testing.TB, path, src string) []diagnostics.Finding {
	t.Helper()
	var found []diagnostics.Finding
	var memo any
	New().Run(&diagnostics.Pass{
		File:   parser.Parse(path, "", text.New(src)),
		Config: config.Default(),
		Now:    time.Unix(0, 0),
		Memo:   &memo,
		Sink:   func(f diagnostics.Finding) { found = append(found, f) },
	})
	return found
}

func TestRulesAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range New().Rules() {
		if seen[r.ID] || !strings.HasPrefix(r.ID, "SECRET-") {
			t.Errorf("%s: not a unique id of the family", r.ID)
		}
		seen[r.ID] = true
		if r.Title == "" || len(r.Title) > 60 || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: title %q is not a noun phrase of up to 60 characters", r.ID, r.Title)
		}
		if !strings.Contains(r.Doc, "## Why is this bad?") || !strings.Contains(r.Doc, "## How to fix it") {
			t.Errorf("%s: incomplete documentation", r.ID)
		}
	}
}

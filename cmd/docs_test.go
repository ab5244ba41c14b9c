package cmd

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/diagnostics"
)

var update = flag.Bool("update", false, "rewrite golden files and generated pages")

// The pages below docs/rules are generated: go test ./cmd -run TestRulePages -update.
func TestRulePages(t *testing.T) {
	const dir = "../docs/rules"
	want := map[string]string{"README.md": rulesIndex(analyzers.New(analyzers.Options{}).Rules().Rules())}
	for _, r := range analyzers.New(analyzers.Options{}).Rules().Rules() {
		want[r.ID+".md"] = diagnostics.RulePage(r)
	}
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, page := range want {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := want[e.Name()]; !ok {
			t.Errorf("docs/rules/%s describes no rule; run go test ./cmd -run TestRulePages -update", e.Name())
		}
	}
	for name, page := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != page {
			t.Errorf("docs/rules/%s is stale; run go test ./cmd -run TestRulePages -update", name)
		}
	}
}

func rulesIndex(rules []diagnostics.Rule) string {
	var b strings.Builder
	b.WriteString("# Rules\n\nGenerated from the rules themselves. `qodacode rules ID` prints the same pages.\n")
	for _, family := range []string{"secrets", "sast", "deps", "arch", "cost", "policy", "config"} {
		var rows strings.Builder
		for _, r := range rules {
			if r.Family == family {
				rows.WriteString("| [" + r.ID + "](" + r.ID + ".md) | " + r.Severity.String() + " | " + r.Title + " |\n")
			}
		}
		if rows.Len() > 0 {
			b.WriteString("\n## " + family + "\n| id | severity | |\n|---|---|---|\n" + rows.String())
		}
	}
	return b.String()
}

// Every rule must be documented so that a reader knows what, why and how to fix it.
func TestRulesAreDocumented(t *testing.T) {
	families := map[string]string{"secrets": "SECRET-", "cost": "COST-", "arch": "ARCH-", "sast": "SAST-", "deps": "DEPS-", "policy": "POLICY-", "config": ""}
	seen := map[string]bool{}
	for _, r := range analyzers.New(analyzers.Options{}).Rules().Rules() {
		prefix, ok := families[r.Family]
		switch {
		case seen[r.ID]:
			t.Errorf("%s is there twice", r.ID)
		case !ok || !strings.HasPrefix(r.ID, prefix):
			t.Errorf("%s: family %q and id do not belong together", r.ID, r.Family)
		case r.Title == "" || len(r.Title) > 72 || strings.HasSuffix(r.Title, "."):
			t.Errorf("%s: title %q is not a short noun phrase", r.ID, r.Title)
		case r.Severity == diagnostics.Off || r.Since == "":
			t.Errorf("%s has no severity or no version", r.ID)
		case !strings.Contains(r.Doc, "## Why is this bad?"):
			t.Errorf("%s does not say why it is bad", r.ID)
		case !strings.Contains(r.Doc, "## How to fix it") && !strings.Contains(r.Doc, "## Example"):
			t.Errorf("%s does not say how to fix it", r.ID)
		case r.Family == "secrets" && (len(r.CWE) == 0 || len(r.OWASPLLM) == 0):
			t.Errorf("%s has no CWE or OWASP risk", r.ID)
		}
		seen[r.ID] = true
	}
}

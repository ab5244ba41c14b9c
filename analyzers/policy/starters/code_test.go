package starters

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// What the starters say of code, with the facts that are read from it: each line below a
// comment "expect: POLICY RULE…" is reported, and no other is.
func TestCode(t *testing.T) {
	var set rego.Set
	for _, s := range All() {
		set.Modules = append(set.Modules, rego.Module{Path: s.Name + ".rego", Source: s.Source})
	}
	policies, problems := rego.Compile(context.Background(), set, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			document, err := facts.OfCode(context.Background(), filepath.Base(file), string(source))
			if err != nil {
				t.Fatal(err)
			}
			encoded, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			in, err := rego.NewInput(encoded)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range policies {
				found, failures := p.Eval(context.Background(), in)
				if len(failures) > 0 {
					t.Errorf("%s: %v", p.ID, failures)
				}
				for _, v := range found {
					got = append(got, fmt.Sprintf("%3d %s %s", v.Range.Start.Line+1, p.Package, v.Rule))
				}
			}
			want := expected(string(source))
			slices.Sort(got)
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("missing: %s", w)
				}
			}
			for _, g := range got {
				if !slices.Contains(want, g) {
					t.Errorf("too much: %s", g)
				}
			}
		})
	}
}

func expected(source string) []string {
	var want, pending []string
	for i, line := range strings.Split(source, "\n") {
		if _, names, ok := strings.Cut(line, "expect: "); ok {
			pending = append(pending, names)
			continue
		}
		for _, name := range pending {
			want = append(want, fmt.Sprintf("%3d %s", i+1, name))
		}
		pending = nil
	}
	return want
}

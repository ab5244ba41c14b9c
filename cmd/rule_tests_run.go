package cmd

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/ruletest"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// ruleTests are the outcomes of the annotated tests of some rule files.
type ruleTests struct {
	outcomes []ruleOutcome
	fixes    []fixOutcome
	problems []ruleProblem
	untested []string // ids of rules that no test speaks of
	notes    []string // files that could not be read
}

type ruleOutcome struct {
	ruletest.Outcome
	rules string // the file of the rule
	src   *text.Text
}

// fixOutcome is a file that does not look as its .fixed file says when all fixes are applied.
type fixOutcome struct {
	path, want, got string
}

type ruleProblem struct {
	rule.Problem
	path         string
	line, column int // 1-based; the column in characters
}

func (t *ruleTests) passed() bool {
	return len(t.problems) == 0 && len(t.fixes) == 0 &&
		!slices.ContainsFunc(t.outcomes, func(o ruleOutcome) bool { return !o.Passed() })
}

// maxTestFile bounds the files that rules test reads.
const maxTestFile = 4 << 20

// runRuleTests tests the rules in files and folders, which are there.
func runRuleTests(ctx context.Context, env Env, args []string) (*ruleTests, error) {
	t := &ruleTests{}
	for _, arg := range args {
		dir, only := absolute(env.Dir, arg), ""
		if info, err := os.Stat(dir); err == nil && !info.IsDir() {
			dir, only = filepath.Split(dir)
		}
		var files []string
		for path := range workspace.Files(ctx, filepath.Clean(dir), nil) {
			if rel, err := filepath.Rel(dir, path); err == nil {
				files = append(files, filepath.ToSlash(rel))
			}
		}
		for _, c := range ruletest.Cases(files) {
			if only == "" || only == c.Rules || slices.Contains(c.Tests, only) {
				t.run(env, filepath.Clean(dir), c)
			}
		}
	}
	return t, ctx.Err()
}

func (t *ruleTests) run(env Env, dir string, c ruletest.Case) {
	shown := func(name string) string { return relativeTo(env.Dir, filepath.Join(dir, filepath.FromSlash(name))) }
	read := func(name string) (*text.Text, bool) {
		src, err := workspace.Read(filepath.Join(dir, filepath.FromSlash(name)), maxTestFile)
		if err != nil {
			t.notes = append(t.notes, shown(name)+" was not read: "+reason(err))
		}
		return src, err == nil
	}
	src, ok := read(c.Rules)
	if !ok || !strings.Contains(src.String(), "rules:") { // some other YAML
		return
	}
	rules, problems := rule.Parse(shown(c.Rules), src)
	for _, p := range problems {
		at := src.Position(p.Span.Start, text.UTF32)
		t.problems = append(t.problems, ruleProblem{p, shown(c.Rules), at.Line + 1, at.Column + 1})
	}
	modules := workspace.NewModules(dir, func(string) int { return maxTestFile })
	tested := map[string]bool{}
	for _, name := range c.Tests {
		code, ok := read(name)
		if !ok {
			continue
		}
		f := ruletest.Parse(name, code.String())
		for _, o := range ruletest.Score(rules, f, modules) {
			tested[o.Rule] = true
			o.Path = shown(name)
			t.outcomes = append(t.outcomes, ruleOutcome{o, shown(c.Rules), code})
		}
		if fixed := c.Fixed[name]; fixed != "" {
			if want, ok := read(fixed); ok {
				if got := ruletest.Fixed(rules, f, modules); got != want.String() {
					t.fixes = append(t.fixes, fixOutcome{shown(fixed), want.String(), got})
				}
			}
		}
	}
	for _, r := range rules {
		if !tested[r.ID] {
			t.untested = append(t.untested, r.ID)
		}
	}
}

package cmd

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// judged is a with what the policies of its project say. A policy that can't be run is a
// finding in its own file.
func (r *checkRun) judged(ctx context.Context, root string, cfg *config.Config, a *analyzers.Analysis) (*analyzers.Analysis, error) {
	if !a.Judges() {
		return a, nil
	}
	set := r.policies.For(root, cfg)
	if set == nil {
		return a.Complete(a.Project, &policy.Verdict{Source: a.File.Source}), nil
	}
	r.mu.Lock()
	if r.sets == nil {
		r.sets = map[*policy.Set]*judgedSet{}
	}
	if r.sets[set] == nil {
		r.sets[set] = &judgedSet{root: root, failed: map[rego.Failure]string{}}
	}
	used := r.sets[set]
	r.mu.Unlock()
	facts, err := a.Facts(ctx)
	if err != nil {
		return nil, err
	}
	document, err := policy.JSON(facts)
	if err != nil {
		return nil, err
	}
	result, err := set.Eval(ctx, document)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range result.Failures {
		if used.failed[f] == "" || a.File.Path < used.failed[f] {
			used.failed[f] = a.File.Path
		}
	}
	return a.Complete(a.Project, set.Verdict(a.File.Source, result)), nil
}

// judgedSet is a set of policies that was used.
type judgedSet struct {
	root   string
	failed map[rego.Failure]string // the first file, by its name, on which it failed
}

// addPolicyFiles reports what is wrong in policies, where it stands.
func (r *checkRun) addPolicyFiles(ctx context.Context) error {
	for set, used := range r.sets {
		found := map[string][]diagnostics.Finding{}
		for _, f := range set.Files() {
			verdict, err := set.Lint(ctx, f.Path, f.Text)
			if err != nil {
				return err
			}
			found[f.Path] = verdict.Findings
		}
		for failure, file := range used.failed {
			if f, ok := policy.FailureFinding(failure, file); ok && !slices.ContainsFunc(found[failure.Path], policy.IsError) {
				found[failure.Path] = append(found[failure.Path], f)
			}
		}
		for path, findings := range found {
			f, _ := set.File(path)
			at := f.Abs
			if at == "" {
				at = filepath.Join(used.root, filepath.FromSlash(path))
			}
			r.addFile(at, f.Text, diagnostics.PolicyRule, findings)
		}
	}
	return nil
}

// addFile adds findings of one rule to the report on a file, whether or not it was checked.
func (r *checkRun) addFile(path string, src *text.Text, id string, found []diagnostics.Finding) {
	shown := r.shown(path)
	rule, _ := r.engine.Rules().Rule(id)
	cfg := r.lookUp(path).Config
	name := shown // as globs have it
	if cfg.Root != "" {
		name = relativeTo(cfg.Root, path)
	}
	var kept []diagnostics.Finding
	for _, f := range found {
		if _, set := diagnostics.ParseSeverity(cfg.SeverityOf(rule.ID, rule.Family)); set || f.Severity == diagnostics.Off {
			f.Severity = diagnostics.SeverityOf(rule, cfg)
		}
		if f.Severity != diagnostics.Off && !cfg.Ignored(name, rule.ID, rule.Family) {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 {
		return
	}
	r.seen[shown] = true
	r.failOn[shown], _ = diagnostics.ParseSeverity(cfg.Check.FailOn)
	i, known := slices.BinarySearchFunc(r.files, shown, func(f diagnostics.FileReport, path string) int { return cmp.Compare(f.Path, path) })
	if !known {
		r.files = slices.Insert(r.files, i, diagnostics.FileReport{Path: shown, Text: src})
	}
	r.files[i].Findings = diagnostics.Sort(append(r.files[i].Findings, kept...))
}

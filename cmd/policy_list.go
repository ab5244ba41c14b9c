package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
	"github.com/qodacode/qodacode/parser/text"
)

// listedPolicy is a row of `policy list`.
type listedPolicy struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Enabled  bool   `json:"enabled"` // false for one that comes with qodacode and is off
}

// listedProblem is something wrong in a policy.
type listedProblem struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`   // from 1
	Column   int    `json:"column"` // from 1, in characters
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

func newPolicyList(env Env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the policies that hold in this folder, those that can be enabled, and what is wrong in them",
		Long: `List the policies that hold in this folder, those that come with qodacode and are off, and what is
wrong in them: that one does not compile, never fires, always fires, or has no test.

Exit codes: 0 all policies can be used, 1 some can't, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			host, sandbox := newPolicies(env)
			defer sandbox.Close()
			set, err := policiesHere(env, host)
			if err != nil {
				return err
			}
			policies, problems, err := listPolicies(c.Context(), set)
			if err != nil {
				return err
			}
			if format == "json" {
				err = writeJSON(env, map[string]any{"policies": policies, "problems": problems})
			} else {
				err = writePolicies(env, policies, problems)
			}
			if err == nil && broken(problems) {
				return exit(exitFindings)
			}
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// listPolicies are the policies of a set, which may be nil, then the starters that are off;
// and the problems of all.
func listPolicies(ctx context.Context, set *policy.Set) (policies []listedPolicy, problems []listedProblem, err error) {
	policies, problems = []listedPolicy{}, []listedProblem{}
	known := map[string]bool{}
	if set != nil {
		loaded, err := set.Load(ctx)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range loaded.Policies {
			known[p.ID] = true
			policies = append(policies, listedPolicy{p.ID, p.Title, p.Severity, p.Path, true})
		}
		for _, f := range set.Files() {
			found, err := set.Problems(ctx, f)
			if err != nil {
				return nil, nil, err
			}
			for _, p := range found {
				problems = append(problems, problemOf(p, f.Text))
			}
		}
	}
	for _, s := range starters.All() {
		if id := policy.StarterID(s.Name); !known[id] {
			policies = append(policies, listedPolicy{ID: id, Title: s.Title, Severity: s.Severity})
		}
	}
	return policies, problems, nil
}

func problemOf(p rego.Problem, src *text.Text) listedProblem {
	at := src.Position(min(max(p.Span.Start, 0), src.Len()), text.UTF32)
	return listedProblem{p.Path, at.Line + 1, at.Column + 1, p.Severity, p.Code, p.Message}
}

func broken(problems []listedProblem) bool {
	for _, p := range problems {
		if p.Severity == "error" {
			return true
		}
	}
	return false
}

func writePolicies(env Env, policies []listedPolicy, problems []listedProblem) error {
	w := tabwriter.NewWriter(env.Out, 0, 4, 2, ' ', 0)
	for _, p := range policies {
		where := p.Path
		if !p.Enabled {
			where = "off"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.ID, p.Severity, where, p.Title)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(problems) > 0 {
		fmt.Fprintln(env.Out)
	}
	writeProblems(env, problems)
	return nil
}

func writeProblems(env Env, problems []listedProblem) {
	for _, p := range problems {
		fmt.Fprintf(env.Out, "%s:%d:%d: %s: %s\n", p.Path, p.Line, p.Column, p.Severity, p.Message)
	}
}

func writeJSON(env Env, v any) error {
	e := json.NewEncoder(env.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

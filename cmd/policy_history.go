package cmd

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/history"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

func newPolicyHistory(env Env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "history",
		Short: "List the former states of the policies in " + policy.Folder + ", newest first",
		Long: `List the former states of the policies in ` + policy.Folder + `, newest first. What was edited since the
last entry is recorded first. Entries are kept in .qodacode/history and verified: one that was
changed afterwards is named.

Exit codes: 0 the history is sound, 1 it was tampered with, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			root, _, err := projectRoot(env)
			if err != nil {
				return err
			}
			store := history.Open(root)
			entries, err := store.Entries()
			if err == nil {
				if _, err = store.Record("edit", "edited since"); err == nil {
					entries, err = store.Entries()
				}
			}
			if format == "json" {
				if entries == nil {
					entries = []history.Entry{}
				}
				if err := writeJSON(env, map[string]any{"entries": entries}); err != nil {
					return err
				}
			} else {
				writeHistory(env, entries)
			}
			return told(env, err)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

func writeHistory(env Env, entries []history.Entry) {
	for i, e := range entries {
		var before map[string]string
		if i+1 < len(entries) {
			before = entries[i+1].Files
		}
		fmt.Fprintf(env.Out, "%s  %s  %-8s  %s\n", history.Short(e.ID), e.Time.Local().Format(time.DateTime), e.Action, e.Message)
		for _, change := range history.Changes(before, e.Files) {
			fmt.Fprintln(env.Out, "    "+change)
		}
	}
}

// told is the exit code of a history that was tampered with, of which the user is told.
func told(env Env, err error) error {
	if tampered := (*history.Tampered)(nil); errors.As(err, &tampered) {
		fmt.Fprintln(env.Err, tampered.Error())
		return exit(exitFindings)
	}
	return err
}

func newPolicyDiff(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "diff [ID [ID]]",
		Short: "Show what has changed since a former state of the policies, or between two",
		Long: `Show as a unified diff what has changed in the policies since the state ID, or between two states; since
the newest one when none is named. "qodacode policy history" lists the ids, which may be shortened.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			root, _, err := projectRoot(env)
			if err != nil {
				return err
			}
			from, to := "HEAD", ""
			if len(args) > 0 {
				from = args[0]
			}
			if len(args) > 1 {
				to = args[1]
			}
			diff, err := history.Open(root).Diff(from, to)
			if err != nil {
				return told(env, err)
			}
			_, err = fmt.Fprint(env.Out, diff)
			return err
		},
	}
}

func newPolicyRollback(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "rollback ID",
		Short: "Bring the policies back to a former state",
		Long: `Bring the files in ` + policy.Folder + ` back to the state ID. What is there now is recorded first, so that
it can be brought back too, and the former state must compile. "qodacode policy history" lists the
ids, which may be shortened.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			root, _, err := projectRoot(env)
			if err != nil {
				return err
			}
			entry, err := history.Open(root).Rollback(args[0], func(files map[string][]byte) error { return compiles(c.Context(), env, files) })
			if err != nil {
				return told(env, err)
			}
			if entry == nil {
				_, err = fmt.Fprintln(env.Out, "The policies are in that state already")
				return err
			}
			_, err = fmt.Fprintf(env.Out, "%s  %s\n", history.Short(entry.ID), entry.Message)
			return err
		},
	}
}

// compiles reports the first error in files of policies.
func compiles(ctx context.Context, env Env, files map[string][]byte) error {
	_, sandbox := newPolicies(env)
	defer sandbox.Close()
	set := rego.Set{Params: map[string]map[string]any{}}
	for name, src := range files {
		set.Modules = append(set.Modules, rego.Module{Path: path.Join(policy.Folder, name), Source: string(src)})
	}
	slices.SortFunc(set.Modules, func(a, b rego.Module) int { return strings.Compare(a.Path, b.Path) })
	loaded, err := sandbox.Load(ctx, set)
	if err != nil {
		return err
	}
	for _, p := range loaded.Problems {
		if p.Severity == "error" {
			return errors.New(p.Path + " does not compile: " + p.Message)
		}
	}
	return nil
}

package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
)

// families are the names that --only takes.
var families = []string{"secrets", "sast", "deps", "arch", "cost", "policy", "user"}

// formats are the names that --format takes.
var formats = []string{"text", "json", "sarif"}

// baselineName is where a baseline is written and looked for.
const baselineName = "qodacode-baseline.json"

type checkFlags struct {
	format        string
	only          []string
	config        string
	baseline      string
	writeBaseline bool
	color         string
	rules         []string
	policies      []string // absolute; none for those of the project and the user
}

func newCheck(env Env) *cobra.Command {
	var flags checkFlags
	c := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Report the findings of files and folders; of this folder when none is named",
		Long: `Report the findings of files and folders, of this folder when none is named. What .gitignore
names is left out, unless it is named here.

Exit codes: 0 no finding at or above check.fail_on (warning unless qodacode.toml says otherwise),
1 there are such findings, 2 wrong usage or configuration.`,
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c.Context(), env, flags, args) },
	}
	f := c.Flags()
	f.StringVar(&flags.format, "format", "text", "text, json or sarif")
	f.StringSliceVar(&flags.only, "only", nil, "only these `families`: "+strings.Join(families, ","))
	f.StringArrayVar(&flags.rules, "rules", nil, "a `file or folder` of rules in Semgrep's syntax, besides those of the workspace; may be repeated")
	f.StringVar(&flags.config, "config", "", "use this configuration `file` instead of each file's nearest qodacode.toml")
	f.StringVar(&flags.baseline, "baseline", "", "known findings to leave out (default "+baselineName+" in this folder, if there is one)")
	f.BoolVar(&flags.writeBaseline, "write-baseline", false, "write all findings to the baseline and report none of them from now on")
	f.StringVar(&flags.color, "color", "auto", "auto, always or never")
	return c
}

func runCheck(ctx context.Context, env Env, flags checkFlags, args []string) error {
	if err := flags.validate(); err != nil {
		return err
	}
	loader, err := newLoader(env, flags.config)
	if err != nil {
		return err
	}
	custom, err := newSources(env, flags.rules)
	if err != nil {
		return err
	}
	engine := analyzers.New(analyzers.Options{Now: env.Now, Log: logger(env), Families: flags.only, Prices: newPrices(env, logger(env)).For})
	policies, sandbox := newPolicies(env, flags.policies...)
	defer sandbox.Close()
	run := &checkRun{env: env, engine: engine, loader: loader, custom: custom, policies: policies, progress: newProgress(env)}
	if err := run.all(ctx, args); err != nil {
		return err
	}
	flags.noteEmptyFamilies(env, run.rules())
	report := &diagnostics.Report{Version: Version(), Rules: run.rules(), Files: run.files, Stats: diagnostics.Stats{Files: run.read, Elapsed: env.Now().Sub(run.started)}}
	if flags.writeBaseline {
		return writeBaseline(env, flags.baselinePath(env), report)
	}
	if err := applyBaseline(env, flags, report, run.visited); err != nil {
		return err
	}
	if err := writeReport(env, flags, report); err != nil {
		return err
	}
	for _, note := range run.notes {
		fmt.Fprintln(env.Err, "note: "+note)
	}
	if len(run.problems) > 0 {
		fmt.Fprintln(env.Err, "the configuration has mistakes; what is wrong is not used:")
		for _, p := range run.problems {
			fmt.Fprintln(env.Err, "  "+p)
		}
		return exit(exitUsage)
	}
	if run.fails(report.Files) {
		return exit(exitFindings)
	}
	return nil
}

func (f *checkFlags) validate() error {
	if !slices.Contains(formats, f.format) {
		return fmt.Errorf("--format is %q; use %s", f.format, strings.Join(formats, ", "))
	}
	if err := oneOf("--color", f.color, colors...); err != nil {
		return err
	}
	for _, name := range f.only {
		if !slices.Contains(families, name) {
			return fmt.Errorf("--only names the family %q; %s", name, config.Suggest(name, families, "there are "+strings.Join(families, ", ")))
		}
	}
	return nil
}

// noteEmptyFamilies says when a family was asked for that this version has no rules of, so
// that silence is not taken for a clean bill.
func (f *checkFlags) noteEmptyFamilies(env Env, rules *diagnostics.Set) {
	for _, name := range f.only {
		if !slices.ContainsFunc(rules.Rules(), func(r diagnostics.Rule) bool { return r.Family == name }) {
			fmt.Fprintf(env.Err, "note: this version of qodacode has no rules of the family %s\n", name)
		}
	}
}

func newLoader(env Env, pinned string) (*config.Loader, error) {
	loader := config.NewLoader(config.UserFile(env.Getenv))
	if pinned == "" {
		return loader, nil
	}
	path := absolute(env.Dir, pinned)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("--config: there is no file %s", pinned)
	}
	loader.Pin(path, env.Dir)
	return loader, nil
}

func absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

func (f *checkFlags) baselinePath(env Env) string {
	if f.baseline != "" {
		return absolute(env.Dir, f.baseline)
	}
	return filepath.Join(env.Dir, baselineName)
}

func writeBaseline(env Env, path string, report *diagnostics.Report) error {
	var b strings.Builder
	baseline := diagnostics.NewBaseline(report.Files)
	if err := baseline.Write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("the baseline cannot be written: %w", err)
	}
	_, err := fmt.Fprintf(env.Out, "%d findings written to %s; they are not reported any more\n", len(baseline.Findings), path)
	return err
}

// applyBaseline takes the known findings out of report.
func applyBaseline(env Env, flags checkFlags, report *diagnostics.Report, visited func(string) bool) error {
	f, err := os.Open(flags.baselinePath(env))
	if errors.Is(err, os.ErrNotExist) && flags.baseline == "" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--baseline: %w", err)
	}
	defer f.Close()
	baseline, err := diagnostics.ReadBaseline(f)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	report.Files, report.Stats.Baseline = baseline.Apply(report.Files, visited)
	return nil
}

func writeReport(env Env, flags checkFlags, report *diagnostics.Report) error {
	switch flags.format {
	case "json":
		return diagnostics.WriteJSON(env.Out, report)
	case "sarif":
		return diagnostics.WriteSARIF(env.Out, report)
	}
	return diagnostics.WriteText(env.Out, report, diagnostics.TextOptions{Color: colored(env, flags.color), Width: env.Width})
}

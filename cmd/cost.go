package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/cost/report"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/workspace"
)

type costFlags struct {
	format  string
	compare string
	config  string
	color   string
}

func newCost(env Env) *cobra.Command {
	var flags costFlags
	c := &cobra.Command{
		Use:   "cost [PATH...]",
		Short: "Show what the language model calls of a project cost: per call, run and month",
		Long: `Show what the entry points of files and folders cost, of this folder when none is named: per
run and per month, the most that a run can cost, what a cheaper model would save, and what the
figures rest on. The code is read, not run, and nothing is sent anywhere.

  qodacode cost --compare main --format markdown   what a change does to the bill, for a pull request`,
		Args: cobra.ArbitraryArgs, // paths, beside the commands below
		RunE: func(c *cobra.Command, args []string) error { return runCost(c.Context(), env, flags, args) },
	}
	f := c.Flags()
	f.StringVar(&flags.format, "format", "text", "text or json; with --compare also markdown")
	f.StringVar(&flags.compare, "compare", "", "compare with this git `revision`")
	f.StringVar(&flags.config, "config", "", "use this configuration `file` instead of each file's nearest qodacode.toml")
	f.StringVar(&flags.color, "color", "auto", "auto, always or never")
	c.AddCommand(newCostPrices(env))
	return c
}

func runCost(ctx context.Context, env Env, flags costFlags, args []string) error {
	formats := []string{"text", "json"}
	if flags.compare != "" {
		formats = append(formats, "markdown")
	}
	if err := oneOf("--format", flags.format, formats...); err != nil {
		return err
	}
	if err := oneOf("--color", flags.color, colors...); err != nil {
		return err
	}
	options := report.TextOptions{Color: colored(env, flags.color)}
	if len(args) == 0 {
		args = []string{"."}
	}
	configs, err := newConfigs(env, flags.config)
	if err != nil {
		return err
	}
	run := &costRun{env: env, flags: flags, configs: configs, prices: newPrices(env, logger(env)), tables: map[string]*pricing.Table{}}
	now, err := run.report(ctx, args, env.Dir)
	if err != nil {
		return err
	}
	if flags.compare == "" {
		if flags.format == "json" {
			return now.JSON(env.Out)
		}
		return now.Text(env.Out, options)
	}
	before, err := run.before(ctx, args)
	if err != nil {
		return err
	}
	comparison := report.Compare(flags.compare, before, now)
	return map[string]func(io.Writer) error{
		"json":     comparison.JSON,
		"markdown": comparison.Markdown,
		"text":     func(w io.Writer) error { return comparison.Text(w, options) },
	}[flags.format](env.Out)
}

type costRun struct {
	env     Env
	flags   costFlags
	configs *folderConfigs
	prices  *pricing.Sources
	tables  map[string]*pricing.Table // by project, those of now for a revision too
}

// report is the report of paths, relative to the folder base, which stands for the working
// directory.
func (r *costRun) report(ctx context.Context, paths []string, base string) (*report.Report, error) {
	var whole *report.Report
	for _, arg := range paths {
		project, err := readAround(ctx, absolute(base, arg), arg, true, r.configs)
		if err != nil {
			return nil, err
		}
		of := func(path string) *config.Config {
			return r.configs.config(filepath.Join(project.root, filepath.FromSlash(path)))
		}
		root := relativeTo(base, project.root)
		if r.tables[root] == nil {
			r.tables[root] = r.prices.For(of(config.FileName))
		}
		prices := estimate.Env{Prices: r.tables[root], Now: r.env.Now()}
		part := report.New(estimate.NewProject(project.reading(), prices, of), prices.Prices.AsOf, func(path string) (string, bool) {
			return relativeTo(base, filepath.Join(project.root, filepath.FromSlash(path))), project.asked(path)
		})
		if whole == nil {
			whole = part
		} else {
			whole.Add(part)
		}
	}
	return whole, nil
}

// before is the report of the same paths as the revision to compare with has them.
func (r *costRun) before(ctx context.Context, args []string) (*report.Report, error) {
	into, err := os.MkdirTemp("", "qodacode-revision-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(into)
	if into, err = filepath.EvalSymlinks(into); err != nil {
		return nil, err
	}
	base, err := workspace.Export(ctx, r.env.Dir, r.flags.compare, into, config.Default().Check.MaxFileSize)
	if err != nil {
		return nil, fmt.Errorf("--compare: %w", err)
	}
	var paths []string
	for _, arg := range args {
		rel, err := filepath.Rel(r.env.Dir, absolute(r.env.Dir, arg))
		if err != nil || !strings.HasPrefix(filepath.Join(base, rel)+string(filepath.Separator), into+string(filepath.Separator)) {
			return nil, fmt.Errorf("--compare: %s is outside of the git repository", arg)
		}
		if _, err := os.Stat(filepath.Join(base, rel)); err == nil { // else it is new
			paths = append(paths, rel)
		}
	}
	if len(paths) == 0 {
		return &report.Report{}, nil
	}
	was := *r
	if r.flags.config == "" { // the revision's own qodacode.toml
		if was.configs, err = newConfigs(r.env, ""); err != nil {
			return nil, err
		}
	}
	return was.report(ctx, paths, base)
}

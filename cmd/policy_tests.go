package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/config"
)

type policyTestFlags struct {
	format, run string
	threshold   float64
}

func newPolicyTest(env Env) *cobra.Command {
	var flags policyTestFlags
	c := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run the tests of policies, with their coverage",
		Long: `Run the tests of the policies in files and folders; of the policies that hold in this folder when none is
named. Tests are rules called test_… in any file, as for "opa test"; todo_test_… are skipped. They
see no parameters but those that they set themselves.

Exit codes: 0 all tests pass, 1 some do not, a policy can't be used or the coverage is too low, 2 wrong usage.`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("--format", flags.format, "text", "json"); err != nil {
				return err
			}
			for i, arg := range args {
				args[i] = absolute(env.Dir, arg)
				if _, err := os.Stat(args[i]); err != nil {
					return fmt.Errorf("there is no file or folder %s", arg)
				}
			}
			return runPolicyTests(c.Context(), env, flags, args)
		},
	}
	c.Flags().StringVar(&flags.format, "format", "text", "text or json")
	c.Flags().StringVar(&flags.run, "run", "", "only tests whose name, package.test_name, this regular `expression` matches")
	c.Flags().Float64Var(&flags.threshold, "threshold", 0, "fail when a policy's coverage is below this `percentage`")
	return c
}

func runPolicyTests(ctx context.Context, env Env, flags policyTestFlags, paths []string) error {
	host, sandbox := newPolicies(env, paths...)
	defer sandbox.Close()
	set, err := policiesHere(env, host)
	if err != nil {
		return err
	}
	if set == nil {
		return errors.New("there are no policies here; `qodacode policy init` copies some into " + policy.Folder)
	}
	modules := set.Modules()
	modules.Params = map[string]map[string]any{}
	report, err := sandbox.Test(ctx, modules, flags.run)
	if err != nil {
		return err
	}
	_, problems, err := listPolicies(ctx, set)
	if err != nil {
		return err
	}
	problems = slices.DeleteFunc(problems, func(p listedProblem) bool { return p.Severity != "error" })
	low := slices.DeleteFunc(slices.Sorted(maps.Keys(report.Coverage)), func(path string) bool { return report.Coverage[path] >= flags.threshold })
	if flags.format == "json" {
		err = writeJSON(env, map[string]any{"results": report.Results, "coverage": report.Coverage, "missed": report.Missed, "problems": problems})
	} else {
		err = writePolicyTests(env, report, problems)
	}
	if err != nil {
		return err
	}
	failed := slices.ContainsFunc(report.Results, func(r rego.TestResult) bool { return !r.Passed && !r.Skipped })
	if failed || len(problems) > 0 || len(low) > 0 {
		for _, path := range low {
			fmt.Fprintf(env.Err, "the tests of %s reach %.0f %% of it, less than %g %%\n", path, math.Floor(report.Coverage[path]), flags.threshold)
		}
		return exit(exitFindings)
	}
	return nil
}

func writePolicyTests(env Env, report *rego.TestReport, problems []listedProblem) error {
	passed, skipped := 0, 0
	for _, r := range slices.SortedFunc(slices.Values(report.Results), func(a, b rego.TestResult) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	}) {
		switch {
		case r.Passed:
			passed++
			continue
		case r.Skipped:
			skipped++
			continue
		}
		fmt.Fprintf(env.Out, "FAIL  %s:%d  %s", r.Path, r.Line, r.Name)
		if r.Message != "" {
			fmt.Fprint(env.Out, ": "+r.Message)
		}
		fmt.Fprintln(env.Out)
	}
	writeProblems(env, problems)
	for _, path := range slices.Sorted(maps.Keys(report.Coverage)) {
		fmt.Fprintf(env.Out, "%3.0f %%  %s", math.Floor(report.Coverage[path]), path)
		if missed := report.Missed[path]; len(missed) > 0 {
			fmt.Fprint(env.Out, "; no test reaches ", lines(missed))
		}
		fmt.Fprintln(env.Out)
	}
	_, err := fmt.Fprintf(env.Out, "%s", summaryOfTests(len(report.Results), passed, skipped))
	return err
}

func summaryOfTests(all, passed, skipped int) string {
	s := fmt.Sprintf("%d of %d tests pass", passed, all)
	if skipped > 0 {
		s += fmt.Sprintf(", %d skipped", skipped)
	}
	return s + "\n"
}

// lines are numbers of lines, with runs of them together.
func lines(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		part := fmt.Sprint(numbers[i])
		if j > i {
			part += fmt.Sprintf("–%d", numbers[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	word := "line "
	if len(numbers) > 1 {
		word = "lines "
	}
	return word + strings.Join(parts, ", ")
}

// projectRoot is the folder of the project that the working directory belongs to.
func projectRoot(env Env) (string, *config.Config, error) {
	loader, err := newLoader(env, "")
	if err != nil {
		return "", nil, err
	}
	cfg, _ := loader.For(filepath.Join(env.Dir, config.FileName))
	if cfg.Root == "" {
		return env.Dir, cfg, nil
	}
	return cfg.Root, cfg, nil
}

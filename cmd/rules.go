package cmd

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
)

func newRules(env Env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "rules [ID | FAMILY]",
		Short: "List the rules, or explain one",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			set := analyzers.New(analyzers.Options{Now: env.Now}).RulesWith(workspaceRules(env))
			if format != "text" && format != "json" {
				return fmt.Errorf("--format is %q; use text or json", format)
			}
			rules := set.Rules()
			if len(args) == 1 {
				if r, ok := set.Rule(args[0]); ok && format == "text" {
					_, err := fmt.Fprintln(env.Out, diagnostics.RulePage(r))
					return err
				}
				if rules = named(rules, args[0]); len(rules) == 0 {
					return errors.New("no rule or family is called " + args[0] + "; " +
						config.Suggest(args[0], set.Names(), "`qodacode rules` lists them"))
				}
			}
			if format == "json" {
				return rulesJSON(env, rules)
			}
			w := tabwriter.NewWriter(env.Out, 0, 4, 2, ' ', 0)
			for _, r := range rules {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
			}
			return w.Flush()
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.AddCommand(newRulesTest(env))
	return c
}

// workspaceRules are the user's own rules for the working directory.
func workspaceRules(env Env) *sast.Custom {
	sources, err := newSources(env, nil)
	if err != nil {
		return nil
	}
	cfg, _ := config.NewLoader(config.UserFile(env.Getenv)).For(absolute(env.Dir, config.FileName))
	return sources.For(cmp.Or(cfg.Root, env.Dir), cfg)
}

// named are the rules with an id, or of a family, called name in any case.
func named(rules []diagnostics.Rule, name string) []diagnostics.Rule {
	var out []diagnostics.Rule
	for _, r := range rules {
		if strings.EqualFold(r.ID, name) || strings.EqualFold(r.Family, name) {
			out = append(out, r)
		}
	}
	return out
}

// ruleJSON is one rule in the output of `qodacode rules --format json`.
type ruleJSON struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Family   string   `json:"family"`
	Severity string   `json:"severity"`
	Since    string   `json:"since"`
	CWE      []string `json:"cwe"`
	OWASPLLM []string `json:"owasp_llm"`
	URL      string   `json:"url"`
	Doc      string   `json:"doc"`
}

func rulesJSON(env Env, rules []diagnostics.Rule) error {
	out := struct {
		Version int        `json:"version"`
		Rules   []ruleJSON `json:"rules"`
	}{Version: 1, Rules: []ruleJSON{}}
	for _, r := range rules {
		url := ""
		if r.HasPage() {
			url = diagnostics.RuleURL(r.ID)
		}
		out.Rules = append(out.Rules, ruleJSON{r.ID, r.Title, r.Family, r.Severity.String(), r.Since,
			append([]string{}, r.CWE...), append([]string{}, r.OWASPLLM...), url, r.Doc})
	}
	e := json.NewEncoder(env.Out)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

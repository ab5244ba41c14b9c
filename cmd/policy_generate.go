package cmd

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/generate"
	"github.com/qodacode/qodacode/analyzers/policy/history"
)

func newPolicyGenerate(env Env) *cobra.Command {
	var format string
	var write, free bool
	c := &cobra.Command{
		Use:   `generate "SENTENCE"`,
		Short: "Write a policy, with its test, from a sentence in English or Spanish",
		Long: `Write a policy with its test from a sentence in English or Spanish, such as "No database deletes in
production without approval", and print it with examples of code that show what it means. --write
puts it into ` + policy.Folder + `.

A sentence that the controlled language does not understand is sent to a language model, if the
user has configured one: QODACODE_POLICY_BASE_URL, QODACODE_POLICY_MODEL and the key in
QODACODE_POLICY_API_KEY, or policy.base_url and policy.model in the user's settings. Nothing but the
sentence is sent. Every policy is proven on its examples before it is printed.

Exit codes: 0 there is a policy, 1 the sentence was refused, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			root, cfg, err := projectRoot(env)
			if err != nil {
				return err
			}
			host, sandbox := newPolicies(env)
			defer sandbox.Close()
			model, err := generate.Endpoint(cfg.Policy.Endpoint, env.Getenv)
			if err != nil {
				return err
			}
			set := host.For(root, cfg)
			result, err := generate.Policy(c.Context(), args[0], generate.Options{Sandbox: sandbox, Endpoint: model, FreeForm: free,
				Taken: set.Has, Progress: func(message string) { fmt.Fprintln(env.Err, message) }})
			if err != nil {
				return err
			}
			if format == "json" {
				err = writeJSON(env, result)
			} else {
				writeGenerated(env, result)
			}
			if err != nil {
				return err
			}
			if result.Status != "ok" {
				return exit(exitFindings)
			}
			if !write {
				return nil
			}
			if _, err := writePolicyFiles(env, root, []policyFile{{result.Name + ".rego", result.Rego}, {result.Name + "_test.rego", result.Test}}); err != nil {
				return err
			}
			_, err = history.Open(root).Record("generate", args[0])
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().BoolVar(&write, "write", false, "write the policy and its test into "+policy.Folder)
	c.Flags().BoolVar(&free, "free-form", false, "let the language model write the Rego itself, under the same checks")
	return c
}

func writeGenerated(env Env, r *generate.Result) {
	if r.Status != "ok" {
		fmt.Fprintln(env.Out, "Refused: "+r.Reason)
		for i, s := range r.Instead {
			if i == 0 {
				fmt.Fprintln(env.Out, "\nWhat can be said instead:")
			}
			fmt.Fprintln(env.Out, "  "+s)
		}
		return
	}
	for _, warning := range r.Warnings {
		fmt.Fprintln(env.Err, "warning: "+warning)
	}
	fmt.Fprintf(env.Out, "# %s\n# %s\n\n%s", r.Explanation, filepath.ToSlash(filepath.Join(policy.Folder, r.Name+".rego")), r.Rego)
	for _, e := range r.Examples {
		verb := "is silent on"
		if e.Fires {
			verb = "reports"
		}
		fmt.Fprintf(env.Out, "\n# It %s: %s\n", verb, e.Why)
		for line := range strings.Lines(strings.TrimRight(e.Code, "\n") + "\n") {
			fmt.Fprint(env.Out, "    "+line)
		}
	}
}

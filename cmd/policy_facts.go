package cmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/workspace"
)

func newPolicyFacts(env Env) *cobra.Command {
	var schema bool
	var configFile string
	c := &cobra.Command{
		Use:   "facts FILE",
		Short: "Print what policies see of a file, as JSON",
		Long: `Print what policies see of a file as JSON: calls, SQL, HTTP, files, programs, the environment, language
models, tools, agents and graphs, with what is around them. docs/policy-facts.md explains every field.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && !schema || len(args) > 0 && schema {
				return errors.New("name one file, or --schema alone")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if schema {
				_, err := env.Out.Write(facts.SchemaJSON())
				return err
			}
			loader, err := newLoader(env, configFile)
			if err != nil {
				return err
			}
			engine := analyzers.New(analyzers.Options{Now: env.Now, Log: logger(env), Families: []string{"policy"}, Prices: newPrices(env, logger(env)).For})
			sources, err := newSources(env, nil)
			if err != nil {
				return err
			}
			run := &checkRun{env: env, engine: engine, loader: loader, custom: sources, progress: newProgress(env)}
			run.begin()
			inputs, err := run.inputs(c.Context(), args)
			if err != nil {
				return err
			}
			if len(inputs) != 1 || !inputs[0].named {
				return fmt.Errorf("%s is a folder; name a file", args[0])
			}
			if err := run.readProjects(c.Context(), inputs); err != nil {
				return err
			}
			cfg := run.config(inputs[0].path)
			src, err := workspace.Read(inputs[0].path, cfg.Check.MaxFileSize)
			if err != nil {
				return err
			}
			a, _, err := run.analysis(c.Context(), inputs[0], cfg, src)
			if err != nil {
				return err
			}
			if !a.Judges() {
				return fmt.Errorf("%s is no code of Python, TypeScript or JavaScript: policies see nothing of it", args[0])
			}
			doc, err := a.Facts(c.Context())
			if err != nil {
				return err
			}
			return writeJSON(env, doc)
		},
	}
	c.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of the facts instead")
	c.Flags().StringVar(&configFile, "config", "", "use this configuration `file` instead of the file's nearest qodacode.toml")
	return c
}

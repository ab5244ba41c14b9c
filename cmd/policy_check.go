package cmd

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func newPolicyCheck(env Env) *cobra.Command {
	flags := checkFlags{only: []string{"policy"}}
	var policies string
	c := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Report what policies find in files and folders; in this folder when none is named",
		Long: `Report what policies find in files and folders, in this folder when none is named: what
"qodacode check --only policy" reports. With --policies those alone decide, whatever the project,
its configuration and your own settings have.

Exit codes: 0 no finding at or above check.fail_on (warning unless qodacode.toml says otherwise),
1 there are such findings, 2 wrong usage or configuration.`,
		RunE: func(c *cobra.Command, args []string) error {
			if policies != "" {
				path := absolute(env.Dir, policies)
				if _, err := os.Stat(path); err != nil {
					return fmt.Errorf("--policies: there is no file or folder %s", policies)
				}
				flags.policies = []string{path}
			}
			return runCheck(c.Context(), env, flags, args)
		},
	}
	f := c.Flags()
	f.StringVar(&flags.format, "format", "text", "text, json or sarif")
	f.StringVar(&policies, "policies", "", "a `file or folder` whose policies alone decide")
	f.StringVar(&flags.config, "config", "", "use this configuration `file` instead of each file's nearest qodacode.toml")
	f.StringVar(&flags.baseline, "baseline", "", "known findings to leave out (default "+baselineName+" in this folder, if there is one)")
	f.StringVar(&flags.color, "color", "auto", "auto, always or never")
	return c
}

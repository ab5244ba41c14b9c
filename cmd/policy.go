package cmd

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/config"
)

func newPolicy(env Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "Rules of your house: write them, test them, hold code to them",
		Long: `Policies are rules of your house about agent code, written in Rego or generated from a sentence.
They lie in .qodacode/policies; check and the editor hold the code to them.

Start with:  qodacode policy init                    copies the policies that come with qodacode
             qodacode policy generate "No shell commands without approval"
             qodacode policy facts agent.py          what policies see of a file
             qodacode policy test                    runs their tests`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newPolicyCheck(env), newPolicyGenerate(env), newPolicyList(env), newPolicyFacts(env), newPolicyTest(env), newPolicyInit(env),
		newPolicyHistory(env), newPolicyDiff(env), newPolicyRollback(env), newPolicyWorker(env))
	return c
}

// newPolicyWorker is the process in which policies are compiled and run.
func newPolicyWorker(env Env) *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Run policies for another process of qodacode, which speaks over standard input and output",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return sandbox.Serve(env.In, env.Out) },
	}
}

// newPolicies are the policies of projects; only are files and folders whose policies alone
// hold, none for all. The sandbox must be closed.
func newPolicies(env Env, only ...string) (*policy.Host, *sandbox.Client) {
	client := sandbox.New(sandbox.Options{Log: logger(env)})
	return policy.NewHost(policy.Options{Sandbox: client, User: userPolicies(env), Only: only, Log: logger(env)}), client
}

// userPolicies is the folder of the user's own policies, beside the configuration file.
func userPolicies(env Env) string {
	if file := config.UserFile(env.Getenv); file != "" {
		return filepath.Join(filepath.Dir(file), "policies")
	}
	return ""
}

// policiesHere are the policies for the working directory, with their tests; nil when there are none.
func policiesHere(env Env, host *policy.Host) (*policy.Set, error) {
	root, cfg, err := projectRoot(env)
	if err != nil {
		return nil, err
	}
	return host.For(root, cfg), nil
}

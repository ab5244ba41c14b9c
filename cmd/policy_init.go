package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/history"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
	"github.com/qodacode/qodacode/config"
)

func newPolicyInit(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "init [NAME...]",
		Short: "Copy the policies that come with qodacode, with their tests, into " + policy.Folder,
		Long: `Copy the policies that come with qodacode, or those that are named, with their tests into
` + policy.Folder + ` of this project. They hold from then on, and you can change them. Files that are there
already stay as they are.

The policies: ` + strings.Join(config.PolicyStarters, ", "),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, name := range args {
				if !slices.Contains(config.PolicyStarters, name) {
					return errors.New("there is no policy " + name + "; " + config.Suggest(name, config.PolicyStarters, "there are "+strings.Join(config.PolicyStarters, ", ")))
				}
			}
			root, _, err := projectRoot(env)
			if err != nil {
				return err
			}
			var files []policyFile
			for _, s := range starters.All() {
				if len(args) == 0 || slices.Contains(args, s.Name) {
					files = append(files, policyFile{s.Name + ".rego", s.Source}, policyFile{s.Name + "_test.rego", s.Test})
				}
			}
			written, err := writePolicyFiles(env, root, files)
			if err != nil || written == 0 {
				return err
			}
			if _, err := history.Open(root).Record("init", "policies that come with qodacode"); err != nil {
				return err
			}
			_, err = fmt.Fprintln(env.Out, "Next: qodacode policy test, then qodacode check")
			return err
		},
	}
}

// policyFile is a file in the folder of policies.
type policyFile struct{ name, source string }

// writePolicyFiles writes files that are not there yet, and says so. Nothing is written through a symbolic link.
func writePolicyFiles(env Env, root string, files []policyFile) (written int, err error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return 0, err
	}
	defer dir.Close()
	if err := dir.MkdirAll(policy.Folder, 0o777); err != nil {
		return 0, err
	}
	for _, file := range files {
		name := policy.Folder + "/" + file.name
		f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		shown := relativeTo(env.Dir, filepath.Join(root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrExist) {
			fmt.Fprintf(env.Out, "kept   %s\n", shown)
			continue
		}
		if err != nil {
			return written, err
		}
		_, err = f.WriteString(file.source)
		if err := errors.Join(err, f.Close()); err != nil {
			return written, err
		}
		written++
		fmt.Fprintf(env.Out, "wrote  %s\n", shown)
	}
	return written, nil
}

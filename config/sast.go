package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// SAST is the section [sast].
type SAST struct {
	// Rules are files and folders with rules in Semgrep's syntax, besides those that are found by themselves.
	Rules []RuleFile
}

// RuleFile is a file or folder of rules or policies.
type RuleFile struct {
	Name string // as it was written
	Path string // absolute
	// Within is a folder that Path must not leave, through symbolic links either; "": any.
	Within string
}

// maxRuleFiles bounds such a list of one file; a folder counts as one.
const maxRuleFiles = 200

var sastKeys = []Key{
	{
		Name: "sast.rules", Type: "list of files and folders", Default: "[]", Scope: Workspace,
		Doc: "Rules in Semgrep's YAML syntax, besides those in `.semgrep.yml` and `.semgrep/`, which are found by themselves. A project names what " +
			"lies in its own folder; your own settings may name anything. Edited rules hold at once. Their findings have the family `user`.",
		set: func(c *Config, _ string, value any) error {
			files, err := c.from.files(value)
			if err == nil {
				c.SAST.Rules = append(slices.Clip(c.SAST.Rules), files...)
			}
			return err
		},
	},
}

// files are files and folders that a setting names.
func (o origin) files(value any) ([]RuleFile, error) {
	names, err := stringList(value)
	if err != nil {
		return nil, err
	}
	if len(names) > maxRuleFiles {
		return nil, fmt.Errorf("%d files; %d are read at most", len(names), maxRuleFiles)
	}
	files := make([]RuleFile, len(names))
	for i, name := range names {
		files[i].Name = name
		if files[i].Path, files[i].Within, err = o.file(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// file finds out what the name of a file means, given who wrote it: where it is, and the
// folder that it must not leave.
func (o origin) file(name string) (path, within string, err error) {
	dir := ""
	if o.path != "" {
		dir = filepath.Dir(o.path)
	}
	switch {
	case name == "" || strings.ContainsRune(name, 0):
		return "", "", errors.New(quote(name) + " names no file")
	case !o.byUser && (!filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, `\:`)):
		return "", "", errors.New(quote(name) + " is outside of the project; a workspace file can only name files in its own folder, with /")
	case !o.byUser:
		return filepath.Join(dir, filepath.FromSlash(name)), dir, nil
	case filepath.IsAbs(name):
		return filepath.Clean(name), "", nil
	case dir == "":
		return "", "", errors.New(quote(name) + " is relative to no folder; write an absolute path")
	}
	return filepath.Join(dir, name), "", nil
}

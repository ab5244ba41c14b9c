package ruletest

import (
	"path"
	"slices"
	"strings"
)

// Case is a file of rules with the files that test it.
type Case struct {
	Rules string
	Tests []string          // files of code with annotations
	Fixed map[string]string // by test file: the file that says how it looks with all fixes applied
}

// Cases pairs rule files with their tests, as Semgrep does: the test of rules/name.yml is
// rules/name.py, rules/name.test.yaml, or any file in a folder rules/name; name.fixed.py says how
// name.py looks with all fixes. Paths have slashes.
func Cases(files []string) []Case {
	var cases []Case
	for _, f := range files {
		if !IsRules(f) {
			continue
		}
		c := Case{Rules: f}
		stem := stemOf(f)
		for _, other := range files {
			if other == f || !(stemOf(other) == stem || strings.HasPrefix(other, stem+"/")) || IsRules(other) || isFixed(other) {
				continue
			}
			c.Tests = append(c.Tests, other)
			ext := path.Ext(other)
			for _, name := range []string{strings.TrimSuffix(other, ext) + ".fixed" + ext, stem + ".fixed" + ext} {
				if slices.Contains(files, name) {
					if c.Fixed == nil {
						c.Fixed = map[string]string{}
					}
					c.Fixed[other] = name
				}
			}
		}
		slices.Sort(c.Tests)
		cases = append(cases, c)
	}
	return cases
}

// IsRules reports whether a file's name says that it holds rules.
func IsRules(name string) bool {
	base := path.Base(name)
	ext := path.Ext(base)
	return (ext == ".yml" || ext == ".yaml") && !strings.HasSuffix(strings.TrimSuffix(base, ext), ".test") && !isFixed(base) && !strings.HasPrefix(base, ".")
}

func isFixed(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), ".fixed")
}

// stemOf is a path without what follows the first dot of its name.
func stemOf(name string) string {
	dir, base := path.Split(name)
	base, _, _ = strings.Cut(base, ".")
	return dir + base
}

// Package pack holds qodacode's own rules: YAML files in Semgrep's syntax, embedded in the
// binary, each with an annotated file of code beside it that is its test.
package pack

import (
	"embed"
	"io/fs"
	"path"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/parser/text"
)

//go:embed */*.yml
var files embed.FS

// Files are the rule files, in a folder per language.
func Files() fs.FS { return files }

// Rules are all rules of the pack. One weakness may have a rule of the same id for Python and
// one for JavaScript and TypeScript.
func Rules() []*rule.Rule { return parsed().Rules }

var parsed = sync.OnceValue(func() rule.File {
	names, err := fs.Glob(files, "*/*.yml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	parts := make([]rule.File, len(names))
	var wait sync.WaitGroup
	for i, name := range names {
		wait.Go(func() {
			src, err := files.ReadFile(name)
			if err != nil {
				return // it was listed a moment ago, in memory
			}
			parts[i] = rule.ReadLazily(path.Join("pack", name), text.New(string(src)))
		})
	}
	wait.Wait()
	var all rule.File
	for _, part := range parts {
		for _, r := range part.Rules {
			if r.Taint != nil { // our rules follow text, which numbers and truths don't carry
				r.Taint.Options.SafeNumbers, r.Taint.Options.SafeBooleans, r.Taint.Options.SafeComparisons = true, true, true
			}
			all.Rules = append(all.Rules, r)
		}
		all.Problems = append(all.Problems, part.Problems...)
	}
	return all
})

// Package starters is the policies that come with qodacode, off until a project enables them.
//
// A starter is three files: NAME.rego, NAME_test.rego and NAME.md. Title, severity and
// parameters are read from the Rego, so that they can't say anything else than it does.
package starters

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// Starter is one policy.
type Starter struct {
	Name       string // no_prod_db_deletes
	Title      string // of its metadata
	Severity   string // error, warning, info: of its metadata's custom.severity
	Doc        string // Markdown, in the sections of every rule's page (see docs/rules): what it does, why, a before and an after, parameters
	Source     string
	Test       string
	Parameters []Parameter
}

// Parameter is what a starter reads from data.params.STARTER.NAME.
type Parameter struct {
	Name    string // allowed_hosts
	Doc     string
	Default any
}

//go:embed policies
var files embed.FS

var all = sync.OnceValue(func() []Starter {
	entries, err := files.ReadDir("policies")
	if err != nil {
		panic(err) // embedded
	}
	var list []Starter
	for _, e := range entries {
		name, isRego := strings.CutSuffix(e.Name(), ".rego")
		if !isRego || strings.HasSuffix(name, "_test") {
			continue
		}
		s, err := read(name, text(name+".rego"))
		if err != nil {
			panic(fmt.Sprintf("starter %s: %v", name, err)) // embedded, and read in the tests
		}
		s.Test, s.Doc = text(name+"_test.rego"), text(name+".md")
		list = append(list, s)
	}
	return list
})

// All are all starters, by name. The slice is the caller's, what it holds is shared.
func All() []Starter { return slices.Clone(all()) }

// Find is the starter of a name.
func Find(name string) (Starter, bool) {
	i := slices.IndexFunc(all(), func(s Starter) bool { return s.Name == name })
	if i < 0 {
		return Starter{}, false
	}
	return all()[i], true
}

func text(name string) string {
	b, err := files.ReadFile(path.Join("policies", name))
	if err != nil {
		panic(err) // embedded: every starter has its three files
	}
	return string(b)
}

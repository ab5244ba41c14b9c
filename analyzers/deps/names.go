package deps

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

// Registry is where packages come from.
type Registry uint8

// The registries.
const (
	PyPI Registry = iota
	NPM
)

// String is the registry's name for messages.
func (r Registry) String() string { return [...]string{"PyPI", "npm"}[r] }

// other is the registry that names are mistaken from.
func (r Registry) other() Registry { return 1 - r }

var (
	//go:embed data/pypi.txt
	pypiPopular string
	//go:embed data/pypi_known.txt
	pypiKnown string
	//go:embed data/npm.txt
	npmPopular string
	//go:embed data/npm_known.txt
	npmKnown string
	//go:embed data/imports.txt
	importRows string
	//go:embed data/brings.txt
	bringRows string
	//go:embed data/invented.txt
	inventedRows string
	//go:embed data/crossed.txt
	crossedRows string
	//go:embed data/python_stdlib.txt
	pythonStdlib string
	//go:embed data/node_builtins.txt
	nodeBuiltins string
)

// rows yields the words of each line of a data file that is no comment.
func rows(data string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(data) {
			if words := strings.Fields(line); len(words) > 0 && words[0] != "#" && !yield(words) {
				return
			}
		}
	}
}

func setOf(files ...string) map[string]bool {
	set := map[string]bool{}
	for _, data := range files {
		for words := range rows(data) {
			for _, w := range words {
				set[w] = true
			}
		}
	}
	return set
}

// wrong is what a name that is wrong should be.
type wrong struct {
	right string // "" where there is nothing of the kind
}

// knowledge is what qodacode knows about a registry's names.
type knowledge struct {
	popular  map[string]bool  // what people mean
	known    map[string]bool  // what exists, popular or not
	invented map[string]wrong // names that do not bring what they promise
	crossed  map[string]wrong // names of the other registry
	shapes   map[string]string
	std      map[string]bool // modules that need no package
}

var registries = [...]func() *knowledge{
	PyPI: sync.OnceValue(func() *knowledge { return newKnowledge(PyPI, pypiPopular, pypiKnown, pythonStdlib) }),
	NPM:  sync.OnceValue(func() *knowledge { return newKnowledge(NPM, npmPopular, npmKnown, nodeBuiltins) }),
}

func newKnowledge(r Registry, popular, known, std string) *knowledge {
	k := &knowledge{popular: setOf(popular), known: setOf(popular, known), invented: map[string]wrong{}, crossed: map[string]wrong{}, std: setOf(std)}
	fill := func(data string, into map[string]wrong) {
		for w := range rows(data) {
			if w[0] != strings.ToLower(r.String()) {
				continue
			}
			right := strings.TrimPrefix(w[2], "-")
			into[r.Normal(w[1])] = wrong{right}
		}
	}
	fill(inventedRows, k.invented)
	fill(crossedRows, k.crossed)
	k.shapes = shapesOf(k.popular)
	return k
}

func (r Registry) knowledge() *knowledge { return registries[r]() }

// Normal is a package's name as the registry compares it: PEP 503; npm's have no capitals.
func (r Registry) Normal(name string) string {
	if r == NPM {
		return strings.ToLower(name)
	}
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(name) {
		if c == '-' || c == '_' || c == '.' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(c)
	}
	return b.String()
}

// providers are the packages that bring Python's modules, by the module's dotted name.
var providers = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for w := range rows(importRows) {
		m[w[0]] = w[1:]
	}
	return m
})

// namespaces are the first segments of modules that many packages share.
var namespaces = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for module := range providers() {
		if first, _, dotted := strings.Cut(module, "."); dotted {
			m[first] = true
		}
	}
	return m
})

// brings are the packages that come with others and are imported because of them.
var brings = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for w := range rows(bringRows) {
		m[w[0]] = w[1:]
	}
	return m
})

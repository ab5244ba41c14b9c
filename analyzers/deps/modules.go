package deps

import (
	"strings"
	"sync"
)

// modules are the names that well-known packages of PyPI are imported by.
type modules struct{ knowledge }

// pythonModules are the modules that misspelt imports are compared with.
var pythonModules = sync.OnceValue(func() *modules {
	m := &modules{knowledge{popular: map[string]bool{}, known: map[string]bool{}}}
	k := PyPI.knowledge()
	for name := range k.known {
		m.known[strings.ReplaceAll(name, "-", "_")] = true
	}
	for module := range providers() {
		first, _, _ := strings.Cut(module, ".")
		m.known[strings.ToLower(first)] = true
	}
	for name := range k.popular {
		module := strings.ReplaceAll(name, "-", "_")
		if moduleOf(name) == module {
			m.popular[module] = true
		}
	}
	for module := range providers() {
		if !strings.Contains(module, ".") && strings.ToLower(module) == module {
			m.popular[module] = true
		}
	}
	for module := range k.std {
		m.known[module] = true
	}
	return m
})

// nearestModule is the module that name is a misspelling of, "" for none.
func (m *modules) nearestModule(name string) string {
	lower := strings.ToLower(name)
	if m.known[lower] || !isASCII(name) {
		return ""
	}
	if m.popular[lower] {
		return lower
	}
	return m.nearest(lower)
}

// moduleOf is the module that a package is imported by, "" where it is not known to be one.
func moduleOf(pkg string) string {
	if m, ok := modulesByPackage()[pkg]; ok {
		return m
	}
	module := strings.ReplaceAll(pkg, "-", "_")
	if strings.ContainsAny(module, "./@") {
		return ""
	}
	return module
}

// modulesByPackage are the modules of packages that are not named alike: of each package the
// first in the list whose usual package it is.
var modulesByPackage = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for w := range rows(importRows) {
		if out[w[1]] == "" {
			out[w[1]] = w[0]
		}
	}
	return out
})

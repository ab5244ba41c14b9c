package agents

import (
	"slices"
	"strings"
)

// providers are the libraries of model providers, around whose calls plain code builds agents.
var providers = []string{"openai", "anthropic", "litellm", "google.genai", "@google/genai", "generativeai", "ollama", "mistralai", "groq", "cohere", "bedrock"}

// telling is from how many letters on the name of a module is taken for a word that stands in
// no other code. Shorter ones (ai, agents, swarm) are looked for in imports only.
const telling = 8

// Words are texts of which every file that builds agents itself holds at least one: a file
// without any of them matters only to those that import it.
func Words() []string {
	modules := slices.Clone(providers)
	for _, fw := range frameworks() {
		modules = append(modules, fw.modules...)
	}
	slices.Sort(modules)
	var words []string
	for _, m := range slices.Compact(modules) {
		switch {
		case m == "google": // the root of much else
			words = append(words, "google.adk", "google import adk")
		case len(m) >= telling || strings.ContainsAny(m, "@/_") || m == "openai":
			words = append(words, m)
		default:
			words = append(words, imports(m)...)
		}
	}
	// A longer word is not needed beside one that it contains.
	return slices.DeleteFunc(words, func(w string) bool {
		return slices.ContainsFunc(words, func(other string) bool { return other != w && other != "" && strings.Contains(w, other) })
	})
}

// imports are the ways in which Python and JavaScript import a module.
func imports(module string) []string {
	return []string{
		"from " + module + ".", "from " + module + " ", "import " + module + ".", "import " + module + " ", "import " + module + "\n", "import " + module + "\r", "import " + module + ",",
		`"` + module + `"`, "'" + module + "'", `"` + module + "/", "'" + module + "/",
	}
}

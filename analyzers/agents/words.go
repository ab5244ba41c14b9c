package agents

import "slices"

// commonWords are the libraries of model providers, around whose calls plain code builds agents.
var commonWords = []string{"openai", "anthropic", "litellm", "google.genai", "@google/genai", "generativeai", "ollama", "mistralai", "groq", "cohere", "bedrock"}

// Words are texts of which every file that builds agents itself holds at least one: a file
// without any of them matters only to those that import it.
func Words() []string {
	words := slices.Clone(commonWords)
	for _, fw := range frameworks() {
		words = append(words, fw.modules...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Package llm finds the places where a program calls a language model: one table of SDKs
// (table.go), one resolver (resolve.go). Families that speak of requests, their models and
// their loops all ask Sites.
package llm

import (
	"github.com/qodacode/qodacode/parser"
)

// Kind is what a site does.
type Kind uint8

// The kinds of sites.
const (
	Request   Kind = iota // asks a model for output
	Embedding             // turns text into vectors
)

// String is the name that JSON output uses.
func (k Kind) String() string { return [...]string{"request", "embedding"}[k] }

// Platform is where a client sends its requests. Model ids, prices and retirement dates are
// the provider's own on Direct only.
type Platform uint8

// The platforms.
const (
	Direct Platform = iota
	Azure
	Bedrock
	Vertex
	Custom // a base URL of the program's own: a gateway, a proxy, a compatible server
)

// String is a name for messages.
func (p Platform) String() string {
	return [...]string{"the provider's API", "Azure", "Amazon Bedrock", "Google Vertex AI", "a custom endpoint"}[p]
}

// Site is one call of a language model.
type Site struct {
	Call *parser.Call
	// Method is the expression that names what is called: the callee of Call, or its
	// argument in asyncio.to_thread(client.responses.create, …).
	Method   parser.NodeID
	SDK      string // "openai", "anthropic", "litellm"
	API      string // what is called: "chat.completions", "responses", "messages", "embeddings", …
	Kind     Kind
	Platform Platform
	Model    Model
	// Loop is the loop that repeats the site, in its own function or in one that calls it;
	// nil where none does. Loops that only retry do not count.
	Loop *parser.Loop
}

// Model is the model that a site names.
type Model struct {
	// ID is the id as written, prefixes and dates included; "" when it is not known, and
	// Reason tells why.
	ID     string
	Reason string
	// Arg is the expression of the model argument; NoNode when the call has none.
	Arg parser.NodeID
	// Literal is the one string literal that ID stands in, there or elsewhere in the file;
	// NoNode when ID is unknown or pieced together.
	Literal parser.NodeID
	// Default marks an ID that the environment or a caller may override.
	Default bool
}

// memoKey shares the result of Sites among the checks and surfaces that ask for it.
type memoKey struct{}

// Sites are f's sites in order of position. The result is shared: do not change it.
func Sites(f *parser.File) []Site {
	if !f.Language.IsCode() {
		return nil
	}
	return parser.Memo(f, memoKey{}, func() []Site { return resolve(f) })
}

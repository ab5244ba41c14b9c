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
	Request     Kind = iota // asks a model for output: a request, or a run of an agent
	Embedding               // turns text into vectors
	ModelConfig             // makes an object that holds a model and how it is asked: ChatOpenAI(model=…)
	Agent                   // makes an agent: Agent(model=…)
	// Drive runs what is built elsewhere and whose own sites are listed there: crew.kickoff(),
	// graph.invoke(…), agent.generate(…). Lists of sites leave it out.
	Drive
)

// String is the name that JSON output uses.
func (k Kind) String() string {
	return [...]string{"request", "embedding", "model_config", "agent", "drive"}[k]
}

// Spends reports whether running a site of the kind costs money. Building a model's
// configuration or an agent does not.
func (k Kind) Spends() bool { return k == Request || k == Embedding || k == Drive }

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
	File *parser.File // where it stands
	Call *parser.Call
	// Method is the expression that names what is called: the callee of Call, or its
	// argument in asyncio.to_thread(client.responses.create, …).
	Method   parser.NodeID
	SDK      string // "openai", "anthropic", "litellm"
	API      string // what is called: "chat.completions", "responses", "messages", "embeddings", …
	Kind     Kind
	Platform Platform
	Model    Model
	// Config is the site that made what the call is made on or given, and whose settings hold
	// where the call says nothing: ChatOpenAI(…) of llm.invoke(…), Agent(…) of Runner.run(agent),
	// with the model configuration of an agent as its own Config. It may stand in another
	// file; nil where there is none or it is not known.
	Config *Site
	// Linked reports that the site, its model or its Config could not be told from its own
	// file alone: Sites does not have it so, SitesIn has.
	Linked bool
	// Loop is the loop that repeats the site, in its own function or in one that calls it;
	// nil where none does. Loops that only retry do not count.
	Loop *parser.Loop

	api    *api
	placed bool // the model argument tells Platform
	shift  int  // how many arguments of Call stand before the method's own
	// unlisted marks what is no site of its own, though its row lists what it makes.
	unlisted bool
	// settled is shared by the copies of a site. It is made once all else is known; until then
	// nothing is remembered.
	settled *settled
	bound   []bound
	// unseen reports that there is a configuration that is not known, or not only Config.
	unseen bool
}

// Model is the model that a site names.
type Model struct {
	// ID is the id as written, prefixes and dates included; "" when it is not known, and
	// Reason tells why.
	ID     string
	Reason string
	// Arg is the expression of the model argument in the site's file; NoNode when the call has none.
	Arg parser.NodeID
	// Literal is the one string literal that ID stands in, in the call or elsewhere in File;
	// NoNode when ID is unknown or pieced together.
	Literal parser.NodeID
	File    *parser.File // of Literal; nil where that is NoNode
	// Default marks an ID that the environment or a caller may override.
	Default bool
}

// Limit is how many turns a site may take: requests, one after the other, that one execution sends.
type Limit struct {
	Value  int           // 0: no limit
	Source Source        // who set it
	What   string        // the setting: max_turns, max_iter, stopWhen, …; "" for a site that takes one turn
	Arg    parser.NodeID // where the code sets it, in File
	File   *parser.File
}

// Source tells who set a limit.
type Source string

// The sources of limits, as JSON output names them.
const (
	Explicit         Source = "explicit"          // written in the code, or one by nature
	FrameworkDefault Source = "framework_default" // the framework's own
	NoLimit          Source = "none"
)

// Program follows names from file to file.
type Program interface {
	// Follow is the expression that made what n in f evaluates to, and its file. What can not
	// be followed is returned as far as it went.
	Follow(f *parser.File, n parser.NodeID) (*parser.File, parser.NodeID)
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

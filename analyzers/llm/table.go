package llm

import (
	"maps"
	"slices"
	"strings"
)

// sdk is one client library. To support another one, add a row and its cases in
// testdata/sites.
type sdk struct {
	name string
	// modules are the import names that provide it, in Python and npm: its own and the
	// drop-in replacements that wrap it without changing where requests go.
	modules []string
	// clients are the classes whose instances offer the apis.
	clients []client
	// module reports that the module offers the apis itself, as openai.chat.completions.create,
	// or that require of it gives the client's class.
	module bool
	// perCall reports that each call may send its request elsewhere by a base URL of its own.
	perCall bool
	// exact reports that only the module names as they stand are the SDK's, not what lies
	// below them: the name, as of agents, is one that programs give their own packages.
	exact bool
	// language is "python" or "script" for rows that hold in one of them only, as where
	// packages of one name are different things.
	language string
	// through are the methods of what the constructs make that give it back, bound to more
	// settings: llm.bind_tools(tools).
	through map[string]settings
	apis    []api
}

// client is a class of an SDK. Its module is one of the SDK's unless it names its own.
type client struct {
	name     string
	modules  []string
	platform Platform
}

// api is one thing to call.
type api struct {
	name string
	kind Kind
	// path is what follows the client, each method once.
	path    string
	methods []string
	// model are the arguments that may hold the model's id, the first one present counts.
	model []argument
	// needs are arguments that a call must name when the type of its receiver is unknown
	// and the file imports no SDK, or the api has no path; nil: such a call is never a site.
	needs []string
	// weak marks paths that other libraries use too: without a known receiver the call must
	// show its model, or hide its arguments in a variable, even where the SDK is imported.
	weak bool
	// construct reports that the row describes calling a class itself, or a function that
	// makes its instances, as ChatOpenAI(…): path is empty and methods are the names.
	construct bool
	// unlisted reports that what the row makes holds a model, but is no site of its own.
	unlisted bool
	// on are the names of constructs of the SDK; the row's methods are those of what they make.
	on []string
	// words are names that a value of unknown making may have that has the methods in sure, in
	// a file that imports the SDK.
	words, sure []string
	// config are arguments that hold what another site made: the agent of Runner.run(agent, …).
	config []argument
	// requires are arguments one of which a construct must have to be one.
	requires []string
	// takes are all keywords that a call may have, where the names of the row are so common
	// that other programs' own have them too; nil: any.
	takes    []string
	settings settings
	// rounds is the framework's own limit of turns, with Source FrameworkDefault, or NoLimit
	// where it has none; zero for what takes one turn.
	rounds Limit
	// fallback is the model of a call that names none, as the framework has it; "" where there is none.
	fallback string
	// ambient is the qualified name of what holds the model of a call that names none, where
	// the file assigns to it: Settings.llm.
	ambient string
}

// argument is a keyword, or a property in JavaScript, and its position, -1 for none.
type argument struct {
	name string
	pos  int
}

// with is s and what more says, for apis that differ in a few settings.
func (s settings) with(more settings) settings {
	out := maps.Clone(s)
	maps.Copy(out, more)
	return out
}

var (
	byName        = []argument{{"model", -1}}
	firstArgument = []argument{{"model", 0}}
)

// sdks is the table of client libraries: a variable of rows per family, each in its file.
var sdks = slices.Concat(openaiRows, anthropicRows, litellmRows, googleRows, langchainRows, llamaindexRows, crewaiRows, openaiAgentsRows, pydanticRows, driveRows,
	aisdkRows, mastraRows, agentsScriptRows, googleScriptRows, langchainScriptRows, llamaindexScriptRows)

// lookalikes are packages whose clients copy the paths of an SDK of the table but talk to
// somebody else. A receiver that comes from one is never a site, nor is one of unknown type
// in a file that imports one and no SDK.
var lookalikes = map[string]bool{
	"groq": true, "groq-sdk": true, "together": true, "together-ai": true, "mistralai": true, "@mistralai/mistralai": true,
	"cerebras": true, "@cerebras/cerebras_cloud_sdk": true, "huggingface_hub": true, "@huggingface/inference": true,
	"fireworks": true, "zhipuai": true, "zai": true, "portkey_ai": true, "portkey-ai": true, "perplexity": true,
	"@perplexity-ai/perplexity_ai": true, "sambanova": true, "volcenginesdkarkruntime": true, "xai_sdk": true, "twilio": true,
	"g4f": true, "llama_stack_client": true, "llama-stack-client": true, "mlx_lm": true, "writerai": true, "ai21": true,
}

// wrapperNames are parts of the names of classes, of any package, whose instances offer the
// paths of an SDK of the table.
var wrapperNames = []string{"OpenAI", "Anthropic", "Instructor"}

// transparent are segments that a client puts between itself and its methods without
// changing what is called.
var transparent = map[string]bool{
	"with_raw_response": true, "with_streaming_response": true, "with_options()": true, "withOptions()": true, "copy()": true,
	"aio": true,
}

// rootOf is the distribution that a module belongs to: groq for groq.types, @scope/name for @scope/name/sub.
func rootOf(module string) string {
	module = strings.TrimPrefix(module, "npm:")
	if strings.HasPrefix(module, "@") {
		if i := strings.IndexByte(module, '/'); i >= 0 {
			if j := strings.IndexAny(module[i+1:], "/."); j >= 0 {
				return module[:i+1+j]
			}
		}
		return module
	}
	if i := strings.IndexAny(module, "/."); i > 0 {
		if module[:i] == "google" && module[i] == '.' { // a namespace that many distributions share
			if j := strings.IndexByte(module[i+1:], '.'); j >= 0 {
				return module[:i+1+j]
			}
			return module
		}
		return module[:i]
	}
	return module
}

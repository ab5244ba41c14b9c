package llm

import (
	"net/url"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// platforms is what a file's client constructors say about where requests go.
type platforms struct {
	known   bool
	clients map[parser.NodeID]Platform // by the constructor call's node
	// all is where every client of an SDK in the file sends its requests; Direct when they
	// differ, as a client of unknown origin may then be any of them.
	all map[string]Platform
	// module is what the module itself was configured to, openai.api_base = …; nil until
	// it is asked for.
	module *Platform
}

// modelPrefixes are the prefixes by which LiteLLM (provider/id), LangChain and Pydantic AI
// (provider:id) route to other platforms.
var modelPrefixes = map[string]Platform{
	"azure": Azure, "azure_text": Azure, "azure_ai": Azure, "bedrock": Bedrock, "sagemaker": Bedrock, "vertex_ai": Vertex, "vertex_ai_beta": Vertex,
	"azure_openai": Azure, "bedrock_converse": Bedrock, "google_vertexai": Vertex, "google_anthropic_vertex": Vertex, "google-vertex": Vertex,
}

// providerHosts are base URLs that change nothing.
var providerHosts = map[string]bool{"api.openai.com": true, "eu.api.openai.com": true, "us.api.openai.com": true, "api.anthropic.com": true}

// elsewhere are the arguments of clients, and of calls that take them, that send requests
// to another place.
var elsewhere = []struct {
	name     string
	platform Platform
}{
	{"base_url", Custom}, {"baseURL", Custom}, {"api_base", Custom}, {"basePath", Custom},
	{"azure_endpoint", Azure}, {"provider", Custom}, // openai.providers.bedrock(…)
	{"openai_api_base", Custom}, {"anthropic_api_url", Custom}, {"vertexai", Vertex},
	{"configuration.baseURL", Custom}, {"configuration.basePath", Custom}, {"clientOptions.baseURL", Custom}, {"anthropicApiUrl", Custom},
	{"azureOpenAIApiInstanceName", Azure}, {"azureOpenAIApiDeploymentName", Azure}, {"azureOpenAIEndpoint", Azure}, {"additionalConfig.baseURL", Custom},
}

// platform decides where a site's requests go, given its client class's own platform. typed
// says that the receiver's class is known.
func (r *resolver) platform(s *Site, cand candidate, class Platform, typed bool) Platform {
	if s.placed {
		return s.Platform
	}
	if sdks[cand.sdk].perCall {
		if p, ok := r.override(s.Call); ok {
			return p
		}
	}
	if s.SDK == "litellm" {
		return prefixPlatform(s.Model.ID)
	}
	if s.Config != nil {
		return s.Config.Platform
	}
	if s.Kind == Drive {
		return Direct
	}
	if class != Direct {
		return class
	}
	r.readClients()
	receiver := r.receiver(s.Method, cand.api)
	if p, ok := r.platforms.clients[r.constructor(receiver, 0)]; ok {
		return p
	}
	if g, m, ok := r.beyond(receiver); ok {
		g.readClients()
		if p, ok := g.platforms.clients[g.constructor(m, 0)]; ok {
			return p
		}
	}
	if typed && r.Kind(receiver) == parser.KindIdentifier {
		for _, d := range r.DefsOf(receiver) {
			if d.Kind == parser.ImportDef {
				return r.moduleSetting()
			}
		}
	}
	return r.platforms.all[s.SDK]
}

// prefixPlatform is the platform that a model's id routes to.
func prefixPlatform(id string) Platform {
	if i := strings.IndexAny(id, "/:"); i > 0 {
		return modelPrefixes[id[:i]]
	}
	return Direct
}

// override is the platform that an argument of a call says, if one does.
func (r *resolver) override(c *parser.Call) (Platform, bool) {
	for _, e := range elsewhere {
		v, found := find(r.File, c, argument{e.name, -1}, 0)
		if found != Present || v.Kind == parser.None || v.Kind == parser.Bool && !v.Bool {
			continue
		}
		if r.Kind(v.Arg) == parser.KindAssignment && conditional(r.File, v.Arg) {
			continue // if base_url: options["base_url"] = base_url
		}
		if made := constructed(r.File, v.Expr, 0); made != nil && strings.HasSuffix(made.Name, "Provider") {
			return r.override(made) // OpenAIProvider(base_url=…)
		}
		if v.Kind == parser.String && !v.Default {
			if u, err := url.Parse(v.Str); err == nil && (v.Str == "" || providerHosts[u.Hostname()]) {
				continue
			}
		}
		return e.platform, true
	}
	return Direct, false
}

// readClients notes where each client constructed in the file sends its requests.
func (r *resolver) readClients() {
	p := &r.platforms
	if p.known {
		return
	}
	p.known, p.clients, p.all = true, map[parser.NodeID]Platform{}, map[string]Platform{}
	for i := range r.Calls {
		c := &r.Calls[i]
		if !c.New && (c.Name == "" || c.Name[0] < 'A' || c.Name[0] > 'Z') {
			continue
		}
		if r.Kind(r.Unwrap(c.Callee)) == parser.KindIdentifier && !r.table.makers.may(c.Name) && !r.renamed.may(c.Name) {
			continue
		}
		row, platform, ok := r.table.client(r.QName(c.Callee))
		if !ok {
			continue
		}
		if custom, ok := r.override(c); ok && platform == Direct {
			platform = custom
		}
		p.clients[c.Node] = platform
		if all, ok := p.all[sdks[row].name]; ok && all != platform {
			platform = Direct
		}
		p.all[sdks[row].name] = platform
	}
}

// moduleSettings are attributes of the module openai that send its requests elsewhere.
var moduleSettings = []string{"api_base", "base_url", "azure_endpoint", "api_type"}

// moduleSetting is Custom when the file assigns to one of moduleSettings, else Direct.
func (r *resolver) moduleSetting() Platform {
	if r.platforms.module == nil {
		p := Direct
		if slices.ContainsFunc(moduleSettings, func(name string) bool { return strings.Contains(r.Text.String(), name) }) && r.setsModule() {
			p = Custom
		}
		r.platforms.module = &p
	}
	return *r.platforms.module
}

func (r *resolver) setsModule() bool {
	for i := range r.Nodes {
		n := parser.NodeID(i)
		if r.Kind(n) != parser.KindAssignment {
			continue
		}
		left := r.Field(n, parser.FieldLeft)
		if r.Kind(left) != parser.KindAttribute || !slices.Contains(moduleSettings, r.Slice(attribute(r.File, left))) {
			continue
		}
		if _, _, ok := r.table.client(r.QName(r.Field(left, parser.FieldObject))); ok {
			return true
		}
	}
	return false
}

// receiver is the expression that a's path starts from.
func (r *resolver) receiver(callee parser.NodeID, a *api) parser.NodeID {
	n := r.Unwrap(callee)
	skip := 1
	if a.path != "" {
		skip += 1 + strings.Count(a.path, ".")
	}
	for skip > 0 && r.Kind(n) == parser.KindAttribute {
		if !transparent[r.Slice(attribute(r.File, n))] {
			skip--
		}
		n = r.Unwrap(r.Field(n, parser.FieldObject))
	}
	return n
}

// constructor is the call that made the client that n evaluates to, or NoNode.
func (r *resolver) constructor(n parser.NodeID, depth int) parser.NodeID {
	if depth > 8 {
		return parser.NoNode
	}
	n = r.Unwrap(n)
	switch r.Kind(n) {
	case parser.KindIdentifier:
		if defs := r.DefsOf(n); len(defs) == 1 {
			return r.constructor(defs[0].Value, depth+1)
		}
	case parser.KindAttribute:
		// self.client: the constructor that the file assigns to an attribute of that name,
		// where there is but one.
		found := parser.NoNode
		for i := range r.Defs {
			if d := &r.Defs[i]; d.Name == "."+r.Slice(attribute(r.File, n)) && d.Kind == parser.AssignDef {
				c := r.constructor(d.Value, depth+1)
				if found != parser.NoNode && c != parser.NoNode {
					return parser.NoNode
				}
				if c != parser.NoNode {
					found = c
				}
			}
		}
		return found
	case parser.KindNew:
		return n
	case parser.KindCall:
		if _, ok := r.platforms.clients[n]; ok {
			return n
		}
		// A wrapper: instructor.from_openai(OpenAI()), client.with_options(…).
		if c := r.CallAt(n); c != nil && len(c.Args) > 0 {
			if inner := r.constructor(c.Args[0].Value, depth+1); inner != parser.NoNode {
				return inner
			}
		}
		if callee := r.Unwrap(r.Field(n, parser.FieldFunction)); r.Kind(callee) == parser.KindAttribute {
			return r.constructor(r.Field(callee, parser.FieldObject), depth+1)
		}
	}
	return parser.NoNode
}

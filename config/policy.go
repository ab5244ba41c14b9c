package config

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Policy is the section [policy].
type Policy struct {
	// Enable are names of the policies that come with qodacode.
	Enable []string
	// Paths are files and folders of policies, besides .qodacode/policies, which is found by itself.
	Paths []RuleFile
	// Params are what policies read as data.params, by the name of the policy: texts, numbers,
	// truth values, lists and maps of them.
	Params   map[string]map[string]any
	Endpoint Endpoint
}

// Endpoint is a server with OpenAI's API that writes policies from comments when it is asked to.
type Endpoint struct {
	BaseURL     string // https, or http on the loopback interface; "" for none
	Model       string
	KeyVariable string // the variable of the environment that has the key
}

// PolicyStarters are the policies that come with qodacode.
var PolicyStarters = []string{"agent_approval_required", "external_api_whitelist", "file_access_restrictions", "llm_rate_limit", "no_prod_db_deletes"}

// DefaultKeyVariable has the key of the endpoint unless the settings name another one.
const DefaultKeyVariable = "QODACODE_POLICY_API_KEY"

// Limits of what a stranger's project may ask for.
const (
	maxParams     = 1000 // values of one policy
	maxParamDepth = 5
)

var (
	policyName   = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]{0,99}$`)
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,199}$`)
)

var policyKeys = []Key{
	{
		Name: "policy.enable", Type: "list of policies", Default: "[]", Scope: Workspace,
		Doc: "Policies that come with qodacode and are off until they stand here: `" + strings.Join(PolicyStarters, "`, `") + "`; [writing policies](writing-policies.md) tells what they demand. " +
			"`qodacode policy init` copies them into `.qodacode/policies` instead, where you can change them.",
		set: func(c *Config, _ string, value any) error {
			names, err := stringList(value)
			if err != nil {
				return err
			}
			for _, name := range names {
				if !slices.Contains(PolicyStarters, name) {
					return errors.New("there is no policy " + quote(name) + "; " + Suggest(name, PolicyStarters, "there are "+strings.Join(PolicyStarters, ", ")))
				}
			}
			c.Policy.Enable = append(slices.Clip(c.Policy.Enable), names...)
			return nil
		},
	},
	{
		Name: "policy.paths", Type: "list of files and folders", Default: "[]", Scope: Workspace,
		Doc: "Policies in Rego, besides those in `.qodacode/policies`, which are found by themselves. A project names what lies in its own folder; " +
			"your own settings may name anything. Edited policies hold at once.",
		set: func(c *Config, _ string, value any) error {
			files, err := c.from.files(value)
			if err == nil {
				c.Policy.Paths = append(slices.Clip(c.Policy.Paths), files...)
			}
			return err
		},
	},
	{
		Name: "policy.params.*", Type: "section with the parameters of a policy", Scope: Workspace, section: true,
		Doc: "What a policy reads as `data.params`: `[policy.params.external_api_whitelist]` with `hosts = [\"api.openai.com\", \"*.example.com\"]`. " +
			"Each policy tells which parameters it knows.",
		set: func(c *Config, name string, value any) error {
			params, ok := value.(map[string]any)
			if !ok {
				return wrongType("a section", value)
			}
			if !policyName.MatchString(name) {
				return errors.New(quote(name) + " is no name of a policy: letters, digits and _")
			}
			n := 0
			clean, err := param(params, 0, &n)
			if err != nil {
				return err
			}
			all := maps.Clone(c.Policy.Params)
			if all == nil {
				all = map[string]map[string]any{}
			}
			all[name], _ = clean.(map[string]any)
			c.Policy.Params = all
			return nil
		},
	},
	{
		Name: "policy.base_url", Type: "URL", Default: `""`, Scope: User, preset: "",
		Doc: "A server with OpenAI's API, such as `https://api.openai.com/v1` or `http://localhost:11434/v1`, that is asked for a policy when you generate one " +
			"from a comment which the controlled language does not understand. The comment's text is sent there, and nothing else of your code. " +
			"The variable `QODACODE_POLICY_BASE_URL` wins over it.",
		set: func(c *Config, _ string, value any) error {
			v, ok := value.(string)
			if !ok {
				return wrongType("a URL", value)
			}
			if v != "" {
				if err := CheckEndpoint(v); err != nil {
					return err
				}
			}
			c.Policy.Endpoint.BaseURL = v
			return nil
		},
	},
	{
		Name: "policy.model", Type: "id of a model", Default: `""`, Scope: User, preset: "",
		Doc: "The model that is asked there. The variable `QODACODE_POLICY_MODEL` wins over it.",
		set: func(c *Config, _ string, value any) error {
			v, ok := value.(string)
			if !ok || len(v) > maxModelID || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' }) {
				return wrongType("the id of a model", value)
			}
			c.Policy.Endpoint.Model = v
			return nil
		},
	},
	{
		Name: "policy.api_key_env", Type: "name of a variable", Default: quote(DefaultKeyVariable), Scope: User, preset: DefaultKeyVariable,
		Doc: "The variable of the environment that has the key for that server. A server without keys needs none.",
		set: func(c *Config, _ string, value any) error {
			v, ok := value.(string)
			if !ok || !variableName.MatchString(v) {
				return errors.New("expected the name of a variable of the environment, not a key itself")
			}
			c.Policy.Endpoint.KeyVariable = v
			return nil
		},
	},
}

// CheckEndpoint reports what is wrong with the URL of an endpoint. The message does not hold
// the URL, which may have a secret in it.
func CheckEndpoint(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || len(raw) > 2048:
		return errors.New("expected a URL such as https://api.openai.com/v1")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return errors.New("expected a URL without a user, a password, a query or a fragment; the key is read from the environment")
	case u.Scheme == "https":
		return nil
	case u.Scheme != "http":
		return errors.New("expected a URL that begins with https://")
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("http is used on this machine only (localhost); write https://")
	}
	return nil
}

// param is a parameter as JSON has it. n counts values.
func param(value any, depth int, n *int) (any, error) {
	if *n++; *n > maxParams {
		return nil, fmt.Errorf("more than %d values", maxParams)
	}
	if depth > maxParamDepth {
		return nil, fmt.Errorf("nested more than %d levels deep", maxParamDepth)
	}
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			inner, err := param(v[key], depth+1, n)
			if err != nil {
				return nil, err
			}
			out[key] = inner
		}
		return out, nil
	case []any:
		out := make([]any, len(v))
		for i := range v {
			inner, err := param(v[i], depth+1, n)
			if err != nil {
				return nil, err
			}
			out[i] = inner
		}
		return out, nil
	case []map[string]any:
		return param(sections(v), depth, n)
	case time.Time:
		return v.Format(time.RFC3339), nil
	}
	return value, nil
}

package rego

import (
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// allowed are the built-in functions that a policy may call: they depend on their arguments
// alone. What is not listed here, new functions of OPA too, is refused.
var allowed = map[string][]string{
	"comparison":   {"eq", "assign", "equal", "neq", "gt", "gte", "lt", "lte", "internal.member_2", "internal.member_3"},
	"numbers":      {"plus", "minus", "mul", "div", "rem", "round", "ceil", "floor", "abs", "numbers.range", "numbers.range_step", "bits.and", "bits.or", "bits.xor", "bits.negate", "bits.lsh", "bits.rsh", "format_int", "to_number", "units.parse", "units.parse_bytes"},
	"collections":  {"count", "sum", "product", "max", "min", "sort", "and", "or", "intersection", "union", "array.concat", "array.flatten", "array.slice", "array.reverse", "object.get", "object.keys", "object.filter", "object.remove", "object.subset", "object.union", "object.union_n", "json.filter", "json.remove", "json.patch", "walk", "graph.reachable"},
	"strings":      {"concat", "contains", "startswith", "endswith", "indexof", "indexof_n", "lower", "upper", "replace", "strings.replace_n", "strings.count", "strings.reverse", "strings.any_prefix_match", "strings.any_suffix_match", "strings.split_n", "split", "sprintf", "substring", "trim", "trim_left", "trim_right", "trim_prefix", "trim_suffix", "trim_space", "internal.template_string"},
	"patterns":     {"regex.match", "regex.is_valid", "regex.find_n", "regex.find_all_string_submatch_n", "regex.split", "regex.replace", "regex.template_match", "glob.match", "glob.quote_meta"},
	"encodings":    {"json.marshal", "json.unmarshal", "json.is_valid", "base64.encode", "base64.decode", "base64.is_valid", "base64url.encode", "base64url.encode_no_pad", "base64url.decode", "hex.encode", "hex.decode", "urlquery.encode", "urlquery.decode", "urlquery.encode_object", "urlquery.decode_object", "uri.parse", "uri.is_valid", "crypto.md5", "crypto.sha1", "crypto.sha256"},
	"types":        {"is_number", "is_string", "is_boolean", "is_array", "is_set", "is_object", "is_null", "type_name"},
	"names":        {"semver.compare", "semver.is_valid", "net.cidr_contains", "net.cidr_contains_matches", "net.cidr_intersects", "net.cidr_is_valid", "time.parse_duration_ns"},
	"about itself": {"rego.metadata.chain", "rego.metadata.rule", "print", "internal.print", "internal.test_case"},
}

// refusal tells why the functions whose names begin so are refused, and what to write instead.
type refusal struct{ prefix, reason string }

// refusals are ordered: the first that fits is told.
var refusals = []refusal{
	{"http.send", "a policy has no network; input.http holds the requests of the code"},
	{"net.lookup_ip_addr", "a policy has no network; compare names of hosts: input.http[_].host"},
	{"net.", "its result may be very long; net.cidr_contains and net.cidr_intersects are allowed"},
	{"opa.runtime", "a policy does not see the environment; input.env holds the variables that the code uses, data.params what the project configures"},
	{"time.", "a policy says the same at any time; only time.parse_duration_ns is allowed"},
	{"rand.", "a policy says the same each time; there is no random number"},
	{"uuid.", "a policy says the same each time; each fact has an id"},
	{"io.jwt.", "a policy holds no keys; the strings functions and regex.match are allowed"},
	{"crypto.", "a policy holds no keys; crypto.sha256, crypto.sha1 and crypto.md5 are allowed"},
	{"providers.", "a policy holds no keys and has no network"},
	{"graphql.", "the facts hold no GraphQL; regex.match and contains are allowed"},
	{"json.match_schema", "a schema may point to the network; input has the schema of the facts already"},
	{"json.verify_schema", "a schema may point to the network; input has the schema of the facts already"},
	{"json.marshal_with_options", "its result may be very long; json.marshal is allowed"},
	{"yaml.", "json.marshal and json.unmarshal are allowed"},
	{"rego.parse_module", "a policy reads facts, not policies"},
	{"graph.reachable_paths", "its result may be very long; graph.reachable is allowed"},
	{"regex.globs_match", "it may take very long; glob.match and regex.match are allowed"},
	{"strings.render_template", "its result may be very long; sprintf and concat are allowed"},
	{"trace", "print is allowed in tests"},
}

// allowedNames are the names in allowed.
var allowedNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, list := range allowed {
		for _, name := range list {
			names[name] = true
		}
	}
	return names
})

// Capabilities are what policies may use of OPA. They are shared: do not change them.
var Capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(ast.RegoV1))
	c.Builtins = slices.DeleteFunc(slices.Clone(c.Builtins), func(b *ast.Builtin) bool { return !allowedNames()[b.Name] })
	c.Features = slices.DeleteFunc(slices.Clone(c.Features), func(f string) bool {
		return f == ast.FeatureRegoV2 || f == ast.FeatureRegoV2Import
	})
	c.AllowNet = []string{} // nil would allow all hosts
	return c
})

// whyRefused is why a function of OPA is refused; "" when OPA has none of that name.
func whyRefused(name string) string {
	if _, ok := ast.BuiltinMap[name]; !ok || allowedNames()[name] {
		return ""
	}
	for _, r := range refusals {
		if strings.HasPrefix(name, r.prefix) {
			return r.reason
		}
	}
	return "it is not among the functions that depend on their arguments alone"
}

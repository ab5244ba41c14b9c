package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/qodacode/qodacode/config"
)

// elsewhere are keys that mean nothing in an editor.
var elsewhere = []string{"check.fail_on"}

// reaching are keys that may name files and addresses anywhere when a user sets them. The
// settings of a workspace, which are a stranger's at times, must not have them.
var reaching = []string{"cost.prices", "policy.paths", "sast.rules"}

var titles = map[string]string{
	"check": "Files", "severity": "Severity", "ignore": "Ignored", "secrets": "Secrets", "arch": "Agent graphs",
	"cost": "Cost", "policy": "Policy", "lsp": "What is shown",
}

// sections are the sections of the settings, one for each section of qodacode.toml.
func sections() ([]object, error) {
	var all []object
	var properties object
	head := ""
	flush := func() error {
		if len(properties) == 0 {
			return nil
		}
		title, ok := titles[head]
		if !ok {
			title = strings.ToUpper(head[:1]) + head[1:]
		}
		section, err := objectOf("title", title, "properties", properties)
		all, properties = append(all, section), nil
		return err
	}
	for _, k := range config.Keys() {
		if slices.Contains(elsewhere, k.Name) {
			continue
		}
		section, _, _ := strings.Cut(k.Name, ".")
		if section != head {
			if err := flush(); err != nil {
				return nil, err
			}
			head = section
		}
		s, err := setting(k)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.Name, err)
		}
		encoded, err := encode(s)
		if err != nil {
			return nil, err
		}
		properties = append(properties, member{"qodacode." + strings.TrimSuffix(k.Name, ".*"), encoded})
	}
	return all, flush()
}

// setting is the declaration of a key.
func setting(k config.Key) (object, error) {
	scope := "window"
	if k.Scope == config.User || slices.Contains(reaching, k.Name) {
		scope = "machine"
	}
	schema, err := schemaOf(k)
	if err != nil {
		return nil, err
	}
	rest, err := objectOf("scope", scope, "markdownDescription", pages.ReplaceAllString(k.Doc, "](https://github.com/qodacode/qodacode/blob/main/docs/$1"))
	return slices.Concat(schema, rest), err
}

// pages are links to pages beside docs/configuration.md, where a key's text stands, too.
var pages = regexp.MustCompile(`\]\(([\w/-]+\.md)`)

// schemaOf is the JSON schema of a key's values, with the default.
func schemaOf(k config.Key) (object, error) {
	if s, ok := special[k.Name]; ok {
		var o object
		return o, o.parse([]byte(s))
	}
	if strings.HasSuffix(k.Name, ".*") {
		value, err := valueSchema(k)
		if err != nil {
			return nil, err
		}
		return objectOf("type", "object", "additionalProperties", value, "default", struct{}{})
	}
	o, err := valueSchema(k)
	if err != nil || k.Default == "" {
		return o, err
	}
	var preset map[string]any
	if _, err := toml.Decode("v = "+k.Default, &preset); err != nil {
		return nil, err
	}
	more, err := objectOf("default", preset["v"])
	return append(o, more...), err
}

// valueSchema is the schema of one value.
func valueSchema(k config.Key) (object, error) {
	var low, high float64
	switch {
	case k.Type == "boolean":
		return objectOf("type", "boolean")
	case len(k.Values) > 0:
		return objectOf("type", "string", "enum", k.Values)
	case strings.HasPrefix(k.Type, "list of "):
		return objectOf("type", "array", "items", map[string]string{"type": "string"})
	case scan(k.Type, "whole number from %g to %g", &low, &high):
		return objectOf("type", "integer", "minimum", low, "maximum", high)
	case scan(k.Type, "number from %g to %g", &low, &high):
		return objectOf("type", "number", "minimum", low, "maximum", high)
	case slices.Contains([]string{"string", "silent, show or assume:ID", "URL", "id of a model", "name of a variable"}, k.Type):
		return objectOf("type", "string")
	case strings.HasPrefix(k.Type, "section with "):
		return objectOf("type", "object")
	}
	return nil, fmt.Errorf("no schema is known for the type %q; add one in editors/vscode/gen", k.Type)
}

func scan(text, format string, into ...any) bool {
	n, err := fmt.Sscanf(text, format, into...)
	return err == nil && n == len(into)
}

// special are schemas of sections with keys of their own.
var special = map[string]string{
	"cost.models.*": `{"type": "object", "default": {}, "additionalProperties": {"type": "object", "additionalProperties": false, "properties": {
		"alias": {"type": "string", "description": "The id of the model that answers."},
		"discount": {"type": "number", "minimum": 0, "maximum": 0.99, "description": "The share of every price that you do not pay."}}}}`,
	"cost.paths": `{"type": "array", "default": [], "items": {"type": "object", "additionalProperties": false, "required": ["match"], "properties": {
		"match": {"type": "string", "description": "A glob."},
		"runs_per_month": {"type": "integer", "minimum": 0, "description": "0: as elsewhere."},
		"batchable": {"type": "boolean", "description": "Nobody waits for the answers."}}}}`,
}

// objectOf is an object from names and values by turns.
func objectOf(pairs ...any) (object, error) {
	var o object
	for i := 0; i < len(pairs); i += 2 {
		value, err := encode(pairs[i+1])
		if err != nil {
			return nil, err
		}
		o = append(o, member{pairs[i].(string), value})
	}
	return o, nil
}

package intent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// maxJSON is more than the longest valid intent needs.
const maxJSON = 1 << 18

// Schema is the JSON Schema of an intent, in the strict form that language models are held to:
// every property is required, and there are no others. What depends on the subject is told in
// descriptions, and held by Validate.
func Schema() map[string]any {
	var subjectDoc, nameDoc string
	var operations []string
	seen := map[string]bool{}
	for _, s := range subjects {
		subjectDoc += fmt.Sprintf(" %s: %s;", s.subject, s.rules.Doc)
		if s.rules.Names != "" {
			nameDoc += fmt.Sprintf(" %s: %s;", s.subject, s.rules.Names)
		}
		for _, op := range s.rules.Operations {
			if !seen[op] {
				seen[op] = true
				operations = append(operations, op)
			}
		}
	}
	return object(map[string]any{
		"version":    map[string]any{"type": "integer", "enum": []int{Version}},
		"mode":       enum(Modes(), "forbid: must not be there; only: nothing but names is allowed; require: must have need; limit: stays within limit."),
		"subject":    enum(Subjects(), "What is judged."+subjectDoc),
		"operations": array(enum(operations, ""), "Narrow the subject: sql verbs, file operations, HTTP methods, effects of tools. Empty for all."),
		"names":      array(map[string]any{"type": "string"}, "Narrow it further; * stands for anything."+nameDoc+" With only they are what is allowed."),
		"when":       array(enum(Conditions(), ""), "All must hold for the policy to apply."),
		"unless":     array(enum(Conditions(), ""), "What lifts the policy, for instance approval by a person."),
		"need":       enum(append([]Need{""}, Needs()...), "What require asks for; empty for other modes."),
		"limit": object(map[string]any{
			"quantity": enum(append([]Quantity{""}, Quantities()...), "What is bounded; empty for other modes than limit."),
			"max":      map[string]any{"type": "number", "description": "The bound; 0 for other modes than limit."},
		}),
		"severity": enum(Severities(), "Empty unless the sentence asks for one."),
	})
}

func object(properties map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "required": slices.Sorted(maps.Keys(properties)), "additionalProperties": false}
}

func enum[S ~string](values []S, doc string) map[string]any {
	m := map[string]any{"type": "string", "enum": values}
	if doc != "" {
		m["description"] = doc
	}
	return m
}

func array(items map[string]any, doc string) map[string]any {
	return map[string]any{"type": "array", "items": items, "description": doc}
}

// Decode reads an intent from JSON: all properties must be there, no others, and it must be
// valid. What it returns is canonical.
func Decode(data []byte) (Intent, error) {
	var in Intent
	if len(data) > maxJSON {
		return in, fmt.Errorf("the intent has %d bytes: at most %d are read", len(data), maxJSON)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return Intent{}, fmt.Errorf("the intent is not in its form: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Intent{}, fmt.Errorf("something stands behind the intent: only one JSON object may be there")
	}
	if err := complete(data); err != nil {
		return Intent{}, err
	}
	in = in.Canonical()
	if err := in.Validate(); err != nil {
		return Intent{}, err
	}
	return in, nil
}

// complete reports a property that is missing or null.
func complete(data []byte) error {
	var top, limit fields
	if err := json.Unmarshal(data, &top); err != nil {
		return fmt.Errorf("the intent is not in its form: %w", err)
	}
	if err := top.complete("", "version", "mode", "subject", "operations", "names", "when", "unless", "need", "limit", "severity"); err != nil {
		return err
	}
	if err := json.Unmarshal(top["limit"], &limit); err != nil {
		return fmt.Errorf("limit is not in its form: %w", err)
	}
	return limit.complete("limit.", "quantity", "max")
}

type fields map[string]json.RawMessage

func (f fields) complete(prefix string, names ...string) error {
	for _, name := range names {
		if value, ok := f[name]; !ok || string(value) == "null" {
			return fmt.Errorf("the property %s%s is missing: all properties must be there", prefix, name)
		}
	}
	return nil
}

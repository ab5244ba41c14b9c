package rego_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// FuzzModule: whatever a module holds, its problems lie in it, and nothing panics.
func FuzzModule(f *testing.F) {
	for _, m := range starterSet(f).Modules {
		f.Add(m.Source)
	}
	for _, s := range []string{"", "package", "package a.b[c]", "package x\ndeny contains", "package x\n\nimport data.y.z as w\n\ndeny_é contains w", "package x\ndeny contains $\"{input.\"", "package x\n# METADATA\n# custom: [\ndeny.a.b contains 1", "package x[\"y z\"]\ndeny contains {\"msg\": \"m\"}", "package x\r\ndeny contains 1\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 4000 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for _, path := range []string{"m.rego", "m_test.rego"} {
			set := rego.Set{Modules: []rego.Module{{Path: path, Source: source}, {Path: "good.rego", Source: "package good\n\ndeny contains {\"msg\": \"m\", \"range\": c.range} if some c in input.calls\n"}}}
			policies, problems := rego.Compile(ctx, set, nil)
			problems = append(problems, rego.Lint(ctx, set, path, nil)...)
			for _, p := range problems {
				if p.Path == path && (p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(source)) {
					t.Errorf("%v is not in %d bytes: %s", p.Span, len(source), p.Message)
				}
				if strings.HasPrefix(p.Message, "OPA failed") {
					t.Logf("%s", p.Message)
				}
			}
			in := input(t)
			for _, p := range policies {
				p.Eval(ctx, in)
			}
			_, _ = rego.Format(path, source, nil)
		}
	})
}

// FuzzInput: whatever is given as facts, nothing panics.
func FuzzInput(f *testing.F) {
	f.Add([]byte(`{"calls": [{"id": "a", "range": {"start": {"line": 1, "character": 1e400}, "end": null}}]}`))
	f.Add([]byte(`[]`))
	f.Add([]byte(`{"calls": 1}`))
	policies, _ := rego.Compile(context.Background(), rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: "package p\n\ndeny contains {\"msg\": c.text, \"subject\": c.id, \"related\": c.args, \"fix\": c.ctx, \"range\": c.range} if some c in input.calls\n"}}}, nil)
	f.Fuzz(func(t *testing.T, document []byte) {
		in, err := rego.NewInput(document)
		if err != nil {
			return
		}
		for _, p := range policies {
			p.Eval(context.Background(), in)
		}
	})
}

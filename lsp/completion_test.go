package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/complete"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// withPolicies are options with a host of policies.
func withPolicies(t *testing.T) Options {
	opts := testOptions()
	box := sandbox.New(sandbox.Options{})
	t.Cleanup(func() { _ = box.Close() })
	opts.Policies = policy.NewHost(policy.Options{Sandbox: box})
	return opts
}

const halfTyped = "package no_shell\n\ndeny contains r if {\n\tsome call in input.llm_calls\n\tx := \"😀\"; call.\n}\n"

type completed struct {
	Label, InsertText string
	Kind              int
	InsertTextFormat  int
	Documentation     struct{ Kind, Value string }
	TextEdit          struct {
		Range   span4
		NewText string
	}
}

func TestCompletionInPolicies(t *testing.T) {
	root := inFolder(t, map[string]string{"qodacode.toml": "[policy.params.no_shell]\nallowed = [\"git\"]\n"})
	e := dial(t, withPolicies(t))
	r := e.start(root, map[string]any{"textDocument.completion.completionItem.documentationFormat": []string{"markdown"}})
	capabilities := r["capabilities"].(map[string]any)
	if capabilities["completionProvider"] == nil || capabilities["documentFormattingProvider"] != true {
		t.Errorf("completion and formatting are not announced: %v", capabilities)
	}
	uri := uriOf(filepath.Join(root, ".qodacode/policies/no_shell.rego"))
	e.open(uri, "rego", halfTyped)

	complete := func(p point) (items []completed) {
		e.ask("textDocument/completion", at(uri, p), &items)
		return items
	}
	find := func(items []completed, label string) completed {
		i := slices.IndexFunc(items, func(c completed) bool { return c.Label == label })
		if i < 0 {
			t.Fatalf("no %s in %+v", label, items)
		}
		return items[i]
	}
	after := point{4, len("\tx := \"😀\"; call.") - 2} // the emoji is 4 bytes, and 2 units of UTF-16
	model := find(complete(after), "model")
	if model.TextEdit.NewText != "model" || model.TextEdit.Range.Start != after || model.TextEdit.Range.End != after {
		t.Errorf("got %+v, want an insertion at %v", model, after)
	}
	if model.Kind != 5 || model.Documentation.Kind != "markdown" || !strings.Contains(model.Documentation.Value, "Id of the model") {
		t.Errorf("got %+v", model)
	}
	skeleton := find(complete(point{1, 0}), "deny contains")
	if skeleton.InsertTextFormat != 1 || strings.Contains(skeleton.TextEdit.NewText, "$") {
		t.Errorf("a client without snippets gets %+v", skeleton)
	}

	e.change(uri, 2, nil, "package no_shell\nx := data.params.no_shell.\n")
	find(complete(point{1, len("x := data.params.no_shell.")}), "allowed")

	var h hovered
	e.ask("textDocument/hover", at(uri, point{1, 8}), &h)
	if h.Contents.Value == "" {
		t.Error("no hover on data.params")
	}
	other := uriOf(filepath.Join(root, "main.py"))
	e.open(other, "python", "import os\nos.")
	var items []completed
	e.ask("textDocument/completion", at(other, point{1, 3}), &items)
	if items != nil {
		t.Errorf("Python is completed: %+v", items)
	}
}

type hovered struct{ Contents struct{ Value string } }

func TestFeaturesOfPoliciesAreRegistered(t *testing.T) {
	e := dial(t, withPolicies(t))
	r := e.start(t.TempDir(), map[string]any{
		"textDocument.completion.dynamicRegistration": true, "textDocument.formatting.dynamicRegistration": true,
		"textDocument.completion.completionItem.snippetSupport": true,
	})
	capabilities := r["capabilities"].(map[string]any)
	if capabilities["completionProvider"] != nil || capabilities["documentFormattingProvider"] != nil {
		t.Errorf("they are announced for all documents: %v", capabilities)
	}
	e.until("registration", e.called("client/registerCapability"))
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, c := range e.calls {
		if c.Method != "client/registerCapability" {
			continue
		}
		for _, want := range []string{`"textDocument/completion"`, `"textDocument/formatting"`, `"**/*.rego"`, `"triggerCharacters":[".","\""]`} {
			if !strings.Contains(string(c.Params), want) {
				t.Errorf("no %s in %s", want, c.Params)
			}
		}
	}
}

// What is offered holds in a policy: the built-ins may be called, and the skeletons compile.
func TestWhatIsOfferedMayBeUsed(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	t.Cleanup(func() { _ = box.Close() })
	lint := func(source string) (problems []rego.Problem) {
		set := rego.Set{Modules: []rego.Module{{Path: "p.rego", Source: source}}}
		problems, err := box.Lint(context.Background(), set, "p.rego")
		if err != nil {
			t.Fatal(err)
		}
		return problems
	}
	isUnknown := func(call string) bool {
		return slices.ContainsFunc(lint("package p\n\ndeny contains r if r := "+call+"()\n"), func(p rego.Problem) bool {
			return p.Code == "not-allowed" || p.Code == "unknown-function"
		})
	}
	if !isUnknown("http.send") || !isUnknown("no_such_function") {
		t.Fatal("this test can't tell what is not allowed")
	}
	for _, name := range complete.Builtins() {
		if isUnknown(name) {
			t.Errorf("%s is offered and not allowed: %+v", name, lint("package p\n\ndeny contains r if r := "+name+"()\n"))
		}
	}
	const head = "package p\n\n"
	for _, item := range complete.At(head, len(head), nil) {
		if item.Kind != complete.Snippet || strings.HasPrefix(item.Label, "#") {
			continue
		}
		source := strings.ReplaceAll(head+complete.Plain(item.Insert)+"\n", "[{}]", "[]") // the facts of a test are to be filled in
		if item.Label != "deny contains" {
			source += "\ndeny contains {\"msg\": \"x\", \"range\": c.range} if some c in input.calls\n"
		}
		for _, p := range lint(source) {
			if p.Severity == "error" {
				t.Errorf("%s: %s at %v of\n%s", item.Label, p.Message, p.Span, source)
			}
		}
	}
}

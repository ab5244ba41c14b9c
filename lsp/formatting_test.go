package lsp

import (
	"path/filepath"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestFormatting(t *testing.T) {
	root := inFolder(t, nil)
	e := dial(t, withPolicies(t))
	e.start(root, nil)
	uri := uriOf(filepath.Join(root, ".qodacode/policies/p.rego"))
	elsewhere := uriOf(filepath.Join(root, "deploy/p.rego"))
	e.open(elsewhere, "rego", "package p\n\nx   :=   1\n")
	e.open(uriOf(filepath.Join(root, "p.py")), "python", "x   =   1\n")
	formatted := func(uri string) (edits []struct {
		Range   span4
		NewText string
	}) {
		e.ask("textDocument/formatting", map[string]any{"textDocument": doc(uri), "options": map[string]any{"tabSize": 4, "insertSpaces": true}}, &edits)
		return edits
	}
	if len(formatted(elsewhere)) != 1 {
		t.Error("a file of Rego in another folder is not formatted")
	}
	if edits := formatted(uriOf(filepath.Join(root, "p.py"))); len(edits) > 0 {
		t.Errorf("Python is formatted: %+v", edits)
	}
	for name, c := range map[string]struct {
		in, want string
		edit     span4
	}{
		"one line":        {"package p\n\nx   :=   1\n\ny := 2\n", "x := 1\n", span4{point{2, 0}, point{3, 0}}},
		"CR LF":           {"package p\r\n\r\nx   :=   1\r\n\r\ny := 2\r\n", "x := 1\r\n", span4{point{2, 0}, point{3, 0}}},
		"formatted":       {"package p\n\nx := 1\n", "", span4{}},
		"a syntax error":  {"package p\n\nx := {\n", "", span4{}},
		"no line's end":   {"package p\n\nx := 1", "x := 1\n", span4{point{2, 0}, point{2, 6}}},
		"an empty policy": {"", "", span4{}},
	} {
		t.Run(name, func(t *testing.T) {
			e.t = t
			e.open(uri, "rego", c.in)
			edits := formatted(uri)
			if c.want == "" {
				if len(edits) > 0 {
					t.Errorf("got %+v, want no edit", edits)
				}
				return
			}
			if len(edits) != 1 || edits[0].NewText != c.want || edits[0].Range != c.edit {
				t.Errorf("got %+v, want %q at %v", edits, c.want, c.edit)
			}
		})
	}
}

func FuzzChangedLines(f *testing.F) {
	for _, c := range [][2]string{{"a\nb\nc\n", "a\nx\nc\n"}, {"", "a"}, {"a\na\n", "a\n"}, {"a\n", "a\na\n"}, {"a", "a\n"}, {"\n\n", "\n"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, old, new string) {
		span, replacement, changed := changedLines(old, new)
		if changed != (old != new) {
			t.Fatalf("changed is %v", changed)
		}
		if got := text.New(old).Replace(span, replacement).String(); changed && got != new {
			t.Errorf("%q for %v of %q makes %q, want %q", replacement, span, old, got, new)
		}
	})
}

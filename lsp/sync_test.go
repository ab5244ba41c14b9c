package lsp

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/qodacode/qodacode/parser/text"
)

const retired = `client.chat.completions.create(model="gpt-4-turbo", messages=[], max_completion_tokens=9)`

func agent(body string) string {
	return "from openai import OpenAI\nclient = OpenAI()\n" + body
}

// codes are the rules of diagnostics with their lines, for messages of tests.
func codes(diags []diag) string {
	var s []string
	for _, d := range diags {
		s = append(s, fmt.Sprintf("%s@%d", d.Code, d.Range.Start.Line))
	}
	return strings.Join(s, " ")
}

func TestDiagnosticsFollowTheText(t *testing.T) {
	e := dial(t, testOptions())
	e.start(t.TempDir(), nil)
	uri := "untitled:Untitled-1"
	e.open(uri, "python", agent(retired+"\n"))
	if got := codes(e.settled(uri)); got != "COST-009@2" {
		t.Fatalf("after opening: %s", got)
	}
	e.change(uri, 2, &span4{point{0, 0}, point{0, 0}}, "# 😀é\r\n")
	if got := codes(e.settled(uri)); got != "COST-009@3" {
		t.Errorf("after a line above: %s", got)
	}
	e.change(uri, 7, &span4{point{3, 0}, point{4, 0}}, "")
	if got := codes(e.settled(uri)); got != "" {
		t.Errorf("after deleting the call: %s", got)
	}
	e.mu.Lock()
	if e.versions[uri] != 7 || e.count[uri] != 3 {
		t.Errorf("version %d published after %d publications, want 7 after 3", e.versions[uri], e.count[uri])
	}
	e.mu.Unlock()
	e.change(uri, 8, nil, agent("x = 1\n"))
	e.settled(uri)
	e.mu.Lock()
	if e.count[uri] != 3 {
		t.Error("a set that did not change was published again")
	}
	e.mu.Unlock()
	e.change(uri, 9, nil, agent(retired))
	e.settled(uri)
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	e.until("clearing on close", func() bool { return e.count[uri] == 5 && len(e.published[uri]) == 0 })
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(uri)})
	e.change(uri, 10, nil, "x")
	e.fails(-32602, "textDocument/hover", at(uri, point{}))
}

func TestDiagnosticFields(t *testing.T) {
	show := func(set map[string]any) string {
		e := dial(t, testOptions())
		e.start("", set)
		e.open("file:///a.py", "python", agent(retired))
		return string(e.settled("file:///a.py")[0].raw)
	}
	full := show(nil)
	for _, want := range []string{
		`"code":"COST-009"`, `"source":"qodacode"`, `"severity":1`, `"data":{"rule":"COST-009"}`, `"tags":[2]`,
		`"codeDescription":{"href":"https://github.com/qodacode/qodacode/blob/main/docs/rules/COST-009.md"}`,
	} {
		if !strings.Contains(full, want) {
			t.Errorf("no %s in %s", want, full)
		}
	}
	bare := show(map[string]any{"textDocument.publishDiagnostics": nil})
	for _, unwanted := range []string{"data", "tags", "codeDescription", "relatedInformation"} {
		if strings.Contains(bare, `"`+unwanted+`"`) {
			t.Errorf("%s sent to a client that does not support it: %s", unwanted, bare)
		}
	}
}

func TestVersions(t *testing.T) {
	e := dial(t, testOptions())
	e.start("", nil)
	uri := "file:///a.py"
	e.open(uri, "python", agent(retired))
	e.settled(uri)
	e.change(uri, 5, &span4{point{2, 0}, point{2, 0}}, "# ")
	if got := codes(e.settled(uri)); got != "" {
		t.Errorf("version 5 has %s", got)
	}
	e.change(uri, 4, &span4{point{2, 0}, point{2, 2}}, "") // comes too late
	e.until("message about the old version", e.logged("change to version 4"))
	e.change(uri, 5, &span4{point{2, 0}, point{2, 2}}, "") // comes twice
	if got := codes(e.settled(uri)); got != "" {
		t.Errorf("an old change was applied: %s", got)
	}
	// Some clients send no version.
	e.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": uri, "version": nil}, "contentChanges": []any{map[string]any{"text": agent(retired)}},
	})
	if got := codes(e.settled(uri)); got != "COST-009@2" {
		t.Errorf("a change without version: %s", got)
	}
	e.open(uri, "python", agent("\n"+retired)) // opened twice: the newer text counts
	if got := codes(e.settled(uri)); got != "COST-009@3" {
		t.Errorf("opened again: %s", got)
	}
}

func TestOddTexts(t *testing.T) {
	long := strings.Repeat("x = '"+strings.Repeat("y", 1000)+"'; ", 2000)
	for name, src := range map[string]string{
		"empty":             "",
		"NUL":               "\x00" + agent(retired),
		"BOM":               "\ufeff" + agent(retired),
		"CRLF":              strings.ReplaceAll(agent(retired), "\n", "\r\n"),
		"CR":                strings.ReplaceAll(agent(retired), "\n", "\r"),
		"invalid UTF-8":     agent("s = '\xff\xfe'\n" + retired),
		"a very long line":  agent(long + "\n" + retired),
		"deeply nested":     agent("x = " + strings.Repeat("(", 20_000) + "\n" + retired),
		"only line endings": "\r\n\r\n\n\r\r",
	} {
		t.Run(name, func(t *testing.T) {
			e := dial(t, testOptions())
			e.start("", nil)
			e.open("file:///a.py", "python", src)
			e.settled("file:///a.py")
			e.change("file:///a.py", 2, nil, agent(retired))
			if got := codes(e.settled("file:///a.py")); got != "COST-009@2" {
				t.Errorf("after the odd text: %s", got)
			}
		})
	}
}

func TestEditsOutOfRangeAreClamped(t *testing.T) {
	tests := []struct {
		r    span4
		want string
	}{
		{span4{point{9, 9}, point{99, 0}}, "ab\ncd\nX"},
		{span4{point{0, 99}, point{0, 99}}, "abX\ncd\n"},
		{span4{point{-1, -5}, point{0, 1}}, "Xb\ncd\n"},
		{span4{point{0, 0}, point{1 << 30, 1 << 30}}, "X"},
		{span4{point{1, 1}, point{0, 1}}, "aXd\n"}, // end before start
	}
	for _, test := range tests {
		for _, enc := range []text.Encoding{text.UTF8, text.UTF16, text.UTF32} {
			c := contentChange{Text: "X", Range: &anyRange{anyPosition(test.r.Start), anyPosition(test.r.End)}}
			got, exact := c.apply(text.New("ab\ncd\n"), enc)
			if got.String() != test.want || exact {
				t.Errorf("%v in %v: %q, exact %v", test.r, enc, got, exact)
			}
		}
	}
}

// reference is a document that every editor could have: lines of characters.
type reference []rune

func (r reference) point(i int, enc text.Encoding) point {
	var p point
	for at, c := range r[:i] {
		if c == '\n' || c == '\r' && !(at+1 < len(r) && r[at+1] == '\n') {
			p.Line++
			p.Character = 0
			continue
		}
		switch enc {
		case text.UTF8:
			p.Character += utf8.RuneLen(c)
		case text.UTF16:
			p.Character += utf16.RuneLen(c)
		default:
			p.Character++
		}
	}
	return p
}

// inCRLF reports whether i stands between the characters of a line ending, where no editor
// puts a cursor.
func (r reference) inCRLF(i int) bool {
	return i > 0 && i < len(r) && r[i-1] == '\r' && r[i] == '\n'
}

// TestEditsAgainstReference applies random edits in each encoding to the server's text and
// to a simple model of an editor.
func TestEditsAgainstReference(t *testing.T) {
	for seed := range uint64(30) {
		checkEdits(t, rand.New(rand.NewPCG(seed, 1)), 100)
	}
}

func FuzzEdits(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) { checkEdits(t, rand.New(rand.NewPCG(a, b)), 20) })
}

func checkEdits(t *testing.T, random *rand.Rand, edits int) {
	t.Helper()
	alphabet := []rune("ab \n\r\té😀ß\u2028字\x00")
	word := func(n int) []rune {
		w := make([]rune, random.IntN(n))
		for i := range w {
			w[i] = alphabet[random.IntN(len(alphabet))]
		}
		return w
	}
	enc := []text.Encoding{text.UTF8, text.UTF16, text.UTF32}[random.IntN(3)]
	model := reference(word(60))
	server := text.New(string(model))
	for range edits {
		i := random.IntN(len(model) + 1)
		j := i + random.IntN(min(8, len(model)-i)+1)
		if model.inCRLF(i) || model.inCRLF(j) {
			continue
		}
		with := word(6)
		var c contentChange
		if random.IntN(20) > 0 {
			c.Range = &anyRange{anyPosition(model.point(i, enc)), anyPosition(model.point(j, enc))}
			c.Text = string(with)
			model = slices.Replace(slices.Clone(model), i, j, with...)
		} else {
			model = reference(word(60))
			c.Text = string(model)
		}
		before := server
		var exact bool
		server, exact = c.apply(server, enc)
		if server.String() != string(model) || !exact {
			t.Fatalf("%v: edit %+v of %q gave %q, want %q, exact %v", enc, c, before, server, string(model), exact)
		}
	}
}

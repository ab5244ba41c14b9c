package lsp

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// pieces are what the soak test types, pastes and deletes.
var pieces = []string{
	"\n", " ", "(", ")", "\"", "'", "#", "x", "😀", "é", "\r\n", "\t", "{", "}", "\\", "\x00",
	"client.responses.create(model=\"gpt-4-turbo\", input=\"x\", max_output_tokens=9)\n",
	"MODEL = \"claude-sonnet-4-5\"\n",
	"for q in questions:\n    client.chat.completions.create(model=MODEL, messages=[], max_completion_tokens=9)\n",
	"from openai import OpenAI\nclient = OpenAI()\n",
	"api_key = \"FAKE_OPENAI_KEY\"\n", "GROQ = 'FAKE_GROQ_KEY'\n",
	"  # qodacode:ignore COST-009 -- reason\n", "  # gitleaks:allow\n", "\"\"\"", "f\"{x!r}\"", "def f(client):\n    pass\n",
}

// TestSoak applies thousands of random edits to one document and compares its diagnostics,
// hints and hover with those of a server that sees the text for the first time.
func TestSoak(t *testing.T) {
	edits := 10_000
	if testing.Short() {
		edits = 500
	}
	random := rand.New(rand.NewPCG(7, 11))
	e := dial(t, testOptions())
	e.start(t.TempDir(), nil)
	uri := "untitled:soak.py"
	model := text.New(agent(""))
	e.open(uri, "python", model.String())
	found := 0
	for i := range edits {
		piece := reveal(pieces[random.IntN(len(pieces))])
		start := random.IntN(model.Len() + 1)
		end := start
		switch {
		case model.Len() > 2_500:
			end = min(model.Len(), start+random.IntN(1_500))
		case random.IntN(3) == 0:
			end = min(model.Len(), start+random.IntN(40))
		}
		// An editor's positions name whole characters.
		from, to := model.Position(start, text.UTF16), model.Position(end, text.UTF16)
		start, _ = model.Offset(from, text.UTF16)
		end, _ = model.Offset(to, text.UTF16)
		if end < start {
			continue
		}
		model = model.Replace(text.Span{Start: start, End: end}, piece)
		e.change(uri, i+2, &span4{point{from.Line, from.Column}, point{to.Line, to.Column}}, piece)
		if random.IntN(20) == 0 {
			e.settled(uri) // or else most versions are never analysed
		}
		if i%(edits/20) == edits/20-1 {
			found += compareWithFresh(t, e, uri, model.String())
		}
	}
	if found == 0 {
		t.Error("no text had a finding: nothing was compared")
	}
}

func compareWithFresh(t *testing.T, e *editor, uri, src string) (found int) {
	t.Helper()
	fresh := dial(t, testOptions())
	fresh.start(t.TempDir(), nil)
	fresh.open(uri, "python", src)
	type view struct {
		diags []diag
		hints []any
	}
	look := func(e *editor) (v view) {
		e.settled(uri)
		v.diags = e.analysed(uri) // with what only the project tells of its imports
		e.ask("textDocument/inlayHint", map[string]any{"textDocument": doc(uri), "range": span4{End: point{1 << 20, 0}}}, &v.hints)
		return v
	}
	want := look(fresh)
	got := look(e)
	// Broken text is parsed from scratch after a pause.
	for end := time.Now().Add(patience); !reflect.DeepEqual(got, want) && time.Now().Before(end); got = look(e) {
		time.Sleep(settleAfter / 5)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("after edits:\n%s\nfresh:\n%s\nhints %v and %v in\n%s",
			describe(got.diags), describe(want.diags), got.hints, want.hints, conceal(src))
	}
	t.Logf("%d diagnostics and %d hints compared", len(got.diags), len(got.hints))
	return len(got.diags)
}

func describe(diags []diag) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(codes([]diag{d}) + " " + d.Message + "\n")
	}
	return b.String()
}

package parser

import (
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

// FuzzParse holds that any bytes in any language give a file whose facts can all be asked
// about, with spans inside the text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{pythonSample, scriptSample, "", "\x00\xff", "\ufeffx = 1", "f(" /* unclosed */, `{"cells": [{"cell_type": "code", "source": ["a = 1\n", "%x\n"]}]}`} {
		for lang := range languages {
			f.Add(byte(lang), s)
		}
	}
	paths := [languages]string{"a.txt", "a.py", "a.js", "a.ts", "a.tsx", "a.json", "a.yaml", "a.toml", ".env", "a.ipynb"}
	f.Fuzz(func(t *testing.T, lang byte, src string) {
		file := Parse(paths[lang%byte(languages)], "", text.New(src))
		for i := range file.Nodes {
			n := NodeID(i)
			s := file.Span(n)
			if s.Start > s.End || s.End > file.Text.Len() {
				t.Fatalf("node %d has the span %v in a text of %d bytes", i, s, file.Text.Len())
			}
			if at := file.Locate(s); at.Start > at.End || at.End > file.Source.Len() {
				t.Fatalf("node %d is located at %v in a source of %d bytes", i, at, file.Source.Len())
			}
			file.QName(n)
			file.Eval(n)
			file.ScopeAt(n)
		}
		for i := range file.Calls {
			c := &file.Calls[i]
			if file.CallAt(c.Node) != c {
				t.Fatal("a call is not found at its node")
			}
			file.Argument(c, "model", 0)
			file.EnclosingLoop(c.Node)
			file.EnclosingFunc(c.Node)
			file.FuncOf(c.Callee)
		}
		for offset := 0; offset <= file.Text.Len(); offset++ {
			file.At(offset)
		}
	})
}

package sast

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast/pack"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// testFiles are the files of code that the pack is tested with.
func testFiles(t testing.TB) []*parser.File {
	t.Helper()
	var files []*parser.File
	for _, folder := range []string{"pack/python", "pack/script"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if filepath.Ext(e.Name()) == ".yml" || e.IsDir() {
				continue
			}
			name := folder + "/" + e.Name()
			files = append(files, parser.Parse(name, "", text.New(mustRead(t, name))))
		}
	}
	return files
}

// TestIndexLosesNothing runs each rule alone without the index, and compares.
func TestIndexLosesNothing(t *testing.T) {
	rules := pack.Rules()
	set := NewRuleset(rules)
	for _, f := range testFiles(t) {
		chosen := set.index(languageOf(f)).candidates(f, words.Of(f.Text.String()), nil)
		var rest []*rule.Rule
		for _, r := range rules {
			if slices.Contains(r.Languages, languageOf(f)) && !slices.Contains(chosen, r) {
				rest = append(rest, r)
			}
		}
		all := NewRuleset(rest)
		ix := &index{}
		for _, r := range rest {
			ix.entries = append(ix.entries, indexEntry{rule: r})
		}
		all.indexes[languageOf(f)] = ix
		for _, found := range all.Scan(context.Background(), f, nil).Findings {
			t.Errorf("%s: the index doesn't choose %s, which finds %q", f.Path, found.Rule.ID, f.Text.Slice(found.Span))
		}
	}
}

// A rule runs only where its words stand.
func TestIndexChooses(t *testing.T) {
	rules := mustParse(t, `
rules:
  - {id: r, message: m, severity: INFO, languages: [regex], pattern-regex: 'sec(ret|urity)\d'}
  - {id: either, message: m, severity: INFO, languages: [regex], pattern-either: [{pattern-regex: foo\d}, {patterns: [{pattern-regex: bar}, {pattern-regex: quux}]}]}
  - {id: any, message: m, severity: INFO, languages: [regex], pattern-regex: '\w'}
`)
	for src, want := range map[string]string{"secret": "r any", "nothing": "any", "foo": "either any", "bar": "any", "quux bar": "either any"} {
		f := parser.Parse("a.txt", "", text.New(src))
		var got []string
		for _, r := range NewRuleset(rules).index(f.Language).candidates(f, words.Of(f.Text.String()), nil) {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", src, got, want)
		}
	}
}

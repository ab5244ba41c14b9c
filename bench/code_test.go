package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestGenerate(t *testing.T) {
	for _, l := range []Language{Python, TypeScript} {
		for _, lines := range []int{100, 200, 1000, 2000} {
			src, err := Generate(l, lines, 7)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(src, "\n"); n != lines {
				t.Errorf("%s: %d lines, want %d", l.Name, n, lines)
			}
			if again, _ := Generate(l, lines, 7); again != src {
				t.Errorf("%s: the same seed gave another text", l.Name)
			}
			if other, _ := Generate(l, lines, 8); other == src {
				t.Errorf("%s: another seed gave the same text", l.Name)
			}
			if parser.Parse("a"+l.Ext, "", text.New(src)).Broken() {
				t.Errorf("%s of %d lines does not parse", l.Name, lines)
			}
		}
	}
}

func TestFakeKeys(t *testing.T) {
	if a, b := fakeKey("a"), fakeKey("b"); a == b || len(a) != 20 || a != fakeKey("a") {
		t.Errorf("%s, %s", a, b)
	}
}

func TestTree(t *testing.T) {
	dir := t.TempDir()
	paths, err := writeTree(dir, 25)
	if err != nil {
		t.Fatal(err)
	}
	files, size, err := measureTree(dir)
	if err != nil || files != 25 || len(paths) != 25 || size < 25*40*20 {
		t.Errorf("%d paths, %d files, %d bytes, %v", len(paths), files, size, err)
	}
	for _, hidden := range []string{".venv/x.py", "node_modules/x.ts", "notes.txt"} {
		if err := writeFile(filepath.Join(dir, hidden), "x"); err != nil {
			t.Fatal(err)
		}
	}
	if again, _, _ := measureTree(dir); again != files {
		t.Errorf("%d files with some that are not checked, want %d", again, files)
	}
}

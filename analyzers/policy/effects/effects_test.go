package effects

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "write what is found behind the lines of testdata")

// mark begins what a line of testdata is wanted to do; a line without it does nothing.
const mark = "=> "

// describe is an effect as testdata has it.
func describe(e Effect) string {
	var s string
	opt := func(on bool, word string) {
		if on {
			s += " " + word
		}
	}
	switch {
	case e.SQL != nil:
		s = "sql " + e.SQL.Verb + " [" + strings.Join(e.SQL.Tables, " ") + "] " + e.SQL.Known
		opt(e.SQL.Where, "where")
		opt(e.SQL.Interpolated, "interpolated")
	case e.HTTP != nil:
		s = fmt.Sprintf("http %s %s host=%s %s", e.HTTP.Method, e.HTTP.URL, e.HTTP.Host, e.HTTP.Known)
	case e.File != nil:
		s = fmt.Sprintf("file %s %s %s", e.File.Op, e.File.Path, e.File.Known)
		opt(e.File.Absolute, "absolute")
		opt(e.File.Escapes, "escapes")
		opt(e.File.FromParameter, "param")
	case e.Shell != nil:
		s = fmt.Sprintf("shell %s %q %s", e.Shell.Program, e.Shell.Command, e.Shell.Known)
		opt(e.Shell.ViaShell, "via-shell")
	case e.Env != nil:
		s = "env " + e.Env.Op + " " + e.Env.Name
		if e.Env.HasDefault {
			s += " default=" + e.Env.Default
		}
	}
	return s
}

// found are the effects of a file by their lines.
func found(f *parser.File, effects []Effect) map[int][]string {
	out := map[int][]string{}
	for _, e := range effects {
		line := f.Text.LineOf(f.Span(e.Node).Start)
		out[line] = append(out[line], describe(e))
	}
	return out
}

func TestEffects(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range files {
		if info, err := os.Stat(name); err != nil || info.IsDir() {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f := parser.Parse(name, "", text.New(string(src)))
			if f.Broken() {
				t.Error("the file has syntax errors")
			}
			comment := " # " + mark
			if f.Language.IsScript() {
				comment = " // " + mark
			}
			got := found(f, Of(f, nil))
			lines := strings.Split(string(src), "\n")
			for i, line := range lines {
				code, want, _ := strings.Cut(line, comment)
				have := strings.Join(got[i], " & ")
				if have != want && !*update {
					t.Errorf("%s:%d: %s\n got  %s\n want %s", name, i+1, strings.TrimSpace(code), have, want)
				}
				if lines[i] = code; have != "" {
					lines[i] += comment + have
				}
			}
			if *update {
				if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

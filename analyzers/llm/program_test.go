package llm_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"golang.org/x/tools/txtar"
)

var marker = regexp.MustCompile(`(?:#|//) site: (.+)`)

// TestSitesIn reads the programs of testdata/linked, whose files have markers as those of
// testdata/sites do; "linked" ends the marker of a site that its own file does not tell so.
func TestSitesIn(t *testing.T) {
	paths, err := filepath.Glob("testdata/linked/*.txtar")
	if err != nil || len(paths) < 2 {
		t.Fatalf("%d programs, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			project := read(archive)
			for _, f := range project.Files() {
				var want, got []string
				for i := range f.Text.Lines() {
					if m := marker.FindStringSubmatch(f.Text.Slice(f.Text.Line(i))); m != nil {
						want = append(want, fmt.Sprintf("%d: %s", i+1, strings.TrimSpace(m[1])))
					}
				}
				for _, s := range llm.SitesIn(f, project) {
					line := fmt.Sprintf("%d: %s", f.Text.LineOf(f.Span(s.Method).End)+1, llm.Short(f, &s))
					if s.Linked {
						line += " linked"
					}
					got = append(got, line)
				}
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(want, got) {
					t.Errorf("%s: sites differ\nwant %s\ngot  %s", f.Path, strings.Join(want, "\n     "), strings.Join(got, "\n     "))
				}
			}
		})
	}
}

func read(archive *txtar.Archive) *agents.Project {
	var files []*parser.File
	for _, f := range archive.Files {
		files = append(files, parser.Parse(f.Name, "", text.New(string(f.Data))))
	}
	return agents.NewProject(files, nil)
}

// Programs whose files are cut in the middle, or import each other in rings, are read without harm.
func TestSitesInBroken(t *testing.T) {
	paths, err := filepath.Glob("testdata/linked/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for cut := 3; cut < 100; cut += 7 {
			var files []*parser.File
			for _, f := range archive.Files {
				src := string(f.Data)
				files = append(files, parser.Parse(f.Name, "", text.New(src[:len(src)*cut/100])))
			}
			project := agents.NewProject(files, nil)
			for _, f := range project.Files() {
				for _, s := range llm.SitesIn(f, project) {
					if int(s.Model.Arg) >= len(f.Nodes) || s.Model.File != nil && int(s.Model.Literal) >= len(s.Model.File.Nodes) || s.Model.ID == "" && s.Model.Reason == "" {
						t.Fatalf("%s cut at %d %%: %+v", f.Path, cut, s)
					}
				}
			}
		}
	}
}

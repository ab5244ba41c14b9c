package arch

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "rewrite the findings in testdata")

// TestArchives runs testdata/*.txtar: the files of a project, and in the section "findings"
// what is found in them. With -update that section is rewritten; an empty one says that
// nothing must be found, and -update leaves it.
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			kept, want := archive.Files[:0:0], ""
			for _, f := range archive.Files {
				if f.Name == "findings" {
					want = string(f.Data)
				} else {
					kept = append(kept, f)
				}
			}
			got := findings(t, kept)
			if *update {
				archive.Files = append(kept, txtar.File{Name: "findings", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// findings are what Check reports for the files of an archive, a line each.
func findings(t *testing.T, files []txtar.File) string {
	t.Helper()
	var code []*parser.File
	sources := map[string]*text.Text{}
	data := map[string]string{}
	cfg := config.Default()
	for _, f := range files {
		src := text.New(string(f.Data))
		sources[f.Name] = src
		switch {
		case f.Name == config.FileName:
			parsed, problems := config.Parse(f.Name, src)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			cfg = parsed
		case parser.LanguageOf(f.Name, "").IsCode():
			code = append(code, parser.Parse(f.Name, "", src))
		default:
			data[f.Name] = string(f.Data)
		}
	}
	p := agents.NewProject(code, data)
	graphs := agents.Extract(p)
	if len(graphs) == 0 {
		t.Error("no graph is read")
	}
	return show(Check(graphs, p, func(string) *config.Config { return cfg }), sources)
}

// show prints findings: place, severity, rule, the text they stand on, message, related places.
func show(found []PathFinding, sources map[string]*text.Text) string {
	var b strings.Builder
	for _, f := range found {
		severity := severityOf(f.Finding)
		at := func(path string, span text.Span) string {
			src := sources[path]
			if src == nil {
				return path
			}
			code, _, more := strings.Cut(src.Slice(span), "\n")
			if more {
				code += " …"
			}
			return fmt.Sprintf("%s:%d `%s`", path, src.LineOf(span.Start)+1, code)
		}
		fmt.Fprintf(&b, "%s %s %s\n  %s\n", severity, f.Rule, at(f.Path, f.Span), f.Message)
		for _, r := range f.Related {
			path := f.Path
			if r.Path != "" {
				path = r.Path
			}
			fmt.Fprintf(&b, "  see %s: %s\n", at(path, r.Span), r.Message)
		}
	}
	return b.String()
}

package agents

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "rewrite the graphs in testdata")

// load makes a project of the files of an archive.
func load(files []txtar.File) *Project {
	var code []*parser.File
	data := map[string]string{}
	for _, f := range files {
		if parser.LanguageOf(f.Name, "").IsCode() {
			code = append(code, parser.Parse(f.Name, "", text.New(string(f.Data))))
		} else if f.Name != "graph" {
			data[f.Name] = string(f.Data)
		}
	}
	return NewProject(code, data)
}

// TestGraphs runs testdata/*/*.txtar: the files of a project, and in the section "graph"
// what is read out of them.
func TestGraphs(t *testing.T) {
	archives, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.ToSlash(strings.TrimPrefix(name, "testdata"+string(filepath.Separator))), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := show(Extract(load(archive.Files)))
			want := ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "graph" {
					want = string(f.Data)
				} else {
					kept = append(kept, f)
				}
			}
			if *update {
				archive.Files = append(kept, txtar.File{Name: "graph", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// show prints graphs, a line per thing.
func show(graphs []*Graph) string {
	var b strings.Builder
	for _, g := range graphs {
		fmt.Fprintf(&b, "graph %s %s %s:%d%s\n", g.Framework, g.Name, g.Place.Path, g.Place.Line, showLimit(g.Limit))
		fmt.Fprintf(&b, "  entry %s\n", strings.Join(g.Entry, " "))
		for _, n := range g.Nodes {
			fmt.Fprintf(&b, "  node %s %s", n.Kind, n.Name)
			if n.Implicit {
				b.WriteString(" implicit")
			}
			if len(n.Aliases) > 0 {
				b.WriteString(" alias=" + strings.Join(n.Aliases, ","))
			}
			if n.Model != "" {
				b.WriteString(" model=" + n.Model)
			}
			if len(n.Tools) > 0 {
				b.WriteString(" tools=" + strings.Join(n.Tools, ","))
			}
			b.WriteString(showLimit(n.Limit))
			if n.Calls {
				b.WriteString(" calls")
			}
			if n.Asks {
				b.WriteString(" asks")
			}
			if n.Ends.Decider != "" {
				b.WriteString(" ends=" + string(n.Ends.Decider))
			}
			b.WriteString("\n")
		}
		for _, e := range g.Edges {
			fmt.Fprintf(&b, "  %s -%s-> %s", e.From, e.Kind, e.To)
			if e.FanOut {
				b.WriteString(" fan")
			}
			if e.Provenance != Exact {
				b.WriteString(" " + string(e.Provenance))
			}
			if e.Condition.Decider != "" {
				b.WriteString(" by " + string(e.Condition.Decider))
			}
			b.WriteString("\n")
		}
		for _, l := range g.Loops {
			fmt.Fprintf(&b, "  loop %s: %s", strings.Join(l.Nodes, " "), l.Decider)
			if l.Bound.Expr != "" {
				fmt.Fprintf(&b, " %q value=%d effective=%v default=%v", l.Bound.Expr, l.Bound.Value, l.Bound.Effective, l.Bound.Default)
			}
			b.WriteString("\n")
		}
		for _, u := range g.Unresolved {
			fmt.Fprintf(&b, "  open %s:%d %s\n", u.Place.Path, u.Place.Line, u.Reason)
		}
	}
	return b.String()
}

func showLimit(l Limit) string {
	if l.Source == "" {
		return ""
	}
	return fmt.Sprintf(" limit=%s:%d(%s)", l.What, l.Value, l.Source)
}

package workspace

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// After each change a project has the files that one loaded anew would have.
func TestUpdateIsAsIfLoadedAnew(t *testing.T) {
	root := tree(t, map[string]string{
		"main.py":            "import subject\nfrom lib.help import x\n",
		"lib/help.py":        "from . import deep\n",
		"lib/deep.py":        "x = 1\n",
		"other.py":           "y = 2\n",
		"config/agents.yaml": "a: 1\n",
	})
	ctx := context.Background()
	limit := func(string) int { return 1 << 20 }
	load := func() *Project {
		p := NewProject(root, NewWords([]string{"subject"}), limit)
		if err := p.Load(ctx, slices.Collect(Files(ctx, root, nil))); err != nil {
			t.Fatal(err)
		}
		return p
	}
	view := func(p *Project) string {
		code, data := p.Files()
		var b strings.Builder
		for _, f := range code {
			b.WriteString(f.Path + "=" + f.Source.String() + ";")
		}
		for name, src := range data {
			b.WriteString(name + "=" + src + ";")
		}
		return b.String()
	}
	p := load()
	if got := view(p); !strings.Contains(got, "lib/deep.py") || strings.Contains(got, "other.py") {
		t.Fatalf("loaded %s", got)
	}
	before := view(p)
	for _, step := range []struct{ name, editor, want string }{
		{"main.py", "import subject\n", "main.py=import subject\n;config/agents.yaml=a: 1\n;"},
		{"other.py", "import subject # now\n", "main.py=import subject\n;other.py=import subject # now\n;config/agents.yaml=a: 1\n;"},
		{"other.py", "", "main.py=import subject\n;config/agents.yaml=a: 1\n;"},
		{"config/agents.yaml", "b: 2\n", "main.py=import subject\n;config/agents.yaml=b: 2\n;"},
		{"lib/help.py", "z = 3\n", "main.py=import subject\n;config/agents.yaml=b: 2\n;"},
		{"main.py", "import subject\nimport lib.help\n", "lib/help.py=z = 3\n;main.py=import subject\nimport lib.help\n;config/agents.yaml=b: 2\n;"},
	} {
		p.Update(ctx, step.name, parser.Parse(step.name, "", text.New(step.editor)))
		if got := view(p); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
	for _, name := range []string{"main.py", "other.py", "config/agents.yaml", "lib/help.py"} {
		p.Update(ctx, name, nil)
	}
	if got := view(p); got != before {
		t.Errorf("closed: %s, want %s", got, before)
	}
	if err := os.Remove(filepath.Join(root, "lib", "help.py")); err != nil {
		t.Fatal(err)
	}
	p.Update(ctx, "lib/help.py", nil)
	if got, want := view(p), view(load()); got != want {
		t.Errorf("removed: %s, want %s", got, want)
	}
}

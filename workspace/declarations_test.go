package workspace

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// What declares packages is data, code or not, and all code files are listed, parsed or not.
func TestDeclarations(t *testing.T) {
	root := t.TempDir()
	var files []string
	for name, content := range map[string]string{
		"setup.py": "setup()", "app.py": "import x", "web/tsconfig.base.json": "{}", "web/other.json": "{}", "requirements/dev.in": "x", "notes.txt": "x",
		"Dockerfile": "FROM x", "yarn.lock": "", "environment-dev.yml": "", "src/subject.ts": "// subject",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		put(t, path, content)
		files = append(files, path)
	}
	p := NewProject(root, NewWords([]string{"subject"}), func(string) int { return 1 << 20 })
	if err := p.Load(context.Background(), files); err != nil {
		t.Fatal(err)
	}
	_, data := p.Files()
	if got, want := strings.Join(slices.Sorted(maps.Keys(data)), " "), "Dockerfile environment-dev.yml requirements/dev.in setup.py web/tsconfig.base.json yarn.lock"; got != want {
		t.Errorf("data: %s, want %s", got, want)
	}
	if got, want := strings.Join(p.Paths(), " "), "app.py setup.py src/subject.ts"; got != want {
		t.Errorf("paths: %s, want %s", got, want)
	}
	p.Update(context.Background(), "setup.py", parser.Parse("setup.py", "", text.New("edited")))
	if _, data := p.Files(); data["setup.py"] != "edited" {
		t.Errorf("setup.py is %q", data["setup.py"])
	}
	p.Update(context.Background(), "setup.py", nil)
	if _, data := p.Files(); data["setup.py"] != "setup()" {
		t.Errorf("setup.py is %q again", data["setup.py"])
	}
	if found := Manifests(root, root); len(found) != 0 {
		t.Errorf("%v mark a project", found)
	}
}

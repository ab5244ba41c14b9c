package workspace

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func modulesIn(t *testing.T, files ...string) (*Modules, string) {
	root := t.TempDir()
	for _, name := range files {
		put(t, filepath.Join(root, filepath.FromSlash(name)), "# "+name)
	}
	return NewModules(root, func(string) int { return 1 << 20 }), root
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestImport(t *testing.T) {
	m, _ := modulesIn(t, "helpers/__init__.py", "helpers/db.py", "app/views/user.py", "app/models.py", "src/pkg/core.py", "tool.py",
		"web/src/lib/db.ts", "web/src/lib/index.ts", "web/app.js", "web/util.js", "web/page.tsx")
	for _, test := range []struct{ from, module, want string }{
		{"app/views/user.py", "helpers.db", "helpers/db.py"},
		{"app/views/user.py", "helpers", "helpers/__init__.py"},
		{"app/views/user.py", "..models", "app/models.py"},
		{"app/views/user.py", "models", "app/models.py"},
		{"app/views/user.py", ".models", ""},
		{"app/views/user.py", "pkg.core", "src/pkg/core.py"},
		{"app/views/user.py", "flask", ""},
		{"app/views/user.py", "....helpers", ""},
		{"tool.py", "tool", ""}, // itself
		{"web/app.js", "./util", "web/util.js"},
		{"web/app.js", "./util.js", "web/util.js"},
		{"web/page.tsx", "./src/lib", "web/src/lib/index.ts"},
		{"web/page.tsx", "@/lib/db", "web/src/lib/db.ts"},
		{"web/page.tsx", "express", ""},
		{"web/page.tsx", "../../../etc/passwd", ""},
		{"/elsewhere/x.py", "helpers", ""},
	} {
		got := ""
		if f := m.Import(parser.Parse(test.from, "", text.New("")), test.module); f != nil {
			got = f.Path
		}
		if got != test.want {
			t.Errorf("%s imports %s: %q, want %q", test.from, test.module, got, test.want)
		}
	}
}

func TestEditedModules(t *testing.T) {
	m, root := modulesIn(t, "a.py", "b.py")
	from := parser.Parse("main.py", "", text.New(""))
	source := func(module string) string {
		if f := m.Import(from, module); f != nil {
			return f.Source.String()
		}
		return ""
	}
	if source("a") != "# a.py" || source("c") != "" {
		t.Fatalf("%q %q", source("a"), source("c"))
	}
	if m.Edited("b.py", text.New("# b, edited")) {
		t.Error("nobody has asked for b.py")
	}
	if m.Edited("a.py", text.New("# a.py")) {
		t.Error("the text of a.py is the same")
	}
	if !m.Edited("a.py", text.New("# new")) || source("a") != "# new" || source("b") != "# b, edited" {
		t.Errorf("%q %q", source("a"), source("b"))
	}
	if !m.Edited("a.py", nil) || source("a") != "# a.py" {
		t.Errorf("%q, want what is on disk", source("a"))
	}
	source("c")
	put(t, filepath.Join(root, "c", "__init__.py"), "# c")
	if m.Edited("d.py", nil) || !m.Edited("c/__init__.py", nil) || source("c") != "# c" {
		t.Errorf("%q after the module was made", source("c"))
	}
}

func TestModulesDoNotLeaveTheProject(t *testing.T) {
	m, root := modulesIn(t, "a.py")
	outside := t.TempDir()
	put(t, filepath.Join(outside, "secret.py"), "x")
	if err := os.Symlink(outside, filepath.Join(root, "link")); err != nil {
		t.Skip("no symbolic links here")
	}
	if f := m.Import(parser.Parse("a.py", "", text.New("")), "link.secret"); f != nil {
		t.Errorf("%s lies outside", f.Path)
	}
}

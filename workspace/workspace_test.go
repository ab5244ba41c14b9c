package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// tree writes files, named by their slash-separated paths, below a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func list(t *testing.T, root string, exclude func(string) bool) []string {
	t.Helper()
	var got []string
	for path := range Files(context.Background(), root, exclude) {
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(rel))
	}
	return got
}

func TestFiles(t *testing.T) {
	root := tree(t, map[string]string{
		".git/info/exclude": "private/\n", ".git/config": "",
		".gitignore": "*.log\n/build\n!keep.log\nsecret.txt\n", "a.py": "", "x.log": "", "keep.log": "",
		"build/out.py": "", "src/build/in.py": "", "src/.gitignore": "generated.py\n!secret.txt\n", "src/generated.py": "", "src/secret.txt": "", "secret.txt": "",
		"private/p.py": "", "node_modules/m/index.js": "", "env/pyvenv.cfg": "", "env/lib/x.py": "", ".vscode/mcp.json": "{}", "logo.PNG": "",
		"excluded/e.py": "",
	})
	got := list(t, root, func(path string) bool { return filepath.Base(path) == "excluded" })
	want := []string{".gitignore", ".vscode/mcp.json", "a.py", "keep.log", "src/.gitignore", "src/build/in.py", "src/secret.txt"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	// A folder in the repository obeys the ignore files above it.
	if got, want := list(t, filepath.Join(root, "src"), nil), []string{".gitignore", "build/in.py", "secret.txt"}; !slices.Equal(got, want) {
		t.Errorf("in src: got %v, want %v", got, want)
	}
}

func TestFilesStopsWhenAsked(t *testing.T) {
	root := tree(t, map[string]string{"a/1.py": "", "a/2.py": "", "b/3.py": ""})
	n := 0
	for range Files(context.Background(), root, nil) {
		n++
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range Files(ctx, root, nil) {
		n++
	}
	if n != 1 {
		t.Errorf("%d files, want 1 before the break and none after the cancel", n)
	}
}

func TestFilesDoesNotFollowLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege on Windows")
	}
	outside := tree(t, map[string]string{"secret.py": ""})
	root := tree(t, map[string]string{"a/f.py": ""})
	for name, target := range map[string]string{"loop": root, "a/up": "..", "out": outside, "file.py": filepath.Join(outside, "secret.py")} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, root, nil); !slices.Equal(got, []string{"a/f.py"}) {
		t.Errorf("got %v, want only the regular file inside", got)
	}
	// The folder that is asked for may itself be a link.
	n := 0
	for range Files(context.Background(), filepath.Join(root, "out"), nil) {
		n++
	}
	if n != 1 {
		t.Errorf("%d files behind a link that was asked for, want 1", n)
	}
}

func TestRead(t *testing.T) {
	root := tree(t, map[string]string{"a.py": "x = '\x00'", "b.dat": "x\x00", "c.txt": strings.Repeat("x", 100)})
	if src, err := Read(filepath.Join(root, "a.py"), 1000); err != nil || src.Len() != 7 {
		t.Errorf("code with a NUL: %v", err)
	}
	if _, err := Read(filepath.Join(root, "b.dat"), 1000); !errors.Is(err, ErrBinary) {
		t.Errorf("binary: %v", err)
	}
	if _, err := Read(filepath.Join(root, "c.txt"), 99); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := Read(filepath.Join(root, "c.txt"), 100); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := Read(root, 100); err == nil {
		t.Error("a folder is read")
	}
}

package workspace

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// twoCommits makes a git repository in which two commits changed sub/a.py.
func twoCommits(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	put := func(name, content string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q", "-b", "main")
	put("sub/a.py", "one\n")
	put("sub/ä b.py", "umlaut\n")
	put("big.py", strings.Repeat("x", 2000))
	put("picture.png", "no code")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	put("sub/a.py", "two\n")
	git("commit", "-q", "-a", "-m", "two")
	return dir
}

func TestExport(t *testing.T) {
	dir := twoCommits(t)
	into := t.TempDir()
	inside, err := Export(context.Background(), filepath.Join(dir, "sub"), "HEAD~1", into, 1000)
	if err != nil || inside != filepath.Join(into, "sub") {
		t.Fatal(inside, err)
	}
	for name, want := range map[string]string{"a.py": "one\n", "ä b.py": "umlaut\n"} {
		if got, err := os.ReadFile(filepath.Join(inside, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for _, name := range []string{"big.py", "picture.png"} {
		if _, err := os.Stat(filepath.Join(into, name)); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	dir := twoCommits(t)
	for _, test := range []struct{ dir, revision, want string }{
		{dir, "nowhere", `no revision "nowhere"`},
		{dir, "--output=/tmp/x", "no revision"},
		{dir, "HEAD:sub", "no revision"},
		{t.TempDir(), "HEAD", "no git repository"},
	} {
		if _, err := Export(context.Background(), test.dir, test.revision, t.TempDir(), 1000); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.revision, err)
		}
	}
}

package policy

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
)

// project writes files below a new folder; content that begins with -> is a link.
func project(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, link := strings.CutPrefix(content, "->"); link {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o666)
		}
		if err != nil {
			t.Skip(err) // Windows without the right to make links
		}
	}
	return root
}

func names(s *Set) []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, f := range s.Files() {
		out = append(out, f.Path)
	}
	return out
}

func configOf(t *testing.T, root, src string) *config.Config {
	t.Helper()
	c, problems := config.Parse(filepath.Join(root, config.FileName), text.New(src))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func TestSetsAreReadFromTheirPlaces(t *testing.T) {
	user := project(t, map[string]string{"mine.rego": "package mine"})
	root := project(t, map[string]string{
		".qodacode/policies/a.rego": "package a", ".qodacode/policies/deep/b_test.rego": "package b_test", ".qodacode/policies/README.md": "no policy",
		"house/c.rego": "package c", "elsewhere/d.rego": "package d",
	})
	h := NewHost(Options{User: user})
	got := names(h.For(root, configOf(t, root, "[policy]\npaths = ['house']\nenable = ['llm_rate_limit']")))
	want := []string{".qodacode/policies/a.rego", ".qodacode/policies/deep/b_test.rego", filepath.ToSlash(user) + "/mine.rego", "house/c.rego", "qodacode/llm_rate_limit.rego", "qodacode/llm_rate_limit_test.rego"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	only := NewHost(Options{User: user, Only: []string{filepath.Join(root, "elsewhere")}})
	if got := names(only.For(root, configOf(t, root, "[policy]\nenable = ['llm_rate_limit']"))); !slices.Equal(got, []string{"elsewhere/d.rego"}) {
		t.Errorf("with --policies: got %q", got)
	}
	if s := NewHost(Options{}).For(t.TempDir(), config.Default()); s != nil {
		t.Errorf("an empty folder has policies: %q", names(s))
	}
	if s := (*Host)(nil).For(root, config.Default()); s != nil || s.Has("a") {
		t.Error("no host has policies")
	}
}

func TestACopyOfAStarterTakesItsPlace(t *testing.T) {
	root := project(t, map[string]string{".qodacode/policies/llm_rate_limit.rego": "package llm_rate_limit"})
	s := NewHost(Options{}).For(root, configOf(t, root, "[policy]\nenable = ['llm_rate_limit']"))
	if got := names(s); !slices.Equal(got, []string{".qodacode/policies/llm_rate_limit.rego"}) || !s.Has("llm_rate_limit") || s.Has("llm") {
		t.Errorf("got %q", got)
	}
}

// A stranger's project must not make qodacode read what lies elsewhere.
func TestLinksOutOfTheProjectAreNotFollowed(t *testing.T) {
	outside := project(t, map[string]string{"secret.rego": "package secret", "folder/secret.rego": "package secret"})
	var log bytes.Buffer
	h := NewHost(Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	root := project(t, map[string]string{
		".qodacode/policies/link.rego": "->" + filepath.Join(outside, "secret.rego"),
		".qodacode/policies/folder":    "->" + filepath.Join(outside, "folder"),
		"house":                        "->" + filepath.Join(outside, "folder"),
		".qodacode/policies/own.rego":  "package own",
	})
	cfg := configOf(t, root, "[policy]\npaths = ['house', 'house/secret.rego', 'missing']")
	if got := names(h.For(root, cfg)); !slices.Equal(got, []string{".qodacode/policies/own.rego"}) {
		t.Errorf("got %q", got)
	}
	whole := project(t, map[string]string{".qodacode/policies": "->" + filepath.Join(outside, "folder")})
	if got := names(h.For(whole, config.Default())); len(got) > 0 {
		t.Errorf("through the folder itself: %q", got)
	}
	if strings.Contains(log.String(), "package secret") {
		t.Error("the log has the content of a file outside")
	}
}

func TestWhatAnEditorHasIsRead(t *testing.T) {
	root := project(t, map[string]string{".qodacode/policies/a.rego": "package a"})
	h := NewHost(Options{})
	path := filepath.Join(root, filepath.FromSlash(Folder), "a.rego")
	first := h.For(root, config.Default())
	if h.Changed(path, text.New("package a")) {
		t.Error("a document that was opened and reads as its file changes nothing")
	}
	if h.For(root, config.Default()) != first {
		t.Error("a set was made anew without need")
	}
	if h.Changed(filepath.Join(root, "agent.py"), text.New("x")) || h.Changed(filepath.Join(root, "other.rego"), text.New("x")) {
		t.Error("files that have no policies matter")
	}
	unsaved := filepath.Join(filepath.Dir(path), "new", "b.rego")
	if !h.Changed(path, text.New("package a2")) || !h.Changed(unsaved, text.New("package b")) {
		t.Fatal("edits don't matter")
	}
	s := h.For(root, config.Default())
	if f, _ := s.File(Folder + "/a.rego"); !slices.Equal(names(s), []string{Folder + "/a.rego", Folder + "/new/b.rego"}) || f.Text.String() != "package a2" {
		t.Errorf("got %q, %q", names(s), f.Text)
	}
	if h.Changed(unsaved, nil); len(names(h.For(root, config.Default()))) != 1 {
		t.Error("a document that was closed without being saved is still there")
	}
}

func TestBoundsOfWhatIsRead(t *testing.T) {
	files := map[string]string{".qodacode/policies/large.rego": strings.Repeat("#", maxFileSize+1), ".qodacode/policies/binary.rego": "package a\x00"}
	for i := range maxFiles + 20 {
		files[".qodacode/policies/many/"+strings.Repeat("x", i+1)[:1]+string(rune('a'+i%26))+strings.Repeat("y", i/26)+".rego"] = "package a"
	}
	root := project(t, files)
	var log bytes.Buffer
	s := NewHost(Options{Log: slog.New(slog.NewTextHandler(&log, nil))}).For(root, config.Default())
	if len(s.Files()) != maxFiles {
		t.Errorf("%d files", len(s.Files()))
	}
	for _, want := range []string{"large.rego", "binary.rego", "more than 500 files"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not tell of %s", want)
		}
	}
}

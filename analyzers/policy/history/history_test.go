package history

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for others on a machine that has much to do.
const patience = 5 * time.Minute

// TestMain makes the test binary one that records, for TestProcesses.
func TestMain(m *testing.M) {
	if project := os.Getenv("RECORD_IN"); project != "" {
		store := Open(project)
		store.wait = patience
		for i := range 5 {
			name := filepath.Join(project, policiesFolder, fmt.Sprintf("p%d_%d.rego", os.Getpid(), i))
			if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			if _, err := store.Record("edit", "by a process"); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// project is a folder with policies, and its history, whose clock ticks by itself.
func project(t *testing.T, files map[string]string) *Store {
	t.Helper()
	s := Open(t.TempDir())
	clock := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	s.now = func() time.Time { clock = clock.Add(time.Minute); return clock }
	write(t, s, files)
	return s
}

// write makes the folder of policies what files say.
func write(t *testing.T, s *Store, files map[string]string) {
	t.Helper()
	folder := filepath.Join(s.project, policiesFolder)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func onDisk(t *testing.T, s *Store) map[string]string {
	t.Helper()
	files := map[string]string{}
	list, err := os.ReadDir(filepath.Join(s.project, policiesFolder))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range list {
		data, err := os.ReadFile(filepath.Join(s.project, policiesFolder, item.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[item.Name()] = string(data)
	}
	return files
}

func record(t *testing.T, s *Store, action, message string) *Entry {
	t.Helper()
	e, err := s.Record(action, message)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func entries(t *testing.T, s *Store) []Entry {
	t.Helper()
	list, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRecord(t *testing.T) {
	s := project(t, map[string]string{"a.rego": "package a\n", "a_test.rego": "package a_test\n", "notes.txt": "none"})
	first := record(t, s, "init", "the\n\x1b[31mfirst ")
	if first == nil || first.Message != "the [31mfirst" || first.Action != "init" || first.Parent != "" {
		t.Fatalf("first: %+v", first)
	}
	if got := slices.Sorted(maps.Keys(first.Files)); !slices.Equal(got, []string{"a.rego", "a_test.rego"}) {
		t.Errorf("files: %v", got)
	}
	if first.Time.Location() != time.UTC || first.Time.Nanosecond() != 0 || first.Time.Hour() != 2 {
		t.Errorf("time: %v", first.Time)
	}
	if again := record(t, s, "edit", "nothing"); again != nil {
		t.Errorf("an entry though nothing changed: %+v", again)
	}
	write(t, s, map[string]string{"a.rego": "package a # 2\n", "b.rego": "package b\n"})
	second := record(t, s, "EDIT!", "")
	if second.Parent != first.ID || second.Action != "edit" {
		t.Errorf("second: %+v", second)
	}
	if got := Changes(first.Files, second.Files); strings.Join(got, " ") != "~a.rego -a_test.rego +b.rego" {
		t.Errorf("changes: %v", got)
	}
	list := entries(t, s)
	if len(list) != 2 || list[0].ID != second.ID || list[1].ID != first.ID {
		t.Errorf("entries: %+v", list)
	}
	files, err := s.Files(first.ID[:6])
	if err != nil || string(files["a.rego"]) != "package a\n" || len(files) != 2 {
		t.Errorf("files: %q, %v", files, err)
	}
}

func TestNothingIsMadeForNothing(t *testing.T) {
	s := Open(t.TempDir())
	if e, err := s.Record("edit", ""); e != nil || err != nil {
		t.Errorf("%v, %v", e, err)
	}
	if list := entries(t, s); len(list) != 0 {
		t.Errorf("entries: %v", list)
	}
	if _, err := os.Stat(filepath.Join(s.project, base)); !os.IsNotExist(err) {
		t.Errorf("a folder was made: %v", err)
	}
	if _, err := s.Files("abcd"); err == nil || !strings.Contains(err.Error(), "no history") {
		t.Errorf("files: %v", err)
	}
}

func TestIDs(t *testing.T) {
	list := []Entry{{ID: "abcd1" + strings.Repeat("0", 59)}, {ID: "abcd2" + strings.Repeat("0", 59)}, {ID: "ffff" + strings.Repeat("0", 60)}}
	for _, test := range []struct{ id, want, wrong string }{
		{"HEAD", list[0].ID, ""},
		{"abcd1", list[0].ID, ""},
		{"ABCD2", list[1].ID, ""},
		{list[2].ID, list[2].ID, ""},
		{"abcd", "", "2 entries begin with abcd: abcd10000000, abcd20000000; give more digits"},
		{"abc", "", "first four digits"},
		{"../../etc", "", "no id of an entry"},
		{"", "", "no id of an entry"},
		{"1234", "", "no entry begins with 1234"},
	} {
		e, err := find(list, test.id)
		switch {
		case test.wrong == "" && (err != nil || e.ID != test.want):
			t.Errorf("%q: %v, %v", test.id, e, err)
		case test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)):
			t.Errorf("%q: %v, want %q", test.id, err, test.wrong)
		}
	}
}

func TestNamesThatAreRefused(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"con.rego", "device"}, {"LPT1.x.rego", "device"}, {"a:b.rego", "characters"}, {"a\nb.rego", "characters"},
		{".rego", "NAME.rego"}, {"a.txt", "NAME.rego"}, {"../a.rego", "characters"}, {"a\xff.rego", "characters"},
		{strings.Repeat("a", 300) + ".rego", "length"}, {"", "length"},
	} {
		if err := CheckName(test.name); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v", test.name, err)
		}
	}
	for _, name := range []string{"a.rego", "no_borrar_año.rego", "my policy.rego", "console.rego"} {
		if err := CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := apart(map[string]int{"A.rego": 1, "a.rego": 1}); err == nil || !strings.Contains(err.Error(), "A.rego and a.rego") {
		t.Error(err)
	}
}

func TestBounds(t *testing.T) {
	s := project(t, map[string]string{"a.rego": strings.Repeat("x", maxPolicySize+1)})
	if _, err := s.Record("edit", ""); err == nil || !strings.Contains(err.Error(), ".qodacode/policies/a.rego is larger") {
		t.Error(err)
	}
	files := map[string]string{}
	for i := range maxPolicies + 1 {
		files[fmt.Sprintf("p%d.rego", i)] = ""
	}
	write(t, s, files)
	if _, err := s.Record("edit", ""); err == nil || !strings.Contains(err.Error(), "more than 1000 policies") {
		t.Error(err)
	}
}

func TestLinksAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights")
	}
	for _, link := range []string{base, policiesFolder, historyFolder, objectsDir, entriesDir, policiesFolder + "/b.rego", lockFile} {
		s := project(t, map[string]string{"a.rego": "package a"})
		inside := filepath.Join(s.project, "elsewhere")
		for _, target := range []string{inside, t.TempDir()} {
			if err := os.MkdirAll(inside, 0o755); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(s.project, link)
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(target, path); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Record("edit", ""); err == nil || !strings.Contains(err.Error(), link) {
				t.Errorf("%s: %v", link, err)
			}
			if left, _ := os.ReadDir(target); len(left) > 0 {
				t.Errorf("%s: written to %v", link, left)
			}
		}
	}
}

func TestTampering(t *testing.T) {
	change := func(t *testing.T, path, content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name string
		do   func(t *testing.T, at func(string) string, list []Entry)
		want string
	}{
		{"object changed", func(t *testing.T, at func(string) string, list []Entry) {
			change(t, at(hashed(objectsDir, list[1].Files["a.rego"])), "package evil")
		}, "has another content than was written (a.rego in the entry "},
		{"object missing", func(t *testing.T, at func(string) string, list []Entry) {
			_ = os.Remove(at(hashed(objectsDir, list[2].Files["a.rego"])))
		}, "is missing (a.rego"},
		{"entry changed", func(t *testing.T, at func(string) string, list []Entry) {
			data, _ := os.ReadFile(at(hashed(entriesDir, list[1].ID)))
			change(t, at(hashed(entriesDir, list[1].ID)), strings.Replace(string(data), "edit", "init", 1))
		}, "has another content"},
		{"entry missing", func(t *testing.T, at func(string) string, list []Entry) {
			_ = os.Remove(at(hashed(entriesDir, list[2].ID)))
		}, "is missing"},
		{"HEAD set back", func(t *testing.T, at func(string) string, list []Entry) {
			change(t, at(headFile), list[1].ID+"\n")
		}, "HEAD does not lead to the entry"},
		{"HEAD missing", func(t *testing.T, at func(string) string, list []Entry) {
			_ = os.Remove(at(headFile))
		}, "HEAD is missing"},
		{"HEAD garbage", func(t *testing.T, at func(string) string, list []Entry) {
			change(t, at(headFile), "../../etc/passwd\n")
		}, "HEAD does not name an entry"},
		{"HEAD elsewhere", func(t *testing.T, at func(string) string, list []Entry) {
			change(t, at(headFile), strings.Repeat("0", 64)+"\n")
		}, "is missing"},
		{"an entry of another form", func(t *testing.T, at func(string) string, list []Entry) {
			data, _ := os.ReadFile(at(hashed(entriesDir, list[0].ID)))
			odd := strings.Replace(string(data), "{", "{ ", 1)
			path := at(hashed(entriesDir, sum([]byte(odd))))
			_ = os.MkdirAll(filepath.Dir(path), 0o755)
			change(t, path, odd)
			change(t, at(headFile), sum([]byte(odd))+"\n")
		}, "does not have the form"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := project(t, map[string]string{"a.rego": "1"})
			record(t, s, "edit", "1")
			write(t, s, map[string]string{"a.rego": "2"})
			record(t, s, "edit", "2")
			write(t, s, map[string]string{"a.rego": "3"})
			record(t, s, "edit", "3")
			test.do(t, func(p string) string { return filepath.Join(s.project, p) }, entries(t, s))
			_, err := s.Entries()
			var tampered *Tampered
			if !errors.As(err, &tampered) || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), s.project) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestCrashWhileAdding(t *testing.T) {
	s := project(t, map[string]string{"a.rego": "1"})
	record(t, s, "edit", "1")
	first := entries(t, s)[0]
	write(t, s, map[string]string{"a.rego": "2"})
	second := record(t, s, "edit", "2")
	// As if HEAD had not been written.
	at := func(p string) string { return filepath.Join(s.project, p) }
	for path, content := range map[string]string{headFile: first.ID + "\n", pendingFile: second.ID + "\n", historyFolder + "/.staged-x.tmp": "half"} {
		if err := os.WriteFile(at(path), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if list := entries(t, s); len(list) != 1 {
		t.Errorf("before: %d entries", len(list))
	}
	write(t, s, map[string]string{"a.rego": "3"})
	third := record(t, s, "edit", "3")
	if list := entries(t, s); len(list) != 3 || third.Parent != second.ID {
		t.Errorf("after: %d entries", len(list))
	}
	for _, path := range []string{pendingFile, historyFolder + "/.staged-x.tmp"} {
		if _, err := os.Stat(at(path)); !os.IsNotExist(err) {
			t.Errorf("%s is left", path)
		}
	}
	// As if not even the entry had been written.
	if err := os.WriteFile(at(pendingFile), []byte(strings.Repeat("a", 64)+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, s, map[string]string{"a.rego": "4"})
	record(t, s, "edit", "4")
	if list := entries(t, s); len(list) != 4 {
		t.Errorf("%d entries", len(list))
	}
}

func TestGoroutines(t *testing.T) {
	s := project(t, nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			mine := Open(s.project)
			mine.wait = patience
			for j := range 5 {
				name := filepath.Join(s.project, policiesFolder, fmt.Sprintf("p%d_%d.rego", i, j))
				if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
					t.Error(err)
				}
				if _, err := mine.Record("edit", ""); err != nil {
					t.Error(err)
				}
				if _, err := mine.Entries(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if e := record(t, s, "edit", "last"); e != nil {
		t.Errorf("something was not recorded: %+v", e)
	}
	if list := entries(t, s); len(list[0].Files) != 40 {
		t.Errorf("%d files", len(list[0].Files))
	}
}

func TestProcesses(t *testing.T) {
	s := project(t, nil)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "RECORD_IN="+s.project)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	if list := entries(t, s); len(list) == 0 || len(list[0].Files) != 15 {
		t.Errorf("entries: %d", len(list))
	}
}

func TestLockIsWaitedForInVain(t *testing.T) {
	s := project(t, map[string]string{"a.rego": "1"})
	s.wait = 20 * time.Millisecond
	_, unlock, err := s.writing()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record("edit", ""); err == nil || !strings.Contains(err.Error(), "another qodacode") {
		t.Error(err)
	}
	unlock()
	record(t, s, "edit", "")
}

package history

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// versions records three states.
func versions(t *testing.T) (*Store, []Entry) {
	t.Helper()
	s := project(t, map[string]string{"a.rego": "a1\n", "b.rego": "b1\n", "c.rego": "same\n"})
	record(t, s, "init", "one")
	write(t, s, map[string]string{"a.rego": "a2\n", "c.rego": "same\n", "d.rego": "d2\n", "e.rego": "e2\n"})
	record(t, s, "generate", "two")
	return s, entries(t, s)
}

func TestRollback(t *testing.T) {
	s, list := versions(t)
	unrecorded := map[string]string{"a.rego": "a3\n", "c.rego": "same\n", "f.rego": "f3\n"}
	write(t, s, unrecorded)
	var checked map[string][]byte
	entry, err := s.Rollback(list[1].ID[:8], func(files map[string][]byte) error { checked = files; return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a.rego": "a1\n", "b.rego": "b1\n", "c.rego": "same\n"}
	if got := onDisk(t, s); !maps.Equal(got, want) {
		t.Errorf("on disk: %v", got)
	}
	if len(checked) != 3 || string(checked["a.rego"]) != "a1\n" {
		t.Errorf("checked: %q", checked)
	}
	after := entries(t, s)
	if len(after) != 4 || after[0].ID != entry.ID || entry.Action != "rollback" || after[1].Action != "edit" || after[1].Parent != list[0].ID ||
		!maps.Equal(entry.Files, list[1].Files) {
		t.Errorf("entries: %+v", after)
	}
	saved, err := s.Files(after[1].ID)
	if err != nil || len(saved) != len(unrecorded) || string(saved["f.rego"]) != "f3\n" {
		t.Errorf("what was there: %q, %v", saved, err)
	}
	if again, err := s.Rollback(list[1].ID, nil); again != nil || err != nil {
		t.Errorf("again: %v, %v", again, err)
	}
	// And back to what had never been recorded by hand.
	if _, err := s.Rollback(after[1].ID, nil); err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, s); !maps.Equal(got, unrecorded) {
		t.Errorf("back: %v", got)
	}
}

func TestRollbackThatIsNotAccepted(t *testing.T) {
	s, list := versions(t)
	before := onDisk(t, s)
	_, err := s.Rollback(list[1].ID, func(map[string][]byte) error { return errors.New("a.rego:1: no package") })
	if err == nil || !strings.Contains(err.Error(), "no package") || !strings.Contains(err.Error(), "nothing was changed") {
		t.Error(err)
	}
	if got := onDisk(t, s); !maps.Equal(got, before) || len(entries(t, s)) != 2 {
		t.Errorf("changed: %v", got)
	}
}

func TestRollbackOfTheTamperedIsRefused(t *testing.T) {
	s, list := versions(t)
	before := onDisk(t, s)
	d, err := s.reading()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if err := d.replace(hashed(objectsDir, list[1].Files["b.rego"]), []byte("evil")); err != nil {
		t.Fatal(err)
	}
	var tampered *Tampered
	if _, err := s.Rollback(list[1].ID, nil); !errors.As(err, &tampered) {
		t.Error(err)
	}
	if got := onDisk(t, s); !maps.Equal(got, before) {
		t.Errorf("changed: %v", got)
	}
}

// TestRollbackIsWhole fails at each step that changes the folder, and the files are as before.
func TestRollbackIsWhole(t *testing.T) {
	steps := 0
	for fail := 1; ; fail++ {
		s, list := versions(t)
		before := onDisk(t, s)
		count := 0
		s.failing = func(step string) error {
			if count++; count == fail {
				return fmt.Errorf("no space at %s", step)
			}
			return nil
		}
		_, err := s.Rollback(list[1].ID, nil)
		if err == nil {
			break
		}
		steps++
		if !strings.Contains(err.Error(), "no space") {
			t.Error(err)
		}
		if got := onDisk(t, s); !maps.Equal(got, before) {
			t.Errorf("step %d: %v", fail, got)
		}
		if got := entries(t, s); len(got) != 2 {
			t.Errorf("step %d: %d entries", fail, len(got))
		}
	}
	if steps != 6 { // two staged, two replaced, two removed
		t.Errorf("%d steps", steps)
	}
}

// Package history keeps the versions of a project's policies: objects named by the SHA-256 of
// their content, and entries that each name the one before. Nothing is ever rewritten; a
// rollback is a new entry.
//
// The chain shows what was changed, lost or set back afterwards. It has no key: it does not
// prove who wrote an entry, nor stop somebody who writes a whole history anew.
package history

import (
	"fmt"
	"maps"
	"time"
)

// Entry is one state of the policies.
type Entry struct {
	ID      string            `json:"id"`     // SHA-256 of its content
	Parent  string            `json:"parent"` // "" for the first
	Time    time.Time         `json:"time"`
	Action  string            `json:"action"` // generate, edit, init, rollback
	Message string            `json:"message"`
	Files   map[string]string `json:"files"` // name in the folder of policies → SHA-256 of its content
}

// Store is the history of one folder of policies. Its methods may be called by several
// goroutines and processes at once: those that write wait for each other.
type Store struct {
	project string
	now     func() time.Time
	// wait is how long one who writes waits for another to be done.
	wait time.Duration
	// failing is for tests: it is asked before each step that changes the folder of policies.
	failing func(step string) error
}

// Open is the history beside a folder of policies: .qodacode/history of .qodacode/policies.
func Open(project string) *Store {
	return &Store{project: project, now: time.Now, wait: lockWait}
}

// Record adds an entry with the state of the policies on disk. It is nil when nothing has
// changed since the last one.
func (s *Store) Record(action, message string) (*Entry, error) {
	if none, err := s.nothing(); none || err != nil {
		return nil, err
	}
	d, unlock, err := s.writing()
	if err != nil {
		return nil, err
	}
	defer unlock()
	contents, err := d.policies()
	if err != nil {
		return nil, err
	}
	return s.add(d, action, message, contents)
}

// nothing reports whether there are neither policies nor a history: then no folder is made.
func (s *Store) nothing() (bool, error) {
	d, err := s.reading()
	if err != nil {
		return false, err
	}
	defer d.close()
	if _, err := d.root.Lstat(historyFolder); err == nil {
		return false, nil
	}
	contents, err := d.policies()
	return len(contents) == 0, err
}

// add writes the objects and the entry of a state, unless the last entry has the same.
func (s *Store) add(d *folders, action, message string, contents map[string][]byte) (*Entry, error) {
	head, err := d.head()
	if err != nil {
		return nil, err
	}
	entry := Entry{Time: s.now().UTC().Truncate(time.Second), Action: word(action), Message: line(message), Files: sums(contents)}
	if head == nil {
		if len(contents) == 0 {
			return nil, nil
		}
	} else {
		if maps.Equal(head.Files, entry.Files) {
			return nil, nil
		}
		entry.Parent = head.ID
	}
	for name, data := range contents {
		if err := d.writeObject(data); err != nil {
			return nil, fmt.Errorf("the policy %s could not be kept in %s: %w", name, historyFolder, err)
		}
	}
	if err := d.append(&entry); err != nil {
		return nil, fmt.Errorf("no entry could be added to %s: %w", historyFolder, err)
	}
	return &entry, nil
}

// Entries are all, newest first, with the content of all they name verified. Where something
// was changed the error is a *Tampered that names it, and the entries are those newer than it.
func (s *Store) Entries() ([]Entry, error) {
	d, err := s.reading()
	if err != nil {
		return nil, err
	}
	defer d.close()
	entries, err := d.chain()
	if err != nil {
		return entries, err
	}
	return entries, d.verifyObjects(entries)
}

// Files is the content of an entry, verified. id may be shortened to four digits or more that
// no other entry begins with; HEAD is the newest.
func (s *Store) Files(id string) (map[string][]byte, error) {
	d, err := s.reading()
	if err != nil {
		return nil, err
	}
	defer d.close()
	_, contents, err := d.state(id)
	return contents, err
}

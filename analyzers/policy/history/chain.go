package history

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// The files of a history.
const (
	headFile    = historyFolder + "/HEAD"    // id of the newest entry
	pendingFile = historyFolder + "/pending" // id of the entry that is being added
	lockFile    = historyFolder + "/lock"
	attributes  = historyFolder + "/.gitattributes"
	entriesDir  = historyFolder + "/entries"
	objectsDir  = historyFolder + "/objects"
)

// Tampered is what in a history is not as it was written.
type Tampered struct {
	Path    string // below the project's folder
	Problem string
}

func (t *Tampered) Error() string {
	return fmt.Sprintf("the history of the policies was changed: %s %s. Restore %s from a backup or version control; or move it away, and a new history begins",
		t.Path, t.Problem, historyFolder)
}

// stored is the bytes of an entry: all of it but its id, in one form only.
type stored struct {
	Version int               `json:"version"`
	Parent  string            `json:"parent"`
	Time    time.Time         `json:"time"`
	Action  string            `json:"action"`
	Message string            `json:"message"`
	Files   map[string]string `json:"files"`
}

const version = 1

func encode(e *Entry) ([]byte, error) {
	return json.Marshal(stored{version, e.Parent, e.Time, e.Action, e.Message, e.Files})
}

// decode reads an entry. Only bytes that encode would write are one.
func decode(data []byte) (*Entry, error) {
	var s stored
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return nil, errors.New("is no entry")
	}
	if s.Version != version {
		return nil, fmt.Errorf("has version %d, and this program knows %d", s.Version, version)
	}
	e := &Entry{ID: sum(data), Parent: s.Parent, Time: s.Time, Action: s.Action, Message: s.Message, Files: s.Files}
	if again, err := encode(e); err != nil || !bytes.Equal(again, data) {
		return nil, errors.New("does not have the form that entries are written in")
	}
	if s.Parent != "" && !isSum(s.Parent) || s.Files == nil || s.Time.Location() != time.UTC || len(s.Files) > maxPolicies ||
		s.Action != word(s.Action) || s.Message != line(s.Message) {
		return nil, errors.New("is no entry")
	}
	for name, id := range s.Files {
		if err := CheckName(name); err != nil {
			return nil, err
		}
		if !isSum(id) {
			return nil, fmt.Errorf("has no content for %s", name)
		}
	}
	return e, apart(s.Files)
}

func isSum(s string) bool { return len(s) == 64 && isHex(s) }

func isHex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdef") == ""
}

// idIn is the id that a file holds, "" when there is no such file.
func (d *folders) idIn(name string) (string, error) {
	data, err := d.read(name, 256)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	id, ok := strings.CutSuffix(string(data), "\n")
	if !ok || !isSum(id) {
		return "", &Tampered{name, "does not name an entry"}
	}
	return id, nil
}

// head is the newest entry, nil when there is none.
func (d *folders) head() (*Entry, error) {
	id, err := d.idIn(headFile)
	if err != nil {
		return nil, err
	}
	if id == "" {
		return nil, d.allReached("", nil)
	}
	return d.entry(id)
}

// entry reads and verifies one entry.
func (d *folders) entry(id string) (*Entry, error) {
	name := hashed(entriesDir, id)
	data, err := d.read(name, maxEntrySize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Tampered{name, "is missing"}
	}
	if err != nil {
		return nil, &Tampered{name, "cannot be read: " + err.Error()}
	}
	if sum(data) != id {
		return nil, &Tampered{name, "has another content than was written"}
	}
	e, err := decode(data)
	if err != nil {
		return nil, &Tampered{name, err.Error()}
	}
	return e, nil
}

// errMoved is that an entry was added while the chain was read.
var errMoved = errors.New("the history grows faster than it can be read; try again")

// chain is all entries, newest first. That none is left over shows that HEAD was not set back.
func (d *folders) chain() (entries []Entry, err error) {
	for range 10 {
		if entries, err = d.walk(); err != errMoved {
			return entries, err
		}
	}
	return nil, err
}

func (d *folders) walk() ([]Entry, error) {
	var entries []Entry
	reached := map[string]bool{}
	e, err := d.head()
	for e != nil && err == nil {
		entries, reached[e.ID] = append(entries, *e), true
		if e.Parent == "" {
			return entries, d.allReached(entries[0].ID, reached)
		}
		if len(entries) == maxEntries {
			return entries, fmt.Errorf("%s has more than %d entries; move it away, and a new history begins", historyFolder, maxEntries)
		}
		e, err = d.entry(e.Parent)
	}
	return entries, err
}

// allReached fails for an entry that HEAD does not lead to. One that is just being added is
// named as pending until HEAD names it.
func (d *folders) allReached(head string, reached map[string]bool) error {
	return d.hashes(entriesDir, func(name, id string) error {
		if reached[id] {
			return nil
		}
		if pending, err := d.idIn(pendingFile); err != nil || pending == id {
			return err
		}
		if now, err := d.idIn(headFile); err != nil || now != head {
			return cmp.Or(err, errMoved)
		}
		if head == "" {
			return &Tampered{headFile, "is missing, and there are entries: " + name}
		}
		return &Tampered{headFile, "does not lead to the entry " + name}
	})
}

// append writes an entry and makes it the newest. A crash between the two leaves the entry
// named as pending, and resume finishes it.
func (d *folders) append(e *Entry) error {
	data, err := encode(e)
	if err != nil {
		return err
	}
	if len(data) > maxEntrySize {
		return fmt.Errorf("an entry would be larger than %d bytes", maxEntrySize)
	}
	e.ID = sum(data)
	if _, err := d.root.Lstat(attributes); errors.Is(err, fs.ErrNotExist) {
		// Git must not change the ends of lines in what is named by its hash.
		if err := d.replace(attributes, []byte("* -text\n")); err != nil {
			return err
		}
	}
	if err := d.replace(pendingFile, []byte(e.ID+"\n")); err != nil {
		return err
	}
	if err := d.replace(hashed(entriesDir, e.ID), data); err != nil {
		return err
	}
	if err := d.replace(headFile, []byte(e.ID+"\n")); err != nil {
		return err
	}
	return d.root.Remove(pendingFile)
}

// resume finishes what a crash left pending. Only who holds the lock calls it.
func (d *folders) resume() error {
	pending, err := d.idIn(pendingFile)
	if err != nil || pending == "" {
		return err
	}
	head, err := d.idIn(headFile)
	if err != nil {
		return err
	}
	e, err := d.entry(pending)
	var tampered *Tampered
	switch {
	case errors.As(err, &tampered) && tampered.Problem == "is missing": // it was not written yet
	case err != nil:
		return err
	case e.Parent == head:
		if err := d.replace(headFile, []byte(pending+"\n")); err != nil {
			return err
		}
	case pending != head:
		return &Tampered{pendingFile, "names an entry that does not follow the newest"}
	}
	return d.root.Remove(pendingFile)
}

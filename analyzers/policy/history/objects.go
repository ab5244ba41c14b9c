package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// hashed is the path of what has an id, in a folder of at most 256 others.
func hashed(folder, id string) string { return folder + "/" + id[:2] + "/" + id[2:] }

// hashes calls f for all that lies in a folder by its id.
func (d *folders) hashes(folder string, f func(name, id string) error) error {
	list, err := fs.ReadDir(d.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, first := range list {
		if !first.IsDir() || len(first.Name()) != 2 {
			continue
		}
		inner, err := fs.ReadDir(d.root.FS(), path.Join(folder, first.Name()))
		if err != nil {
			return err
		}
		for _, item := range inner {
			id := first.Name() + item.Name()
			if !isSum(id) {
				continue
			}
			if err := f(hashed(folder, id), id); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeObject keeps a content. One that is there and has become another is written anew.
func (d *folders) writeObject(data []byte) error {
	id := sum(data)
	if _, err := d.object(id); err == nil {
		return nil
	}
	return d.replace(hashed(objectsDir, id), data)
}

// object reads and verifies a content.
func (d *folders) object(id string) ([]byte, error) {
	name := hashed(objectsDir, id)
	data, err := d.read(name, maxPolicySize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Tampered{name, "is missing"}
	case err != nil:
		return nil, &Tampered{name, "cannot be read: " + err.Error()}
	case sum(data) != id:
		return nil, &Tampered{name, "has another content than was written"}
	}
	return data, nil
}

// verifyObjects reads all that entries name, each once.
func (d *folders) verifyObjects(entries []Entry) error {
	seen := map[string]bool{}
	for _, e := range entries {
		for name, id := range e.Files {
			if seen[id] {
				continue
			}
			seen[id] = true
			if _, err := d.object(id); err != nil {
				var tampered *Tampered
				if errors.As(err, &tampered) {
					tampered.Problem += fmt.Sprintf(" (%s in the entry %s)", name, Short(e.ID))
				}
				return err
			}
		}
	}
	return nil
}

// Short is an id as people are shown it.
func Short(id string) string { return id[:min(len(id), 12)] }

// state finds an entry by a part of its id, and reads its files.
func (d *folders) state(id string) (*Entry, map[string][]byte, error) {
	entries, err := d.chain()
	if err != nil {
		return nil, nil, err
	}
	e, err := find(entries, id)
	if err != nil {
		return nil, nil, err
	}
	contents := make(map[string][]byte, len(e.Files))
	for name, object := range e.Files {
		if contents[name], err = d.object(object); err != nil {
			return nil, nil, err
		}
	}
	return e, contents, nil
}

// find is the entry that an id, or its beginning, means.
func find(entries []Entry, id string) (*Entry, error) {
	if len(entries) == 0 {
		return nil, errors.New("there is no history of policies yet: it begins when a policy is generated, or by `qodacode policy init`")
	}
	if id == "HEAD" {
		return &entries[0], nil
	}
	id = strings.ToLower(id)
	if len(id) < 4 || !isHex(id) {
		return nil, fmt.Errorf("%.70q is no id of an entry: give at least its first four digits, as `qodacode policy history` shows them", id)
	}
	var found []*Entry
	for i := range entries {
		if strings.HasPrefix(entries[i].ID, id) {
			found = append(found, &entries[i])
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("no entry begins with %s; `qodacode policy history` shows them", Short(id))
	case 1:
		return found[0], nil
	}
	var names []string
	for _, e := range found[:min(len(found), 5)] {
		names = append(names, e.ID[:min(64, len(id)+8)])
	}
	return nil, fmt.Errorf("%d entries begin with %s: %s; give more digits", len(found), id, strings.Join(names, ", "))
}

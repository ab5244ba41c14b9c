package history

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Rollback records what is on disk, brings the files back to the state of id after check
// accepted them, and records that. The entry is nil when the files are in that state already.
// Either all files are brought back or none.
func (s *Store) Rollback(id string, check func(files map[string][]byte) error) (*Entry, error) {
	d, unlock, err := s.writing()
	if err != nil {
		return nil, err
	}
	defer unlock()
	target, wanted, err := d.state(id)
	if err != nil {
		return nil, err
	}
	present, err := d.policies()
	if err != nil {
		return nil, err
	}
	if maps.EqualFunc(present, wanted, bytes.Equal) {
		return nil, nil
	}
	if check != nil {
		if err := check(maps.Clone(wanted)); err != nil {
			return nil, fmt.Errorf("nothing was changed, since the policies of %s are not accepted: %w", Short(target.ID), err)
		}
	}
	if _, err := s.add(d, "edit", "before the rollback to "+Short(target.ID), present); err != nil {
		return nil, err
	}
	if err := s.exchange(d, present, wanted); err != nil {
		return nil, err
	}
	entry, err := s.add(d, "rollback", fmt.Sprintf("to %s: %s", Short(target.ID), target.Message), wanted)
	if err != nil {
		if undo := s.exchange(d, wanted, present); undo != nil {
			err = errors.Join(err, undo)
		}
		return nil, err
	}
	return entry, nil
}

// exchange brings the folder of policies from one state to another. All that may fail for want
// of space or rights is done before the first file is touched; what fails after that is undone.
func (s *Store) exchange(d *folders, from, to map[string][]byte) (err error) {
	d.unstage(policiesFolder)
	staged := map[string]string{}
	defer func() {
		for _, temporary := range staged {
			_ = d.root.Remove(temporary)
		}
	}()
	for _, name := range slices.Sorted(maps.Keys(to)) {
		if old, ok := from[name]; ok && bytes.Equal(old, to[name]) {
			continue
		}
		if err := s.step("stage " + name); err != nil {
			return fmt.Errorf("nothing was changed: %w", err)
		}
		temporary, err := d.stage(policiesFolder, to[name])
		if err != nil {
			return fmt.Errorf("nothing was changed, since %s could not be written: %w", name, err)
		}
		staged[name] = temporary
	}
	var touched []string
	defer func() {
		if err != nil {
			err = errors.Join(err, d.undo(touched, from))
		}
		d.sync(policiesFolder)
	}()
	for _, name := range slices.Sorted(maps.Keys(staged)) {
		if err := s.step("replace " + name); err != nil {
			return fmt.Errorf("%s could not be written: %w", name, err)
		}
		if err := d.root.Rename(staged[name], policiesFolder+"/"+name); err != nil {
			return fmt.Errorf("%s could not be written: %w", name, err)
		}
		delete(staged, name)
		touched = append(touched, name)
	}
	for _, name := range slices.Sorted(maps.Keys(from)) {
		if _, ok := to[name]; ok {
			continue
		}
		if err := s.step("remove " + name); err != nil {
			return fmt.Errorf("%s could not be removed: %w", name, err)
		}
		if err := d.root.Remove(policiesFolder + "/" + name); err != nil {
			return fmt.Errorf("%s could not be removed: %w", name, err)
		}
		touched = append(touched, name)
	}
	return nil
}

// undo brings files back to what they were.
func (d *folders) undo(names []string, from map[string][]byte) error {
	for _, name := range names {
		var err error
		if data, ok := from[name]; ok {
			err = d.replace(policiesFolder+"/"+name, data)
		} else {
			err = d.root.Remove(policiesFolder + "/" + name)
		}
		if err != nil {
			return fmt.Errorf("and %s could not be brought back; its former content is in the newest entry of the history: %w", name, err)
		}
	}
	return nil
}

func (s *Store) step(name string) error {
	if s.failing == nil {
		return nil
	}
	return s.failing(name)
}

package history

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Diff is the changes from one entry to another, or to the files on disk where to is "", as
// unified diffs of the files one after another; "" when there are none.
func (s *Store) Diff(from, to string) (string, error) {
	d, err := s.reading()
	if err != nil {
		return "", err
	}
	defer d.close()
	before, old, err := d.state(from)
	if err != nil {
		return "", err
	}
	var contents map[string][]byte
	label := "on disk"
	if to == "" {
		contents, err = d.policies()
	} else {
		var after *Entry
		if after, contents, err = d.state(to); err == nil {
			label = Short(after.ID)
		}
	}
	if err != nil {
		return "", err
	}
	var out strings.Builder
	all := maps.Clone(old)
	maps.Copy(all, contents)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a, inOld := old[name]
		b, inNew := contents[name]
		if inOld == inNew && bytes.Equal(a, b) {
			continue
		}
		out.WriteString("--- " + side(name, Short(before.ID), inOld) + "\n+++ " + side(name, label, inNew) + "\n")
		unified(&out, splitLines(string(a)), splitLines(string(b)))
	}
	return out.String(), nil
}

func side(name, label string, there bool) string {
	if !there {
		return "/dev/null"
	}
	return name + "\t" + label
}

// Changes are the files that differ between an entry and the one before it: + added,
// - removed, ~ changed; sorted by name.
func Changes(before, after map[string]string) []string {
	var changes []string
	for name, id := range after {
		if was, ok := before[name]; !ok {
			changes = append(changes, "+"+name)
		} else if was != id {
			changes = append(changes, "~"+name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			changes = append(changes, "-"+name)
		}
	}
	slices.SortFunc(changes, func(a, b string) int { return strings.Compare(a[1:], b[1:]) })
	return changes
}

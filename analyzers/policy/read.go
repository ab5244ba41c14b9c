package policy

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/starters"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// Bounds on what one project's policies are read from.
const (
	maxFileSize = 1 << 20
	maxFiles    = 500
)

// starterFolder is where the policies that come with qodacode seem to lie.
const starterFolder = "qodacode"

// newSet reads policies. h.mu is held.
func (h *Host) newSet(root string, cfg *config.Config) *Set {
	s := &Set{host: h, set: rego.Set{Params: cfg.Policy.Params}}
	if s.set.Params == nil {
		s.set.Params = map[string]map[string]any{}
	}
	add := func(path, within string) { h.addFile(s, root, path, within) }
	for _, path := range h.opts.Only {
		h.walk(path, "", add)
	}
	if len(h.opts.Only) == 0 {
		if root != "" {
			h.walk(filepath.Join(root, filepath.FromSlash(Folder)), root, add)
		}
		for _, f := range cfg.Policy.Paths {
			h.walk(f.Path, f.Within, add)
		}
		if h.opts.User != "" {
			h.walk(h.opts.User, "", add)
		}
		s.addStarters(cfg.Policy.Enable)
	}
	slices.SortFunc(s.files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	for _, f := range s.files {
		s.set.Modules = append(s.set.Modules, rego.Module{Path: f.Path, Source: f.Text.String()})
	}
	return s
}

// addStarters adds policies that come with qodacode. A project that has one of that name,
// which `policy init` has copied, changes that one.
func (s *Set) addStarters(names []string) {
	for _, starter := range starters.All() {
		own := func(f File) bool { return filepath.Base(f.Path) == starter.Name+".rego" }
		if slices.Contains(names, starter.Name) && !slices.ContainsFunc(s.files, own) {
			s.files = append(s.files,
				File{Path: starterFolder + "/" + starter.Name + ".rego", Text: text.New(starter.Source)},
				File{Path: starterFolder + "/" + starter.Name + "_test.rego", Text: text.New(starter.Test)})
		}
	}
}

// addFile reads a file, which does not leave the folder within, into s.
func (h *Host) addFile(s *Set, root, path, within string) {
	name := nameIn(root, path)
	if slices.ContainsFunc(s.files, func(f File) bool { return f.Path == name }) {
		return
	}
	if len(s.files) == maxFiles {
		h.tell("there are more than 500 files of policies; the rest is not read", "file", path)
		return
	}
	src, err := h.readFile(path, within)
	if err != nil {
		var reason *fs.PathError
		if errors.As(err, &reason) {
			err = reason.Err
		}
		h.tell("policies cannot be read from "+filepath.Base(path)+": "+err.Error()+"; they do not hold", "file", path)
		return
	}
	s.files = append(s.files, File{Path: name, Abs: path, Text: src})
}

// tell is warn for who holds h.mu.
func (h *Host) tell(message string, args ...any) {
	if !h.told[message] {
		h.told[message] = true
		h.opts.Log.Warn(message, args...)
	}
}

func nameIn(root, path string) string {
	if rel, err := filepath.Rel(root, path); root != "" && err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

// walk calls add with path, or with the policies in the folder path, in order. Symbolic links
// are not followed.
func (h *Host) walk(path, within string, add func(path, within string)) {
	if _, known := h.read[path]; !known {
		h.read[path] = nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		for open := range h.open { // written in an editor, and not saved yet
			if strings.HasPrefix(open, path+string(filepath.Separator)) {
				add(open, within)
			}
		}
		return
	case err != nil || !info.IsDir():
		add(path, within)
		return
	}
	seen := map[string]bool{}
	_ = filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && IsPolicy(file) {
			seen[file] = true
			add(file, within)
		}
		if len(seen) > 2*maxFiles {
			return filepath.SkipAll
		}
		return nil
	})
	for open := range h.open {
		if !seen[open] && strings.HasPrefix(open, path+string(filepath.Separator)) {
			add(open, within)
		}
	}
}

// IsPolicy reports whether a path names a file of Rego.
func IsPolicy(path string) bool { return strings.EqualFold(filepath.Ext(path), ".rego") }

// readFile reads a file of Rego, which does not leave the folder within through a link.
func (h *Host) readFile(path, within string) (src *text.Text, err error) {
	defer func() { h.read[path] = src }()
	if src := h.open[path]; src != nil {
		return src, nil
	}
	return workspace.ReadWithin(path, within, maxFileSize)
}

// Changed notes that a file is another one now; src is what an editor has, nil for what is on
// disk. It reports whether policies may stand in it: then they are read anew.
func (h *Host) Changed(path string, src *text.Text) bool {
	if h == nil || !IsPolicy(path) {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.concerns(path) {
		return false
	}
	if delete(h.open, path); src != nil {
		h.open[path] = src
		if old := h.read[path]; old != nil && old.String() == src.String() {
			return false
		}
	}
	clear(h.sets)
	return true
}

// Concerns reports whether a file lies where policies are read from.
func (h *Host) Concerns(path string) bool {
	if h == nil || !IsPolicy(path) {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.concerns(path)
}

func (h *Host) concerns(path string) bool {
	if strings.Contains(filepath.ToSlash(path), "/"+Folder+"/") {
		return true
	}
	for at := path; ; at = filepath.Dir(at) {
		if _, named := h.read[at]; named {
			return true
		}
		if filepath.Dir(at) == at {
			return false
		}
	}
}

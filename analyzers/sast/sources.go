package sast

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// Bounds on what one project's rules are read from.
const (
	maxRuleFileSize = 5 << 20
	maxRuleFiles    = 2000
)

// found by themselves: Semgrep's own places, below a project's folder.
var (
	ruleFiles  = []string{".semgrep.yml", ".semgrep.yaml"}
	ruleFolder = ".semgrep"
)

// Sources reads the rules of users: those of a project, which are found in their places or
// that its configuration names, and Extra ones. It is safe for concurrent use.
type Sources struct {
	Extra []string     // absolute paths of files and folders, for all projects
	Log   *slog.Logger // nil: nothing is logged

	mu     sync.Mutex
	custom map[string]*Custom    // by the project's folder
	read   map[string]*text.Text // by absolute path: the files that were read; nil for what else was named
	open   map[string]*text.Text
}

// For are the rules for the files of a project, "" for none. What was read stays until Changed is called.
func (s *Sources) For(root string, cfg *config.Config) *Custom {
	if s == nil {
		return nil
	}
	key := root + "\x00" + cfg.Path
	for _, f := range cfg.SAST.Rules {
		key += "\x00" + f.Path
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.custom[key]; ok {
		return c
	}
	if s.custom == nil {
		s.custom, s.read = map[string]*Custom{}, map[string]*text.Text{}
	}
	var c *Custom
	if files := s.files(root, cfg); len(files) > 0 {
		c = NewCustom(files)
	}
	s.custom[key] = c
	return c
}

// Changed notes that a file is another one now; src is what an editor has, nil for what is on
// disk. It reports whether rules may stand in it: then they are read anew.
func (s *Sources) Changed(path string, src *text.Text) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !isYAML(path) || !s.concerns(path) {
		return false
	}
	if s.open == nil {
		s.open = map[string]*text.Text{}
	}
	if delete(s.open, path); src != nil {
		s.open[path] = src
		if old := s.read[path]; old != nil && old.String() == src.String() {
			return false
		}
	}
	clear(s.custom)
	return true
}

func (s *Sources) concerns(path string) bool {
	if slices.Contains(ruleFiles, filepath.Base(path)) || slices.Contains(strings.Split(filepath.ToSlash(path), "/"), ruleFolder) {
		return true
	}
	for at := path; ; at = filepath.Dir(at) {
		if _, named := s.read[at]; named {
			return true
		}
		if filepath.Dir(at) == at {
			return false
		}
	}
}

// files are the files of rules for a project, each once.
func (s *Sources) files(root string, cfg *config.Config) []File {
	var files []File
	add := func(path, within string) {
		name := filepath.ToSlash(path)
		if rel, err := filepath.Rel(root, path); root != "" && err == nil && filepath.IsLocal(rel) {
			name = filepath.ToSlash(rel)
		}
		if len(files) == maxRuleFiles || slices.ContainsFunc(files, func(f File) bool { return f.Path == name }) {
			return
		}
		src, err := s.readFile(path, within)
		if err != nil {
			s.warn(path, err)
			return
		}
		files = append(files, File{name, src})
	}
	if root != "" {
		for _, name := range ruleFiles {
			if path := filepath.Join(root, name); exists(path) {
				add(path, root)
			}
		}
		if folder := filepath.Join(root, ruleFolder); exists(folder) {
			s.walk(folder, func(path string) { add(path, root) })
		}
	}
	for _, f := range cfg.SAST.Rules {
		s.walk(f.Path, func(path string) { add(path, f.Within) })
	}
	for _, path := range s.Extra {
		s.walk(path, func(path string) { add(path, "") })
	}
	return files
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// walk calls add with path, or with the rule files in the folder path, in order.
func (s *Sources) walk(path string, add func(string)) {
	if _, known := s.read[path]; !known {
		s.read[path] = nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		add(path)
		return
	}
	n := 0
	_ = filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return nil
		case !d.Type().IsRegular() || !isYAML(file) || strings.Contains(filepath.Base(file), ".test."):
			return nil
		case n == maxRuleFiles:
			return filepath.SkipAll
		}
		n++
		add(file)
		return nil
	})
}

func isYAML(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".yml" || ext == ".yaml"
}

// readFile reads a file of rules, which does not leave the folder within through a link.
func (s *Sources) readFile(path, within string) (src *text.Text, err error) {
	defer func() { s.read[path] = src }()
	if src := s.open[path]; src != nil {
		return src, nil
	}
	return workspace.ReadWithin(path, within, maxRuleFileSize)
}

func (s *Sources) warn(path string, err error) {
	if s.Log == nil {
		return
	}
	var reason *fs.PathError
	if errors.As(err, &reason) {
		err = reason.Err
	}
	s.Log.Warn("rules cannot be read from "+filepath.Base(path)+": "+err.Error()+"; its rules are not used", "file", path, "key", "sast.rules")
}

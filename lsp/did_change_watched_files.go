package lsp

import (
	"maps"
	"slices"
	"time"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/workspace"
)

// burst is how long changes on disk are collected: a checkout of another branch reports
// thousands of files one by one.
const burst = 200 * time.Millisecond

// watched collects changes on disk.
type watched struct {
	paths map[string]bool
	timer *time.Timer
}

// watchedFiles are the files whose changes matter while they are not open.
const (
	configFiles = "**/qodacode.toml"
	sourceFiles = "**/{*.{py,pyi,ipynb,js,jsx,mjs,cjs,ts,tsx,mts,cts,json,yaml,yml,toml,lock,rego},.env,.env.*,requirements*.txt}"
)

// watchers ask for the configuration files always and for sources where they are scanned.
func (s *session) watchers() []fileSystemWatcher {
	globs := []string{configFiles}
	if s.opts.Files != nil {
		globs = append(globs, sourceFiles)
	}
	var out []fileSystemWatcher
	for _, glob := range globs {
		out = append(out, fileSystemWatcher{GlobPattern: glob})
	}
	return out
}

func didChangeWatchedFiles(s *session, p *protocol.DidChangeWatchedFilesParams) error {
	for _, change := range p.Changes {
		if path := pathOf(change.URI); path != "" {
			s.filesChanged(path)
		}
	}
	return nil
}

// filesChanged notes that a file on disk may have changed, and acts when the burst is over.
func (s *session) filesChanged(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &s.watched
	if w.paths == nil {
		w.paths = map[string]bool{}
	}
	w.paths[path] = true
	if w.timer == nil {
		w.timer = time.AfterFunc(burst, s.applyChanges)
	}
}

// changedOnDisk tells the project of a file, if it is one that is known.
func (s *session) changedOnDisk(path string) {
	cfg, _ := s.configs.For(path)
	in, name := place(cfg.Root, s.workspaceFolders(), path)
	s.projects.mu.Lock()
	p := s.projects.all[in]
	s.projects.mu.Unlock()
	if in != "" && p != nil {
		p.onDisk(name)
	}
}

func (s *session) applyChanges() {
	s.mu.Lock()
	paths := slices.Sorted(maps.Keys(s.watched.paths))
	s.watched = watched{}
	s.mu.Unlock()
	if s.ctx.Err() != nil {
		return
	}
	configs := false
	for _, path := range paths {
		if isConfig(path) {
			s.configs.Invalidate(path)
			configs = true
		}
	}
	if configs {
		s.configChanged()
		return
	}
	for _, path := range paths {
		s.rulesChanged(path, nil)
		s.policyChanged(path, nil)
		if workspace.Matters(path) {
			s.changedOnDisk(path)
		}
	}
	s.rescan(paths)
}

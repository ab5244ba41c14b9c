package lsp

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
)

// projects are those that are known, by their folder or by the URI of their only document.
type projects struct {
	mu     sync.Mutex
	all    map[string]*project
	former map[string]*analyzers.Project // what was known of projects that are read anew; shown meanwhile
}

// projectIn is the project of a folder, or of a document outside all of them; it is made, and
// begins to be read, when it is asked for the first time.
func (s *session) projectIn(folder, uri string) *project {
	key := folder
	if key == "" {
		key = uri
	}
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	p := s.projects.all[key]
	if p == nil {
		p = &project{session: s, root: folder, pending: map[string]*parser.File{}, changed: make(chan struct{})}
		p.ctx, p.end = context.WithCancel(s.ctx)
		p.source, p.modules = p.newSource(), p.newModules()
		p.state = s.projects.former[key]
		delete(s.projects.former, key)
		s.projects.all[key] = p
		if folder != "" {
			p.change(0, func() {})
		}
	}
	return p
}

// project is the project of a document.
func (s *session) project(d *document) *project {
	if d.path == "" {
		return s.projectIn("", d.uri)
	}
	return s.projectIn(d.folder, d.uri)
}

// startProjects begins to read the projects of the workspace folders.
func (s *session) startProjects() {
	if s.opts.Files == nil {
		return
	}
	folders := s.workspaceFolders()
	for _, f := range folders {
		cfg, _ := s.configs.For(filepath.Join(f.path, config.FileName))
		root, _ := place(cfg.Root, folders, filepath.Join(f.path, config.FileName))
		s.projectIn(root, "")
	}
}

// endProjects forgets all projects. They are read anew when they are asked for.
func (s *session) endProjects() {
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	for key, p := range s.projects.all {
		p.end()
		if state := p.result(); state != nil {
			s.projects.former[key] = state
		}
	}
	clear(s.projects.all)
}

// forgetProject ends the project of a document outside all folders when it is closed.
func (s *session) forgetProject(uri string) {
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	if p := s.projects.all[uri]; p != nil && p.root == "" {
		p.end()
		delete(s.projects.all, uri)
	}
}

// currentProjects are all projects that are known.
func (s *session) currentProjects() []*project {
	s.projects.mu.Lock()
	defer s.projects.mu.Unlock()
	return slices.Collect(maps.Values(s.projects.all))
}

// waitForProjects waits for all projects that are known.
func (s *session) waitForProjects(ctx context.Context) error {
	for _, p := range s.currentProjects() {
		if err := p.wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

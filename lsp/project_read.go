package lsp

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/workspace"
)

// agentWords are shared by all projects: every document outside the workspace is one.
var agentWords = sync.OnceValue(func() *workspace.Words { return workspace.NewWords(agents.Words()) })

func (p *project) newSource() *workspace.Project {
	limit := func(path string) int {
		cfg, _ := p.session.configs.For(path)
		return cfg.Check.MaxFileSize
	}
	source := workspace.NewProject(p.root, agentWords(), limit)
	source.Workers = max(1, runtime.GOMAXPROCS(0)/2) // the other half is for what is typed
	return source
}

// read brings the sources up to date: all files at first, then those that have changed. A file
// on disk that was not seen before may be one to leave out, which only a walk can tell.
func (p *project) read(pending map[string]*parser.File) {
	s := p.session
	if p.root != "" && !p.loaded && s.opts.Files != nil {
		if p.source.Load(p.ctx, p.walk()) != nil {
			return
		}
		p.loaded = true
	}
	var listed map[string]bool
	for name, f := range pending {
		if f == nil && (p.root == "" || s.openPath(p.path(name)) != nil) {
			continue // the editor has it; it is analysed, or will be
		}
		if _, err := os.Stat(p.path(name)); f == nil && err == nil && !p.source.Has(name) {
			if s.opts.Files == nil {
				continue
			}
			if listed == nil {
				listed = map[string]bool{}
				for _, path := range p.walk() {
					listed[path] = true
				}
			}
			if !listed[p.path(name)] {
				continue
			}
		}
		p.source.Update(p.ctx, name, f)
	}
}

// walk lists the files of the project: those below its folder that are in no other project.
func (p *project) walk() []string {
	s := p.session
	folders := s.workspaceFolders()
	configs := map[string]*config.Config{} // by folder
	var files []string
	self := folder{path: p.root}
	for path := range s.opts.Files(p.ctx, p.root) {
		path = self.unresolved(path)
		dir := filepath.Dir(path)
		cfg := configs[dir]
		if cfg == nil {
			cfg, _ = s.configs.For(path)
			configs[dir] = cfg
		}
		if in, _ := place(cfg.Root, folders, path); (in == p.root || in == "") && !cfg.Excluded(path) {
			files = append(files, path)
		}
	}
	return files
}

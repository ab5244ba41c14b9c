package lsp

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/workspace"
)

// pause is how long nothing of a project must change for it to be analysed again.
const pause = 200 * time.Millisecond

// project is a folder whose files are analysed together, beside and after the files
// themselves: what is typed never waits for it. A document outside all folders is a project of its own.
type project struct {
	session *session
	root    string // "" for a document outside all folders
	ctx     context.Context
	end     context.CancelFunc // when the project is not needed any more, or is read anew

	working sync.Mutex // one refresh at a time; guards what follows
	source  *workspace.Project
	loaded  bool
	last    analyzers.Sources

	mu      sync.Mutex // guards what follows
	state   *analyzers.Project
	pending map[string]*parser.File // by name: what the editor has, nil for what is on disk
	timer   *time.Timer
	cancel  context.CancelFunc // of the analysis that runs
	wanted  uint64             // counts changes
	done    uint64             // the changes that state has, and that are published
	changed chan struct{}      // closed, and made anew, when done has grown
}

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
		p.source = p.newSource()
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

func (p *project) newSource() *workspace.Project {
	limit := func(path string) int {
		cfg, _ := p.session.configs.For(path)
		return cfg.Check.MaxFileSize
	}
	source := workspace.NewProject(p.root, agents.Words(), limit)
	source.Workers = max(1, runtime.GOMAXPROCS(0)/2) // the other half is for what is typed
	return source
}

// result is what is known, nil before the project was read for the first time.
func (p *project) result() *analyzers.Project {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// edited takes a document's newest version.
func (p *project) edited(f *parser.File) {
	p.change(pause, func() { p.pending[f.Path] = f })
}

// onDisk notes that a file that is not open may have changed.
func (p *project) onDisk(name string) {
	p.change(pause, func() {
		if p.pending[name] == nil {
			p.pending[name] = nil
		}
	})
}

// change notes something, and refreshes the project when nothing more comes for a while.
func (p *project) change(after time.Duration, note func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	note()
	p.wanted++
	if p.cancel != nil {
		p.cancel()
	}
	if p.timer == nil {
		p.timer = time.AfterFunc(after, func() { p.session.background.Go(p.refresh) })
	} else {
		p.timer.Reset(after)
	}
}

// refresh brings the project up to date and publishes what that changes. It ends early, and
// another one follows, when a change comes meanwhile.
func (p *project) refresh() {
	p.working.Lock()
	defer p.working.Unlock()
	p.mu.Lock()
	generation, old := p.wanted, p.state
	pending := p.pending
	p.pending = map[string]*parser.File{}
	p.mu.Unlock()
	var err error
	defer func() {
		if err != nil && p.ctx.Err() == nil {
			p.mu.Lock()
			again := p.wanted != generation
			p.mu.Unlock()
			if again {
				return // cancelled by a change
			}
		}
		p.finish(generation)
	}()
	defer p.session.guard.recover("analysis of the project", &err)
	p.read(pending)
	code, data := p.source.Files()
	if old != nil && slices.EqualFunc(code, p.last.Files, sameFile) && maps.Equal(data, p.last.Data) {
		return
	}
	var state *analyzers.Project
	if state, err = p.analyze(generation, code, data, old); err != nil {
		return
	}
	p.mu.Lock()
	p.state = state
	p.mu.Unlock()
	if p.root == "" {
		p.source, p.last = p.newSource(), analyzers.Sources{} // the next edit brings the whole project
	}
	if p.ctx.Err() == nil {
		p.session.projectChanged(p, old, state)
	}
}

// sameFile reports whether two files are the same to whoever reads them.
func sameFile(a, b *parser.File) bool {
	return a == b || a.Path == b.Path && a.Source.String() == b.Source.String() && !a.Unsettled() && !b.Unsettled()
}

func (p *project) analyze(generation uint64, code []*parser.File, data map[string]string, old *analyzers.Project) (*analyzers.Project, error) {
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	p.mu.Lock()
	if p.wanted != generation {
		cancel()
	}
	p.cancel = cancel
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.cancel = nil
		p.mu.Unlock()
	}()
	in := analyzers.Sources{Files: code, Data: data, Config: p.config}
	state, err := p.session.opts.Engine.AnalyzeProject(ctx, in, old)
	if err == nil {
		p.last = in
	}
	return state, err
}

func (p *project) config(name string) *config.Config {
	cfg, _ := p.session.configs.For(p.path(name))
	return cfg
}

// path is the absolute path of a file of the project, and the name of a document without one.
func (p *project) path(name string) string {
	if p.root == "" {
		return filepath.FromSlash(name)
	}
	return filepath.Join(p.root, filepath.FromSlash(name))
}

// finish wakes those who wait for a change.
func (p *project) finish(generation uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = generation
	close(p.changed)
	p.changed = make(chan struct{})
}

// wait waits until all that has changed so far is analysed and published, or the project ends.
func (p *project) wait(ctx context.Context) error {
	p.mu.Lock()
	generation := p.wanted
	p.mu.Unlock()
	for {
		p.mu.Lock()
		done, changed := p.done, p.changed
		p.mu.Unlock()
		if done >= generation {
			return nil
		}
		select {
		case <-changed:
		case <-p.ctx.Done():
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
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

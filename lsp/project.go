package lsp

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers"
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
	modules *workspace.Modules // has a lock of its own
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
	p.updateModules(pending)
	p.read(pending)
	code, data := p.source.Files()
	paths := p.source.Paths()
	if old != nil && slices.EqualFunc(code, p.last.Files, sameFile) && maps.Equal(data, p.last.Data) && slices.Equal(paths, p.last.Paths) {
		return
	}
	var state *analyzers.Project
	if state, err = p.analyze(generation, analyzers.Sources{Files: code, Data: data, Paths: paths, Config: p.config}, old); err != nil {
		return
	}
	p.mu.Lock()
	p.state = state
	p.mu.Unlock()
	if old == nil {
		parser.ReleaseMemory() // reading the project took several times what stays
	}
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

func (p *project) analyze(generation uint64, in analyzers.Sources, old *analyzers.Project) (*analyzers.Project, error) {
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

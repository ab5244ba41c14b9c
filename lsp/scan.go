package lsp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/workspace"
)

const scanTitle = "Checking the workspace"

// scan is what is known about files that are not open.
type scan struct {
	mu      sync.Mutex
	asked   bool               // by a command, whatever the configuration says
	files   map[string]scanned // by absolute path
	changed chan struct{}      // closed, and made anew, when there may be something new to pull
}

// scanned are the findings of a file on disk.
type scanned struct {
	// waits reports that comments in the file may be called unused once its project is known.
	waits    bool
	size     int64
	modified time.Time
	config   *config.Config
	name     string // see place
	uri      protocol.DocumentUri
	id       string // of items
	items    []protocol.Diagnostic
	project  []diagnostics.Finding // of the project's checks
	joins    bool                  // more of them may come of what the project knows
	known    []any                 // what it knew; see analyzers.Project.Known
	custom   *sast.Custom          // the rules of users that it was checked with
	policies *policy.Set           // the policies that have judged it
	// modules are those of the project where findings may rest on them, as of a generation.
	modules    *workspace.Modules
	generation uint64
}

// scanWanted reports whether files that are not open are to be shown.
func (s *session) scanWanted() bool {
	if s.opts.Files == nil {
		return false
	}
	s.scan.mu.Lock()
	asked := s.scan.asked
	s.scan.mu.Unlock()
	if asked {
		return true
	}
	for _, f := range s.workspaceFolders() {
		if c, _ := s.configs.For(filepath.Join(f.path, config.FileName)); c.LSP.WorkspaceScan {
			return true
		}
	}
	return false
}

// scanIfWanted scans the workspace in the background, for clients that are pushed to. The
// others are told to pull.
func (s *session) scanIfWanted() {
	s.workspaceChanged()
	if s.client.pulls() || !s.scanWanted() {
		return
	}
	s.spawn("scan of the workspace", func(ctx context.Context) error {
		_, err := s.scanWorkspace(ctx, s.begin(ctx, nil, scanTitle), func(scanned) {})
		if errors.Is(err, context.Canceled) {
			return nil // by the user
		}
		return err
	})
}

// workspaceChanged wakes pulls of the whole workspace.
func (s *session) workspaceChanged() {
	s.scan.mu.Lock()
	defer s.scan.mu.Unlock()
	close(s.scan.changed)
	s.scan.changed = make(chan struct{})
}

// scanWorkspace analyses all files of the workspace that are not open, with half of the
// processors, and publishes or yields what it finds. yield is called by one goroutine at a
// time. It returns how many files there were.
func (s *session) scanWorkspace(ctx context.Context, w *work, yield func(scanned)) (total int, err error) {
	ctx = w.context(ctx)
	var paths []string
	for _, f := range s.workspaceFolders() {
		for path := range s.opts.Files(ctx, f.path) {
			paths = append(paths, f.unresolved(path))
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)

	queue := make(chan string)
	var mu sync.Mutex
	var workers sync.WaitGroup
	done := 0
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		workers.Go(func() {
			for path := range queue {
				f, ok := s.scanFile(ctx, path)
				mu.Lock()
				done++
				w.report(done, len(paths))
				if ok {
					yield(f)
				}
				mu.Unlock()
			}
		})
	}
feed:
	for _, path := range paths {
		select {
		case queue <- path:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	workers.Wait()
	if ctx.Err() != nil {
		w.end("Cancelled")
		return len(paths), ctx.Err()
	}
	s.forgetFiles(paths)
	w.end(fmt.Sprintf("%d files checked", len(paths)))
	return len(paths), nil
}

// scanFile brings what is known about a file up to date. ok is false for a file that is open
// or can't be read.
func (s *session) scanFile(ctx context.Context, path string) (f scanned, ok bool) {
	var failed error
	defer s.guard.recover("scan", &failed)
	if ctx.Err() != nil || s.openPath(path) != nil {
		return f, false
	}
	info, err := os.Stat(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			s.forget(path)
		}
		return f, false
	}
	cfg, _ := s.configs.For(path)
	folder, name := place(cfg.Root, s.workspaceFolders(), path)
	var state *analyzers.Project
	if folder != "" {
		state = s.projectIn(folder, "").result()
	}
	around, policies := s.around(folder, cfg), s.opts.Policies.For(folder, cfg)
	s.scan.mu.Lock()
	f, known := s.scan.files[path]
	s.scan.mu.Unlock()
	if known && f.custom == around.Custom && f.policies == policies && (f.modules == nil || f.modules.Generation() == f.generation) && !(f.waits && state != nil) && !f.isOutdated(state) && slices.EqualFunc(f.project, findings(state, name), sameFinding) && f.size == info.Size() && f.modified.Equal(info.ModTime()) && f.config == cfg && f.name == name {
		s.pushFile(path, f) // it may have been open since
		return f, true
	}
	t, err := workspace.Read(path, cfg.Check.MaxFileSize)
	if err != nil || cfg.Excluded(path) {
		s.forget(path) // it is too large now, or no text
		return f, false
	}
	modules, _ := around.Modules.(*workspace.Modules)
	generation := modules.Generation()
	d := &document{uri: uriOf(path), path: path, folder: folder, name: name}
	a, err := s.opts.Engine.Analyze(ctx, parser.Parse(name, "", t), around, nil)
	if err != nil {
		return f, false
	}
	a = a.Complete(state, s.judgeFile(ctx, d, policies, a.Join(state)))
	f = scanned{waits: state == nil && strings.Contains(t.String(), "qodacode:ignore"), project: findings(state, name), joins: a.Joins(), known: state.Known(), size: info.Size(), modified: info.ModTime(), config: cfg, name: name, uri: d.uri, items: s.diagnostics(d, a)}
	f.id, f.custom, f.policies = resultID(f.items), around.Custom, policies
	if a.UsesModules {
		f.modules, f.generation = modules, generation
	}
	s.scan.mu.Lock()
	s.scan.files[path] = f
	s.scan.mu.Unlock()
	if folder != "" {
		if state := s.projectIn(folder, "").result(); f.waits && state != nil || f.isOutdated(state) { // it has been read meanwhile
			return s.scanFile(ctx, path)
		}
	}
	s.pushFile(path, f)
	return f, true
}

// pushFile publishes a file that is not open.
func (s *session) pushFile(path string, f scanned) {
	if s.client.pulls() || !s.scanWanted() {
		return
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	if s.openPath(path) == nil && (len(f.items) > 0 || s.published[f.uri] != "") {
		s.publish(f.uri, nil, f.items)
	}
}

// rescan looks again at files that have changed on disk. A file that was not seen before may
// be one that is to be left out, which only a walk of the workspace can tell.
func (s *session) rescan(paths []string) {
	if !s.scanWanted() {
		return
	}
	s.spawn("scan of changed files", func(ctx context.Context) error {
		defer s.workspaceChanged()
		for _, path := range paths {
			s.scan.mu.Lock()
			_, known := s.scan.files[path]
			s.scan.mu.Unlock()
			if !known && s.openPath(path) == nil {
				_, err := s.scanWorkspace(ctx, nil, func(scanned) {})
				return err
			}
			s.scanFile(ctx, path)
		}
		return nil
	})
}

// isOutdated reports whether a state of its project knows other things than f rests on.
func (f *scanned) isOutdated(state *analyzers.Project) bool {
	return f.joins && !slices.Equal(f.known, state.Known())
}

// waiting are the files below root that wait for a state of their project.
func (s *session) waiting(root string, state *analyzers.Project) (paths []string) {
	s.scan.mu.Lock()
	for path, f := range s.scan.files {
		if rel, err := filepath.Rel(root, path); (f.waits || f.isOutdated(state)) && err == nil && filepath.IsLocal(rel) {
			paths = append(paths, path)
		}
	}
	s.scan.mu.Unlock()
	return slices.DeleteFunc(paths, func(path string) bool { return s.openPath(path) != nil })
}

// forgetFiles drops all files that are not among paths, which are sorted.
func (s *session) forgetFiles(paths []string) {
	s.scan.mu.Lock()
	var gone []string
	for path := range s.scan.files {
		if _, found := slices.BinarySearch(paths, path); !found {
			gone = append(gone, path)
		}
	}
	s.scan.mu.Unlock()
	for _, path := range gone {
		s.forget(path)
	}
}

// forget drops a file that is gone.
func (s *session) forget(path string) {
	s.scan.mu.Lock()
	f, known := s.scan.files[path]
	delete(s.scan.files, path)
	s.scan.mu.Unlock()
	if known && s.openPath(path) == nil {
		s.clear(f.uri)
	}
}

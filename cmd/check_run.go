package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// checkRun analyses the files of one `qodacode check` on all processors.
type checkRun struct {
	env      Env
	engine   *analyzers.Engine
	loader   *config.Loader
	custom   *sast.Sources
	policies *policy.Host
	progress *progress
	started  time.Time

	mu       sync.Mutex
	files    []diagnostics.FileReport // with findings or suppressed ones
	failOn   map[string]diagnostics.Severity
	read     int
	seen     map[string]bool // displayed paths of the files that were read
	notes    []string
	problems []string
	failed   error               // for which nothing can be reported
	known    map[string]bool     // problems that were told
	configs  map[string]settings // by folder
	projects map[string]*project // by their folder
	modules  map[string]*workspace.Modules
	users    map[*sast.Custom]string // the rules of users that ran, with the folder that their files are relative to
	sets     map[*policy.Set]*judgedSet
	related  map[string]*text.Text // of files that findings in others speak of, by displayed path
}

// input is a file to check.
type input struct {
	path  string // absolute
	named bool   // on the command line
	arg   string // the folder that was named, or that of the file
}

// all checks what args name.
func (r *checkRun) all(ctx context.Context, args []string) error {
	r.begin()
	inputs, err := r.inputs(ctx, args)
	if err != nil {
		return err
	}
	if err := r.readProjects(ctx, inputs); err != nil {
		return err
	}
	queue := make(chan input)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for in := range queue {
				r.file(ctx, in)
				r.progress.step(len(inputs))
			}
		})
	}
	for _, in := range inputs {
		if ctx.Err() != nil {
			break
		}
		queue <- in
	}
	close(queue)
	workers.Wait()
	slices.SortFunc(r.files, func(a, b diagnostics.FileReport) int { return cmp.Compare(a.Path, b.Path) })
	r.addRuleFiles()
	if err := r.addPolicyFiles(ctx); err != nil {
		return err
	}
	if r.failed != nil {
		return r.failed
	}
	r.addRelated()
	r.progress.end()
	slices.Sort(r.notes)
	slices.Sort(r.problems)
	return ctx.Err()
}

// begin makes what a run collects.
func (r *checkRun) begin() {
	r.started = r.env.Now()
	r.failOn, r.seen = map[string]diagnostics.Severity{}, map[string]bool{}
	r.known, r.configs = map[string]bool{}, map[string]settings{}
	r.projects, r.related = map[string]*project{}, map[string]*text.Text{}
}

// inputs lists the files that args name, each once.
func (r *checkRun) inputs(ctx context.Context, args []string) ([]input, error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	var inputs []input
	added := map[string]bool{}
	add := func(path string, named bool, arg string) {
		if !added[path] {
			added[path] = true
			inputs = append(inputs, input{path, named, arg})
		}
	}
	for _, arg := range args {
		path := absolute(r.env.Dir, arg)
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("there is no file or folder %s", arg)
		case err != nil:
			return nil, err
		case !info.IsDir():
			add(path, true, filepath.Dir(path))
			continue
		}
		for file := range workspace.Files(ctx, path, func(p string) bool { return r.config(p).Excluded(p) }) {
			add(file, false, path)
		}
	}
	return inputs, ctx.Err()
}

// config is the configuration of a file that is checked. What is wrong with it is told.
func (r *checkRun) config(path string) *config.Config {
	c := r.lookUp(path)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range c.problems {
		if line := r.describe(p); !r.known[line] {
			r.known[line] = true
			r.problems = append(r.problems, line)
		}
	}
	return c.Config
}

// settings are a configuration with what is wrong with it.
type settings struct {
	*config.Config
	problems []config.Problem
}

// lookUp is the configuration of any file. All files of a folder share one.
func (r *checkRun) lookUp(path string) settings {
	dir := filepath.Dir(path)
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.configs[dir]
	if !ok {
		c.Config, c.problems = r.loader.For(path)
		r.configs[dir] = c
	}
	return c
}

func (r *checkRun) describe(p config.Problem) string {
	if p.Text == nil {
		return fmt.Sprintf("%s: %s", r.shown(p.Path), p.Message)
	}
	at := p.Text.Position(p.Span.Start, text.UTF32)
	return fmt.Sprintf("%s:%d:%d: %s", r.shown(p.Path), at.Line+1, at.Column+1, p.Message)
}

// shown is a path as people and reports see it: relative to the working directory where it is below it.
func (r *checkRun) shown(path string) string { return relativeTo(r.env.Dir, path) }

func relativeTo(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

// file checks one file. Should it make qodacode fail, the others are checked all the same.
func (r *checkRun) file(ctx context.Context, in input) {
	cfg := r.config(in.path)
	shown := r.shown(in.path)
	defer func() {
		if p := recover(); p != nil {
			// A panic's text may hold a piece of the file: only its type is told.
			r.note(fmt.Sprintf("%s was not checked: qodacode failed on it (%T); please report it", shown, p))
		}
	}()
	src, err := workspace.Read(in.path, cfg.Check.MaxFileSize)
	if err != nil {
		if !errors.Is(err, workspace.ErrBinary) || in.named {
			r.note(shown + " was not read: " + reason(err))
		}
		return
	}
	a, root, err := r.analysis(ctx, in, cfg, src)
	if err != nil {
		if ctx.Err() == nil {
			r.mu.Lock()
			r.failed = err
			r.mu.Unlock()
		}
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read++
	r.seen[shown] = true
	if len(a.Findings)+len(a.Suppressed) > 0 {
		r.showRelated(r.projects[root], root, a.Findings)
		r.files = append(r.files, diagnostics.FileReport{Path: shown, Text: src, Findings: a.Findings, Suppressed: a.Suppressed, Secrets: a.Secrets})
		r.failOn[shown], _ = diagnostics.ParseSeverity(cfg.Check.FailOn)
	}
}

// analysis is that of one file in its project, whose folder is root, judged by the policies.
func (r *checkRun) analysis(ctx context.Context, in input, cfg *config.Config, src *text.Text) (a *analyzers.Analysis, root string, err error) {
	root = r.rootOf(in)
	name := relativeTo(root, in.path)
	p := r.projects[root]
	around := r.around(root, cfg)
	f := p.file(name, src)
	if f == nil {
		f = r.modulesOf(root).Parsed(name, src)
	}
	if f == nil {
		f = parser.Parse(name, "", src)
	}
	if a, err = r.engine.Analyze(ctx, f, around, nil); err != nil {
		return nil, root, err
	}
	if p != nil {
		a = a.Join(p.analysis)
	}
	a, err = r.judged(ctx, root, cfg, a)
	return a, root, err
}

// reason is err without the path that the note begins with.
func reason(err error) string {
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.Is(err, workspace.ErrTooLarge):
		return workspace.ErrTooLarge.Error()
	}
	return errors.Unwrap(err).Error()
}

func (r *checkRun) note(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, s)
}

// visited reports whether a file took part in the run; those that were deleted since the
// baseline was written count as visited, so that their findings are counted as gone.
func (r *checkRun) visited(shown string) bool {
	if r.seen[shown] {
		return true
	}
	_, err := os.Stat(absolute(r.env.Dir, filepath.FromSlash(shown)))
	return errors.Is(err, fs.ErrNotExist)
}

// fails reports whether a finding reaches what the configuration of its file calls a failure.
func (r *checkRun) fails(files []diagnostics.FileReport) bool {
	for _, f := range files {
		limit := r.failOn[f.Path]
		for _, d := range f.Findings {
			if limit != diagnostics.Off && d.Severity >= limit {
				return true
			}
		}
	}
	return false
}

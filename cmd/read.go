package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/workspace"
)

// colors are the values of --color.
var colors = []string{"auto", "always", "never"}

// colored is what --color asks for.
func colored(env Env, flag string) bool {
	return flag == "always" || flag == "auto" && diagnostics.UseColor(env.OutTerminal, env.Getenv)
}

// oneOf is the error of a flag that has none of its values.
func oneOf(flag, value string, values ...string) error {
	if slices.Contains(values, value) {
		return nil
	}
	return fmt.Errorf("%s is %q; use %s or %s", flag, value, strings.Join(values[:len(values)-1], ", "), values[len(values)-1])
}

// folderConfigs are the configurations of folders; all files of a folder share one.
type folderConfigs struct {
	loader *config.Loader
	mu     sync.Mutex
	of     map[string]*config.Config
}

// newConfigs looks configurations up; pinned is the file that --config names, "" for none.
func newConfigs(env Env, pinned string) (*folderConfigs, error) {
	loader, err := newLoader(env, pinned)
	if err != nil {
		return nil, err
	}
	return &folderConfigs{loader: loader, of: map[string]*config.Config{}}, nil
}

func (c *folderConfigs) config(path string) *config.Config {
	dir := filepath.Dir(path)
	c.mu.Lock()
	defer c.mu.Unlock()
	if cfg, ok := c.of[dir]; ok {
		return cfg
	}
	cfg, _ := c.loader.For(path)
	c.of[dir] = cfg
	return cfg
}

// readProject is the part of a project around a file or folder that has to do with models.
type readProject struct {
	root   string // absolute; the files' paths are relative to it
	named  string // the file or folder that was asked for, relative to root with slashes; "." for all
	isFile bool   // named is a file
	files  []*parser.File
	data   map[string]string
}

// asked reports whether a file, by its path in the project, is one that was asked for.
func (p *readProject) asked(path string) bool {
	return p.named == "." || path == p.named || strings.HasPrefix(path, p.named+"/")
}

func (p *readProject) reading() agents.Reading {
	project := agents.NewProject(p.files, p.data)
	return agents.Reading{Project: project, Graphs: agents.Extract(project)}
}

// readAround reads a file or folder, named as arg, with what it imports from its project;
// with wholly set all of the project, so that callers of the named code are known.
func readAround(ctx context.Context, path, arg string, wholly bool, configs *folderConfigs) (*readProject, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file or folder %s", arg)
	case err != nil:
		return nil, err
	}
	dir := path
	if !info.IsDir() {
		dir = filepath.Dir(path)
	}
	// A folder that is a link is read as what it leads to, as walks do.
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		if info.IsDir() {
			path = real
		} else {
			path = filepath.Join(real, filepath.Base(path))
		}
		dir = real
	}
	p := &readProject{root: workspace.Root(dir), isFile: !info.IsDir()}
	walked := p.root
	if info.IsDir() && !wholly {
		walked = dir
	}
	files := workspace.Manifests(p.root, dir)
	seen := false
	for file := range workspace.Files(ctx, walked, func(f string) bool { return configs.config(f).Excluded(f) }) {
		files = append(files, file)
		seen = seen || file == path
	}
	if !info.IsDir() && !seen {
		files = append(files, path)
	}
	project := workspace.NewProject(p.root, workspace.NewWords(agents.Words()), func(f string) int { return configs.config(f).Check.MaxFileSize })
	if err := project.Load(ctx, files); err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(p.root, path)
	if err != nil {
		return nil, err
	}
	p.named = filepath.ToSlash(rel)
	p.files, p.data = project.Files()
	return p, nil
}

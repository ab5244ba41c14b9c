package cmd

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// project is one project that files to check belong to.
type project struct {
	analysis *analyzers.Project
	files    map[string]*parser.File // by their path in the project; parsed for the analysis
}

// file is a file that was parsed already, nil when it was not or has changed since.
func (p *project) file(name string, src *text.Text) *parser.File {
	if p == nil || p.files[name] == nil || p.files[name].Source.String() != src.String() {
		return nil
	}
	return p.files[name]
}

// rootOf is the folder of the project that a file belongs to: that of its qodacode.toml;
// without one the working directory, as an editor has its workspace folder; for a file
// outside of these the folder that was named.
func (r *checkRun) rootOf(in input) string {
	for _, root := range []string{r.lookUp(in.path).Root, r.env.Dir} {
		if rel, err := filepath.Rel(root, in.path); root != "" && err == nil && filepath.IsLocal(rel) {
			return root
		}
	}
	return in.arg
}

// maxUnmarked is how many files a working directory may have that nothing marks as a project:
// it may be anything, such as a home folder.
const maxUnmarked = 2000

// isMarked reports whether something tells that a folder is a project: a repository around
// it, or a qodacode.toml or a manifest in it.
func (r *checkRun) isMarked(root string) bool {
	for at := root; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return true
		}
		if filepath.Dir(at) == at {
			break
		}
	}
	return len(workspace.Manifests(root, root)) > 0 || filepath.Dir(r.lookUp(filepath.Join(root, config.FileName)).Path) == root
}

// whole lists all files of a project, however few of them are to be checked, so that a file
// has the same findings alone and with the others. ok is false for what may be no project.
func (r *checkRun) whole(ctx context.Context, root string) (files []string, ok bool) {
	marked := r.isMarked(root)
	for file := range workspace.Files(ctx, root, func(p string) bool { return r.lookUp(p).Excluded(p) }) {
		if len(files) == maxUnmarked && !marked {
			return nil, false
		}
		if r.rootOf(input{path: file, arg: root}) == root {
			files = append(files, file)
		}
	}
	return files, true
}

// readProjects analyses the projects of inputs, if a family that is asked for needs that.
func (r *checkRun) readProjects(ctx context.Context, inputs []input) error {
	if !r.engine.WantsProjects() {
		return ctx.Err()
	}
	byRoot := map[string][]string{}
	walked := map[string]bool{} // the folders that were named as a whole
	for _, in := range inputs {
		root := r.rootOf(in)
		byRoot[root] = append(byRoot[root], in.path)
		if !in.named {
			walked[in.arg] = true
		}
	}
	for root, files := range byRoot {
		if !walked[root] {
			if all, ok := r.whole(ctx, root); ok {
				files = append(files, all...)
				slices.Sort(files)
				files = slices.Compact(files)
			}
		}
		if err := r.readProject(ctx, root, files); err != nil {
			return err
		}
	}
	return nil
}

func (r *checkRun) readProject(ctx context.Context, root string, files []string) error {
	source := workspace.NewProject(root, workspace.NewWords(agents.Words()), func(p string) int { return r.lookUp(p).Check.MaxFileSize })
	if err := source.Load(ctx, files); err != nil {
		return err
	}
	code, data := source.Files()
	analysis, err := r.engine.AnalyzeProject(ctx, analyzers.Sources{Files: code, Data: data, Paths: source.Paths(), Config: r.configIn(root)}, nil)
	if err != nil {
		return err
	}
	p := &project{analysis: analysis, files: make(map[string]*parser.File, len(code))}
	for _, f := range code {
		p.files[f.Path] = f
	}
	r.projects[root] = p
	return nil
}

// configIn finds the configuration of a file of a project.
func (r *checkRun) configIn(root string) func(name string) *config.Config {
	return func(name string) *config.Config {
		return r.lookUp(filepath.Join(root, filepath.FromSlash(name))).Config
	}
}

// showRelated names the other files that findings speak of as the report does, and keeps
// their text for it. r.mu is held.
func (r *checkRun) showRelated(p *project, root string, findings []diagnostics.Finding) {
	for _, f := range findings {
		for i, related := range f.Related {
			if related.Path == "" {
				continue
			}
			shown := r.shown(absolute(root, filepath.FromSlash(related.Path)))
			f.Related[i].Path = shown
			t := r.modules[root].Source(related.Path)
			if p != nil && t == nil {
				t = p.analysis.Source(related.Path)
			}
			if t != nil {
				r.related[shown] = t
			}
		}
	}
}

// addRelated gives the report the texts of files that only findings in other files speak of.
func (r *checkRun) addRelated() {
	for _, f := range r.files {
		delete(r.related, f.Path)
	}
	for _, path := range slices.Sorted(maps.Keys(r.related)) {
		r.files = append(r.files, diagnostics.FileReport{Path: path, Text: r.related[path]})
	}
}

package lsp

import (
	"path/filepath"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// around is what is around a file of a folder, "" for a document outside all of them.
func (s *session) around(folder string, cfg *config.Config) analyzers.Around {
	around := analyzers.Around{Config: cfg, Custom: s.opts.Rules.For(folder, cfg)}
	if folder != "" {
		around.Modules = s.projectIn(folder, "").modules
	}
	return around
}

func (p *project) newModules() *workspace.Modules {
	return workspace.NewModules(p.root, func(path string) int {
		cfg, _ := p.session.configs.For(path)
		return cfg.Check.MaxFileSize
	})
}

// updateModules takes new versions of files, nil for what is on disk. Where others import one
// of them, what rests on that is looked at again.
func (p *project) updateModules(pending map[string]*parser.File) {
	changed := false
	for name, f := range pending {
		var src *text.Text
		if f != nil {
			src = f.Source
		}
		changed = p.modules.Edited(name, src) || changed
	}
	if changed {
		p.session.renewImporters(p)
	}
}

// renewImporters analyses again what may rest on other files of the project.
func (s *session) renewImporters(p *project) {
	for _, v := range s.heads() {
		if s.project(v.document) != p {
			continue
		}
		v.mu.Lock()
		r := v.run
		v.mu.Unlock()
		if r != nil {
			s.background.Go(func() {
				if <-r.done; r.err == nil && r.analysis.UsesModules {
					s.again(v, r)
				}
			})
		}
	}
	var paths []string
	s.scan.mu.Lock()
	for path, f := range s.scan.files {
		if f.modules == p.modules {
			paths = append(paths, path)
		}
	}
	s.scan.mu.Unlock()
	if len(paths) > 0 {
		s.rescan(paths)
	}
}

// again analyses a version once more, after something beside its text has changed.
func (s *session) again(v *version, before *run) {
	a, err := s.compute(v, func(*text.Text) *parser.File { return before.analysis.File })
	if err != nil {
		return
	}
	v.mu.Lock()
	if v.run == before {
		v.run = &run{done: before.done, analysis: a}
	}
	v.mu.Unlock()
	s.push(v, a)
	v.judging.forget()
	s.judge(v.document)
	if s.client.pulls() && resultID(s.diagnostics(v.document, a)) != resultID(s.diagnostics(v.document, before.analysis)) {
		s.refreshClient()
	}
}

// rulesChanged takes a file in which rules of users may stand; src is what an editor has, nil
// for what is on disk. Its rules hold when nothing more is typed for a moment.
func (s *session) rulesChanged(path string, src *text.Text) {
	if s.opts.Rules == nil || path == "" || !s.opts.Rules.Changed(filepath.Clean(path), src) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.renewal != nil {
		s.renewal.Reset(pause)
		return
	}
	s.renewal = time.AfterFunc(pause, func() {
		s.background.Go(func() {
			s.renewAll()
			s.scanIfWanted()
		})
	})
}

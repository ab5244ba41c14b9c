package cmd

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/workspace"
)

// newSources reads the rules of users, those in named files and folders too.
func newSources(env Env, named []string) (*sast.Sources, error) {
	s := &sast.Sources{Log: logger(env)}
	for _, name := range named {
		path := absolute(env.Dir, name)
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("--rules: there is no file or folder %s", name)
		}
		s.Extra = append(s.Extra, path)
	}
	return s, nil
}

// around is what is around the files of a project.
func (r *checkRun) around(root string, cfg *config.Config) analyzers.Around {
	custom := r.custom.For(root, cfg)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.modules == nil {
		r.modules, r.users = map[string]*workspace.Modules{}, map[*sast.Custom]string{}
	}
	if custom != nil {
		r.users[custom] = root
	}
	m := r.modules[root]
	if m == nil {
		m = workspace.NewModules(root, func(path string) int { return r.lookUp(path).Check.MaxFileSize })
		if p := r.projects[root]; p != nil {
			m.Known = func(name string) *parser.File { return p.files[name] }
		}
		r.modules[root] = m
	}
	return analyzers.Around{Config: cfg, Modules: m, Custom: custom}
}

// rules are all rules that ran.
func (r *checkRun) rules() *diagnostics.Set {
	set := r.engine.Rules()
	for custom := range r.users {
		set = custom.Over(set)
	}
	for policies := range r.sets {
		set = policies.Over(set)
	}
	return set
}

// addRuleFiles reports what is wrong in rules of users whose files are not among those that
// were checked.
func (r *checkRun) addRuleFiles() {
	for custom, root := range r.users {
		for _, f := range custom.Files() {
			if path := absolute(root, filepath.FromSlash(f.Path)); !r.seen[r.shown(path)] {
				r.addFile(path, f.Text, diagnostics.RuleRule, custom.Problems(f.Path))
			}
		}
	}
}

// modulesOf are the modules of a project, nil before one of its files was checked.
func (r *checkRun) modulesOf(root string) *workspace.Modules {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.modules[root]
}

// Package policy holds the policies of projects: where they are read from, which hold for a
// file, and what they say of it.
package policy

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// Folder is where a project's policies are found by themselves, below the project's folder.
const Folder = ".qodacode/policies"

// Prefix begins the ids of policies.
const Prefix = "POLICY-"

// Options are what a Host needs.
type Options struct {
	Sandbox *sandbox.Client // in which all policies are compiled and run
	User    string          // the folder of the user's own policies; "" for none
	// Only are folders and files whose policies alone hold; none for those of the project, the user and the configuration.
	Only []string
	Log  *slog.Logger // nil: nothing is logged
}

// Host reads the policies of projects and keeps them. It is safe for concurrent use. A nil
// Host has none.
type Host struct {
	opts Options

	mu   sync.Mutex
	sets map[string]*Set       // by the project's folder and what its configuration says
	read map[string]*text.Text // by absolute path: the files that were read; nil for what else was named
	open map[string]*text.Text // what an editor has
	told map[string]bool       // messages that were logged
}

// NewHost is a host; nothing is read yet.
func NewHost(opts Options) *Host {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Host{opts: opts, sets: map[string]*Set{}, read: map[string]*text.Text{}, open: map[string]*text.Text{}, told: map[string]bool{}}
}

// Sandbox is where the host's policies run.
func (h *Host) Sandbox() *sandbox.Client { return h.opts.Sandbox }

// For are the policies for the files of a project, whose folder is root, "" for none; nil when
// there are none. What was read stays until Changed is called.
func (h *Host) For(root string, cfg *config.Config) *Set {
	if h == nil {
		return nil
	}
	key := keyOf(root, cfg)
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.sets[key]
	if !ok {
		s = h.newSet(root, cfg)
		h.sets[key] = s
	}
	if len(s.set.Modules) == 0 {
		return nil
	}
	return s
}

// keyOf names what the policies of a project depend on.
func keyOf(root string, cfg *config.Config) string {
	key, err := json.Marshal([]any{root, cfg.Policy.Enable, cfg.Policy.Paths, cfg.Policy.Params})
	if err != nil {
		return root // parameters are plain data: they can be written
	}
	return string(key)
}

// Set is the policies for the files of one project, as they were at one moment.
type Set struct {
	host  *Host
	set   rego.Set
	files []File

	loading sync.Mutex // one compilation at a time

	mu        sync.Mutex // guards what follows; never held while compiling, since typing asks for it
	loaded    *sandbox.Loaded
	rules     []diagnostics.Rule
	byID      map[string]rego.Policy
	base, all *diagnostics.Set // see Over
}

// Partial reports whether there may be policies whose rules the set does not know: one can't
// be used, or only some were asked for.
func (s *Set) Partial() bool {
	if s == nil {
		return false
	}
	if len(s.host.opts.Only) > 0 {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loaded == nil || slices.ContainsFunc(s.loaded.Problems, func(p rego.Problem) bool { return p.Severity == "error" })
}

// File is a file of Rego.
type File struct {
	Path string // as its problems name it: relative to the project with slashes where it is in it
	Abs  string // where it is; "" for what comes with qodacode
	Text *text.Text
}

// Modules are the policies and their tests, for the sandbox.
func (s *Set) Modules() rego.Set { return s.set }

// Files are the files that the set was read from.
func (s *Set) Files() []File { return s.files }

// File is the file of that name; ok is false when the set has none.
func (s *Set) File(path string) (f File, ok bool) {
	for _, f := range s.files {
		if f.Path == path {
			return f, true
		}
	}
	return File{}, false
}

// Load compiles the set, once. The error is ctx's, or that there is no sandbox.
func (s *Set) Load(ctx context.Context) (*sandbox.Loaded, error) {
	s.loading.Lock()
	defer s.loading.Unlock()
	s.mu.Lock()
	known := s.loaded
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	loaded, err := s.host.opts.Sandbox.Load(ctx, s.set)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaded, s.byID = loaded, map[string]rego.Policy{}
	for _, p := range loaded.Policies {
		s.byID[p.ID] = p
		s.rules = append(s.rules, ruleOf(p))
	}
	return loaded, nil
}

// Over are the rules of base and those of the policies, once they are loaded.
func (s *Set) Over(base *diagnostics.Set) *diagnostics.Set {
	if s == nil {
		return base
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.loaded == nil {
		return base
	}
	if s.base != base {
		s.base, s.all = base, base.With(s.rules)
	}
	return s.all
}

// Eval runs the policies on a document of facts, which was written as JSON.
func (s *Set) Eval(ctx context.Context, document json.RawMessage) (*sandbox.Evaluation, error) {
	loaded, err := s.Load(ctx)
	if err != nil {
		return nil, err
	}
	return s.host.opts.Sandbox.Eval(ctx, loaded.ID, document)
}

// JSON writes a document for Eval.
func JSON(doc *facts.Document) (json.RawMessage, error) { return json.Marshal(doc) }

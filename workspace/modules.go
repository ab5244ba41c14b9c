package workspace

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// maxModules is how many imported files of one project are kept parsed.
const maxModules = 1000

// Modules finds the files of a project that others import, and parses them when they are
// asked for. Unlike Project it knows beforehand which file is meant: it follows the module
// systems' own rules. Its methods may be called by several goroutines.
type Modules struct {
	// Known gives a file that was parsed already as it is on disk, or nil; Known itself may be nil.
	Known func(name string) *parser.File

	root  string
	limit func(path string) int

	mu     sync.Mutex            // never held while files are looked for or parsed
	open   map[string]*text.Text // by name: what an editor has
	found  map[moduleKey]*lookedUp
	parsed map[string]*module // by name
	// generation counts how often all was forgotten.
	generation uint64
}

type moduleKey struct {
	dir, module string
	script      bool
}

// lookedUp is what a module's name means.
type lookedUp struct {
	once sync.Once
	name atomic.Pointer[string] // of a file, "" for what is none of the project; nil until it is known
}

// module is a file that was imported.
type module struct {
	once sync.Once
	file atomic.Pointer[parser.File] // nil for what can't be read
}

// NewModules are the modules of the project below root, "" for none. limit tells how many
// bytes of a file, by its absolute path, are read at most.
func NewModules(root string, limit func(path string) int) *Modules {
	m := &Modules{root: root, limit: limit, open: map[string]*text.Text{}}
	m.forget()
	return m
}

// Generation is another number when what imports gave before may have changed.
func (m *Modules) Generation() uint64 {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.generation
}

func (m *Modules) forget() {
	m.generation++
	m.found, m.parsed = map[moduleKey]*lookedUp{}, map[string]*module{}
}

// Import is the file that a module's name means in a file of the project: Python's dotted
// name, with the dots of a relative one, or JavaScript's specifier. nil where it is no file of the project.
func (m *Modules) Import(from *parser.File, name string) *parser.File {
	if m == nil || m.root == "" || !filepath.IsLocal(filepath.FromSlash(from.Path)) {
		return nil
	}
	key := moduleKey{path.Dir(from.Path), name, from.Language.IsScript()}
	m.mu.Lock()
	l := m.found[key]
	if l == nil {
		l = &lookedUp{}
		m.found[key] = l
	}
	m.mu.Unlock()
	l.once.Do(func() {
		found := m.find(key)
		l.name.Store(&found)
	})
	if file := *l.name.Load(); file != "" && file != from.Path {
		return m.file(file)
	}
	return nil
}

func (m *Modules) file(name string) *parser.File {
	m.mu.Lock()
	f, src := m.parsed[name], m.open[name]
	if f == nil {
		if len(m.parsed) >= maxModules {
			m.mu.Unlock()
			return nil
		}
		f = &module{}
		m.parsed[name] = f
	}
	m.mu.Unlock()
	f.once.Do(func() { f.file.Store(m.parse(name, src)) })
	return f.file.Load()
}

// parse reads a file; src is what an editor has of it, nil for what is on disk.
func (m *Modules) parse(name string, src *text.Text) *parser.File {
	if src == nil && m.Known != nil {
		if f := m.Known(name); f != nil {
			return f
		}
	}
	if src == nil {
		file := filepath.Join(m.root, filepath.FromSlash(name))
		var err error
		if src, err = Read(file, m.limit(file)); err != nil {
			return nil
		}
	}
	return parser.Parse(name, "", src)
}

// Parsed is a file that was imported already, if it has the text src; otherwise nil.
func (m *Modules) Parsed(name string, src *text.Text) *parser.File {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if known := m.parsed[name]; known != nil {
		if f := known.file.Load(); f != nil && f.Source.String() == src.String() {
			return f
		}
	}
	return nil
}

// Source is the text of a file that an import led to, nil where there is none of that name.
func (m *Modules) Source(name string) *text.Text {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if known := m.parsed[name]; known != nil {
		if f := known.file.Load(); f != nil {
			return f.Source
		}
	}
	return nil
}

// Edited takes the text that an editor has of a file; nil: it is as on disk again, where it
// may be new or gone. It reports whether that changes what an import gave: then all files
// are parsed anew, as what is known of one may rest on another.
func (m *Modules) Edited(name string, src *text.Text) (changed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if src == nil {
		delete(m.open, name)
	} else {
		m.open[name] = src
	}
	known := m.parsed[name]
	switch {
	case known == nil && !m.missed(name):
		return false
	case known != nil && src != nil:
		if f := known.file.Load(); f != nil && f.Source.String() == src.String() {
			return false
		}
	}
	m.forget()
	return true
}

// missed reports whether an import that led nowhere would lead to a file of that name.
func (m *Modules) missed(name string) bool {
	for key, l := range m.found {
		if found := l.name.Load(); found != nil && *found != "" {
			continue
		}
		for _, base := range candidates(key) {
			if rest, ok := strings.CutPrefix(name, base); ok && slices.Contains(endings(base, key.script), rest) {
				return true
			}
		}
	}
	return false
}

// find follows the rules of the language.
func (m *Modules) find(key moduleKey) string {
	root, err := os.OpenRoot(m.root) // refuses links that lead out of it
	if err != nil {
		return ""
	}
	defer root.Close()
	is := func(name string) bool {
		info, err := root.Lstat(filepath.FromSlash(name))
		return err == nil && info.Mode().IsRegular()
	}
	for _, base := range candidates(key) {
		if base == ".." || strings.HasPrefix(base, "../") {
			continue
		}
		for _, end := range endings(base, key.script) {
			if name := base + end; is(name) {
				return name
			}
		}
	}
	return ""
}

// candidates are the paths without ending that a module's name may mean, the likeliest first.
func candidates(key moduleKey) []string {
	if key.script {
		switch {
		case strings.HasPrefix(key.module, "."):
			return []string{path.Join(key.dir, key.module)}
		case strings.HasPrefix(key.module, "@/"), strings.HasPrefix(key.module, "~/"):
			rest := key.module[2:]
			var out []string
			for dir := key.dir; ; dir = path.Dir(dir) {
				out = append(out, path.Join(dir, "src", rest), path.Join(dir, rest))
				if dir == "." {
					return out
				}
			}
		}
		return nil // a package
	}
	dots := len(key.module) - len(strings.TrimLeft(key.module, "."))
	name := strings.ReplaceAll(key.module[dots:], ".", "/")
	if dots > 0 {
		dir := key.dir
		for range dots - 1 {
			dir = path.Join(dir, "..")
		}
		return []string{path.Join(dir, name)}
	}
	var out []string // sys.path is not known: the file's folder and those above it, and their src
	for dir := key.dir; ; dir = path.Dir(dir) {
		out = append(out, path.Join(dir, name), path.Join(dir, "src", name))
		if dir == "." {
			return out
		}
	}
}

func endings(base string, script bool) []string {
	if !script {
		return []string{".py", "/__init__.py"}
	}
	out := []string{".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", "/index.ts", "/index.tsx", "/index.js", "/index.mjs"}
	if parser.LanguageOf(base, "").IsCode() {
		out = append([]string{""}, out...)
	}
	return out
}

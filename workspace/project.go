package workspace

import (
	"context"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Project reads the part of a project that has to do with some subject: the code files that
// hold one of its words, the files of the project that these import, directly or not, those
// that import them, and the data files that they are configured by. Others are listed, but
// not kept parsed.
//
// Paths are relative to Root, with slashes. Its methods may be called by several goroutines.
type Project struct {
	Root string // absolute
	// Workers is how many files are read at once; 0: as many as there are processors. Set it before the first use.
	Workers int
	words   *Words
	limit   func(path string) int

	mu     sync.Mutex
	code   map[string]*source
	byTail map[string][]*source // by the last segment of the module path: team of agents/team.py
	data   map[string]string
	edited map[string]bool // data files that an editor has
}

// source is one code file.
type source struct {
	path   string
	about  bool         // it holds one of the words
	needed bool         // it is about the subject, imported by what is, or leads to it
	open   *parser.File // as an editor has it, nil for a file that is not open
	parsed *parser.File // nil until it is needed for the first time
	// tails are the last segments of what it seems to import, of a file that is not about the
	// subject; imports are the names that it does import, nil until they are asked for.
	tails, imports []string
}

// NewProject makes a project below root about words. limit tells how many bytes of a file,
// by its absolute path, are read at most; larger files are left out.
func NewProject(root string, words *Words, limit func(path string) int) *Project {
	return &Project{Root: root, words: words, limit: limit,
		code: map[string]*source{}, byTail: map[string][]*source{}, data: map[string]string{}, edited: map[string]bool{}}
}

// Load reads files, absolute paths below Root, on all processors, and what of the project
// they need. Files that can not be read are left out.
func (p *Project) Load(ctx context.Context, files []string) error {
	type read struct {
		source *source
		data   string
	}
	results := make([]read, len(files))
	p.each(ctx, len(files), func(i int) {
		name, ok := p.name(files[i])
		if !ok {
			return
		}
		switch {
		case parser.LanguageOf(name, "").IsCode():
			if src, err := Read(files[i], p.limit(files[i])); err == nil {
				results[i].source = p.read(name, src)
				if isData(name) {
					results[i].data = src.String()
				}
			}
		case isData(name):
			if src, err := Read(files[i], p.limit(files[i])); err == nil && relevant(name, src.String()) {
				results[i].source, results[i].data = &source{path: name}, src.String()
			}
		}
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range results {
		switch {
		case r.source == nil:
		case parser.LanguageOf(r.source.path, "").IsCode():
			p.add(r.source)
			if isData(r.source.path) && !p.edited[r.source.path] {
				p.data[r.source.path] = r.data
			}
		case !p.edited[r.source.path]:
			p.data[r.source.path] = r.data
		}
	}
	p.complete(ctx)
	return ctx.Err()
}

// name is a path relative to the root.
func (p *Project) name(file string) (string, bool) {
	rel, err := filepath.Rel(p.Root, file)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// read parses a file if it holds one of the words.
func (p *Project) read(name string, src *text.Text) *source {
	s := &source{path: name}
	if s.about = p.isAbout(src.String()); s.about {
		s.parsed = parser.Parse(name, "", src)
	} else {
		s.tails = importTails(name, src.String())
	}
	return s
}

func (p *Project) isAbout(src string) bool { return p.words.in(src) }

func (p *Project) add(s *source) {
	if old := p.code[s.path]; old != nil {
		if old.open == nil { // else the editor knows better than the disk
			*old = *s
		}
		return
	}
	p.code[s.path] = s
	tail := moduleTail(s.path)
	p.byTail[tail] = append(p.byTail[tail], s)
}

// Update takes a version of a file that an editor has. A nil file means that the file is as
// it is on disk again: it is read anew, or dropped when it is gone. Only what changed is parsed.
func (p *Project) Update(ctx context.Context, name string, f *parser.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case f == nil:
		p.reload(name)
	case f.Language.IsCode():
		if isData(name) { // setup.py
			p.edited[name] = true
			p.setData(name, f.Source.String())
		}
		s := p.code[name]
		if s == nil {
			s = &source{path: name}
			p.add(s)
		}
		s.open, s.about, s.parsed = f, p.isAbout(f.Source.String()), f
		s.tails, s.imports = importTails(name, f.Source.String()), nil
	case isData(name):
		p.edited[name] = true
		p.setData(name, f.Source.String())
	}
	p.complete(ctx)
}

func (p *Project) setData(name, src string) {
	delete(p.data, name)
	if relevant(name, src) {
		p.data[name] = src
	}
}

func (p *Project) reload(name string) {
	delete(p.edited, name)
	file := filepath.Join(p.Root, filepath.FromSlash(name))
	src, err := Read(file, p.limit(file))
	isCode := parser.LanguageOf(name, "").IsCode()
	if isCode && isData(name) {
		delete(p.data, name)
		if err == nil {
			p.setData(name, src.String())
		}
	}
	switch {
	case err != nil && isCode:
		tail := moduleTail(name)
		p.byTail[tail] = slices.DeleteFunc(p.byTail[tail], func(s *source) bool { return s.path == name })
		delete(p.code, name)
	case isCode:
		if old := p.code[name]; old != nil {
			old.open = nil
		}
		p.add(p.read(name, src))
	case err == nil && isData(name):
		p.setData(name, src.String())
	default:
		delete(p.data, name)
	}
}

// Has reports whether a file is one that the project listed or keeps.
func (p *Project) Has(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, isData := p.data[name]
	return isData || p.code[name] != nil
}

// Files are the needed files by path and the data files by their path, as they are now.
func (p *Project) Files() (code []*parser.File, data map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.code {
		if s.needed && s.parsed != nil {
			code = append(code, s.parsed)
		}
	}
	slices.SortFunc(code, func(a, b *parser.File) int { return strings.Compare(a.Path, b.Path) })
	data = make(map[string]string, len(p.data))
	for name, content := range p.data {
		data[name] = content
	}
	return code, data
}

// Paths are all code files that the project listed, parsed or not, in order.
func (p *Project) Paths() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.code))
}

// each calls do for 0 to n-1 on as many processors as the project may use, until ctx ends.
func (p *Project) each(ctx context.Context, n int, do func(i int)) {
	limit := p.Workers
	if limit <= 0 {
		limit = runtime.GOMAXPROCS(0)
	}
	indexes := make(chan int)
	var workers sync.WaitGroup
	for range min(n, limit) {
		workers.Go(func() {
			for i := range indexes {
				do(i)
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		indexes <- i
	}
	close(indexes)
	workers.Wait()
}

package workspace

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// moduleTail is the last segment of the name that imports know a file by.
func moduleTail(file string) string {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if base == "__init__" || base == "index" {
		return path.Base(path.Dir(file))
	}
	return base
}

// complete finds what is needed, and parses what of that was not needed before.
func (p *Project) complete(ctx context.Context) {
	var queue []*source
	for _, s := range p.code {
		if s.needed = s.about; s.needed {
			queue = append(queue, s)
		}
	}
	for len(queue) > 0 && ctx.Err() == nil {
		var found, missing []*source
		for _, s := range queue {
			for _, target := range p.targets(s.parsed) {
				if target.needed {
					continue
				}
				target.needed = true
				found = append(found, target)
				if target.parsed == nil {
					missing = append(missing, target)
				}
			}
		}
		p.each(ctx, len(missing), func(i int) { missing[i].parsed = p.parse(missing[i]) })
		queue = found
	}
	p.addCallers(ctx)
}

// parse is s as it is now.
func (p *Project) parse(s *source) *parser.File {
	if s.open != nil {
		return s.open
	}
	file := filepath.Join(p.Root, filepath.FromSlash(s.path))
	src, err := Read(file, p.limit(file))
	if err != nil {
		src = text.New("") // it is gone or has grown; asked for once
	}
	return parser.Parse(s.path, "", src)
}

// targets are files that an import of f could mean: those whose path ends as the module's
// name does. That takes in some too many, which costs a parse, and misses none.
func (p *Project) targets(f *parser.File) []*source {
	var found []*source
	for i := range f.Imports {
		imp := &f.Imports[i]
		for _, name := range moduleNames(f, imp) {
			for _, s := range p.byTail[path.Base(name)] {
				if fits(s.path, name) && s.path != f.Path {
					found = append(found, s)
				}
			}
		}
	}
	return found
}

// moduleNames are the slash-separated ends of paths that an import may name: of
// `from a.b import c` both a/b and a/b/c.
func moduleNames(f *parser.File, imp *parser.Import) []string {
	module := imp.Module
	relative := strings.HasPrefix(module, ".")
	if f.Language.IsScript() {
		if relative {
			module = path.Join(path.Dir(f.Path), module)
		} else {
			module = strings.TrimLeft(module, "@~#/")
		}
		if ext := path.Ext(module); parser.LanguageOf(module, "").IsCode() {
			module = strings.TrimSuffix(module, ext)
		}
		return []string{strings.TrimSuffix(module, "/index")}
	}
	dots := len(module) - len(strings.TrimLeft(module, "."))
	name := strings.ReplaceAll(module[dots:], ".", "/")
	if relative {
		dir := path.Dir(f.Path)
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		name = path.Join(dir, name)
	}
	if imp.Name == "" || imp.Name == "*" {
		return []string{name}
	}
	return []string{name, path.Join(name, imp.Name)}
}

// fits reports whether file, without its extension, ends in the segments of name.
func fits(file, name string) bool {
	file = strings.TrimSuffix(file, path.Ext(file))
	for _, index := range []string{"/__init__", "/index"} {
		file = strings.TrimSuffix(file, index)
	}
	return file == name || strings.HasSuffix(file, "/"+name)
}

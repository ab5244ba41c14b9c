package agents

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/parser"
)

// Project is the files that are read together, with the imports between them. It is
// immutable and safe for concurrent use; With makes the project after an edit.
type Project struct {
	files  []*parser.File // by path
	byPath map[string]*parser.File
	// byTail finds files by the end of their module path: agents/team.py by "team" and "agents/team".
	byTail  map[string][]*parser.File
	data    map[string]string // other files that frameworks read, by path: agents.yaml, pyproject.toml
	modules sync.Map          // what imports name: importKey → *parser.File
}

// NewProject makes a project of code files, whose paths are relative to its root with
// slashes, and of data files such as agents.yaml by their path.
func NewProject(files []*parser.File, data map[string]string) *Project {
	p := &Project{byPath: make(map[string]*parser.File, len(files)), byTail: map[string][]*parser.File{}, data: data}
	p.files = slices.Clone(files)
	slices.SortFunc(p.files, func(a, b *parser.File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range p.files {
		p.byPath[f.Path] = f
		parts := strings.Split(modulePath(f.Path), "/")
		for i := range parts {
			tail := strings.Join(parts[i:], "/")
			p.byTail[tail] = append(p.byTail[tail], f)
		}
	}
	return p
}

// Files are the project's code files by path.
func (p *Project) Files() []*parser.File { return p.files }

// modulePath is a file's path as imports name it: without extension, a package by its folder.
func modulePath(file string) string {
	file = strings.TrimSuffix(file, path.Ext(file))
	for _, index := range []string{"/__init__", "/index"} {
		file = strings.TrimSuffix(file, index)
	}
	return file
}

// imported is the file that an import in from names, or nil for a module outside the project.
func (p *Project) imported(from *parser.File, module string) *parser.File {
	key := importKey{from, module}
	if f, ok := p.modules.Load(key); ok {
		return f.(*parser.File)
	}
	var f *parser.File
	if from.Language.IsScript() {
		f = p.scriptModule(from, module)
	} else {
		f = p.pythonModule(from, module)
	}
	p.modules.Store(key, f)
	return f
}

type importKey struct {
	from   *parser.File
	module string
}

func (p *Project) pythonModule(from *parser.File, module string) *parser.File {
	dots := len(module) - len(strings.TrimLeft(module, "."))
	name := strings.ReplaceAll(module[dots:], ".", "/")
	if dots > 0 {
		dir := path.Dir(from.Path)
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		return p.pythonFile(path.Join(dir, name))
	}
	// An absolute import is looked up beside the file, as scripts are run, and then from each
	// folder above it, which covers src layouts and packages; at last anywhere, if only one file fits.
	for dir := path.Dir(from.Path); ; dir = path.Dir(dir) {
		for _, base := range []string{dir, path.Join(dir, "src")} {
			if f := p.pythonFile(path.Join(base, name)); f != nil && f != from {
				return f
			}
		}
		if dir == "." || dir == "/" {
			break
		}
	}
	if fits := p.byTail[name]; len(fits) == 1 && strings.Contains(name, "/") && fits[0] != from {
		return fits[0]
	}
	return nil
}

func (p *Project) pythonFile(base string) *parser.File {
	for _, suffix := range []string{".py", "/__init__.py", ".ipynb"} {
		if f := p.byPath[base+suffix]; f != nil {
			return f
		}
	}
	return nil
}

// scriptSuffixes are what a bundler tries, in order.
var scriptSuffixes = []string{"", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.tsx", "/index.js", "/index.mjs"}

func (p *Project) scriptModule(from *parser.File, module string) *parser.File {
	switch {
	case strings.HasPrefix(module, "."):
		return p.scriptFile(path.Join(path.Dir(from.Path), module))
	case strings.HasPrefix(module, "@/"), strings.HasPrefix(module, "~/"), strings.HasPrefix(module, "#"):
		// Aliases of tsconfig.json, by their customs: the root or its src, nearest first.
		name := strings.TrimLeft(module, "@~#/")
		for dir := path.Dir(from.Path); ; dir = path.Dir(dir) {
			for _, base := range []string{dir, path.Join(dir, "src"), path.Join(dir, "app")} {
				if f := p.scriptFile(path.Join(base, name)); f != nil && f != from {
					return f
				}
			}
			if dir == "." || dir == "/" {
				return nil
			}
		}
	}
	return nil
}

func (p *Project) scriptFile(base string) *parser.File {
	// import './x.js' names x.ts in a TypeScript project.
	stem := base
	for _, ext := range []string{".js", ".mjs", ".jsx", ".cjs"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	for _, name := range []string{base, stem} {
		for _, suffix := range scriptSuffixes {
			if f := p.byPath[name+suffix]; f != nil {
				return f
			}
		}
	}
	return nil
}

// Ref is an expression in a file of the project.
type Ref struct {
	File *parser.File
	Node parser.NodeID
}

// Valid reports whether r names something.
func (r Ref) Valid() bool { return r.File != nil && r.Node != parser.NoNode }

// Place is where r stands.
func (r Ref) Place() Place {
	if !r.Valid() {
		return Place{}
	}
	span := r.File.Locate(r.File.Span(r.Node))
	return Place{r.File.Path, span, r.File.Source.LineOf(span.Start) + 1}
}

// Text is r's source.
func (r Ref) Text() string { return r.File.Slice(r.Node) }

// at is another node of r's file.
func (r Ref) at(n parser.NodeID) Ref { return Ref{r.File, n} }

// Kind is what r's node is.
func (r Ref) Kind() parser.Kind { return r.File.Kind(r.Node) }

// export finds what a module of the project calls name at its top level: the node of the
// definition's value, function or class. Re-exports are followed.
func (p *Project) export(f *parser.File, name string, depth int) (def *parser.Def, in *parser.File) {
	if depth <= 0 {
		return nil, nil
	}
	if name == "default" && f.Language.IsScript() {
		if d := defaultExport(f); d != nil {
			return d, f
		}
	}
	var found *parser.Def
	for i := range f.Defs {
		if d := &f.Defs[i]; d.Scope == 0 && d.Name == name && d.Kind != parser.AugmentedDef && d.Kind != parser.OtherDef {
			found = d // the last one counts
		}
	}
	if found != nil {
		if found.Kind == parser.ImportDef {
			return p.follow(f, &f.Imports[found.Index], depth-1)
		}
		return found, f
	}
	for i := range f.Imports { // from .x import *, export * from './x'
		if imp := &f.Imports[i]; imp.Name == "*" {
			if g := p.imported(f, imp.Module); g != nil && g != f {
				if d, in := p.export(g, exportedAs(f, imp, name), depth-1); d != nil {
					return d, in
				}
			}
		}
	}
	return nil, nil
}

// exportedAs is what name is called where export { x as name } from 'module' takes it from.
func exportedAs(f *parser.File, imp *parser.Import, name string) string {
	if f.Kind(imp.Node) != parser.KindExport {
		return name
	}
	for clause := range f.Children(imp.Node) {
		if f.KindName(clause) != "export_clause" {
			continue
		}
		for s := range f.Children(clause) {
			if alias := f.Field(s, parser.FieldAlias); alias != parser.NoNode && f.Slice(alias) == name {
				return f.Slice(f.Field(s, parser.FieldName))
			}
		}
	}
	return name
}

// follow finds what an import brings, if it comes from a file of the project.
func (p *Project) follow(f *parser.File, imp *parser.Import, depth int) (*parser.Def, *parser.File) {
	if depth <= 0 {
		return nil, nil
	}
	g := p.imported(f, imp.Module)
	if g != nil && imp.Name != "" && imp.Name != "*" {
		if d, in := p.export(g, imp.Name, depth-1); d != nil {
			return d, in
		}
	}
	return nil, nil
}

// defaultExport is the name that `export default name` names, or nil.
func defaultExport(f *parser.File) *parser.Def {
	for c := range f.Children(0) {
		if f.Kind(c) != parser.KindExport || !strings.HasPrefix(f.Slice(c), "export default") {
			continue
		}
		value := f.Field(c, parser.FieldValue)
		if value == parser.NoNode {
			value = f.Field(f.LastChild(c), parser.FieldName)
		}
		for _, d := range f.DefsOf(value) {
			return d
		}
		if value != parser.NoNode { // an expression without a name
			return &parser.Def{Name: "default", Kind: parser.AssignDef, Node: value, Value: value, Annotation: parser.NoNode}
		}
	}
	return nil
}

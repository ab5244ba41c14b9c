package deps

import (
	"path"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/jsonc"
)

// index is what a project knows about packages. It is immutable.
type index struct {
	of         [2]declarations
	firstParty map[string]bool // folders and files of the project, by the name that an import has
	aliases    []string        // prefixes of tsconfig.json's paths
	own        map[string]bool // names of the project's packages of PyPI, as modules
	read       map[string]readManifest
	paths      []string
}

// readManifest is a manifest as it was read, kept while its text is the same.
type readManifest struct {
	src string
	manifest
}

// declarations are what the manifests of one registry say together: in a repository with
// several packages one may lean on what another declares.
type declarations struct {
	names  map[string]bool // normal; declared, brought by what is declared, or the project itself
	locked map[string]bool
	bare   map[string]bool   // names without separators and without python or py
	lists  map[string]string // folders with a manifest that lists what is needed → its path
	open   bool
}

// newIndex reads the manifests among data, but for those that old, which may be nil, has read.
// It is old where nothing has changed.
func newIndex(data map[string]string, paths []string, old *index) *index {
	if old != nil && old.rests(data, paths) {
		return old
	}
	x := &index{paths: paths, firstParty: map[string]bool{}, own: map[string]bool{}, read: map[string]readManifest{}}
	for r := range x.of {
		x.of[r] = declarations{names: map[string]bool{}, locked: map[string]bool{}, bare: map[string]bool{}, lists: map[string]string{}}
	}
	for name, src := range data {
		if base := path.Base(name); strings.HasPrefix(base, "tsconfig") || strings.HasPrefix(base, "jsconfig") {
			x.read[name] = readManifest{src: src}
			x.addAliases(src)
			continue
		}
		if read := readerOf(name); read != nil {
			m, known := readManifest{}, false
			if old != nil {
				m, known = old.read[name]
			}
			if !known || m.src != src {
				m = readManifest{src, read(name, src)}
			}
			x.read[name] = m
			x.add(name, m.manifest)
		}
	}
	for r := range x.of {
		x.of[r].complete(Registry(r))
	}
	for _, p := range paths {
		x.addPath(p)
	}
	return x
}

// rests reports whether x was made of these files.
func (x *index) rests(data map[string]string, paths []string) bool {
	n := 0
	for name, src := range data {
		m, known := x.read[name]
		if known {
			n++
		} else if base := path.Base(name); strings.HasPrefix(base, "tsconfig") || strings.HasPrefix(base, "jsconfig") || readerOf(name) != nil {
			return false
		}
		if known && m.src != src {
			return false
		}
	}
	return n == len(x.read) && slices.Equal(paths, x.paths)
}

func (x *index) add(name string, m manifest) {
	d := &x.of[m.registry]
	d.open = d.open || m.open
	if m.lists {
		if at := d.lists[path.Dir(name)]; at == "" || name < at {
			d.lists[path.Dir(name)] = name
		}
	}
	if m.own != "" {
		d.names[m.registry.Normal(m.own)] = true
		if m.registry == PyPI && len(m.own) > 3 {
			x.own[strings.ReplaceAll(PyPI.Normal(m.own), "-", "_")] = true
		}
	}
	for _, p := range m.names {
		n := m.registry.Normal(p.name)
		d.names[n] = true
		if m.lock {
			d.locked[n] = true
		}
	}
	if path.Base(name) == "Dockerfile" { // may install from either
		for _, p := range m.names {
			x.of[NPM].names[NPM.Normal(p.name)] = true
		}
	}
}

// complete adds what the declared packages bring.
func (d *declarations) complete(r Registry) {
	queue := make([]string, 0, len(d.names))
	for n := range d.names {
		queue = append(queue, n)
	}
	for r == PyPI && len(queue) > 0 {
		n := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, b := range brings()[n] {
			if !d.names[b] {
				d.names[b] = true
				queue = append(queue, b)
			}
		}
	}
	for n := range d.names {
		d.bare[bare(n)] = true
	}
}

// bare is a name without what people add to and leave out of names: python-foo, pyfoo,
// foo_py and foo are one.
func bare(name string) string {
	name = strings.ReplaceAll(strings.ReplaceAll(name, "_", "-"), ".", "-")
	for _, affix := range []string{"python3-", "python-", "py-", "lib-"} {
		name = strings.TrimPrefix(name, affix)
	}
	for _, affix := range []string{"-python", "-python3", "-py", "-py3", "-sdk", "-client", "-lib"} {
		name = strings.TrimSuffix(name, affix)
	}
	name = strings.ReplaceAll(name, "-", "")
	if rest := strings.TrimPrefix(name, "py"); len(rest) > 2 {
		name = rest
	}
	if rest := strings.TrimSuffix(name, "py"); len(rest) > 2 {
		name = rest
	}
	return strings.TrimRight(strings.ToLower(name), "0123456789")
}

// addPath notes the names that imports may know a file of the project by. Any folder counts:
// what sys.path holds when the code runs can't be read from it.
func (x *index) addPath(name string) {
	base := path.Base(name)
	x.firstParty[strings.TrimSuffix(base, path.Ext(base))] = true
	if i := strings.IndexByte(base, '.'); i > 0 {
		x.firstParty[base[:i]] = true // _native.abi3.so, worker.service.ts
	}
	for dir := path.Dir(name); dir != "." && dir != "/" && !x.firstParty[dir+"/"]; dir = path.Dir(dir) {
		x.firstParty[dir+"/"] = true // visited
		x.firstParty[path.Base(dir)] = true
	}
}

func (x *index) addAliases(src string) {
	root, _ := jsonc.Parse(src)
	for _, p := range root.Path("compilerOptions", "paths").Members {
		if prefix, _, _ := strings.Cut(p.Key, "*"); prefix != "" {
			x.aliases = append(x.aliases, prefix)
		}
	}
}

// governing is the manifest that should declare what a file imports: the nearest in the
// folders from the file's up; "" where there is none, or where something is declared in a
// way that can't be read.
func (x *index) governing(f *parser.File, r Registry) string {
	d := &x.of[r]
	if d.open {
		return ""
	}
	for dir := path.Dir(f.Path); ; dir = path.Dir(dir) {
		if m := d.lists[dir]; m != "" {
			return m
		}
		if dir == "." || dir == "/" {
			return ""
		}
	}
}

package deps

import (
	"path"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// use is an import of something that is not of the project by its looks.
type use struct {
	registry Registry
	imp      *parser.Import
	name     string    // what is imported: a module's first segment, a package of npm
	full     string    // of Python, with the name that is imported from it: google.cloud.storage
	span     text.Span // of name, bytes of File.Text
	optional bool      // the code copes without it, or it is read by tools only
	inside   bool      // in a function
}

// uses are the imports of a file, each name once.
func uses(f *parser.File) []use {
	var out []use
	seen := map[string]bool{}
	for i := range f.Imports {
		imp := &f.Imports[i]
		u := use{imp: imp}
		if f.Language.IsScript() {
			u.registry = NPM
			u.name = packageOf(imp.Module)
			u.full = imp.Module
		} else {
			u.name, _, _ = strings.Cut(imp.Module, ".")
			u.full = imp.Module
			if imp.Name != "" && imp.Name != "*" {
				u.full += "." + imp.Name
			}
		}
		if u.name == "" || strings.Contains(u.name, "$") {
			continue
		}
		u.optional = imp.TypeOnly || imp.Dynamic && u.registry == PyPI || isOptional(f, imp.Node)
		if !u.optional && seen[u.full] {
			continue
		}
		seen[u.full] = seen[u.full] || !u.optional
		u.inside = imp.Dynamic || f.EnclosingFunc(imp.Node) != nil
		u.span = spanOf(f, imp, u.name)
		out = append(out, u)
	}
	return out
}

// packageOf is the package of npm that a specifier leads into; "" for files, built-in modules with a
// scheme, addresses, and names that only tools resolve.
func packageOf(specifier string) string {
	if specifier == "" || strings.ContainsAny(specifier, ":!$ ") || strings.ContainsAny(specifier[:1], "./#~") || strings.HasPrefix(specifier, "@/") {
		return ""
	}
	if assets[path.Ext(specifier)] {
		return "" // a bundler's business
	}
	parts := strings.SplitN(specifier, "/", 3)
	if specifier[0] == '@' {
		if len(parts) < 2 || parts[1] == "" || resolved[parts[0]] {
			return ""
		}
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// assets are endings of what bundlers let code import besides code.
var assets = map[string]bool{".css": true, ".scss": true, ".sass": true, ".less": true, ".styl": true, ".svg": true, ".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true,
	".woff": true, ".woff2": true, ".mp3": true, ".mp4": true, ".wasm": true, ".graphql": true, ".gql": true, ".md": true, ".mdx": true, ".html": true, ".txt": true, ".glsl": true, ".vue": true, ".svelte": true, ".astro": true}

// resolved are scopes that frameworks resolve themselves: Docusaurus, Salesforce.
var resolved = map[string]bool{"@site": true, "@theme": true, "@theme-original": true, "@theme-init": true, "@generated": true, "@salesforce": true, "@internal": true}

// isOptional reports whether code runs without what an import at n brings: in a try, below an
// if or a with.
func isOptional(f *parser.File, n parser.NodeID) bool {
	for a := range f.Ancestors(n) {
		switch f.Kind(a) {
		case parser.KindTry, parser.KindCatch, parser.KindWith, parser.KindConditional:
			return true
		case parser.KindIf:
			if !strings.Contains(f.Slice(f.Field(a, parser.FieldCondition)), "__main__") {
				return true
			}
		}
	}
	return false
}

// spanOf is where a name stands in its import.
func spanOf(f *parser.File, imp *parser.Import, name string) text.Span {
	whole := f.Span(imp.Node)
	src := f.Text.Slice(whole)
	for at := 0; ; {
		i := strings.Index(src[at:], name)
		if i < 0 {
			return whole
		}
		at += i
		end := at + len(name)
		if (at == 0 || !isWord(src[at-1]) && src[at-1] != '.') && (end == len(src) || !isWord(src[end])) {
			return text.Span{Start: whole.Start + at, End: whole.Start + end}
		}
		at = end
	}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// besides are folders whose code is not what the project runs: what it needs is often declared
// nowhere, or where only the continuous integration looks.
var besides = map[string]bool{
	"test": true, "tests": true, "testing": true, "__tests__": true, "__mocks__": true, "e2e": true, "spec": true, "specs": true, "testdata": true, "fixtures": true,
	"doc": true, "docs": true, "docs_src": true, "example": true, "examples": true, "sample": true, "samples": true, "demo": true, "demos": true, "cookbook": true, "cookbooks": true,
	"tutorial": true, "tutorials": true, "bench": true, "benches": true, "benchmark": true, "benchmarks": true, "ci": true, ".github": true, "perf": true, "extras": true, "contrib": true, "third_party": true, "vendor": true, "_vendor": true, "templates": true,
}

// isBeside reports whether a file is a test, an example or a tool of the project's makers.
func isBeside(name string) bool {
	dir, base := path.Split(name)
	for part := range strings.SplitSeq(strings.ToLower(dir), "/") {
		if besides[part] {
			return true
		}
	}
	base = strings.ToLower(base)
	stem, _, _ := strings.Cut(base, ".")
	switch stem {
	case "conftest", "setup", "noxfile", "tasks", "fabfile", "versioneer", "gulpfile", "gruntfile":
		return true
	}
	return strings.HasPrefix(stem, "test_") || strings.HasSuffix(stem, "_test") || strings.Contains(base, ".test.") || strings.Contains(base, ".spec.") ||
		strings.Contains(base, ".stories.") || strings.HasSuffix(base, ".d.ts") || strings.Contains(base, ".config.")
}

// isFixture reports whether a file is what a test reads.
func isFixture(name string) bool {
	for part := range strings.SplitSeq(strings.ToLower(path.Dir(name)), "/") {
		if part == "fixtures" || part == "__fixtures__" || part == "testdata" {
			return true
		}
	}
	return false
}

// isTool reports whether a file is a script beside the project's code, for people who have more installed.
func isTool(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return first == "scripts" || first == "script" || first == "tools" || first == "bin" || first == "utils" || first == "notebooks"
}

// missing is a package that an import needs and no manifest declares.
type missing struct {
	pkg   string // the usual package of the name, "" where none is known
	known bool
}

// undeclared tells what an import lacks; false where all is well, as far as one can tell.
func (x *index) undeclared(f *parser.File, u use, extra map[string]bool) (missing, bool) {
	if u.registry == NPM {
		return x.undeclaredScript(u)
	}
	k := PyPI.knowledge()
	generated := strings.HasSuffix(u.name, "_pb2") || strings.HasSuffix(u.name, "_pb2_grpc")
	if k.std[u.name] || u.name[0] == '_' || x.firstParty[u.name] || generated || x.isOwn(u.name) {
		return missing{}, false
	}
	has := func(pkg string) bool { return x.of[PyPI].names[pkg] || extra[pkg] }
	own := PyPI.Normal(u.name)
	pkgs := providersOf(u.full)
	if len(pkgs) == 0 && namespaces()[u.name] || u.name == "opentelemetry" || u.name == "azure" || u.name == "google" {
		for n := range x.of[PyPI].names { // one of the packages that share the name
			if strings.HasPrefix(n, own+"-") || u.name == "google" && strings.HasPrefix(n, "google") {
				return missing{}, false
			}
		}
		if len(pkgs) == 0 {
			return missing{}, false
		}
	}
	for _, p := range pkgs {
		if has(p) {
			return missing{}, false
		}
	}
	if has(own) || x.of[PyPI].bare[bare(own)] || extra[bare(own)] {
		return missing{}, false
	}
	for n := range x.of[PyPI].names {
		if strings.HasPrefix(n, own+"-") { // foo of foo-core
			return missing{}, false
		}
	}
	if len(pkgs) > 0 {
		return missing{pkg: pkgs[0], known: true}, true
	}
	if k.known[own] {
		return missing{pkg: own, known: true}, true
	}
	return missing{pkg: ""}, true
}

// isOwn reports whether a module is named after the project, as those are that are built when it is
// installed: acme_rs and _acme of acme.
func (x *index) isOwn(module string) bool {
	for own := range x.own {
		if strings.HasPrefix(strings.ToLower(module)+"_", own+"_") {
			return true
		}
	}
	return false
}

// providersOf are the packages that bring a module: those of its longest part that has a row.
func providersOf(module string) []string {
	for {
		if pkgs := providers()[module]; pkgs != nil {
			return pkgs
		}
		i := strings.LastIndexByte(module, '.')
		if i < 0 {
			return nil
		}
		module = module[:i]
	}
}

func (x *index) undeclaredScript(u use) (missing, bool) {
	k, d := NPM.knowledge(), &x.of[NPM]
	first, rest, scoped := strings.Cut(u.name, "/")
	types := "@types/" + strings.ReplaceAll(strings.TrimPrefix(u.name, "@"), "/", "__")
	switch {
	case k.std[u.name], d.names[NPM.Normal(u.name)], d.names[types]:
		return missing{}, false
	case x.firstParty[strings.TrimPrefix(first, "@")], scoped && x.firstParty[rest]:
		return missing{}, false // a name of a bundler's, or of the workspace
	}
	for _, a := range x.aliases {
		if strings.HasPrefix(u.full, a) {
			return missing{}, false
		}
	}
	for n := range d.names {
		if strings.HasPrefix(u.full, n+"/") || n == u.full {
			return missing{}, false
		}
	}
	return missing{pkg: u.name, known: k.known[NPM.Normal(u.name)]}, true
}

var (
	scriptBlock = regexp.MustCompile(`(?m)^# /// script[ \t]*\r?\n((?:#[^\n]*\n)*?)# ///`)
	asksFor     = regexp.MustCompile(`(?:importorskip|find_spec|is_package_available|_is_available|lazy_import|LazyImport)\(\s*["'](\w+)`)
)

// extras are packages that a file itself says it needs or copes without: inline metadata (PEP
// 723), installations in a notebook, checks whether a module is there. own tells that it
// lists what it needs, so that no other manifest has to be there.
func extras(f *parser.File) (names map[string]bool, own bool) {
	src := f.Text.String()
	add := func(name string) {
		if names == nil {
			names = map[string]bool{}
		}
		n := PyPI.Normal(name)
		names[n], names[bare(n)] = true, true
	}
	if path.Ext(f.Path) == ".ipynb" {
		for _, p := range installed("", strings.NewReplacer(`\n`, "\n", `"`, "").Replace(f.Source.String())).names {
			add(p.name)
		}
	}
	if !strings.Contains(src, "# /// script") {
		// most files
	} else if block := scriptBlock.FindStringSubmatch(src); block != nil {
		lines := strings.Split(block[1], "\n")
		for i := range lines {
			lines[i] = strings.TrimPrefix(strings.TrimPrefix(lines[i], "#"), " ")
		}
		scanTOML(strings.Join(lines, "\n"), func(it tomlItem) {
			if it.table == "" && it.key == "dependencies" {
				own = true
				if d, ok := pep508(it.str, 0); ok {
					add(d.name)
					for _, b := range brings()[PyPI.Normal(d.name)] {
						add(b)
					}
				}
			}
		})
	}
	for _, word := range []string{"importorskip", "find_spec", "is_package_available", "_is_available", "lazy_import", "LazyImport"} {
		if strings.Contains(src, word) {
			for _, found := range asksFor.FindAllStringSubmatch(src, -1) {
				add(found[1])
			}
			break
		}
	}
	return names, own
}

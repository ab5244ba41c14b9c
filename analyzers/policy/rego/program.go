package rego

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Bounds of a set.
const (
	MaxModules = 1000
	MaxSource  = 256 << 10 // bytes of one module
	maxDepth   = 200       // brackets in brackets: the parser calls itself for each
)

// IsTest reports whether a path is that of a file of tests.
func IsTest(path string) bool { return strings.HasSuffix(path, "_test.rego") }

// program is a set of which the modules are parsed.
type program struct {
	set      Set
	params   map[string]any
	sources  map[string]string      // by path
	modules  map[string]*ast.Module // by path, those that could be parsed
	broken   map[string]string      // packages by path, of those that could not
	refs     map[string][]ast.Ref   // what modules refer to in data, by path
	packages map[string][]string    // paths by package, as data.a.b
	problems []Problem
}

// ParserOptions are how policies are parsed.
func ParserOptions() ast.ParserOptions {
	return ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true, Capabilities: Capabilities()}
}

// parse parses the modules of a set, each with gate's leave.
func parse(set Set, gate Gate) *program {
	p := &program{set: set, sources: map[string]string{}, modules: map[string]*ast.Module{}, broken: map[string]string{}, refs: map[string][]ast.Ref{}, packages: map[string][]string{}}
	p.params = plain(set.Params)
	for i, m := range set.Modules {
		if i == MaxModules {
			p.wrong(m.Path, "limit", fmt.Sprintf("Only the first %d files of a set of policies are read. Delete or move some.", MaxModules))
			break
		}
		if _, ok := p.sources[m.Path]; ok {
			p.wrong(m.Path, "duplicate", "This file is given twice.")
			continue
		}
		p.sources[m.Path] = m.Source
		parsed, problems := parseModule(m, gate)
		p.problems = append(p.problems, problems...)
		if parsed == nil {
			p.broken[m.Path] = packageIn(m.Source)
			continue
		}
		p.modules[m.Path] = parsed
		p.refs[m.Path] = dataRefs(parsed) // in the step of this module: a deep one may end the process here
		name := parsed.Package.Path.String()
		p.packages[name] = append(p.packages[name], m.Path)
	}
	return p
}

func (p *program) wrong(path, code, message string) {
	p.problems = append(p.problems, Problem{Path: path, Severity: Error, Code: code, Message: message})
}

// Parse parses one module. The module is nil when a problem is an error.
func Parse(m Module) (*ast.Module, []Problem) { return parseModule(m, nil) }

func parseModule(m Module, gate Gate) (*ast.Module, []Problem) {
	one := func(code, message string) []Problem {
		return []Problem{{Path: m.Path, Severity: Error, Code: code, Message: message}}
	}
	if len(m.Source) > MaxSource {
		return nil, one("limit", fmt.Sprintf("The file has more than %d KiB. Split it.", MaxSource>>10))
	}
	if at, ok := tooDeep(m.Source); ok {
		problems := one("limit", fmt.Sprintf("More than %d brackets in brackets. Give parts of it names.", maxDepth))
		problems[0].Span.Start, problems[0].Span.End = at, at+1
		return nil, problems
	}
	if err := gate.ask(Step{Work: "parse", Path: m.Path, Key: keyOf(m)}); err != nil {
		return nil, one("limit", err.Error())
	}
	var parsed *ast.Module
	problems := protect(m.Path, func() []Problem {
		var err error
		parsed, err = ast.ParseModuleWithOpts(m.Path, m.Source, ParserOptions())
		return problemsOf(err, map[string]string{m.Path: m.Source}, m.Path)
	})
	switch {
	case len(problems) > 0:
		return nil, problems
	case parsed == nil:
		return nil, one("parse", "The file is empty. A policy begins with `package name`.")
	case len(parsed.Package.Path) < 2:
		return nil, one("parse", "The package has no name.")
	case reserved(parsed.Package.Path):
		problems := one("compile", "The package "+packageName(parsed)+" is reserved. Take another name.")
		problems[0].Span = SpanOf(m.Source, parsed.Package.Location)
		return nil, problems
	}
	return parsed, nil
}

// reserved reports whether a package would hide what is not a policy.
func reserved(path ast.Ref) bool {
	first, _ := path[1].Value.(ast.String)
	return first == "params" || first == "system"
}

// packageName is the package without data.
func packageName(m *ast.Module) string {
	return strings.TrimPrefix(m.Package.Path.String(), "data.")
}

var packageLine = regexp.MustCompile(`(?m)^[ \t]*package[ \t]+([A-Za-z_][\w.]*)`)

// packageIn is the package of a module that can't be parsed, as far as it can be read.
func packageIn(source string) string {
	if m := packageLine.FindStringSubmatch(source); m != nil {
		return "data." + m[1]
	}
	return ""
}

// tooDeep finds the bracket that is in too many others. Texts and comments are not looked for:
// they hold no hundreds of brackets that open and don't close.
func tooDeep(source string) (int, bool) {
	depth := 0
	for i := range len(source) {
		switch source[i] {
		case '(', '[', '{':
			if depth++; depth > maxDepth {
				return i, true
			}
		case ')', ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0, false
}

// closure are the paths of the modules that some modules need: those that share their package,
// those that they refer to, and so on. Tests are only among them when from has tests.
func (p *program) closure(from []string) []string {
	tests := slices.ContainsFunc(from, IsTest)
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		m := p.modules[path]
		if seen[path] || m == nil || IsTest(path) && !tests {
			return
		}
		seen[path] = true
		refs := append([]ast.Ref{m.Package.Path}, p.refs[path]...)
		for _, ref := range refs {
			for _, paths := range p.packages {
				if overlap(p.modules[paths[0]].Package.Path, ref) {
					for _, path := range paths {
						visit(path)
					}
				}
			}
		}
	}
	for _, path := range from {
		visit(path)
	}
	return slices.Sorted(maps.Keys(seen))
}

// dataRefs are the ground parts of what a module refers to in data.
func dataRefs(m *ast.Module) []ast.Ref {
	var refs []ast.Ref
	add := func(ref ast.Ref) {
		if len(ref) > 0 && ref[0].Equal(ast.DefaultRootDocument) {
			refs = append(refs, ref.GroundPrefix())
		}
	}
	for _, imp := range m.Imports {
		if ref, ok := imp.Path.Value.(ast.Ref); ok {
			add(ref)
		}
	}
	ast.WalkRefs(m, func(ref ast.Ref) bool { add(ref); return false })
	return refs
}

// overlap reports whether one of two refs is the beginning of the other.
func overlap(a, b ast.Ref) bool {
	n := min(len(a), len(b))
	return a[:n].Equal(b[:n])
}

// brokenImport finds, of what modules refer to, a package whose file could not be parsed.
func (p *program) brokenImport(paths []string) []Problem {
	var problems []Problem
	for _, path := range paths {
		for _, ref := range p.refs[path] {
			for broken, name := range p.broken {
				if name != "" && !IsTest(broken) && (ref.String() == name || strings.HasPrefix(ref.String(), name+".")) {
					problems = append(problems, Problem{Path: path, Span: SpanOf(p.sources[path], ref[0].Location), Severity: Error, Code: "compile",
						Message: fmt.Sprintf("%s is defined in %s, which has errors. Correct that file.", name, broken)})
				}
			}
		}
	}
	return problems
}

// key identifies modules with the data that they see by their content.
func (p *program) key(paths []string) string {
	h := sha256.New()
	for _, path := range paths {
		fmt.Fprintf(h, "%d %s %d %s ", len(path), path, len(p.sources[path]), p.sources[path])
	}
	_ = json.NewEncoder(h).Encode(p.params) // with sorted keys
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func keyOf(m Module) string {
	h := sha256.Sum256([]byte(m.Path + "\x00" + m.Source))
	return hex.EncodeToString(h[:16])
}

// parsed are the modules at paths, as the compiler takes them.
func (p *program) parsed(paths []string) map[string]*ast.Module {
	modules := map[string]*ast.Module{}
	for _, path := range paths {
		modules[path] = p.modules[path]
	}
	return modules
}

// Package deps has the rules about the packages that a project uses: names that are nearly
// those of well-known packages, names of another registry, and imports that nothing declares.
package deps

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// New is the check of this family. What is right in one file rests on the manifests of the
// project and on the names of its files, so files are looked at when the project is known.
func New() diagnostics.Check {
	return diagnostics.Check{
		Name: "deps", Family: "deps",
		Rules: Rules,
		Warm: func() {
			PyPI.knowledge()
			NPM.knowledge()
			pythonModules()
		},
		Project: func(pass *diagnostics.ProjectPass) {
			old, _ := (*pass.Memo).(*index)
			*pass.Memo = newIndex(pass.Data, pass.Paths, old)
		},
		Joins: func(f *parser.File) bool { return len(f.Imports) > 0 || readerOf(f.Path) != nil },
		Joined: func(pass *diagnostics.Pass, known any) {
			x, ok := known.(*index)
			if !ok {
				return
			}
			if pass.File.Language.IsCode() {
				x.file(pass)
			}
			if read := readerOf(pass.File.Path); read != nil {
				x.manifest(pass, read(pass.File.Path, pass.File.Source.String()))
			}
		},
	}
}

// manifest judges the names in a manifest.
func (x *index) manifest(pass *diagnostics.Pass, m manifest) {
	if m.lock || isFixture(pass.File.Path) {
		return // what a lock file names was found in the registry
	}
	for _, d := range m.names {
		if d.local {
			continue
		}
		if right, ok := x.crossed(m.registry, d.name); ok {
			pass.ReportSource(diagnostics.Finding{Rule: "DEPS-003", Span: d.span, Message: crossedMessage(m.registry, d.name, right), Fix: renamed(d.span, d.name, right)})
			continue
		}
		if right := x.lookalike(m.registry, d.name); right != "" {
			pass.ReportSource(diagnostics.Finding{Rule: "DEPS-001", Span: d.span, Message: lookalikeMessage(m.registry, d.name, right), Fix: renamed(d.span, d.name, right)})
		}
	}
}

// lookalike is Registry.lookalike for a name that no lock file knows.
func (x *index) lookalike(r Registry, name string) string {
	if x.of[r].locked[r.Normal(name)] {
		return ""
	}
	return r.lookalike(name)
}

// crossed tells whether a name is one of the other registry only.
func (x *index) crossed(r Registry, name string) (right string, ok bool) {
	n := r.Normal(name)
	if r == PyPI {
		n = strings.ToLower(name) // socket.io and socket-io are one for PyPI
	}
	k := r.knowledge()
	if x.of[r].locked[r.Normal(name)] || k.known[r.Normal(name)] {
		return "", false
	}
	if w, found := k.crossed[r.Normal(n)]; found {
		return w.right, true
	}
	if r == PyPI && strings.HasPrefix(n, "@") {
		return "", true
	}
	return "", false
}

// file judges the imports of a file.
func (x *index) file(pass *diagnostics.Pass) {
	f := pass.File
	extra, own := extras(f)
	reported := map[string]bool{}
	for _, u := range uses(f) {
		lacks, ok := x.undeclared(f, u, extra)
		if !ok || u.optional || reported[u.name] {
			continue
		}
		finding := x.judge(f, u, lacks, own)
		if finding.Rule == "" {
			continue
		}
		reported[u.name] = true
		pass.Report(finding)
	}
}

// judge says what is wrong with an import that nothing declares; a Finding without a rule
// says that nothing is.
func (x *index) judge(f *parser.File, u use, lacks missing, own bool) diagnostics.Finding {
	if !lacks.known {
		if right, ok := x.crossed(u.registry, u.name); ok && !isModuleName(u) {
			return diagnostics.Finding{Rule: "DEPS-003", Span: u.span, Message: crossedMessage(u.registry, u.name, right), Fix: importFix(f, u, right)}
		}
		if right := lookalikeImport(u); right != "" {
			return diagnostics.Finding{Rule: "DEPS-001", Span: u.span, Message: lookalikeMessage(u.registry, u.name, right), Fix: importFix(f, u, right)}
		}
	}
	at := x.governing(f, u.registry)
	// What a function imports is often what few users need, and left to them. Only where a lock
	// file tells all that is there is it sure to be missing.
	quiet := isBeside(f.Path) || u.inside && (lacks.known || len(x.of[u.registry].locked) == 0) || lacks.known && isTool(f.Path)
	if at == "" && !own || x.of[u.registry].open || quiet {
		return diagnostics.Finding{}
	}
	where := "no manifest of the project"
	if len(x.of[u.registry].lists) == 1 && !own {
		where = "not in " + at
	}
	if own {
		where, at = "not in the script's own list", ""
	}
	if lacks.known {
		return diagnostics.Finding{Rule: "DEPS-002", Severity: diagnostics.Info, Span: u.span,
			Message: fmt.Sprintf("%s is imported, but its package %s is declared nowhere (%s)", u.name, lacks.pkg, where), Fix: declareFix(at, u.registry, lacks.pkg)}
	}
	return diagnostics.Finding{Rule: "DEPS-002", Span: u.span,
		Message: fmt.Sprintf("%s is imported, but no package of that name is declared anywhere (%s) or well known: make sure that it exists on %s and is the one you mean", u.name, where, u.registry)}
}

// isModuleName reports whether a name that belongs to the other registry is also one that a
// module of Python may have without being a package.
func isModuleName(u use) bool { return u.registry == PyPI && len(u.name) < 5 }

// lookalikeImport is the module that an import is likely meant to be.
func lookalikeImport(u use) string {
	if u.registry == NPM {
		return NPM.lookalike(u.name)
	}
	if len(u.name) < minLength {
		return ""
	}
	if w, ok := PyPI.knowledge().invented[PyPI.Normal(u.name)]; ok && !pythonModules().known[strings.ToLower(u.name)] {
		return w.right
	}
	return pythonModules().nearestModule(u.name)
}

func lookalikeMessage(r Registry, name, right string) string {
	return fmt.Sprintf("%s is nearly the name of the well-known %s and not a package that is known on %s: a typing error here can install somebody else's code", name, right, r)
}

func crossedMessage(r Registry, name, right string) string {
	hint := ""
	if right != "" {
		hint = "; on " + r.String() + " there is " + right + " for that"
	}
	return fmt.Sprintf("%s is a package of %s, not of %s: whoever registers the name there gets to run code here%s", name, r.other(), r, hint)
}

// Fix is how a finding of this family can be repaired. Spans are bytes of File.Source.
type Fix struct {
	// Places are replaced by New: the name, and all that goes by it.
	Places []text.Span
	Old    string
	New    string
	// Append is a manifest to which New is added as a line; "" for none.
	Append string
}

func renamed(span text.Span, old, right string) any {
	if right == "" {
		return nil
	}
	return &Fix{Places: []text.Span{span}, Old: old, New: right}
}

// declareFix adds a package to a list of requirements. What other manifests need besides the
// name, a version, is not known.
func declareFix(manifest string, r Registry, pkg string) any {
	if r != PyPI || !isRequirements(manifest) {
		return nil
	}
	return &Fix{New: pkg, Append: manifest}
}

// importFix renames what is imported, and where the name is used.
func importFix(f *parser.File, u use, right string) any {
	if right == "" {
		return nil
	}
	if u.registry == PyPI {
		if right = moduleOf(right); right == "" {
			return nil
		}
	}
	places := []text.Span{f.Locate(u.span)}
	if u.registry == PyPI && u.imp.Name == "" && u.imp.Alias == u.name {
		for n := range parser.NodeID(len(f.Nodes)) {
			if f.Kind(n) != parser.KindIdentifier || f.Slice(n) != u.name || f.Span(n).Overlaps(u.span) {
				continue
			}
			for _, d := range f.DefsOf(n) {
				if d.Kind == parser.ImportDef && int(d.Index) < len(f.Imports) && f.Imports[d.Index].Module == u.imp.Module {
					places = append(places, f.Locate(f.Span(n)))
					break
				}
			}
		}
	}
	return &Fix{Places: places, Old: u.name, New: right}
}

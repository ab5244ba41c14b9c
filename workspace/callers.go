package workspace

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

const (
	// callerLevels is how far up callers are looked for: the route that imports the service
	// that imports the file about the subject.
	callerLevels = 3
	// maxCallers is how many files are taken in because of what they import. Each is kept
	// parsed; a project in which more lead to the subject loses entry points, no findings.
	maxCallers = 300
)

// addCallers takes in the files that import what is about the subject, directly or not.
func (p *Project) addCallers(ctx context.Context) {
	level := map[*source]bool{}
	for _, s := range p.code {
		if s.about {
			level[s] = true
		}
	}
	total := 0
	for range callerLevels {
		tails := map[string]bool{}
		for s := range level {
			tails[moduleTail(s.path)] = true
		}
		var candidates []*source
		for _, s := range p.code {
			if !s.needed && slices.ContainsFunc(s.tails, func(tail string) bool { return tails[tail] }) {
				candidates = append(candidates, s)
			}
		}
		slices.SortFunc(candidates, func(a, b *source) int { return strings.Compare(a.path, b.path) })
		p.each(ctx, len(candidates), func(i int) { p.readImports(candidates[i]) })
		next := map[*source]bool{}
		for _, s := range candidates {
			if total < maxCallers && p.importsAny(s, level) {
				s.needed, next[s] = true, true
				total++
			}
		}
		if len(next) == 0 || ctx.Err() != nil {
			return
		}
		p.parseMissing(ctx, next)
		level = next
	}
}

// readImports finds what s imports, once for each of its versions. What it takes to parse
// it is not kept, as most files that seem to import something import its namesake.
func (p *Project) readImports(s *source) {
	if s.imports != nil {
		return
	}
	f := s.parsed
	if f == nil {
		f = p.parse(s)
	}
	s.imports = []string{}
	for i := range f.Imports {
		s.imports = append(s.imports, moduleNames(f, &f.Imports[i])...)
	}
}

func (p *Project) importsAny(s *source, of map[*source]bool) bool {
	for _, name := range s.imports {
		for _, target := range p.byTail[path.Base(name)] {
			if of[target] && fits(target.path, name) {
				return true
			}
		}
	}
	return false
}

func (p *Project) parseMissing(ctx context.Context, sources map[*source]bool) {
	var missing []*source
	for s := range sources {
		if s.parsed == nil {
			missing = append(missing, s)
		}
	}
	p.each(ctx, len(missing), func(i int) { missing[i].parsed = p.parse(missing[i]) })
}

// importTails are the last segments of the names that a file imports, found without parsing
// it: all of them, and some that are none.
func importTails(name, src string) []string {
	var tails []string
	add := func(module string) {
		module = strings.Trim(module, " \t\r()\\;")
		if tail := moduleTail(module); tail != "" && tail != "." && !slices.Contains(tails, tail) {
			tails = append(tails, tail)
		}
	}
	if parser.LanguageOf(name, "").IsScript() {
		scriptImports(src, func(module string) {
			if path.Ext(module) != "" && !parser.LanguageOf(module, "").IsCode() {
				module += ".ts" // lib/llm.server is the name of a file without its ending
			}
			add(module)
		})
		return tails
	}
	pythonImports(src, func(module string) {
		add(filepath.ToSlash(strings.ReplaceAll(module, ".", "/")) + "/")
	})
	return tails
}

// scriptImports calls add with what stands in quotes behind from, import, import( and require(.
func scriptImports(src string, add func(string)) {
	for _, word := range []string{"from", "import", "require"} {
		rest := src
		for {
			i := strings.Index(rest, word)
			if i < 0 {
				break
			}
			rest = rest[i+len(word):]
			quoted := strings.TrimLeft(rest, " \t\r\n(")
			if quoted == "" || !strings.ContainsAny(quoted[:1], "'\"`") {
				continue
			}
			if end := strings.IndexByte(quoted[1:], quoted[0]); end >= 0 && end < 200 {
				add(quoted[1 : end+1])
			}
		}
	}
}

// pythonImports calls add with the modules and names of import statements.
func pythonImports(src string, add func(string)) {
	for src != "" {
		var line string
		line, src, _ = strings.Cut(src, "\n")
		line = strings.TrimLeft(line, " \t")
		names, isImport := strings.CutPrefix(line, "import ")
		if from, ok := strings.CutPrefix(line, "from "); ok {
			var module string
			if module, names, isImport = strings.Cut(from, " import "); !isImport {
				continue
			}
			add(module)
			if strings.Contains(names, "(") && !strings.Contains(names, ")") {
				more, rest, _ := strings.Cut(src, ")")
				names, src = names+more, rest
			}
		}
		if !isImport {
			continue
		}
		for part := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == ',' || r == '\n' }) {
			part, _, _ = strings.Cut(strings.TrimLeft(part, " \t("), " ")
			add(part)
		}
	}
}

package tree

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/qodacode/qodacode/parser"
)

// names resolves names to what they were imported as. It is made at the first question.
type names struct {
	once    sync.Once
	aliases map[string][]int32 // indexes into File.Imports
	parts   [][]string         // by import: what it stands for; nil where the module has no name
	wild    [][]string         // the modules of wildcard imports
	memo    []atomic.Int32     // by ID: 0 not asked, 1 none, otherwise the import's index and 2
}

func (t *Tree) resolver() *names {
	r := &t.names
	r.once.Do(func() {
		f := t.File
		if len(f.Imports) == 0 {
			return
		}
		r.aliases = make(map[string][]int32, len(f.Imports))
		r.parts = make([][]string, len(f.Imports))
		for i := range f.Imports {
			imp := &f.Imports[i]
			r.parts[i] = importParts(f, imp)
			if imp.Name == "*" && !f.Language.IsScript() {
				if r.parts[i] != nil {
					r.wild = append(r.wild, r.parts[i])
				}
				continue
			}
			if imp.Alias != "" {
				r.aliases[imp.Alias] = append(r.aliases[imp.Alias], int32(i))
			}
		}
		r.memo = make([]atomic.Int32, len(t.Nodes))
	})
	return r
}

// importParts is the name that an import stands for, in parts: [a b c] for `from a.b import c`.
// A module of JavaScript is one part: the last of its path.
func importParts(f *parser.File, imp *parser.Import) []string {
	if f.Language.IsScript() {
		parts := []string{ModuleName(imp.Module)}
		if imp.Name != "" && imp.Name != "default" { // a default import is the module to who uses it
			parts = append(parts, imp.Name)
		}
		return parts
	}
	if imp.Module == "" {
		return nil
	}
	var parts []string
	if module := strings.TrimLeft(imp.Module, "."); module != imp.Module { // the dots are a part
		parts = append(parts, imp.Module[:len(imp.Module)-len(module)])
		if module != "" {
			parts = append(parts, strings.Split(module, ".")...)
		}
	} else {
		parts = strings.Split(module, ".")
	}
	switch {
	case imp.Name == "*":
	case imp.Name != "":
		parts = append(parts, imp.Name)
	case imp.Alias == parts[0]: // import a.b binds a
		return parts[:1]
	}
	return parts
}

// ModuleName is the name that rules know a module of JavaScript by: fs for node:fs, promises
// for fs/promises, util for ./util.js.
func ModuleName(module string) string {
	module = module[strings.LastIndexByte(module, '/')+1:]
	module = strings.TrimPrefix(module, "node:")
	for _, ending := range [...]string{".js", ".ts", ".mjs", ".cjs"} {
		if name, ok := strings.CutSuffix(module, ending); ok && name != "" {
			return name
		}
	}
	return module
}

// Resolve is what the name at n was imported as: [os system] for s behind `from os import
// system as s`; nil for what is not imported.
func (t *Tree) Resolve(n ID) []string {
	r := t.resolver()
	if r.aliases == nil || t.Kind(n) != Ident {
		return nil
	}
	switch i := r.memo[n].Load(); i {
	case 1:
		return nil
	case 0:
	default:
		return r.parts[i-2]
	}
	i := t.importOf(n, r)
	r.memo[n].Store(int32(i + 2))
	if i < 0 {
		return nil
	}
	return r.parts[i]
}

// importOf is the index of the import that the name at n stands for, or -1. As several may
// bring the same name (try: … except ImportError: …), the last one before n counts.
func (t *Tree) importOf(n ID, r *names) int {
	candidates := r.aliases[t.Text(n)]
	if len(candidates) == 0 {
		return -1
	}
	src, script := t.Nodes[n].Src, t.File.Language.IsScript()
	imported := !script
	for _, d := range t.File.DefsOf(t.NameNode(n)) {
		switch d.Kind {
		case parser.ImportDef:
			imported = true
		case parser.ParamDef:
			if !script {
				return -1
			}
		}
	}
	if !imported {
		return -1
	}
	best := candidates[0]
	for _, i := range candidates {
		if t.File.Imports[i].Node < src {
			best = i
		}
	}
	if r.parts[best] == nil {
		return -1
	}
	return int(best)
}

// NameNode is the syntax node of the name at n itself, without what was stripped off around it.
func (t *Tree) NameNode(n ID) parser.NodeID {
	src := t.Nodes[n].Src
	for src >= 0 && t.File.Kind(src) != parser.KindIdentifier && t.File.Kind(src) != parser.KindShorthand && t.File.Kind(src) != parser.KindTypeIdentifier {
		next := t.File.FirstChild(src)
		if next == parser.NoNode {
			return t.Nodes[n].Src
		}
		src = next
	}
	return src
}

// Wildcards are the modules of the file's wildcard imports, in parts: a name that nothing else
// defines may come from any of them.
func (t *Tree) Wildcards() [][]string { return t.resolver().wild }

// Defined reports whether something in the file gives the name at n its value.
func (t *Tree) Defined(n ID) bool { return len(t.File.DefsOf(t.NameNode(n))) > 0 }

// QName is the parser's qualified name of the expression at n.
func (t *Tree) QName(n ID) string {
	if n < 0 || t.Nodes[n].Src < 0 {
		return ""
	}
	t.qnames.once.Do(func() { t.qnames.memo = make([]atomic.Pointer[string], len(t.Nodes)) })
	if q := t.qnames.memo[n].Load(); q != nil {
		return *q
	}
	q := t.File.QName(t.Nodes[n].Src)
	t.qnames.memo[n].Store(&q)
	return q
}

type qnames struct {
	once sync.Once
	memo []atomic.Pointer[string]
}

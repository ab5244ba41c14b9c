package taint

import (
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// An external is a thing that comes from a library: an import, or what is reached from one by
// attributes, elements and calls. Where it goes by another name (self.request, a parameter) the
// patterns of sources don't see what it is. Then they are asked about it under its own name.
type external struct {
	head string // the import, as a line of code
	expr string // how it is reached from there
	kids map[extKey]*external
	// plain is the value under its own name, alias the one that went through a variable.
	plain, alias *value

	asked bool
	bits  uint64 // of the sources that it is
}

type extKey struct {
	kind extKind
	name int32
}

type extKind uint8

const (
	extAttr extKind = iota
	extCall
	extElement
)

// longestExternal is how long the name of an external may be.
const longestExternal = 120

func newExternal(head, expr string) *external {
	e := &external{head: head, expr: expr}
	e.plain = &value{ext: e}
	e.alias = &value{ext: e, aliased: true}
	return e
}

// externalOf is what an import that is no file of the workspace gives.
func (in *interp) externalOf(im *parser.Import) *value {
	key := in.unit.file
	for i := range key.Imports {
		if &key.Imports[i] == im {
			if in.unit.externals == nil {
				in.unit.externals = make([]*external, len(key.Imports))
			}
			e := in.unit.externals[i]
			if e == nil {
				head, expr := in.importLine(im)
				if expr == "" {
					return nil
				}
				e = newExternal(head, expr)
				in.unit.externals[i] = e
			}
			return e.plain
		}
	}
	return nil
}

// importLine is an import by itself, and the name that it gives.
func (in *interp) importLine(im *parser.Import) (head, expr string) {
	if strings.HasPrefix(im.Module, ".") || strings.ContainsAny(im.Module, "\"'\n") {
		return "", ""
	}
	if in.unit.python {
		switch {
		case im.Name == "*":
			return "", ""
		case im.Name != "":
			return "from " + im.Module + " import " + im.Name, im.Name
		case im.Alias == strings.SplitN(im.Module, ".", 2)[0]:
			return "import " + im.Module, im.Alias
		}
		return "import " + im.Module, im.Module
	}
	switch im.Name {
	case "":
		return "const it = require('" + im.Module + "')", "it"
	case "default":
		return "import it from '" + im.Module + "'", "it"
	}
	return "import {" + im.Name + "} from '" + im.Module + "'", im.Name
}

// reach is what stands behind an attribute, a call or an element of an external.
func (in *interp) reach(v *value, kind extKind, name int32) *value {
	e := v.ext
	key := extKey{kind, name}
	kid := e.kids[key]
	if kid == nil {
		expr := e.expr
		switch kind {
		case extAttr:
			expr += "." + in.spell(name)
		case extCall:
			expr += "(_)"
		case extElement:
			expr += "[_]"
		}
		if len(expr) > longestExternal {
			return nil
		}
		kid = newExternal(e.head, expr)
		if e.kids == nil {
			e.kids = map[extKey]*external{}
		}
		e.kids[key] = kid
	}
	if v.aliased {
		return kid.alias
	}
	return kid.plain
}

// named is the value of node n, with the taint of the sources that it is under its own name.
func (in *interp) named(n tree.ID, v *value) *value {
	if v == nil || v.ext == nil || !v.aliased || in.ask == nil {
		return v
	}
	e := v.ext
	if !e.asked {
		e.asked = true
		e.bits = in.ask(e)
	}
	if e.bits == 0 {
		return v
	}
	return v.with(union(v.marks, []mark{{e.bits, &step{unit: in.unit, node: n, kind: SourceStep}}}))
}

// asker answers which sources an external is.
type asker struct {
	language parser.Language
	group    []*tracked
	left     int // how many new ones may be asked about
}

// mostAsked is how many externals are looked at in one run.
const mostAsked = 64

func (a *asker) ask(e *external) uint64 {
	if a.left--; a.left < 0 {
		return 0
	}
	f := probes.file(e.head, e.expr, a.language)
	if f == nil {
		return 0
	}
	var bits uint64
	for _, r := range a.group {
		found := parser.Memo(f, probeKey{r.rule}, func() []string {
			t := tree.Of(f)
			return labelsAt(t, search.New(background, t), r.rule)
		})
		for _, label := range found {
			bits |= r.bit(label)
		}
	}
	return bits
}

type probeKey struct{ rule *rule.Rule }

// labelsAt are the labels of a rule's sources that match the last expression of a probe.
func labelsAt(t *tree.Tree, s *search.Search, r *rule.Rule) []string {
	last := tree.None
	for n := range t.Children(0) {
		last = n
	}
	expr := t.Child(last, tree.Value)
	if expr == tree.None {
		return nil
	}
	var out []string
	for i := range r.Taint.Sources {
		spec := &r.Taint.Sources[i]
		if spec.Requires != nil || spec.Only {
			continue
		}
		for _, m := range s.Find(spec.Formula, r) {
			if m.Node == expr || m.Node == last || !spec.Exact && m.Span == t.Span(expr) {
				label := spec.Label
				if label == "" {
					label = plain
				}
				out = append(out, label)
				break
			}
		}
	}
	return out
}

// probes are the small files that externals are asked about in; they are few and asked about often.
var probes probeCache

type probeCache struct {
	mu    sync.Mutex
	files map[[2]string]*parser.File
}

// mostProbes is how many are kept.
const mostProbes = 512

func (c *probeCache) file(head, expr string, l parser.Language) *parser.File {
	path := "probe.py"
	switch l {
	case parser.JavaScript:
		path = "probe.js"
	case parser.TypeScript:
		path = "probe.ts"
	case parser.TSX:
		path = "probe.tsx"
	}
	key := [2]string{path, head + "\n" + expr + "\n"}
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.files[key]; f != nil {
		return f
	}
	f := parser.Parse(path, "", text.New(key[1]))
	if f.Broken() {
		return nil
	}
	if c.files == nil || len(c.files) >= mostProbes {
		c.files = map[[2]string]*parser.File{}
	}
	c.files[key] = f
	return f
}

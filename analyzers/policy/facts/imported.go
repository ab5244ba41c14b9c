package facts

import (
	"context"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/policy/effects"
	"github.com/qodacode/qodacode/parser"
)

// library is a file whose functions tools of other files call.
type library struct {
	mu     sync.Mutex
	b      *builder
	byFunc map[*parser.Func][]*effects.Effect
	works  map[*parser.Func]work
}

type libraryKey struct{}

// maxLibraries is how many imported files the tools of one file are followed into.
const maxLibraries = 16

// imported is what a function of another file of the project does that a call names.
func (b *builder) imported(c *parser.Call) (work, bool) {
	if b.src.Modules == nil {
		return work{}, false
	}
	f := b.f
	callee, name := f.Unwrap(c.Callee), ""
	if f.Kind(callee) == parser.KindAttribute { // tools.write(…)
		name = f.Slice(f.AttributeName(callee))
		callee = f.Unwrap(f.Field(callee, parser.FieldObject))
	}
	if f.Kind(callee) != parser.KindIdentifier {
		return work{}, false
	}
	for _, d := range f.DefsOf(callee) {
		if d.Kind != parser.ImportDef {
			continue
		}
		imp := &f.Imports[d.Index]
		module := imp.Module
		switch {
		case name == "":
			name = imp.Name
		case imp.Name != "" && !f.Language.IsScript(): // from package import module
			if module = module + "." + imp.Name; strings.HasSuffix(imp.Module, ".") {
				module = imp.Module + imp.Name
			}
		}
		g := b.module(module)
		if g == nil || name == "" {
			return work{}, false
		}
		for i := range g.Funcs {
			if fn := &g.Funcs[i]; fn.Name == name && fn.Class < 0 {
				return workIn(b.ctx, g, fn), true
			}
		}
	}
	return work{}, false
}

// module is a file that this one imports, nil for none and for more than maxLibraries.
func (b *builder) module(name string) *parser.File {
	if g, ok := b.libraries[name]; ok {
		return g
	}
	if len(b.libraries) >= maxLibraries || b.ctx.Err() != nil {
		return nil
	}
	g := b.src.Modules.Import(b.f, name)
	if g != nil && (g.Path == b.f.Path || !g.Language.IsCode()) {
		g = nil
	}
	b.libraries[name] = g
	return g
}

// workIn is what a function of a file does, with those of the same file that it calls.
func workIn(ctx context.Context, g *parser.File, fn *parser.Func) work {
	lib := parser.Memo(g, libraryKey{}, func() *library {
		// What is remembered must not depend on a request that may be cancelled.
		b := newBuilder(context.WithoutCancel(ctx), Source{File: g})
		b.readFunctions()
		b.reach = &reach{b: b}
		b.reach.link()
		return &library{b: b, byFunc: b.effectsByFunc(), works: map[*parser.Func]work{}}
	})
	lib.mu.Lock()
	defer lib.mu.Unlock()
	w, ok := lib.works[fn]
	if !ok {
		w = lib.b.workOf(&tool{fns: []*parser.Func{fn}}, lib.byFunc)
		lib.works[fn] = w
	}
	return w
}

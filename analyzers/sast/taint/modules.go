package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// mostModules is how many files of a workspace are followed for one.
const mostModules = 24

// mostLinks is how many imports in a row are followed; those of some files lead in a circle.
const mostLinks = 8

// importValue is what an import gives: a module of the workspace, or something in one.
func (in *interp) importValue(im *parser.Import) *value {
	if im.TypeOnly || in.links >= mostLinks {
		return nil
	}
	in.links++
	defer func() { in.links-- }()
	if in.modules != nil {
		if v := in.moduleValue(im); v != nil {
			return v
		}
	}
	return in.externalOf(im)
}

// moduleValue is what an import gives that names a file of the workspace.
func (in *interp) moduleValue(im *parser.Import) *value {
	f := in.modules.Import(in.unit.file, im.Module)
	if !in.unit.python {
		switch {
		case f == nil:
			return nil
		case im.Name == "":
			return in.required(f)
		}
		return in.exported(f, im.Name)
	}
	if im.Name != "" {
		return in.member(&callee{kind: module, unit: in.unit, file: f, dotted: im.Module}, in.intern(im.Name))
	}
	if f == nil {
		return nil
	}
	dotted := im.Module
	if root, _, ok := strings.Cut(im.Module, "."); ok && im.Alias == root { // import a.b binds a
		f, dotted = in.modules.Import(in.unit.file, root), root
	}
	return &value{fn: &callee{kind: module, unit: in.unit, file: f, dotted: dotted}}
}

// member is a name in a module: what its code defines, or a module below it.
func (in *interp) member(m *callee, name int32) *value {
	if m.file != nil {
		if v, ok := in.variableOf(m.file, name); ok {
			return v
		}
	}
	if m.dotted == "" || in.modules == nil || !m.unit.python {
		return nil
	}
	dotted := m.dotted + "." + in.spell(name)
	if strings.HasSuffix(m.dotted, ".") {
		dotted = m.dotted + in.spell(name)
	}
	if f := in.modules.Import(m.unit.file, dotted); f != nil {
		return &value{fn: &callee{kind: module, unit: m.unit, file: f, dotted: dotted}}
	}
	for i := range m.unit.file.Imports { // import a.b.c: a.b need not be a file
		if strings.HasPrefix(m.unit.file.Imports[i].Module, dotted+".") {
			return &value{fn: &callee{kind: module, unit: m.unit, dotted: dotted}}
		}
	}
	return nil
}

// variableOf is a name of a module's own code.
func (in *interp) variableOf(f *parser.File, name int32) (*value, bool) {
	u := in.load(f)
	if u == nil {
		return nil, false
	}
	if c := in.get(u.module); c != nil {
		if v, ok := c.field(name); ok {
			return v, true
		}
	}
	if im := in.imported(u, name); im != nil {
		was := in.unit
		in.unit = u
		v := in.importValue(im)
		in.unit = was
		return v, v != nil
	}
	return nil, false
}

// load is the unit of a file, whose code has run.
func (in *interp) load(f *parser.File) *unit {
	u := in.units[f]
	if u == nil {
		if len(in.units) >= mostModules {
			return nil
		}
		u = newUnit(f, in.hitsOf(f))
		in.units[f] = u
	}
	if u.state == notRun {
		in.runModule(u)
	}
	return u
}

// runModule runs the code of a module; its variables stay behind for all states.
func (in *interp) runModule(u *unit) {
	wasUnit, wasState, wasFrame, wasAct, wasTries, wasEntry := in.unit, in.st, in.frame, in.act, in.tries, in.entry
	u.state = running
	if in.base != nil {
		in.st = in.base.fork()
	} else {
		in.st = newState()
	}
	id, frame := in.alloc(frameCell)
	frame.exact = false
	u.module = id
	in.unit, in.frame, in.tries = u, id, nil
	in.act = &activation{frame: id}
	if !u.python {
		exports, c := in.alloc(dictCell)
		c.exact = false
		u.exports = &value{cell: exports}
		frame.put(in.known.exports, u.exports)
		m, c := in.alloc(dictCell)
		c.exact = false
		frame.put(in.known.module, &value{cell: m})
		c.put(in.known.exports, u.exports)
	}
	before := in.st.fork()
	in.exec(0)
	if in.st == nil {
		in.st = before
	}
	in.st = in.join(in.st, in.act.exit)
	in.forgetShared(u)
	u.state = hasRun
	u.made = in.act.made
	in.base = in.join(in.st, in.base) // which has what modules left that were read meanwhile
	in.unit, in.st, in.frame, in.act, in.tries, in.entry = wasUnit, wasState, wasFrame, wasAct, wasTries, wasEntry
}

// forgetShared forgets the constants of a module's variables that its functions change.
func (in *interp) forgetShared(u *unit) {
	frame := in.own(u.module)
	if frame == nil {
		return
	}
	forget := func(n tree.ID) {
		if n < 0 || u.tree.Kind(n) != tree.Ident {
			return
		}
		name := in.name(n)
		for i, f := range frame.fields {
			if f.key == name && f.v.konst() != unknown {
				frame.fields[i].v = tainted(f.v.marks)
			}
		}
	}
	for i := range u.tree.Nodes {
		n := tree.ID(i)
		switch node := &u.tree.Nodes[i]; node.Kind {
		case tree.Global:
			for c := range u.tree.Children(n) {
				forget(c)
			}
		case tree.Assign, tree.Augment, tree.Update:
			if u.python || node.Op == tree.OpConst || node.Op == tree.OpLet || node.Op == tree.OpVar || !u.inFunction(n) {
				continue
			}
			if t := u.kid(n, tree.Target); t >= 0 {
				forget(t)
			} else {
				forget(u.kid(n, tree.Value))
			}
		}
	}
}

// inFunction reports whether n stands in a function.
func (u *unit) inFunction(n tree.ID) bool {
	for p := u.tree.Nodes[n].Parent; p >= 0; p = u.tree.Nodes[p].Parent {
		if k := u.tree.Nodes[p].Kind; k == tree.Func || k == tree.Lambda {
			return true
		}
	}
	return false
}

// required is what require and import * give.
func (in *interp) required(f *parser.File) *value {
	u := in.load(f)
	if u == nil {
		return nil
	}
	if u.exports != nil {
		if u.exports.fn != nil {
			return u.exports
		}
		if c := in.cell(u.exports); c != nil && len(c.fields) > 0 || u.exports.cell == 0 {
			return u.exports
		}
	}
	return &value{fn: &callee{kind: module, unit: in.unit, file: f}}
}

// exported is a name that a JavaScript module exports.
func (in *interp) exported(f *parser.File, name string) *value {
	u := in.load(f)
	if u == nil {
		return nil
	}
	if name == "default" {
		if v, ok := in.defaultExport(u); ok {
			return v
		}
		return in.required(f)
	}
	if v, ok := in.variableOf(f, in.intern(name)); ok {
		return v
	}
	return in.attribute(u.exports, in.intern(name), tree.None)
}

// defaultExport is what export default gives.
func (in *interp) defaultExport(u *unit) (*value, bool) {
	for n := range u.tree.Children(0) {
		if !u.tree.Is(n, tree.Exported) {
			continue
		}
		if !strings.HasPrefix(u.file.Text.String()[exportStart(u, n):], "export default") {
			continue
		}
		switch u.tree.Kind(n) {
		case tree.ExprStmt:
			wasUnit, wasFrame := in.unit, in.frame
			in.unit, in.frame = u, u.module
			v := in.quiet(u.kid(n, tree.Value))
			in.unit, in.frame = wasUnit, wasFrame
			return v, true
		case tree.Func, tree.Class:
			if name := u.kid(n, tree.Name); name >= 0 {
				return in.variableOf(u.file, in.intern(u.tree.Text(name)))
			}
		}
	}
	return nil, false
}

// exportStart is where the export statement around n begins.
func exportStart(u *unit, n tree.ID) uint32 {
	src := u.tree.Nodes[n].Src
	if src < 0 {
		return u.tree.Nodes[n].Start
	}
	for p := src; p >= 0; p = u.file.Parent(p) {
		if u.file.Kind(p) == parser.KindExport {
			return uint32(u.file.Span(p).Start)
		}
	}
	return u.tree.Nodes[n].Start
}

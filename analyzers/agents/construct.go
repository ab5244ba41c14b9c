package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// constructs finds the objects that a framework's classes and functions make: every call of
// one of them by any imported name, and of classes of the project that derive from them.
type constructs struct {
	*Project
	roots   []string        // the framework's modules: crewai, google.adk
	names   map[string]bool // its classes and functions, by their last segment
	methods map[string]bool // methods that make something on objects whose class may be unknown: client.create_agent
	byClass map[Ref]string  // classes of the project: the construct that they derive from, or ""
	near    []*parser.File  // the files that may use the framework; nil before they are looked for
	calls   map[string][]Ref
	open    map[Ref]bool // functions whose callers and lists whose members are being looked up, against recursion
}

func newConstructs(p *Project, roots []string, names ...string) *constructs {
	c := &constructs{Project: p, roots: roots, names: map[string]bool{}, byClass: map[Ref]string{}, open: map[Ref]bool{}}
	for _, n := range names {
		c.names[n] = true
	}
	return c
}

// named is the construct that a qualified name stands for, or "".
func (c *constructs) named(q string) string {
	if q == "" {
		return ""
	}
	q = strings.TrimSuffix(q, "()")
	for _, r := range c.roots {
		if strings.HasPrefix(q, r) && len(q) > len(r) && q[len(r)] == '.' {
			if last := q[strings.LastIndexByte(q, '.')+1:]; c.names[last] {
				return last
			}
		}
	}
	return ""
}

// of is the construct that the call at r makes, or "".
func (c *constructs) of(r Ref) string {
	call := r.File.CallAt(r.Node)
	if call == nil {
		return ""
	}
	callee := r.File.Unwrap(call.Callee)
	if k := r.File.Kind(callee); k == parser.KindSubscript || k == parser.KindGenericType { // Agent[T](…)
		callee = r.File.FirstChild(callee)
	}
	if name := c.class(r.at(callee), maxHops); name != "" {
		return name
	}
	if c.methods[call.Name] && r.File.Kind(callee) == parser.KindAttribute {
		return call.Name
	}
	return ""
}

// class is the construct that a class or function is or derives from, or "". A class of the
// project is not one of the framework that has the same module's name: agents.Agent.
func (c *constructs) class(r Ref, hops int) string {
	if k := r.Kind(); k == parser.KindIdentifier || k == parser.KindAttribute {
		if class := c.Class(r, maxHops); class.Valid() {
			return c.derives(class, hops)
		}
	}
	if name := c.named(r.File.QName(r.Node)); name != "" {
		return name
	}
	return c.named(c.passedOn(r))
}

// passedOn is what a name stands for that a module of the project imports for others:
// from .sdk import Agent, where sdk.py says from agents import Agent.
func (c *constructs) passedOn(r Ref) string {
	if r.Kind() != parser.KindIdentifier {
		return ""
	}
	for _, d := range r.File.DefsOf(r.Node) {
		if d.Kind != parser.ImportDef {
			continue
		}
		f, imp := r.File, &r.File.Imports[d.Index]
		for range maxHops {
			g := c.imported(f, imp.Module)
			if g == nil {
				return imp.Module + "." + imp.Name
			}
			i := slices.IndexFunc(g.Imports, func(next parser.Import) bool { return next.Scope == 0 && next.Alias == imp.Name })
			if i < 0 {
				return ""
			}
			f, imp = g, &g.Imports[i]
		}
	}
	return ""
}

// derives is the construct that a class of the project derives from, or "".
func (c *constructs) derives(class Ref, hops int) string {
	if name, ok := c.byClass[class]; ok || hops <= 0 {
		return name
	}
	c.byClass[class] = "" // while it is looked up
	info := class.File.ClassAt(class.Node)
	if info == nil {
		return ""
	}
	for _, base := range info.Bases {
		if k := class.File.Kind(base); k == parser.KindSubscript || k == parser.KindGenericType {
			base = class.File.FirstChild(base)
		}
		if name := c.class(class.at(base), hops-1); name != "" {
			c.byClass[class] = name
			return name
		}
	}
	return ""
}

// relevant are the files that import one of the roots, or a file that does.
func (c *constructs) relevant() []*parser.File {
	if c.near != nil {
		return c.near
	}
	files := []*parser.File{}
	for _, f := range c.files {
		for i := range f.Imports {
			imp := &f.Imports[i]
			if imp.Module[:min(1, len(imp.Module))] == "." || c.isRoot(imp.Module) || c.isRoot(imp.Module+"."+imp.Name) || c.imported(f, imp.Module) != nil {
				files = append(files, f)
				break
			}
		}
	}
	c.near = files
	return files
}

// isRoot reports whether a module is one of the roots or in it.
func (c *constructs) isRoot(module string) bool {
	return slices.ContainsFunc(c.roots, func(r string) bool {
		return module == r || strings.HasPrefix(module, r) && (module[len(r)] == '.' || module[len(r)] == '/')
	})
}

// each visits all calls that make one of the constructs in want, in the order of files and places.
func (c *constructs) each(visit func(object), want ...string) {
	for _, f := range c.relevant() {
		for i := range f.Calls {
			call := &f.Calls[i]
			r := Ref{f, call.Node}
			if !c.plausible(f, call) {
				continue
			}
			if name := c.of(r); name != "" && slices.Contains(want, name) {
				visit(object{Ref: r, class: name, call: call})
			}
		}
	}
}

// plausible is a cheap test of what a call may make: its name is that of a construct, an
// alias of an import, or begins as names of classes do.
func (c *constructs) plausible(f *parser.File, call *parser.Call) bool {
	name := call.Name
	if name == "" { // Agent[T](…)
		k := f.Kind(f.Unwrap(call.Callee))
		return k == parser.KindSubscript || k == parser.KindGenericType
	}
	return c.names[name] || c.methods[name] || name[0] >= 'A' && name[0] <= 'Z' || f.Kind(f.Unwrap(call.Callee)) == parser.KindIdentifier && f.FuncOf(call.Callee) == nil && !builtin[name]
}

// builtin are calls that are everywhere and make nothing.
var builtin = map[string]bool{"print": true, "len": true, "str": true, "int": true, "list": true, "dict": true, "isinstance": true, "range": true, "open": true, "super": true, "getattr": true, "float": true, "set": true, "tuple": true, "sorted": true, "enumerate": true}

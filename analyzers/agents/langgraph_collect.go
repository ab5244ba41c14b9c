package agents

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// construct is the class or function of LangGraph's that a call calls, by its last segment; or "".
func (l *langgraph) construct(f *parser.File, c *parser.Call) string {
	callee := f.Unwrap(c.Callee)
	if k := f.Kind(callee); k == parser.KindSubscript || k == parser.KindGenericType { // StateGraph[S](…)
		callee = f.FirstChild(callee)
	}
	name := Ref{f, callee}.name()
	if name == "" {
		return ""
	}
	q := f.QName(callee)
	if q == "" {
		return ""
	}
	last := q[strings.LastIndexByte(q, '.')+1:]
	if !builders[last] && prebuiltKinds[last] == 0 || !ofModules(q, langgraphModules) {
		return ""
	}
	return last
}

// importing are the files that import one of LangGraph's modules.
func (l *langgraph) importing() (files []*parser.File) {
	for _, f := range l.Files() {
		if slices.ContainsFunc(f.Imports, func(i parser.Import) bool { return slices.Contains(langgraphModules, moduleRoot(f, i.Module)) }) {
			files = append(files, f)
		}
	}
	return files
}

// collect finds all constructs of the project.
func (l *langgraph) collect() {
	for _, f := range l.importing() {
		for i := range f.Calls {
			c := &f.Calls[i]
			if k := f.Kind(f.Unwrap(c.Callee)); c.Name == "" && k != parser.KindSubscript {
				continue
			}
			name := l.construct(f, c)
			at := Ref{f, c.Node}
			switch {
			case builders[name]:
				g := &stateGraph{root: at, steps: map[string]*stateNode{}, builder: l.graph("", at)}
				l.graphs[at], l.order = g, append(l.order, g)
			case name != "":
				l.agents[at] = &prebuilt{kind: prebuiltKinds[name], construct: name, at: at, call: c}
			}
		}
	}
}

// operations gives each graph the calls of its methods, in the order in which they are written.
func (l *langgraph) operations() {
	for _, f := range l.Files() {
		for i := range f.Calls {
			c := &f.Calls[i]
			m := stateGraphMethods[c.Name]
			callee := f.Unwrap(c.Callee)
			if m == 0 || m == opConfigure || m == opDefaults || f.Kind(callee) != parser.KindAttribute {
				continue
			}
			at := Ref{f, c.Node}
			l.ask()
			for _, o := range l.made(at.at(f.Field(callee, parser.FieldObject)), nil, maxHops) {
				g := l.graphs[o.root]
				if g == nil {
					continue
				}
				for _, e := range l.frames(at, o.frame, g) {
					g.ops = append(g.ops, operation{m, c, at, e})
				}
			}
		}
	}
	for _, g := range slices.Clone(l.order) {
		l.variants(g)
	}
	for _, g := range l.order {
		// Chained calls are nested the other way round than they are written.
		slices.SortStableFunc(g.ops, func(a, b operation) int {
			if a.at.File != b.at.File {
				return strings.Compare(a.at.File.Path, b.at.File.Path)
			}
			f := a.at.File
			return cmp.Compare(f.Span(f.Unwrap(a.call.Callee)).End, f.Span(f.Unwrap(b.call.Callee)).End)
		})
	}
}

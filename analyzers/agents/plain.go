package agents

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// wrapperWords tell functions that ask a model whatever they are told to.
var wrapperWords = regexp.MustCompile(`(?i)^_*(a?(call|ask|query|invoke|get|run|chat|complete|generate|prompt|send|request)?_?(the_)?(llm|model|gpt|openai|claude|anthropic|gemini|ollama|chat|completion|response|text|ai|json)(_?(call|completion|response|with|chat|api|async|text|json|sync))*|complete|generate|chat|ask|query|prompt|invoke|run|call|execute|send|respond|__call__|forward|step|process)$`)

// plain reads the loops that a program itself writes around calls of models and agents.
type plainReader struct {
	*extraction
	asksModel map[Ref]bool // functions: whether they ask a model, themselves or in what they call
	sites     map[*parser.File]map[parser.NodeID]*llm.Site
}

func readPlain(x *extraction) {
	p := &plainReader{extraction: x, asksModel: map[Ref]bool{}, sites: map[*parser.File]map[parser.NodeID]*llm.Site{}}
	imported := importedModules(x.Project)
	if !slices.ContainsFunc(plainRoots, func(m string) bool { return imported[m] }) {
		return
	}
	for _, f := range x.Files() {
		seen := map[parser.NodeID]bool{}
		for i := range f.Loops {
			l := &f.Loops[i]
			if !openLoop(f, l) {
				continue
			}
			scope := parser.NodeID(0)
			for fn := f.EnclosingFunc(l.Node); fn != nil; fn = f.EnclosingFunc(fn.Node) {
				if scope = fn.Node; f.Kind(fn.Node) != parser.KindLambda || fn.Name != "" {
					break
				}
			}
			if info := (Ref{f, scope}).Func(); info != nil && strings.HasPrefix(info.Name, "test_") {
				continue // repeats are what it tests
			}
			if !seen[scope] {
				seen[scope] = true
				p.function(Ref{f, scope})
			}
		}
		for i := range f.Funcs {
			if fn := &f.Funcs[i]; !seen[fn.Node] && fn.Name != "" {
				p.recursion(Ref{f, fn.Node}, fn)
			}
		}
	}
}

// openLoop reports whether a loop may go on for long: not one over the members of a
// collection or of a stream.
func openLoop(f *parser.File, l *parser.Loop) bool {
	switch l.Kind {
	case parser.WhileLoop:
		return true
	case parser.ForLoop:
		if l.Async {
			return false
		}
		if f.Kind(l.Node) == parser.KindForClassic {
			return true
		}
		c := f.CallAt(f.Unwrap(l.Iter))
		return c != nil && (c.Name == "range" || c.Name == "count" && strings.Contains(f.Slice(c.Callee), "count"))
	}
	return false
}

// withoutOwned leaves out the graphs of loops that the reader of a framework shows already.
func withoutOwned(graphs []*Graph) []*Graph {
	contains := func(outer, inner Place) bool {
		return outer.Path == inner.Path && outer.Span.Start <= inner.Span.Start && inner.Span.End <= outer.Span.End
	}
	type repeat struct{ graph, edge Place }
	repeats := map[string][]repeat{} // of frameworks, by file
	for _, g := range graphs {
		for _, e := range g.Edges {
			if e.Kind == LoopBack && g.Framework != "plain" {
				repeats[g.Place.Path] = append(repeats[g.Place.Path], repeat{g.Place, e.Place})
			}
		}
	}
	return slices.DeleteFunc(graphs, func(g *Graph) bool {
		return g.Framework == "plain" && slices.ContainsFunc(repeats[g.Place.Path], func(r repeat) bool {
			return contains(r.graph, g.Place) || contains(g.Place, r.edge)
		})
	})
}

// function reads the graph of a function, or of the code of a module outside functions.
func (p *plainReader) function(fn Ref) {
	w := &plainWalk{plainReader: p, fn: fn, found: map[parser.NodeID]*plainItem{}, taken: map[string]Ref{}}
	body := fn.Node
	if info := fn.Func(); info != nil {
		body = info.Body
	}
	w.count(body)
	w.walk(body, nil)
	if !slices.ContainsFunc(w.edges, func(e Edge) bool { return e.Kind == LoopBack }) {
		return
	}
	if w.onlyChats() {
		return
	}
	name := path.Base(modulePath(fn.File.Path))
	if info := fn.Func(); info != nil && info.Name != "" {
		name = info.Name
	}
	b := p.graph(name, fn)
	for _, item := range w.items {
		item.add(b)
	}
	for _, e := range w.edges {
		b.edge(e)
	}
	if len(w.items) > 0 {
		b.entry(w.items[0].name)
	}
}

// onlyChats reports whether a person talks to one agent of a framework, whose own reader
// shows it: the loop adds nothing.
func (w *plainWalk) onlyChats() bool {
	return len(w.items) == 1 && w.items[0].framework && slices.ContainsFunc(w.edges, func(e Edge) bool { return e.Condition.Decider == ByHuman })
}

// recursion reads a function that asks a model and calls itself.
func (p *plainReader) recursion(fn Ref, info *parser.Func) {
	self := false
	for _, c := range callsBelow(fn.File, fn.Node) {
		self = self || c.Name == info.Name && p.Function(fn.at(c.Callee)) == fn
	}
	if !self {
		return
	}
	for _, c := range callsBelow(fn.File, fn.Node) {
		r := fn.at(c.Node)
		if p.site(r) == nil && !p.client(r) {
			continue
		}
		w := &plainWalk{plainReader: p, fn: fn, found: map[parser.NodeID]*plainItem{}, taken: map[string]Ref{}}
		w.count(info.Body)
		item := w.item(r)
		item.name = info.Name
		b := p.graph(info.Name, fn)
		item.add(b)
		b.entry(item.name)
		b.edge(Edge{From: item.name, To: item.name, Kind: LoopBack, Place: fn.Place(), Condition: p.Decide(fn, nil)})
		return
	}
}

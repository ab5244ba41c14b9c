package agents

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// item is the participant that the call at r asks, or nil.
func (w *plainWalk) item(r Ref) *plainItem {
	item, ok := w.found[r.Node]
	if !ok {
		item = w.newItem(r)
		w.found[r.Node] = item
	}
	return item
}

func (w *plainWalk) newItem(r Ref) *plainItem {
	c := r.File.CallAt(r.Node)
	if c == nil || c.New {
		return nil
	}
	if s := w.site(r); s != nil {
		return w.model(r, s.Model.ID)
	}
	if w.client(r) {
		id := ""
		if m, ok := w.option(r, "model"); ok {
			id = w.modelName(m)
		}
		return w.model(r, id)
	}
	if a := w.agent(r); a.Valid() {
		o := w.Origin(a, nil)
		name := w.textOption(o, "name")
		if name == "" {
			name = a.name()
		}
		if name == "" {
			name = given(o)
		}
		if name == "" {
			return nil
		}
		if defs := o.File.DefsOf(o.Node); len(defs) > 0 { // a parameter
			o.Node = defs[0].Node
		}
		return w.remember(&plainItem{name: name, alias: a.name(), key: o, kind: Agent, place: o.Place(), framework: true, toolsKnown: true})
	}
	fn := w.Function(r.at(c.Callee))
	if !fn.Valid() || fn == w.fn || w.fn.File == fn.File && fn.File.Within(w.fn.Node, fn.Node) && w.fn.Node != 0 || !w.asksOf(fn, 4) {
		return nil
	}
	return w.called(r, fn)
}

// called is the participant that a function of the project is.
func (w *plainWalk) called(r, fn Ref) *plainItem {
	info := fn.Func()
	item := &plainItem{name: info.Name, key: fn, kind: Agent, place: fn.Place(), toolsKnown: true}
	if item.name == "" {
		item.name = given(fn)
	}
	if class := fn.File.ClassAround(fn.Node); class != nil && info.Class >= 0 && wrapperWords.MatchString(info.Name) && !r.File.IsSelf(receiver(r)) {
		item.name, item.alias = class.Name, info.Name
		if v := r.at(receiver(r)); v.Valid() && v.name() != "" { // writer = Agent(…); writer.run()
			if o := w.Origin(v, nil); o.File.CallAt(o.Node) != nil {
				item.key, item.name, item.alias = o, v.name(), class.Name
				if s := w.textOption(o, "name"); s != "" {
					item.name, item.alias = s, v.name()
				}
			}
		}
	} else if w.calls[fn] > 1 && wrapperWords.MatchString(info.Name) {
		if v := boundName(r); !genericResults[v] {
			item.name, item.alias, item.key = v, info.Name, r
			for _, have := range w.items { // draft = ask(…), again in the loop
				if have.name == v && have.alias == info.Name {
					return have
				}
			}
		}
	}
	for _, c := range callsBelow(fn.File, fn.Node) {
		if s := w.site(fn.at(c.Node)); s != nil {
			item.model = s.Model.ID
			item.tools, item.toolsKnown = w.toolsOf(fn.at(c.Node))
			break
		}
	}
	return w.remember(item)
}

// receiver is the object of a method call, or NoNode.
func receiver(r Ref) parser.NodeID {
	callee := r.File.Unwrap(r.File.CallAt(r.Node).Callee)
	if r.File.Kind(callee) != parser.KindAttribute {
		return parser.NoNode
	}
	return r.File.Field(callee, parser.FieldObject)
}

// model is the participant that a call of a model is.
func (w *plainWalk) model(r Ref, id string) *plainItem {
	item := &plainItem{key: r, kind: Agent, place: r.Place(), model: id, bound: boundName(r)}
	for _, have := range w.items { // response = …, and again in the loop: one conversation
		if item.bound != "" && have.bound == item.bound && have.model == id {
			return have
		}
	}
	if fn := w.fn.Func(); fn != nil {
		item.name = fn.Name
	}
	if v := boundName(r); (w.sites > 1 || item.name == "") && !genericResults[v] {
		item.name, item.alias = v, item.name
	}
	if item.name == "" {
		item.name = r.File.CallAt(r.Node).Name
	}
	item.tools, item.toolsKnown = w.toolsOf(r)
	if tools, ok := w.option(r, "tools"); ok && aisdkCalls[r.File.CallAt(r.Node).Name].steps > 0 {
		item.framework = tools.Valid() // the AI SDK's reader shows it
	}
	return w.remember(item)
}

// toolsOf are the tools that a call gives a model.
func (w *plainReader) toolsOf(r Ref) (tools []Ref, known bool) {
	for _, name := range []string{"tools", "functions"} {
		if v, ok := w.option(r, name); ok && w.Origin(v, nil).Kind() != parser.KindDict {
			return w.Elements(v)
		}
	}
	return nil, true
}

// remember returns the item that stands for the same function, agent or call, or adds this
// one under a name of its own.
func (w *plainWalk) remember(item *plainItem) *plainItem {
	for _, have := range w.items {
		if have.key == item.key {
			return have
		}
	}
	base := item.name
	for i := 2; ; i++ {
		if key, ok := w.taken[item.name]; !ok || key == item.key {
			break
		}
		item.name = base + " " + strconv.Itoa(i)
	}
	w.taken[item.name] = item.key
	return item
}

// boundName is the variable that gets the result of a call: of { output: evaluation } the
// last one, of a, b the first.
func boundName(r Ref) string {
	f := r.File
	for up := range f.Ancestors(r.Node) {
		switch f.Kind(up) {
		case parser.KindDeclarator, parser.KindAssignment:
			left := f.Field(up, parser.FieldLeft)
			if left == parser.NoNode {
				left = f.Field(up, parser.FieldName)
			}
			if f.Kind(left) == parser.KindObjectPattern || f.Kind(left) == parser.KindPattern {
				left = f.FirstChild(left)
				if v := f.Field(left, parser.FieldValue); v != parser.NoNode {
					left = v
				}
				return strings.TrimSpace(f.Slice(left))
			}
			return r.at(left).name()
		case parser.KindBlock, parser.KindExpressionStatement, parser.KindModule, parser.KindReturn, parser.KindLambda:
			return ""
		}
	}
	return ""
}

// isRetry reports whether a loop only repeats what failed: whoever succeeds leaves it.
func (w *plainWalk) isRetry(l *plainLoop, out []tail) bool {
	f := w.fn.File
	reached := func(tails []tail) bool {
		return slices.ContainsFunc(tails, func(t tail) bool { return t.loop == nil && w.inside(t.name, l) })
	}
	if !reached(out) && !reached(l.backs) {
		return true // no round follows one that asked
	}
	if len(l.heads) != 1 || !strings.Contains(strings.ToLower(f.Slice(l.Target)+f.Slice(l.Iter)), "attempt") && !strings.Contains(strings.ToLower(f.Slice(l.Target)+f.Slice(l.Iter)), "retr") {
		return false
	}
	for n := l.Body; f.Within(n, l.Body); n++ { // for attempt in range(3): try: … except: sleep
		if f.Kind(n) == parser.KindCatch {
			return true
		}
	}
	return false
}

package llm

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// maxFlow bounds how many expressions one question about a value's making looks at.
const maxFlow = 200

// flow follows a value back to the constructs that made it: through names, attributes,
// functions of the file, chains of methods that give their object back, and prompt | llm.
type flow struct {
	made []*Site // in the order found, each once
	// bound are the calls of pass-through methods on the way, nearest to the use first.
	bound []bound
	// calls are the calls of functions that returned the value.
	calls []returning
	// fallback reports that a caller may give another value: a parameter's default, x or made.
	fallback bool
	// open reports that the value may come from somewhere that is not known, and opaque are
	// the names that lead there.
	open   bool
	opaque []string
	// foreign reports that an instance of a class that the table does not know is among them.
	foreign bool
	seen    map[place]bool
	steps   int
}

// place is a node of a file.
type place struct {
	*parser.File
	node parser.NodeID
}

// bound is a call that gives its object back with more settings.
type bound struct {
	file     *parser.File
	call     *parser.Call
	settings settings
}

// returning is a call in one file of a function of the same or another one.
type returning struct {
	*parser.Call
	in *resolver
	fn *parser.Func
	of *resolver
}

// flowOf follows the value of n.
func (r *resolver) flowOf(n parser.NodeID) *flow {
	w := &flow{seen: map[place]bool{}}
	r.follow(w, n)
	return w
}

func (r *resolver) follow(w *flow, n parser.NodeID) {
	n = r.Unwrap(n)
	at := place{r.File, n}
	if n < 0 || w.steps >= maxFlow || w.seen[at] {
		return
	}
	w.steps++
	w.seen[at] = true
	defer delete(w.seen, at) // only cycles are cut: two ways to one value are both taken
	switch r.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		defs := r.DefsOf(n)
		found, imported := len(w.made), len(defs) == 0
		for _, d := range defs {
			if d.Kind == parser.ImportDef {
				imported = true
				continue
			}
			r.followDef(w, d)
		}
		if imported {
			r.followBeyond(w, n)
		}
		w.ends(found, r.Slice(n))
	case parser.KindAttribute:
		found := len(w.made)
		r.followMember(w, n)
		w.ends(found, r.Slice(attribute(r.File, n)))
	case parser.KindNamedExpression:
		r.follow(w, r.Field(n, parser.FieldValue))
	case parser.KindAsPattern:
		r.follow(w, r.FirstChild(n))
	case parser.KindBinary:
		left, right := r.Field(n, parser.FieldLeft), r.Field(n, parser.FieldRight)
		switch r.Slice(r.Field(n, parser.FieldOperator)) {
		case "|":
			found := len(w.made)
			open, foreign := w.open, w.foreign
			r.follow(w, right)
			r.follow(w, left)
			w.open, w.foreign = open || found == len(w.made), foreign // the prompt and the parser need no making
		case "or", "||", "??":
			found := len(w.made)
			r.follow(w, left)
			w.fallback = w.fallback || found == len(w.made)
			r.follow(w, right)
			w.open = w.open && len(w.made) == found
		}
	case parser.KindConditional:
		for c := range r.Children(n) {
			if c != r.Field(n, parser.FieldCondition) {
				r.follow(w, c)
			}
		}
	case parser.KindList, parser.KindTuple:
		for c := range r.Children(n) {
			r.follow(w, c)
		}
	case parser.KindSubscript:
		r.followItem(w, n)
	case parser.KindCall, parser.KindNew:
		r.followCall(w, n)
	case parser.KindNone:
	default:
		w.open = true
	}
}

// ends notes the name of what was followed in vain since found.
func (w *flow) ends(found int, name string) {
	if len(w.made) == found {
		w.opaque = append(w.opaque, name)
	}
}

func (r *resolver) followDef(w *flow, d *parser.Def) {
	switch d.Kind {
	case parser.AssignDef, parser.WithDef, parser.LoopDef:
		if d.Value == parser.NoNode {
			w.open = w.open || r.FuncAt(r.Parent(d.Node)) == nil && d.Annotation == parser.NoNode
			return
		}
		r.follow(w, d.Value)
	case parser.UnpackDef:
		value := r.Unwrap(d.Value)
		if k := r.Kind(value); k == parser.KindTuple || k == parser.KindList {
			i := 0
			for c := range r.Children(value) {
				if strconv.Itoa(i) == d.Path {
					r.follow(w, c)
				}
				i++
			}
			return
		}
		w.open = true
	case parser.ParamDef:
		r.followParameter(w, d)
	case parser.ImportDef:
		w.open = true
	}
}

// followParameter takes a parameter's default, else what the calls in the file pass.
func (r *resolver) followParameter(w *flow, d *parser.Def) {
	found := len(w.made)
	if d.Value != parser.NoNode {
		r.follow(w, d.Value)
		w.fallback = w.fallback || len(w.made) > found
	}
	fn := r.EnclosingFunc(d.Node)
	if len(w.made) > found || fn == nil {
		return
	}
	for _, passed := range r.passed(fn, d) {
		r.follow(w, passed)
	}
	w.open = w.open || len(w.made) == found
}

// passed are the expressions that the calls of fn in the file pass for one of its parameters.
func (r *resolver) passed(fn *parser.Func, d *parser.Def) []parser.NodeID {
	var out []parser.NodeID
	for _, n := range r.callsOf(fn) {
		c := r.CallAt(n)
		if c == nil {
			continue
		}
		if arg, ok := r.Argument(c, d.Name, r.position(c, fn, d)); ok {
			out = append(out, arg.Value)
		}
	}
	return out
}

// callsOf are the calls of fn; those of its class, where fn makes the instances.
func (r *resolver) callsOf(fn *parser.Func) []parser.NodeID {
	if fn.Name != "__init__" || fn.Class < 0 {
		return r.loops().callersOf(fn)
	}
	var out []parser.NodeID
	class := &r.Classes[fn.Class]
	for c := range r.CallsNamed(class.Name) {
		if r.classOf(c.Callee, 0) == class {
			out = append(out, c.Node)
		}
	}
	return out
}

// position is where a call of fn has the argument for a parameter.
func (r *resolver) position(c *parser.Call, fn *parser.Func, d *parser.Def) int {
	pos := int(d.Index)
	if fn.Class >= 0 && len(fn.Params) > 0 && (fn.Params[0].Name == "self" || fn.Params[0].Name == "cls") {
		pos--
	}
	return pos
}

// followMember takes what a class's attribute was given: self.llm = ChatOpenAI(…).
func (r *resolver) followMember(w *flow, n parser.NodeID) {
	object, name := r.Field(n, parser.FieldObject), r.Slice(attribute(r.File, n))
	var class *parser.Class
	if r.IsSelf(object) {
		class = r.ClassAround(n)
	} else {
		class = r.classOf(object, 0)
	}
	if class == nil {
		r.followBeyond(w, n)
		return
	}
	defs := r.Members(class, name)
	w.open = w.open || len(defs) == 0
	for _, d := range defs {
		if d.Kind == parser.FuncDef {
			r.followReturns(w, &r.Funcs[d.Index]) // a property
			continue
		}
		r.followDef(w, d)
	}
}

// followItem takes the item of a dictionary or a list that is written out, all of them where
// the key is not known: models[name].
func (r *resolver) followItem(w *flow, n parser.NodeID) {
	index := r.Field(n, parser.FieldSubscript)
	if index == parser.NoNode {
		index = r.Field(n, parser.FieldIndex)
	}
	at := r.Eval(r.FirstChild(n)).Node
	key := r.Eval(index)
	switch r.Kind(at) {
	case parser.KindDict:
		if v := r.Property(at, key.Str); key.Kind == parser.String && v != parser.NoNode {
			r.follow(w, v)
			return
		}
		for pair := range r.Children(at) {
			if r.Kind(pair) == parser.KindPair {
				r.follow(w, r.Field(pair, parser.FieldValue))
			}
		}
	case parser.KindList, parser.KindTuple:
		i := 0
		for c := range r.Children(at) {
			if key.Kind != parser.Number || int(key.Num) == i {
				r.follow(w, c)
			}
			i++
		}
	default:
		w.open = true
	}
}

// classOf is the class of this file that n names or is an instance of.
func (r *resolver) classOf(n parser.NodeID, depth int) *parser.Class {
	n = r.Unwrap(n)
	if depth > 8 {
		return nil
	}
	switch r.Kind(n) {
	case parser.KindIdentifier, parser.KindTypeIdentifier:
		for _, d := range r.DefsOf(n) {
			if d.Kind == parser.ClassDef {
				return &r.Classes[d.Index]
			}
			if d.Kind == parser.AssignDef || d.Kind == parser.WithDef {
				if class := r.classOf(d.Value, depth+1); class != nil {
					return class
				}
			}
			if d.Kind == parser.ParamDef && d.Annotation != parser.NoNode {
				annotation := d.Annotation
				for r.Kind(annotation) == parser.KindType {
					annotation = r.FirstChild(annotation)
				}
				return r.classOf(annotation, depth+1)
			}
		}
	case parser.KindAttribute:
		if r.IsSelf(r.Field(n, parser.FieldObject)) {
			if class := r.ClassAround(n); class != nil {
				for _, d := range r.Members(class, r.Slice(attribute(r.File, n))) {
					if c := r.classOf(d.Value, depth+1); d.Kind == parser.AssignDef && c != nil {
						return c
					}
				}
			}
		}
	case parser.KindCall:
		return r.classOf(r.Field(n, parser.FieldFunction), depth+1)
	case parser.KindNew:
		return r.classOf(r.Field(n, parser.FieldConstructor), depth+1)
	}
	return nil
}

func (r *resolver) followCall(w *flow, n parser.NodeID) {
	c := r.CallAt(n)
	if c == nil {
		return
	}
	if s := r.construct(c); s != nil {
		if !slices.Contains(w.made, s) {
			w.made = append(w.made, s)
		}
		return
	}
	if callee := r.Unwrap(c.Callee); r.Kind(callee) == parser.KindAttribute {
		if set, ok := r.table.through[c.Name]; ok {
			w.bound = append(w.bound, bound{r.File, c, set})
			found := len(w.made)
			r.follow(w, r.Field(callee, parser.FieldObject))
			if len(w.made) == found && c.Name == "pipe" && len(c.Args) > 0 {
				r.follow(w, c.Args[0].Value)
			}
			return
		}
	}
	if fn := r.FuncOf(c.Callee); fn != nil {
		w.calls = append(w.calls, returning{c, r, fn, r})
		r.followReturns(w, fn)
		return
	}
	found := len(w.made)
	if of, fn := r.function(c.Callee); fn != nil {
		w.calls = append(w.calls, returning{c, r, fn, of})
		of.followReturns(w, fn)
		return
	}
	r.followBeyond(w, n)
	w.ends(found, c.Name)
	if q := r.QName(c.Callee); len(w.made) == found && q != "" && q[0] != '.' {
		class := q[strings.LastIndexByte(q, '.')+1:]
		w.foreign = w.foreign || class != "" && class[0] >= 'A' && class[0] <= 'Z'
	}
}

func (r *resolver) followReturns(w *flow, fn *parser.Func) {
	if k := r.Kind(fn.Body); k != parser.KindBlock && fn.Body != parser.NoNode {
		r.follow(w, fn.Body)
		return
	}
	for n := fn.Body; r.Within(n, fn.Body); n++ {
		switch r.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(r.Nodes[n].Next) - 1
		case parser.KindReturn, parser.KindYield:
			if value := r.FirstChild(n); value != parser.NoNode {
				r.follow(w, value)
			}
		}
	}
}

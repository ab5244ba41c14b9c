package agents

import (
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// calledItems are the results of functions over what is written out.
func (l *langgraph) calledItems(o slot, hops int) (items []slot, complete bool) {
	f := o.File
	c := f.CallAt(o.Node)
	if c == nil {
		return nil, false
	}
	object := o.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	arg := func(i int) ([]slot, bool) {
		if i >= len(c.Args) {
			return nil, false
		}
		return l.itemsIn(o.at(c.Args[i].Value), o.frame, hops-1)
	}
	script := f.Language.IsScript()
	switch {
	case wraps[c.Name] && len(c.Args) >= 1, c.Name == "reversed" && len(c.Args) == 1:
		return arg(0)
	case c.Name == "range":
		return l.numbers(o, c)
	case c.Name == "enumerate":
		items, complete = arg(0)
		first := 0
		if a, ok := f.Argument(c, "start", 1); ok {
			first, complete = l.number(o.at(a.Value), o.frame)
		}
		return counted(items, first), complete
	case c.Name == "zip":
		return l.zipped(len(c.Args), arg)
	case c.Name == "pairwise" && len(c.Args) == 1:
		items, complete = arg(0)
		for i := 0; i+1 < len(items); i++ {
			items[i] = slot{parts: []slot{items[i], items[i+1]}}
		}
		return items[:max(0, len(items)-1)], complete
	case c.Name == "items" && !script, script && (c.Name == "entries" || c.Name == "keys" || c.Name == "values") && len(c.Args) == 1, (c.Name == "keys" || c.Name == "values") && len(c.Args) == 0:
		table := object
		if len(c.Args) == 1 {
			table = o.at(c.Args[0].Value)
		}
		pairs, all := l.pairs(table, o.frame)
		for _, p := range pairs {
			switch c.Name {
			case "keys":
				items = append(items, p[0])
			case "values":
				items = append(items, p[1])
			default:
				items = append(items, slot{parts: []slot{p[0], p[1]}})
			}
		}
		return items, all
	case script && c.Name == "entries":
		items, complete = l.itemsIn(object, o.frame, hops-1)
		return counted(items, 0), complete
	case script && (c.Name == "map" || c.Name == "flatMap") && len(c.Args) == 1:
		return l.mapped(object, o.at(c.Args[0].Value), o.frame, hops)
	case script && c.Name == "filter":
		items, _ = l.itemsIn(object, o.frame, hops-1)
		return items, false
	case script && c.Name == "concat" && len(c.Args) == 1:
		left, all := l.itemsIn(object, o.frame, hops-1)
		right, rest := arg(0)
		return append(left, right...), all && rest
	}
	if fn := l.Function(o.at(c.Callee)); fn.Valid() {
		if returns := l.Returns(fn); len(returns) == 1 {
			return l.itemsIn(returns[0], l.enter(fn, o.Ref, c, o.frame), hops-1)
		}
	}
	return nil, false
}

func counted(items []slot, first int) []slot {
	out := make([]slot, len(items))
	for i, it := range items {
		out[i] = slot{parts: []slot{{text: strconv.Itoa(first + i)}, it}}
	}
	return out
}

// numbers are those of range(…).
func (l *langgraph) numbers(o slot, c *parser.Call) (items []slot, complete bool) {
	var n []int
	for _, a := range c.Args {
		v, ok := l.number(o.at(a.Value), o.frame)
		if !ok {
			return nil, false
		}
		n = append(n, v)
	}
	from, to := 0, 0
	switch len(n) {
	case 1:
		to = n[0]
	case 2:
		from, to = n[0], n[1]
	default:
		return nil, false
	}
	for i := from; i < to && len(items) < maxRounds; i++ {
		items = append(items, slot{text: strconv.Itoa(i)})
	}
	return items, true
}

func (l *langgraph) zipped(n int, arg func(int) ([]slot, bool)) (items []slot, complete bool) {
	complete = true
	for i := range n {
		column, all := arg(i)
		complete = complete && all
		if i == 0 {
			items = make([]slot, len(column))
		}
		items = items[:min(len(items), len(column))]
		for j := range items {
			items[j].parts = append(items[j].parts, column[j])
		}
	}
	return items, complete
}

// mapped is xs.map(x => …).
func (l *langgraph) mapped(list, callback Ref, e *frame, hops int) (items []slot, complete bool) {
	elems, complete := l.itemsIn(list, e, hops-1)
	fn := l.Function(callback)
	if !fn.Valid() || len(fn.Func().Params) == 0 {
		return nil, false
	}
	f := fn.File
	target := f.Field(fn.Node, parser.FieldParameter)
	if target == parser.NoNode {
		target = f.FirstChild(f.Field(fn.Node, parser.FieldParameters))
	}
	for _, el := range elems {
		for _, ret := range l.Returns(fn) {
			items = append(items, slot{Ref: ret, frame: l.bind(fn.at(target), el, e)})
		}
	}
	return items, complete
}

package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// crewClass is the @CrewBase class that r stands in, if any.
func crewClass(c *constructs, r Ref) Ref {
	class := r.File.ClassAround(r.Node)
	if class == nil {
		return Ref{nil, parser.NoNode}
	}
	for _, d := range class.Decorators {
		if e := decorated(r.File, d); c.named(r.File.QName(e)) == "CrewBase" || r.File.Slice(e) == "CrewBase" {
			return r.at(class.Node)
		}
	}
	return Ref{nil, parser.NoNode}
}

// decorated is the function or class that a decorator applies, without its arguments.
func decorated(f *parser.File, d parser.NodeID) parser.NodeID {
	if f.Kind(d) == parser.KindDecorator {
		d = f.FirstChild(d)
	}
	if f.Kind(d) == parser.KindCall {
		return f.Field(d, parser.FieldFunction)
	}
	return d
}

// decoratorNamed is the decorator of fn with a last segment among names, without its
// arguments, and the call if it has some.
func decoratorNamed(f *parser.File, fn *parser.Func, names ...string) (name string, at parser.NodeID) {
	for _, d := range fn.Decorators {
		e := decorated(f, d)
		s := f.Slice(e)
		if s = s[strings.LastIndexByte(s, '.')+1:]; slices.Contains(names, s) {
			if f.Kind(d) == parser.KindDecorator {
				d = f.FirstChild(d)
			}
			return s, d
		}
	}
	return "", parser.NoNode
}

// decoratedMethods are the objects that the methods of a class with a decorator return, base classes first.
func (k *crew) decoratedMethods(class Ref, decorator string, hops int) (out []object) {
	f := class.File
	info := f.ClassAt(class.Node)
	if info == nil || hops == 0 {
		return nil
	}
	for _, base := range info.Bases {
		if up := k.c.Class(class.at(base), maxHops); up.Valid() && up != class {
			out = append(out, k.decoratedMethods(up, decorator, hops-1)...)
		}
	}
	index := slices.IndexFunc(f.Classes, func(c parser.Class) bool { return c.Node == class.Node })
	for i := range f.Funcs {
		fn := &f.Funcs[i]
		if int(fn.Class) != index {
			continue
		}
		if name, _ := decoratorNamed(f, fn, decorator); name == "" {
			continue
		}
		returns := k.c.Returns(class.at(fn.Node))
		if len(returns) != 1 {
			k.open("what "+fn.Name+" returns can't be told", class.at(fn.Node))
			continue
		}
		o, ok := k.c.object(returns[0], nil)
		o.names = append([]string{fn.Name}, o.names...)
		if !ok {
			k.open("what "+fn.Name+" returns can't be told", returns[0])
			continue
		}
		out = append(out, o)
	}
	return out
}

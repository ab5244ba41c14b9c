package parser

import "slices"

// CallAt is the call or new expression at n, or nil.
func (f *File) CallAt(n NodeID) *Call {
	i, ok := slices.BinarySearchFunc(f.Calls, n, func(c Call, n NodeID) int { return int(c.Node - n) })
	if !ok {
		return nil
	}
	return &f.Calls[i]
}

// Argument finds an argument of c: the keyword name, or the positional one at pos (-1: by
// keyword only). In JavaScript a property of an object literal that is an argument counts
// as a keyword, and so does a key of a constant dictionary that is spread into the call.
func (f *File) Argument(c *Call, name string, pos int) (Arg, bool) {
	for i, a := range c.Args {
		switch {
		case a.Name != "" && a.Name == name, a.Name == "" && a.Spread == 0 && i == pos:
			return a, true
		case name == "":
		case a.Spread == 2:
			if v := f.Eval(a.Value); v.Kind == Dict {
				if e := v.Get(name); e.Node != v.Node {
					return Arg{Name: name, Node: a.Node, Value: e.Node}, true
				}
			}
		case f.Language.IsScript() && f.Kind(f.Unwrap(a.Value)) == KindDict:
			if value := f.Property(f.Unwrap(a.Value), name); value != NoNode {
				return Arg{Name: name, Node: f.Parent(value), Value: value}, true
			}
		}
	}
	return Arg{}, false
}

// Property is the value of a key that is written in a dictionary or object literal; of a
// shorthand {x} it is x. NoNode where the literal does not have it.
func (f *File) Property(object NodeID, name string) NodeID {
	found := NoNode
	for c := range f.Children(object) {
		switch f.Kind(c) {
		case KindPair:
			if propertyName(f, f.Field(c, FieldKey)) == name {
				found = f.Field(c, FieldValue)
			}
		case KindShorthand:
			if f.Slice(c) == name {
				found = c
			}
		}
	}
	return found
}

// EnclosingLoop is the innermost loop whose body n stands in without a named function in between, or nil.
func (f *File) EnclosingLoop(n NodeID) *Loop {
	var best *Loop
	for i := range f.Loops {
		l := &f.Loops[i]
		if f.Within(n, l.Body) && (best == nil || f.Within(l.Body, best.Body)) {
			best = l
		}
	}
	if best == nil || n == best.Body {
		return best
	}
	for p := range f.Ancestors(n) {
		if p == best.Body {
			break
		}
		if k := f.Kind(p); k == KindFunction || k == KindMethod {
			return nil
		}
	}
	return best
}

// EnclosingFunc is the innermost function, method or lambda that n stands in, or nil.
func (f *File) EnclosingFunc(n NodeID) *Func {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case KindFunction, KindLambda, KindMethod:
			if fn := f.funcAt(p); fn != nil {
				return fn
			}
		}
	}
	return nil
}

// FuncAt is the function, method or lambda at n, or nil.
func (f *File) FuncAt(n NodeID) *Func { return f.funcAt(n) }

// ClassAt is the class at n, or nil.
func (f *File) ClassAt(n NodeID) *Class {
	i, ok := slices.BinarySearchFunc(f.Classes, n, func(c Class, n NodeID) int { return int(c.Node - n) })
	if !ok {
		return nil
	}
	return &f.Classes[i]
}

// ClassAround is the innermost class whose body n stands in, or nil.
func (f *File) ClassAround(n NodeID) *Class { return f.classAround(n) }

// Members are the definitions of an attribute in a class, or in the nearest of its bases in
// this file that has it: those of instances (self.x = …) before those of the class.
func (f *File) Members(c *Class, name string) []*Def { return f.memberDefs(c, name) }

// IsSelf reports whether n is this, or self or cls in Python.
func (f *File) IsSelf(n NodeID) bool { return f.isSelf(n) }

// AttributeName is the node of b in a.b.
func (f *File) AttributeName(n NodeID) NodeID { return f.attributeName(n) }

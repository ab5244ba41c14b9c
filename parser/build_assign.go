package parser

import "strconv"

// assignment is one to a name whose scope is known only when all definitions are.
type assignment struct {
	def  Def
	from ScopeID
}

// assign defines the targets of an assignment, whatever their shape.
func (b *builder) assign(target, value NodeID, d Def) {
	d.Node, d.Value = target, value
	switch b.Kind(target) {
	case KindIdentifier, KindShorthandPattern:
		d.Name = b.Slice(target)
		b.define(d)
	case KindParenthesized, KindRestPattern, KindSpread, KindAsTarget:
		if b.Kind(target) != KindParenthesized && b.Kind(target) != KindAsTarget {
			d.Kind, d.Path = UnpackDef, "..."
		}
		if inner := b.FirstChild(target); inner != NoNode {
			b.assign(inner, value, d)
		}
	case KindPattern, KindTuple, KindList:
		i := 0
		for c := range b.All(target) {
			if b.IsNamed(c) && b.Kind(c) != KindComment {
				b.assign(c, value, unpack(d, strconv.Itoa(i)))
			}
			if b.KindName(c) == "," {
				i++
			}
		}
	case KindObjectPattern:
		for c := range b.Children(target) {
			switch b.Kind(c) {
			case KindShorthandPattern:
				b.assign(c, value, unpack(d, b.Slice(c)))
			case KindPairPattern:
				b.assign(b.Field(c, FieldValue), value, unpack(d, propertyName(b.File, b.Field(c, FieldKey))))
			case KindDefaultPattern:
				left := b.Field(c, FieldLeft)
				b.assign(left, value, unpack(d, b.Slice(left)))
			default:
				b.assign(c, value, d)
			}
		}
	case KindDefaultPattern:
		b.assign(b.Field(target, FieldLeft), value, d)
	case KindAttribute:
		b.assignAttribute(target, d)
	case KindSubscript:
		b.mutate(b.base(target), target)
	}
}

func unpack(d Def, step string) Def {
	if d.Path != "" {
		step = d.Path + "." + step
	}
	if d.Path = step; d.Kind != LoopDef {
		d.Kind = UnpackDef
	}
	return d
}

// assignAttribute records self.x = value as ".x" in the scope of the class; an attribute of
// anything else changes what that thing holds.
func (b *builder) assignAttribute(target NodeID, d Def) {
	object := b.Field(target, FieldObject)
	if class, scope := b.enclosingClass(); class >= 0 && b.isSelf(object) {
		d.Name, d.Scope = "."+b.Slice(b.attributeName(target)), scope
		b.define(d)
		return
	}
	b.mutate(b.base(target), target)
}

// mutate notes that what name holds is changed in place, so that it is no constant any more.
func (b *builder) mutate(name, at NodeID) {
	if b.Kind(name) != KindIdentifier {
		return
	}
	d := def(b.Slice(name), AugmentedDef, b.scope(), at)
	b.deferred = append(b.deferred, assignment{d, b.scope()})
}

// base is the leftmost expression of a chain of attributes and subscripts.
func (f *File) base(n NodeID) NodeID {
	for {
		switch f.Kind(n) {
		case KindAttribute:
			n = f.Field(n, FieldObject)
		case KindSubscript:
			n = f.FirstChild(n)
		default:
			return n
		}
	}
}

// attributeName is the name node of a.b.
func (f *File) attributeName(n NodeID) NodeID {
	if f.Language.IsScript() {
		return f.Field(n, FieldProperty)
	}
	return f.Field(n, FieldAttribute)
}

// isSelf reports whether n is this, or the first parameter of the method it stands in.
func (f *File) isSelf(n NodeID) bool {
	switch f.Kind(n) {
	case KindThis:
		return true
	case KindIdentifier:
		s := f.Slice(n)
		return !f.Language.IsScript() && (s == "self" || s == "cls")
	}
	return false
}

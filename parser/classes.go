package parser

// classAround is the class whose body n stands in, or nil.
func (f *File) classAround(n NodeID) *Class {
	for s := f.ScopeAt(n); s >= 0; s = f.Scopes[s].Parent {
		if f.Scopes[s].Kind == ClassScope {
			for i := range f.Classes {
				if f.Classes[i].Scope == s {
					return &f.Classes[i]
				}
			}
		}
	}
	return nil
}

// memberDefs are the definitions of an attribute in a class and its bases in this file.
func (f *File) memberDefs(c *Class, name string) []*Def {
	for range maxDepth {
		if c == nil {
			return nil
		}
		for _, key := range []string{"." + name, name} {
			if first, ok := f.names[defKey{c.Scope, key}]; ok {
				return f.chain(first)
			}
		}
		var base *Class
		for _, b := range c.Bases {
			if base = f.classNamed(b); base != nil {
				break
			}
		}
		c = base
	}
	return nil
}

func (f *File) classNamed(n NodeID) *Class {
	for _, d := range f.DefsOf(n) {
		if d.Kind == ClassDef {
			return &f.Classes[d.Index]
		}
	}
	return nil
}

// localClass is the class of this file that n names or is an instance of.
func (f *File) localClass(n NodeID, depth budget) *Class {
	if depth.spent() {
		return nil
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindIdentifier:
		if c := f.classNamed(n); c != nil {
			return c
		}
		for _, d := range f.DefsOf(n) {
			if d.Kind == AssignDef || d.Kind == WithDef {
				return f.localClass(d.Value, depth.next())
			}
			if d.Kind == ParamDef && d.Annotation != NoNode {
				return f.localClass(f.plainType(d.Annotation), depth.next())
			}
		}
	case KindTypeIdentifier:
		return f.classNamed(n)
	case KindCall:
		return f.localClass(f.Field(n, FieldFunction), depth.next())
	case KindNew:
		return f.localClass(f.Field(n, FieldConstructor), depth.next())
	}
	return nil
}

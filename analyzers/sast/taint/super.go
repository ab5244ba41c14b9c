package taint

// superValue is the instance, seen as one of its base class.
func (in *interp) superValue() (*value, bool) {
	if len(in.stack) == 0 {
		return nil, false
	}
	fn := in.stack[len(in.stack)-1]
	if fn.self == nil {
		return nil, false
	}
	c := in.cell(fn.self)
	if c == nil || c.class == nil {
		return nil, false
	}
	// The class that the method is defined in says what comes next.
	owner := in.ownerOf(c.class, fn, 0)
	if owner == nil {
		return nil, false
	}
	proxy := &callee{kind: class, unit: owner.unit, node: owner.node, bases: owner.bases, use: new(usage)}
	id, pc := in.alloc(objectCell)
	pc.class = proxy
	pc.rest = tainted(in.deep(fn.self))
	for _, b := range owner.bases {
		if b != nil && b.fn != nil && b.fn.kind == class {
			return &value{cell: id, super: fn.self, fn: nil}, true
		}
	}
	return nil, true
}

func (in *interp) ownerOf(c *callee, method *callee, depth int) *callee {
	if cell := in.get(c.frame); cell != nil {
		for _, f := range cell.fields {
			if f.v != nil && f.v.fn != nil && f.v.fn.node == method.node && f.v.fn.unit == method.unit {
				return c
			}
		}
	}
	if depth < 8 {
		for _, b := range c.bases {
			if b != nil && b.fn != nil && b.fn.kind == class {
				if o := in.ownerOf(b.fn, method, depth+1); o != nil {
					return o
				}
			}
		}
	}
	return nil
}

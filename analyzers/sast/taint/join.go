package taint

// join is the state that both may be; it takes both. Where only one is alive it is that one.
func (in *interp) join(a, b *state) *state {
	if a == nil || a == b {
		return b
	}
	if b == nil {
		return a
	}
	j := joiner{in: in, a: a, b: b}
	differing(a, b, func(i int, cb *chunk) bool {
		for k := range chunkSize {
			id := cellID(i*chunkSize + k)
			x, y := a.get(id), cb.cells[k]
			if x == y || y == nil {
				continue
			}
			if x == nil {
				a.set(id, y)
				continue
			}
			if z := j.cells(x, y); z != x {
				a.set(id, z)
			}
		}
		return true
	})
	return a
}

type joiner struct {
	in    *interp
	a, b  *state
	depth int
}

// cells is a new cell, owned by a, of what either holds.
func (j *joiner) cells(x, y *cell) *cell {
	j.in.looks -= len(x.fields) + len(x.elems)
	out := &cell{owner: j.a.owner, kind: x.kind, exact: x.exact && y.exact, up: x.up, class: x.class}
	if x.class != y.class {
		out.class = nil
	}
	out.rest = j.values(x.rest, y.rest)
	if x.kind == listCell {
		if len(x.elems) == len(y.elems) {
			out.elems = make([]*value, len(x.elems))
			for i := range x.elems {
				out.elems[i] = j.values(x.elems[i], y.elems[i])
			}
			return out
		}
		out.exact = false
		for _, e := range x.elems {
			out.rest = j.collapse(out.rest, e, j.a)
		}
		for _, e := range y.elems {
			out.rest = j.collapse(out.rest, e, j.b)
		}
		return out
	}
	fields := x.fields // copied when the first one changes
	copied := false
	change := func() {
		if !copied {
			fields, copied = append(make([]field, 0, max(len(x.fields), len(y.fields))), x.fields...), true
		}
	}
	for i, f := range x.fields {
		var v *value
		ok := i < len(y.fields) && y.fields[i].key == f.key
		if ok {
			v = y.fields[i].v
		} else {
			v, ok = y.field(f.key)
		}
		joined := f.v
		switch {
		case ok:
			joined = j.values(f.v, v)
		case !y.exact && y.kind != frameCell && y.kind != objectCell:
			joined = f.v.or(y.rest)
		}
		if joined != f.v {
			change()
			fields[i].v = joined
		}
	}
	for i, f := range y.fields {
		if i < len(x.fields) && x.fields[i].key == f.key {
			continue
		}
		if _, ok := x.field(f.key); !ok {
			if !x.exact && x.kind != frameCell && x.kind != objectCell {
				f.v = f.v.or(x.rest)
			}
			change()
			fields = append(fields, f)
		}
	}
	if !copied && out.exact == x.exact && out.rest == x.rest && out.class == x.class {
		return x
	}
	if !copied {
		change()
	}
	out.fields = fields
	return out
}

// values is what is known of a value that is v in state a, or w in b.
func (j *joiner) values(v, w *value) *value {
	if v == w {
		return v
	}
	if v == nil || w == nil || v.cell == w.cell {
		if v != nil && w != nil && v.cell != 0 && sameFn(v.fn, w.fn) && v.kind == w.kind {
			return v.with(union(v.marks, w.marks))
		}
		if c := v.cellOf(w); c == 0 || v != nil && w != nil {
			return v.or(w)
		}
	}
	if v != nil && v.kind != unknown || w != nil && w.kind != unknown {
		return v.or(w) // nothing can be read from a constant
	}
	// One of them has a cell that the other has not: what is read from it may be of the other.
	j.depth++
	defer func() { j.depth-- }()
	if j.in.looks--; j.depth > 4 || j.in.looks < 0 {
		return v.or(w)
	}
	x, y := j.of(j.a, v), j.of(j.b, w)
	if x == nil && y == nil || x != nil && (x.kind == frameCell || x.kind == classCell) {
		return v.or(w)
	}
	out := v.or(w)
	if out == nil {
		return nil
	}
	fresh := *out
	var c *cell
	switch {
	case x != nil && y != nil && x.kind == y.kind:
		c = j.cells(x, y)
	case x != nil && y != nil:
		fresh.cell = 0
		fresh.marks = union(union(fresh.marks, j.in.deepIn(j.a, v)), j.in.deepIn(j.b, w))
		return &fresh
	case x != nil:
		c = j.cells(x, &cell{kind: x.kind, rest: tainted(w.taint()), elems: spread(len(x.elems), tainted(w.taint()))})
	default:
		c = j.cells(&cell{kind: y.kind, rest: tainted(v.taint()), elems: spread(len(y.elems), tainted(v.taint()))}, y)
	}
	if c.class == nil {
		if x != nil && x.class != nil && (w.konst() == null || w == nil) {
			c.class = x.class
		} else if y != nil && y.class != nil && (v.konst() == null || v == nil) {
			c.class = y.class
		}
	}
	fresh.cell = j.in.newID()
	j.a.set(fresh.cell, c)
	return &fresh
}

// collapse adds an element of state s to what is known of many.
func (j *joiner) collapse(all, e *value, s *state) *value {
	if all == nil || e == nil || all.cell == 0 || e.cell == 0 || all.cell == e.cell {
		return all.or(e)
	}
	return tainted(union(union(all.marks, j.in.deepIn(j.a, all)), j.in.deepIn(s, e)))
}

// of is the cell of a value.
func (j *joiner) of(s *state, v *value) *cell {
	if v == nil || v.cell == 0 {
		return nil
	}
	return s.get(v.cell)
}

// cellOf is the cell of v or of w.
func (v *value) cellOf(w *value) cellID {
	if v != nil && v.cell != 0 {
		return v.cell
	}
	if w != nil {
		return w.cell
	}
	return 0
}

func spread(n int, v *value) []*value {
	out := make([]*value, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// covers reports whether whatever b may be, a says already: a loop whose body comes back to a
// state that was covered has been followed to its end.
func (in *interp) covers(a, b *state) bool {
	if b == nil || a == b {
		return true
	}
	covered := true
	differing(a, b, func(i int, cb *chunk) bool {
		for k := range chunkSize {
			x, y := a.get(cellID(i*chunkSize+k)), cb.cells[k]
			if x == nil || y == nil || x == y {
				continue // a cell that the body made
			}
			if covered = in.coversCell(x, y, a, b, 0); !covered {
				return false
			}
		}
		return true
	})
	return covered
}

func (in *interp) coversCell(x, y *cell, a, b *state, depth int) bool {
	if in.looks -= len(y.fields) + len(y.elems); in.looks < 0 {
		return true
	}
	if x.kind != y.kind || len(x.elems) != len(y.elems) || !in.coversValue(x.rest, y.rest, a, b, depth) {
		return false
	}
	for i := range x.elems {
		if !in.coversValue(x.elems[i], y.elems[i], a, b, depth) {
			return false
		}
	}
	for _, f := range y.fields {
		v, ok := x.field(f.key)
		if !ok && f.v.taint() == nil && f.v.cellOf(nil) == 0 {
			continue // a variable that the body made
		}
		if !in.coversValue(v, f.v, a, b, depth) {
			return false
		}
	}
	return true
}

func (in *interp) coversValue(v, w *value, a, b *state, depth int) bool {
	if v == w {
		return true
	}
	if bitsOf(w.taint())&^bitsOf(v.taint()) != 0 {
		return false
	}
	if v.konst() != unknown && !sameConst(v, w) {
		return false
	}
	cv, cw := v.cellOf(nil), w.cellOf(nil)
	if cv == cw || cw == 0 {
		return true
	}
	if depth > 3 {
		return true
	}
	x, y := a.get(cv), b.get(cw)
	if x == nil || y == nil {
		return x == nil && y == nil
	}
	return x == y || in.coversCell(x, y, a, b, depth+1)
}

package taint

import "slices"

// cellID names a cell. 0 is none.
type cellID int32

// cellKind is what a cell holds.
type cellKind uint8

const (
	listCell   cellKind = iota // elems
	dictCell                   // fields by key
	configCell                 // a ConfigParser: fields by section, each a dict
	objectCell                 // fields by attribute
	frameCell                  // fields by variable
	classCell                  // the body of a class: fields by attribute
)

// A cell is what can be changed while the program runs: a container, an instance, the variables of
// a call. It belongs to one state; another state that shares it copies it before it changes it.
type cell struct {
	owner  *owner
	kind   cellKind
	exact  bool // there is nothing in it but what is listed
	fields []field
	elems  []*value
	rest   *value  // what may stand at places that are not listed
	up     cellID  // of a frame: the one around it
	class  *callee // of an instance
}

type field struct {
	key int32
	v   *value
}

// owner tells states apart.
type owner struct{ _ byte }

const (
	chunkSize = 16
	pageSize  = 64 // chunks
)

// chunk is cells that stand side by side, page is chunks that do: what states share until one of
// them changes a cell in it, so that a fork copies little of what a large file has.
type chunk struct {
	owner *owner
	cells [chunkSize]*cell
}

type page struct {
	owner  *owner
	chunks [pageSize]*chunk
}

// A state is all cells at a point of the program.
type state struct {
	owner *owner
	pages []*page
}

func newState() *state { return &state{owner: new(owner)} }

// fork is a second state with the same cells. From then on both copy what they change.
func (s *state) fork() *state {
	if s == nil {
		return nil
	}
	s.owner = new(owner)
	return &state{owner: new(owner), pages: slices.Clone(s.pages)}
}

// chunk is the i-th chunk, or nil.
func (s *state) chunk(i int) *chunk {
	if p := i / pageSize; p < len(s.pages) && s.pages[p] != nil {
		return s.pages[p].chunks[i%pageSize]
	}
	return nil
}

// share lets another state take over cells of this one, which copies them from then on before it changes them.
func (s *state) share() { s.owner = new(owner) }

// get is a cell to be read, or nil.
func (s *state) get(id cellID) *cell {
	if id <= 0 {
		return nil
	}
	if c := s.chunk(int(id) / chunkSize); c != nil {
		return c.cells[int(id)%chunkSize]
	}
	return nil
}

// set puts a cell in its place.
func (s *state) set(id cellID, c *cell) {
	i := int(id) / chunkSize
	for len(s.pages) <= i/pageSize {
		s.pages = append(s.pages, nil)
	}
	pg := s.pages[i/pageSize]
	if pg == nil || pg.owner != s.owner {
		fresh := &page{owner: s.owner}
		if pg != nil {
			fresh.chunks = pg.chunks
		}
		pg = fresh
		s.pages[i/pageSize] = pg
	}
	ch := pg.chunks[i%pageSize]
	if ch == nil || ch.owner != s.owner {
		fresh := &chunk{owner: s.owner}
		if ch != nil {
			fresh.cells = ch.cells
		}
		ch = fresh
		pg.chunks[i%pageSize] = ch
	}
	ch.cells[int(id)%chunkSize] = c
}

// differing yields the chunks of b, by their index, that are not those of a.
func differing(a, b *state, yield func(i int, cb *chunk) bool) {
	for p, pb := range b.pages {
		if pb == nil || p < len(a.pages) && a.pages[p] == pb {
			continue
		}
		for k, cb := range pb.chunks {
			i := p*pageSize + k
			if cb != nil && a.chunk(i) != cb && !yield(i, cb) {
				return
			}
		}
	}
}

// own is a cell to be changed, or nil.
func (s *state) own(id cellID) *cell {
	c := s.get(id)
	if c == nil || c.owner == s.owner {
		return c
	}
	fresh := *c
	fresh.owner = s.owner
	fresh.fields = slices.Clone(c.fields)
	fresh.elems = slices.Clone(c.elems)
	s.set(id, &fresh)
	return &fresh
}

// field is the value at a key.
func (c *cell) field(key int32) (*value, bool) {
	for i := range c.fields {
		if c.fields[i].key == key {
			return c.fields[i].v, true
		}
	}
	return nil, false
}

// put sets the value at a key; the cell must be owned.
func (c *cell) put(key int32, v *value) {
	for i := range c.fields {
		if c.fields[i].key == key {
			c.fields[i].v = v
			return
		}
	}
	if len(c.fields) >= mostFields && c.kind != frameCell {
		c.exact = false
		c.rest = c.rest.or(v)
		return
	}
	c.fields = append(c.fields, field{key, v})
}

// drop forgets a key.
func (c *cell) drop(key int32) {
	c.fields = slices.DeleteFunc(c.fields, func(f field) bool { return f.key == key })
}

// mostFields and mostElems bound how much of a container is told apart.
const (
	mostFields = 128
	mostElems  = 64
)

// same reports whether w says just what v says, which is only marks and a cell.
func (v *value) same(w *value) bool {
	return w != nil && w.kind == unknown && w.fn == nil && w.super == nil && !w.resolves && w.test == nil && w.typed == nil && w.facts == 0 && w.prefix == "" && w.inside == nil && w.ext == nil &&
		w.cell == v.cell && len(w.marks) == len(v.marks) && (len(v.marks) == 0 || &w.marks[0] == &v.marks[0])
}

// or is what is known when a value is one of two and no state is at hand: the taint of both.
func (v *value) or(w *value) *value {
	if v == w || w == nil && v.konst() == unknown && (v == nil || v.ext == nil && v.fn == nil) {
		return v
	}
	if v == nil && w.kind == unknown && w.fn == nil && w.ext == nil {
		return w
	}
	if sameConst(v, w) && v.fn == nil && w.fn == nil {
		return v.with(union(v.marks, w.marks))
	}
	marks := union(v.taint(), w.taint())
	if v != nil && w != nil && v.fn != nil && v.fn == w.fn {
		return &value{marks: marks, fn: v.fn, cell: v.cell}
	}
	if v != nil && w != nil && v.ext != nil && v.ext == w.ext {
		return v.with(marks)
	}
	out := &value{marks: marks}
	if v != nil && v.cell != 0 {
		out.cell = v.cell
	} else if w != nil {
		out.cell = w.cell
	}
	switch {
	case len(marks) == 0 && out.cell == 0:
		return nil
	case out.same(v):
		return v
	case out.same(w):
		return w
	}
	return out
}

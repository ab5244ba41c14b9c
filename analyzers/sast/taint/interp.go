package taint

import (
	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Bounds of the work in one file and pass: nodes that are visited, of them below calls that one
// function makes, and calls in each other.
const (
	mostVisits  = 40_000 // and some for each node of the file
	mostInlined = 8_000
	deepest     = 8
	mostLooks   = 2_000_000
)

// interp runs a file on abstract values.
type interp struct {
	unit     *unit
	units    map[*parser.File]*unit
	modules  Modules
	interned map[string]int32
	spelled  []string
	known    names

	st    *state // nil where no run comes to
	base  *state // what modules that are imported left behind
	frame cellID
	act   *activation
	depth int // of calls
	flags int // that are followed
	links int // of imports that are followed, one to the next
	looks int // how many parts of values may still be compared and joined
	ids   cellID

	visits, inlined int
	reserve         int   // visits that are not for calls: the last ones go to what is written in a function itself
	args            []arg // a stack
	callTaint       []mark
	lastStep        *step
	tries           []*attempt
	memo            map[memoKey][]memoEntry
	stack           []*callee

	muted   bool                // nothing is reported
	classes [sinkClasses]uint64 // bits by the class of weakness
	// Bits of rules whose options say that taint does not spread by calls, by indexes, by anything but assignments.
	noCalls, noIndexes, noOperators uint64
	// Bits of rules for which numbers, truths and the results of comparisons are tainted by what they are made of.
	numbers, truths, comparisons uint64

	ask      func(*external) uint64 // which sources an external is
	speaksOf func(name string) bool // whether a source's pattern has a name in it
	busy     map[*parser.File]bool  // whether a rule matches in a file or in what it imports
	matchIn  func(*parser.File) bool
	hitsOf   func(*parser.File) *hits
	root     *unit   // the file that findings stand in
	entry    tree.ID // where in root the call stands that leads to other files
	findings []Finding
	seen     map[findingKey]bool
}

type findingKey struct {
	rule *tracked
	node tree.ID
	span text.Span
}

// activation is one run of a function's body.
type activation struct {
	frame   cellID
	returns *value
	exit    *state // where it returned
	some    bool   // whether it returned a value
	yields  *value
	yielded bool
	loops   []*loop
	made    []*callee // the functions that it defined
	global  bool      // it has a global or nonlocal statement
}

// loop is where break and continue lead.
type loop struct {
	label      int32
	isSwitch   bool
	brk, next_ *state
}

// attempt is a try whose body runs: what its handlers may see.
type attempt struct {
	act    *activation // whose body it stands in
	seen   *state
	raised []mark // of what is raised
	risky  bool   // something may raise
}

func newInterp(modules Modules) *interp {
	in := &interp{units: map[*parser.File]*unit{}, modules: modules, interned: map[string]int32{}, spelled: []string{""}, memo: map[memoKey][]memoEntry{}, seen: map[findingKey]bool{}, visits: mostVisits, looks: mostLooks}
	in.known = newNames(in)
	return in
}

func (in *interp) newID() cellID {
	in.ids++
	return in.ids
}

// alloc is a new cell.
func (in *interp) alloc(kind cellKind) (cellID, *cell) {
	c := &cell{kind: kind, exact: kind != objectCell}
	if in.st == nil { // nobody will see it
		return 0, c
	}
	id := in.newID()
	c.owner = in.st.owner
	in.st.set(id, c)
	return id, c
}

// cell is the cell of a value to be read, or nil.
func (in *interp) cell(v *value) *cell {
	if v == nil || v.cell == 0 || in.st == nil {
		return nil
	}
	return in.get(v.cell)
}

func (in *interp) get(id cellID) *cell {
	if in.st != nil {
		if c := in.st.get(id); c != nil {
			return c
		}
	}
	if in.base != nil {
		return in.base.get(id)
	}
	return nil
}

// own is a cell to be changed. Where there is none it is one that nobody sees.
func (in *interp) own(id cellID) *cell {
	if in.st == nil {
		return &cell{}
	}
	if c := in.st.own(id); c != nil {
		return c
	}
	if in.base != nil {
		if c := in.base.get(id); c != nil {
			in.st.set(id, c)
			return in.st.own(id)
		}
	}
	return &cell{}
}

// deep is the taint of v and of all that it holds.
func (in *interp) deep(v *value) []mark {
	if v == nil {
		return nil
	}
	if v.cell == 0 && (v.fn == nil || v.fn.self == nil) || in.st == nil {
		return v.marks
	}
	left := 64
	return in.deepen(in.st, v, v.marks, &left)
}

func (in *interp) deepIn(s *state, v *value) []mark {
	left := 64
	return in.deepen(s, v, v.taint(), &left)
}

func (in *interp) deepen(s *state, v *value, marks []mark, left *int) []mark {
	if v == nil {
		return marks
	}
	marks = union(marks, v.marks)
	if v.fn != nil && v.fn.self != nil {
		v = v.fn.self
		marks = union(marks, v.marks)
	}
	if v.cell == 0 || *left <= 0 {
		return marks
	}
	*left--
	c := s.get(v.cell)
	if c == nil && in.base != nil {
		c = in.base.get(v.cell)
	}
	if c == nil || c.kind == frameCell || c.kind == classCell {
		return marks
	}
	for _, e := range c.elems {
		if e != nil {
			marks = in.deepen(s, e, marks, left)
		}
	}
	for _, f := range c.fields {
		if f.v != nil {
			marks = in.deepen(s, f.v, marks, left)
		}
	}
	return in.deepen(s, c.rest, marks, left)
}

// report notes that taint arrives at a sink.
func (in *interp) report(h *sinkHit, n tree.ID, marks []mark) {
	if in.muted {
		return
	}
	var at *step
	for _, m := range marks {
		if m.bits&h.rule.mask != 0 {
			at = m.step
			break
		}
	}
	if at == nil {
		return
	}
	source := at
	for source.prev != nil {
		source = source.prev
	}
	sink := *h.match
	if h.rule.rule.Taint.Options.UnifyMvars && source.from != nil && source.unit == in.unit {
		if _, ok := pattern.Unify(in.unit.tree, sink.Vars, source.from.Vars); !ok {
			return
		}
	}
	where := Step{File: in.unit.file, Span: sink.Span, Kind: SinkStep}
	if in.unit != in.root {
		// The sink is in a file that this one calls: the finding stands where the data enters.
		entry := in.entry
		if entry == tree.None {
			return
		}
		sink = search.Match{Span: in.root.tree.Span(entry), Node: entry, Vars: nil}
	}
	key := findingKey{h.rule, sink.Node, sink.Span}
	if in.seen[key] {
		return
	}
	in.seen[key] = true
	f := Finding{Rule: h.rule.rule, Sink: sink, Trace: trace(at, where)}
	if source.unit == in.root && source.from != nil {
		f.Sink.Vars = merged(sink.Vars, source.from.Vars)
		if h.rule.rule.Taint.Options.FocusOnSource {
			f.Sink.Node, f.Sink.Span = source.from.Node, source.from.Span
		}
	}
	in.findings = append(in.findings, f)
}

package secrets

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// automaton tells how far a match of a pattern can reach. It runs over bytes, in either
// direction, and never says less than the truth: assertions such as \b always hold in it,
// and a byte outside ASCII may be any part of any character that its pattern knows. What
// it lets through is for the real regexp to judge; what it rejects can't match.
//
// It is a deterministic automaton built while it runs, and shared by all goroutines:
// a step that has been taken before costs one atomic load.
type automaton struct {
	prog    *syntax.Prog
	class   [256]uint8
	classes int
	eats    [][]bool // instruction that waits for a byte → class → whether it can consume it
	start   atomic.Pointer[state]

	mu     sync.Mutex
	states map[string]*state
}

// state is a set of instructions that wait for a byte. A state without any is dead.
type state struct {
	waiting []uint32
	accepts bool
	next    []atomic.Pointer[state] // by class; nil is not built yet
}

// maxStates bounds the memory of one automaton to about 2 MB; beyond, it starts afresh.
const maxStates = 4096

// highByte is the class of all bytes outside ASCII.
const highByte = 0

func newAutomaton(re *syntax.Regexp) (*automaton, error) {
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil, err
	}
	a := &automaton{prog: prog}
	a.classify()
	a.restart()
	return a, nil
}

// classify puts bytes that no instruction tells apart into one class. A repetition that
// is counted makes hundreds of equal instructions, which share their row of eats.
func (a *automaton) classify() {
	distinct := map[string][]int{} // what an instruction consumes → the instructions
	var key []byte
	for i := range a.prog.Inst {
		if inst := &a.prog.Inst[i]; consumes(inst) {
			key = append(key[:0], byte(inst.Op), byte(inst.Arg)) // of Arg only the flags count
			for _, r := range inst.Rune {
				key = binary.LittleEndian.AppendUint32(key, uint32(r))
			}
			distinct[string(key)] = append(distinct[string(key)], i)
		}
	}

	type half struct {
		class uint8
		eaten bool
	}
	classes := 2 // high bytes, and ASCII so far
	for b := range utf8.RuneSelf {
		a.class[b] = 1
	}
	for _, same := range distinct {
		split := map[half]uint8{}
		for b := range utf8.RuneSelf {
			key := half{a.class[b], a.prog.Inst[same[0]].MatchRune(rune(b))}
			if _, ok := split[key]; !ok {
				if _, other := split[half{key.class, !key.eaten}]; !other {
					split[key] = key.class
				} else {
					split[key] = uint8(classes)
					classes++
				}
			}
			a.class[b] = split[key]
		}
	}

	member := make([]rune, classes)
	for b := range utf8.RuneSelf {
		member[a.class[b]] = rune(b)
	}
	a.classes = classes
	a.eats = make([][]bool, len(a.prog.Inst))
	for _, same := range distinct {
		inst := &a.prog.Inst[same[0]]
		eats := make([]bool, classes)
		eats[highByte] = eatsHigh(inst)
		for c := 1; c < classes; c++ {
			eats[c] = inst.MatchRune(member[c])
		}
		for _, i := range same {
			a.eats[i] = eats
		}
	}
}

func consumes(inst *syntax.Inst) bool {
	switch inst.Op {
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}

func eatsHigh(inst *syntax.Inst) bool {
	if inst.Op == syntax.InstRuneAny || inst.Op == syntax.InstRuneAnyNotNL {
		return true
	}
	// A letter that folds stands for longS and kelvin, too.
	return slices.Max(inst.Rune) >= utf8.RuneSelf || inst.MatchRune(longS) || inst.MatchRune(kelvin)
}

// restart forgets all states. Runs that hold older states go on with them.
func (a *automaton) restart() {
	a.states = map[string]*state{}
	a.start.Store(a.intern(a.closure([]uint32{uint32(a.prog.Start)})))
}

// closure is what waits for a byte once the program has run from the given instructions.
func (a *automaton) closure(from []uint32) (waiting []uint32, accepts bool) {
	seen := make([]bool, len(a.prog.Inst))
	for len(from) > 0 {
		pc := from[len(from)-1]
		from = from[:len(from)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch inst := &a.prog.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			from = append(from, inst.Out, inst.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			from = append(from, inst.Out)
		case syntax.InstMatch:
			accepts = true
		case syntax.InstFail:
		default:
			waiting = append(waiting, pc)
		}
	}
	slices.Sort(waiting)
	return waiting, accepts
}

func (a *automaton) intern(waiting []uint32, accepts bool) *state {
	key := make([]byte, 0, 1+4*len(waiting))
	if accepts {
		key = append(key, 1)
	}
	for _, pc := range waiting {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	s, ok := a.states[string(key)]
	if !ok {
		s = &state{waiting: waiting, accepts: accepts}
		if len(waiting) > 0 {
			s.next = make([]atomic.Pointer[state], a.classes)
		}
		a.states[string(key)] = s
	}
	return s
}

func (a *automaton) build(s *state, class uint8) *state {
	var from []uint32
	for _, pc := range s.waiting {
		if a.eats[pc][class] {
			from = append(from, a.prog.Inst[pc].Out)
			if class == highByte { // the rest of a longer character
				from = append(from, pc)
			}
		}
	}
	waiting, accepts := a.closure(from)
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.states) >= maxStates {
		a.restart()
	}
	next := a.intern(waiting, accepts)
	s.next[class].Store(next)
	return next
}

func (a *automaton) step(s *state, b byte) *state {
	class := a.class[b]
	if next := s.next[class].Load(); next != nil {
		return next
	}
	return a.build(s, class)
}

// forward tells whether a match of the pattern can begin at at, and a position that no
// such match can reach behind.
func (a *automaton) forward(text string, at int) (end int, viable bool) {
	s := a.start.Load()
	viable = s.accepts
	for end = at; end < len(text) && s.next != nil; end++ {
		s = a.step(s, text[end])
		viable = viable || s.accepts
	}
	return end, viable
}

// backward is forward for a reversed pattern, whose matches end at at.
func (a *automaton) backward(text string, at int) (start int, viable bool) {
	s := a.start.Load()
	viable = s.accepts
	for start = at; start > 0 && s.next != nil; start-- {
		s = a.step(s, text[start-1])
		viable = viable || s.accepts
	}
	return start, viable
}

// accepts tells whether the automaton accepts any beginning of text.
func (a *automaton) accepts(text string) bool {
	s := a.start.Load()
	for i := 0; i < len(text) && s.next != nil && !s.accepts; i++ {
		s = a.step(s, text[i])
	}
	return s.accepts
}

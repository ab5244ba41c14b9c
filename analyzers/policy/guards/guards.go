// Package guards tells what is around a place in the code: what leads to it, and what must
// hold for it to run: loops, conditions on the environment, approval by a person, limiters.
//
// One idea answers most of it. A few worlds are imagined: the one in production and the one
// that is not; the ones in which no person ever approves, and in which no limiter ever lets
// anything through (world.go). Each condition, statement and call is asked in which of them
// it can hold, end, or return (cond.go, flow.go, calls.go); what is left of the worlds on the way to
// a place is where the place runs (reach.go). It is in production only when it can't be
// reached in the other world, and approved when it can't be reached without approval. What is not
// understood holds in all worlds, so it never makes an answer surer than it is.
package guards

import (
	"strings"
	"sync"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Answer is yes, no or unknown.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Around is what is around a place; see facts.Context for what the fields mean.
type Around struct {
	Function    string
	Func        *parser.Func // nil at the top of the file
	Class       string
	Decorators  []string
	LoopDepth   int
	LoopBounded Answer

	// Production is yes or no when conditions on the way there leave only that.
	Production      Answer
	ProductionGuard string
	// Approved is yes when no way leads there without a person's approval: in production, if it
	// can run there. It is unknown when what looks like an approval can't be judged: a parameter named
	// approved is whatever the caller, or a model, says it is.
	Approved    Answer
	Approval    string
	RateLimited Answer
	RPM         float64 // requests per minute that the limiter lets through; 0: not known
	InTest      bool
	InTry       bool
}

// Guards answers for one file. It is safe for concurrent use.
type Guards struct {
	mu      sync.Mutex
	home    *analysis
	test    bool
	answers map[parser.NodeID]Around
}

// Of reads a file. modules finds the helpers and constants that it imports; nil: none.
func Of(f *parser.File, modules diagnostics.Modules) *Guards {
	s := &session{modules: modules, files: map[*parser.File]*analysis{}}
	return &Guards{home: s.of(f), test: IsTest(f), answers: map[parser.NodeID]Around{}}
}

// At is what is around n.
func (g *Guards) At(n parser.NodeID) Around {
	g.mu.Lock()
	defer g.mu.Unlock()
	if found, ok := g.answers[n]; ok {
		return found
	}
	a := g.home
	out := Around{LoopBounded: Yes, Production: Unknown, Approved: No, RateLimited: No, InTest: g.test}
	if n < 0 || int(n) >= len(a.Nodes) {
		return out
	}
	a.session.steps = maxSteps
	a.place(n, &out)
	out.LoopDepth, out.LoopBounded = a.loopsAround(n)
	out.InTest = out.InTest || a.inTest(n)
	out.InTry = a.caught(n)
	r := a.reach(n)
	out.Production, out.Approved = r.production(), r.approved()
	if out.Production != Unknown {
		out.ProductionGuard = a.written(r.prod)
	}
	if out.Approved != No {
		out.Approval = a.written(r.appr)
	}
	out.RateLimited, out.RPM = a.limited(n, r)
	g.answers[n] = out
	return out
}

// maxWritten is how many characters of a condition are told.
const maxWritten = 200

// written is the source of n on one line.
func (a *analysis) written(n parser.NodeID) string {
	if n == parser.NoNode {
		return ""
	}
	s := []rune(strings.Join(strings.Fields(a.Slice(a.Unwrap(n))), " "))
	if len(s) > maxWritten {
		s = append(s[:maxWritten-1], '…')
	}
	return string(s)
}

// session is what the analyses of a file and of those it imports share.
type session struct {
	modules  diagnostics.Modules
	files    map[*parser.File]*analysis
	steps    int // left for the present question
	depth    int // of expressions that are followed
	calls    int // of calls that are followed
	entering int // of functions whose callers are looked at
	cut      int // how often a call was left out since its function was being looked at already
}

const (
	maxSteps = 60_000 // of one question; a file of a thousand lines needs some thousands
	maxDepth = 300    // how deep expressions and names are followed
	maxCalls = 48     // how deep calls are followed
)

// analysis is what is known of one file so far. Whoever uses it holds the Guards' lock.
type analysis struct {
	*parser.File
	session *session
	out     map[parser.NodeID]outcome  // of statements
	before  map[parser.NodeID]reach    // of statements: in which worlds they are reached
	through map[parser.NodeID]progress // of blocks
	conds   map[parser.NodeID]cond
	values  map[parser.NodeID]value
	results map[parser.NodeID]value // of functions
	bodies  map[parser.NodeID]reach // of functions: where they return
	entries map[parser.NodeID]reach // of functions: where they are called
	busy    map[busyKey]bool
	own     map[string]bool // names of functions and methods
	loops   map[parser.NodeID][]*parser.Loop
	askers  map[parser.NodeID]asking          // of calls
	sites   map[parser.NodeID]*uses           // of functions; nil until they are asked for
	tables  map[parser.NodeID][]parser.NodeID // calls of what is looked up in dictionaries of functions
}

type busyKey struct {
	n    parser.NodeID
	what question
}

// question is what is asked of a node.
type question uint8

const (
	asCond question = iota
	asValue
	asDef
	asResult // from here on: of functions
	asBody
	asEntry
)

func (s *session) of(f *parser.File) *analysis {
	a := s.files[f]
	if a == nil {
		a = &analysis{
			File: f, session: s, out: map[parser.NodeID]outcome{}, before: map[parser.NodeID]reach{}, through: map[parser.NodeID]progress{}, conds: map[parser.NodeID]cond{}, askers: map[parser.NodeID]asking{},
			values: map[parser.NodeID]value{}, results: map[parser.NodeID]value{}, bodies: map[parser.NodeID]reach{}, entries: map[parser.NodeID]reach{}, busy: map[busyKey]bool{},
		}
		s.files[f] = a
	}
	return a
}

// spent takes a step and reports whether that was one too many.
func (a *analysis) spent() bool {
	a.session.steps--
	return a.session.steps < 0
}

// enter marks that a question is being answered; false where it is already, or too deep.
func (a *analysis) enter(n parser.NodeID, what question) bool {
	k, s := busyKey{n, what}, a.session
	if a.busy[k] || s.depth >= maxDepth || what >= asResult && s.calls >= maxCalls || a.spent() {
		return false
	}
	a.busy[k] = true
	s.depth++
	if what >= asResult {
		s.calls++
	}
	return true
}

func (a *analysis) leave(n parser.NodeID, what question) {
	delete(a.busy, busyKey{n, what})
	a.session.depth--
	if what >= asResult {
		a.session.calls--
	}
}

package llm

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/qodacode/qodacode/parser"
)

// Setting is a thing that a call may say about what it asks and how, under whatever name its
// SDK has for it.
type Setting uint8

// The settings.
const (
	Prompt       Setting = iota // what is asked: messages, input, contents, prompt; see Setting for its value
	System                      // what stands before it: system, instructions; the same
	Tools                       // functions that the model may call
	OutputCap                   // the most tokens of one answer
	Rounds                      // the most turns of an agent's own loop
	Effort                      // of reasoning: none, minimal, low, medium, high, xhigh, max
	Thinking                    // the most tokens of reasoning
	Candidates                  // answers to one request: n, best_of, candidateCount
	Temperature                 //
	Seed                        //
	Schema                      // of a structured answer; the same
	Stream                      //
	CacheControl                // marks a prefix for the provider's cache
	CacheKey                    // says which requests share a prefix
	Caching                     // a cache of answers: caching=True, cache: true
	ServiceTier                 // standard, flex, batch, priority
	Retries                     // of the same request, by the SDK
	Reasks                      // of a request whose answer was not usable: instructor's max_retries
	History                     // kept by the provider: previous_response_id, conversation
	Truncation                  // by the provider: truncation="auto"
)

// Presence tells whether a setting is there.
type Presence uint8

// The presences. Hidden is an argument that may be there: the call passes **kwargs, an
// object by name, or a configuration that is put together elsewhere.
const (
	Absent Presence = iota
	Present
	Hidden
)

// settings tell under which names an api has its settings. A name with dots leads into
// objects and constructor calls: reasoning.effort is reasoning={"effort": …} as well as
// reasoning=Reasoning(effort=…). The first one present counts.
type settings map[Setting][]argument

// Setting is what a site says about something: in its own call, in what its receiver was
// bound to, else in its Config. Of a Prompt, System or Schema that the call itself writes out as
// a list or an object only the place is told, Kind being Unknown: it may be long, and few want
// more than Expr. Read evaluates it.
func (s *Site) Setting(what Setting) (Value, Presence) {
	if s.settled == nil {
		return s.find(what)
	}
	known := s.settled[what].Load()
	if known == nil {
		v, presence := s.find(what)
		if known = &withoutValue[presence]; v.File != nil {
			known = &answer{v, presence}
		}
		s.settled[what].Store(known)
	}
	return known.value, known.presence
}

// Read is v with its value evaluated.
func (v Value) Read() Value {
	if v.Kind == parser.Unknown && v.File != nil && isWritten(v.File, v.Expr) {
		v.Value = v.File.Eval(v.Expr)
	}
	return v
}

// isWritten reports whether n is a list or an object as it is written out.
func isWritten(f *parser.File, n parser.NodeID) bool {
	switch f.Kind(f.Unwrap(n)) {
	case parser.KindList, parser.KindTuple, parser.KindDict:
		return true
	}
	return false
}

// settled is what Setting has found: rules and estimates ask for the same.
type settled [Truncation + 1]atomic.Pointer[answer]

type answer struct {
	value    Value
	presence Presence
}

// withoutValue are the answers that have no value: most of them.
var withoutValue = [...]answer{Absent: {presence: Absent}, Present: {presence: Present}, Hidden: {presence: Hidden}}

func (s *Site) find(what Setting) (Value, Presence) {
	v, presence := s.own(what)
	for i := 0; i < len(s.bound) && presence != Present; i++ {
		b := &s.bound[i]
		for _, a := range b.settings[what] {
			if bv, found := find(b.file, b.call, a, 0); found == Present {
				return bv, Present
			}
		}
	}
	if presence != Present && s.Config != nil {
		if cv, found := s.Config.Setting(what); found == Present || presence == Absent {
			v, presence = cv, found
		}
	}
	if presence == Absent && s.unseen && what != Rounds {
		return Value{}, Hidden
	}
	return v, presence
}

// Takes reports whether the site's own call has a place for a setting, set or not.
func (s *Site) Takes(what Setting) bool { return s.api != nil && len(s.api.settings[what]) > 0 }

// own is what the call itself says.
func (s *Site) own(what Setting) (Value, Presence) {
	if s.api == nil || s.Call == nil {
		return Value{}, Absent
	}
	if what == Stream && s.streams() {
		return Value{Value: parser.Value{Kind: parser.Bool, Bool: true, Node: s.Method}, File: s.File, Expr: s.Method, Arg: parser.NoNode}, Present
	}
	names := s.api.settings[what]
	if len(names) == 0 {
		return Value{}, Absent
	}
	hidden, long := false, what == Prompt || what == System || what == Schema
	for _, a := range names {
		if long {
			if v, ok := s.written(a); ok {
				return v, Present
			}
		}
		v, presence := find(s.File, s.Call, a, s.shift)
		if presence == Present {
			return v, Present
		}
		hidden = hidden || presence == Hidden
	}
	if hidden || s.hides() {
		return Value{}, Hidden
	}
	return Value{}, Absent
}

// written is the argument that a names, not evaluated, if the call writes it out.
func (s *Site) written(a argument) (Value, bool) {
	if strings.IndexByte(a.name, '.') >= 0 {
		return Value{}, false
	}
	pos := a.pos
	if pos >= 0 {
		pos += s.shift
	}
	f := s.File
	arg, ok := f.Argument(s.Call, a.name, pos)
	if !ok || f.Kind(arg.Node) == parser.KindDictSpread || !isWritten(f, arg.Value) {
		return Value{}, false
	}
	return Value{parser.Value{Node: f.Unwrap(arg.Value)}, f, arg.Value, arg.Node}, true
}

// hides reports whether the call may say something that it does not name. What it is asked is
// no object of options, where that is its first argument: agent.generate(question).
func (s *Site) hides() bool {
	if s.File.Language.IsScript() && len(s.Call.Args) == 1 && s.Call.Args[0].Spread == 0 {
		first := func(a argument) bool { return a.pos == 0 }
		if slices.ContainsFunc(s.api.settings[Prompt], first) || slices.ContainsFunc(s.api.config, first) {
			return false
		}
	}
	return hidesArguments(s.File, s.Call)
}

// streams reports whether the name of what is called says that the answer comes in pieces:
// streamText, messages.stream, generate_content_stream.
func (s *Site) streams() bool {
	name := lastName(s.File, s.File.Unwrap(s.Method))
	if s.api.construct {
		return false
	}
	return strings.Contains(name, "stream") || strings.Contains(name, "Stream")
}

// find is the argument of c that a names, whose position counts from the shift-th argument
// on. One that is None counts as absent, and is returned so.
func find(f *parser.File, c *parser.Call, a argument, shift int) (Value, Presence) {
	first, rest, nested := strings.Cut(a.name, ".")
	pos := a.pos
	if pos >= 0 {
		pos += shift
	}
	v, ok := Argument(f, c, first, pos)
	switch {
	case !ok || v.Kind == parser.None:
		return v, Absent
	case !nested:
		return v, Present
	}
	return inside(v, rest, 0)
}

// inside is what path leads to in the object that v is.
func inside(v Value, path string, depth int) (Value, Presence) {
	first, rest, nested := strings.Cut(path, ".")
	var found Value
	ok := false
	if v.Kind == parser.Dict {
		for i := len(v.Entries) - 1; i >= 0 && !ok; i-- {
			switch e := v.Entries[i]; {
			case e.Key.Kind != parser.String:
				return Value{}, Hidden // a spread behind it may hold anything
			case e.Key.Str == first:
				found, ok = entry(v.File, e), true
			}
		}
	} else if c := constructed(v.File, v.Expr, 0); c != nil {
		if found, ok = Argument(v.File, c, first, -1); !ok && hidesArguments(v.File, c) {
			return Value{}, Hidden
		}
	} else {
		return Value{}, Hidden
	}
	switch {
	case !ok || found.Kind == parser.None:
		return found, Absent
	case !nested || depth > 8:
		return found, Present
	}
	return inside(found, rest, depth+1)
}

// constructed is the call that n evaluates to, through names with one value, or nil.
func constructed(f *parser.File, n parser.NodeID, depth int) *parser.Call {
	n = f.Unwrap(n)
	if c := f.CallAt(n); c != nil {
		return c
	}
	if k := f.Kind(n); k != parser.KindIdentifier && k != parser.KindShorthand || depth > 8 {
		return nil
	}
	if defs := f.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef {
		return constructed(f, defs[0].Value, depth+1)
	}
	return nil
}

// Limit is how many turns the site may take.
func (s *Site) Limit() Limit {
	if s.api == nil || s.api.rounds.What == "" {
		return Limit{Value: 1, Source: Explicit, Arg: parser.NoNode}
	}
	out := s.api.rounds
	out.Arg = parser.NoNode
	if s.lifted() {
		return Limit{Source: NoLimit, What: out.What, Arg: parser.NoNode}
	}
	v, presence := s.Setting(Rounds)
	switch {
	case presence == Absent:
		if s.Config != nil && !s.api.construct && s.Config.api.rounds.What != "" {
			return s.Config.Limit()
		}
		return out
	case presence == Hidden:
		return Limit{Source: NoLimit, What: out.What, Arg: parser.NoNode}
	}
	out.Arg, out.File = v.Expr, v.File
	if n, ok := roundsOf(v); ok {
		out.Value, out.Source = n, Explicit
		return out
	}
	out.Value, out.Source = 0, NoLimit
	return out
}

// lifted reports whether the call takes the limit away: max_turns=None.
func (s *Site) lifted() bool {
	for _, a := range s.api.settings[Rounds] {
		if v, found := find(s.File, s.Call, a, s.shift); found == Absent && v.Kind == parser.None && (!s.File.Language.IsScript() || s.api.rounds.What == "maxTurns" && s.File.Slice(v.Expr) == "null") {
			return true
		}
	}
	return false
}

// roundsOf is a limit as it is written: a number, stepCountIs(8), or the least of conditions
// of which each ends the loop.
func roundsOf(v Value) (int, bool) {
	if n, ok := turns(v.Value); ok {
		return n, true
	}
	if v.Kind == parser.List {
		least, found := 0, false
		for _, e := range v.Elems {
			if n, ok := steps(v.File, e.Node); ok && (!found || n < least) {
				least, found = n, true
			}
		}
		return least, found
	}
	return steps(v.File, v.Expr)
}

// turns is a number of turns that is one.
func turns(v parser.Value) (int, bool) {
	ok := v.Kind == parser.Number && v.Num >= 1 && v.Num < 1<<31
	return int(v.Num), ok
}

// steps is the number of stepCountIs(8).
func steps(f *parser.File, n parser.NodeID) (int, bool) {
	c := constructed(f, n, 0)
	if c == nil || len(c.Args) == 0 {
		return 0, false
	}
	name := c.Name
	if q := f.QName(c.Callee); q != "" { // imported under another name
		name = q[strings.LastIndexByte(q, '.')+1:]
	}
	if name != "stepCountIs" && name != "isStepCount" {
		return 0, false
	}
	return turns(f.Eval(c.Args[0].Value))
}

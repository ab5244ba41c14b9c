package guards

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// entry is in which worlds a function is called.
func (a *analysis) entry(node parser.NodeID) reach {
	if r, ok := a.entries[node]; ok {
		return r
	}
	if a.busy[busyKey{node, asEntry}] { // a call of itself leads to it only when another has
		a.session.cut++
		return never
	}
	fn := a.FuncAt(node)
	if fn == nil || !a.enter(node, asEntry) {
		return always
	}
	cut := a.session.cut
	a.session.entering++
	r := a.newEntry(fn)
	a.session.entering--
	a.leave(node, asEntry)
	if a.session.cut == cut {
		a.entries[node] = r
	}
	return r
}

func (a *analysis) newEntry(fn *parser.Func) reach {
	r := a.reach(fn.Node)
	call, position := a.passedTo(fn.Node)
	switch {
	case call != nil:
		r = r.then(a.callback(call, position))
	case a.Kind(a.Parent(fn.Node)) != parser.KindParenthesized: // (() => {…})()
		r = r.later()
	}
	r = r.then(a.objectAround(fn.Node)).then(a.dependencies(fn))
	for _, d := range a.decorators(fn) {
		r = r.then(a.decorated(d))
	}
	if call == nil {
		r = r.then(a.callers(fn))
	}
	return r
}

// later is what holds in a function that was made where r holds: the environment stays, an approval may have
// been for something else.
func (r reach) later() reach {
	for env := range 3 {
		if r.in(env, free) {
			r.mask |= 1 << (3*env + asked)
		}
	}
	r.mask |= limiterWorlds
	r.limit = parser.NoNode
	return r
}

// passedTo is the call that a function is written in as an argument, and the argument's position.
func (a *analysis) passedTo(n parser.NodeID) (*parser.Call, int) {
	p := a.Parent(n)
	if a.Kind(p) == parser.KindKeywordArgument {
		n, p = p, a.Parent(p)
	}
	if a.Kind(p) != parser.KindArguments {
		return nil, 0
	}
	c := a.CallAt(a.Parent(p))
	if c == nil {
		return nil, 0
	}
	for i, arg := range c.Args {
		if arg.Node == n || arg.Value == n {
			return c, i
		}
	}
	return nil, 0
}

// callback is where a function runs that is given to a call.
func (a *analysis) callback(c *parser.Call, position int) reach {
	r := a.limiterWraps(c)
	for i := range min(position, len(c.Args)) { // app.post("/x", requireApproval, handler)
		if name := a.nameOf(c.Args[i].Value); name != "" && a.Kind(a.Unwrap(c.Args[i].Value)) != parser.KindString && enforceWords[strings.ToLower(firstOf(lowerWords(name)))] && askerName(lowerWords(name)) == pauses {
			r = r.then(only(maybeGranted, c.Args[i].Node))
		}
	}
	if callee := a.Unwrap(c.Callee); c.Name == "then" && a.Kind(callee) == parser.KindAttribute {
		r = r.then(a.expression(a.Field(callee, parser.FieldObject)))
	}
	if g, at := a.function(c); g != nil && position < len(g.Params) {
		return r.then(a.because(at.callsOf(g, &g.Params[position]), c.Node))
	}
	return r.then(a.wrapsByName(c.Name, c.Node))
}

func firstOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// beforeWords begin the names of what runs a function once it is approved.
var beforeWords = set(`with when after`)

// wrapsByName is where a function runs that is given to one of this name: requireApproval(fn), withConfirmation(fn).
func (a *analysis) wrapsByName(name string, n parser.NodeID) reach {
	words := lowerWords(name)
	if r := wrapsEnvironment(words, n); r.mask != everything {
		return r
	}
	switch at := slices.IndexFunc(words, func(w string) bool { return approvalWords[w] }); {
	case at < 0 && !strings.Contains(strings.Join(words, "_"), "human_in_the_loop"),
		anyOf(words, autoWords), tellWords[words[0]], anyOf(words, businessWords):
		return always
	case words[0] == "on": // onApproval(…) registers what happens then
		return only(maybeGranted, n)
	case anyOf(words, demandWords), enforceWords[words[0]], beforeWords[words[0]], anyOf(words, personWords), askerName(words) == agrees, words[len(words)-1] == "option":
		return only(granted, n)
	}
	return only(maybeGranted, n)
}

// wrapsEnvironment is for decorators such as skip_in_production, production_only, dev_only.
func wrapsEnvironment(words []string, n parser.NodeID) reach {
	prod, dev, onlyIn, not := false, false, false, false
	for _, w := range words {
		switch {
		case productionSet[w]:
			prod = true
		case w == "dev" || w == "development" || w == "staging" || w == "nonprod":
			dev = true
		case w == "only" || w == "require" || w == "requires" || w == "ensure":
			onlyIn = true
		case notWords[w] || refuseWords[w] || w == "disable" || w == "disabled" || w == "disallowed" || w == "forbidden" || w == "except":
			not = true
		case envWords[w]:
		default:
			return always
		}
	}
	switch {
	case prod && not, dev && onlyIn && !not:
		return only(outside, n)
	case prod && onlyIn:
		return only(inProduction, n)
	}
	return always
}

// callsOf is where a function calls its parameter p, itself or in the functions in it.
func (a *analysis) callsOf(g *parser.Func, p *parser.Def) reach {
	if !a.enter(p.Node, asBody) {
		return always
	}
	defer a.leave(p.Node, asBody)
	r, found := never, false
	end := parser.NodeID(a.Nodes[g.Node].Next)
	for i := a.firstCall(g.Node); i < len(a.Calls) && a.Calls[i].Node < end; i++ {
		c := &a.Calls[i]
		callee := a.Unwrap(c.Callee)
		if a.Kind(callee) != parser.KindIdentifier || a.Slice(callee) != p.Name {
			continue
		}
		if defs := a.DefsOf(callee); len(defs) != 1 || defs[0].Node != p.Node {
			continue
		}
		found = true
		inside := a.local(c.Node)
		for fn := a.functionAround(c.Node); fn != parser.NoNode && fn != g.Node; fn = a.functionAround(fn) {
			inside = a.local(fn).then(inside)
		}
		r = r.or(inside)
	}
	if !found {
		return always
	}
	return r
}

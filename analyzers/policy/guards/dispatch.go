package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// dispatched reports whether a function that is mentioned at n is the value of a key of a table that is only
// used to look functions up and call them: TOOLS = {"purge": purge}, TOOLS[name](). It adds these calls to u.
func (a *analysis) dispatched(n parser.NodeID, u *uses) bool {
	pair := a.Parent(n)
	if a.Kind(pair) != parser.KindPair || a.Field(pair, parser.FieldValue) != n || a.Kind(a.Parent(pair)) != parser.KindDict {
		return false
	}
	calls, ok := a.tables[a.Parent(pair)]
	if !ok {
		calls = a.tableCalls(a.Parent(pair))
		a.tables[a.Parent(pair)] = calls
	}
	u.calls = append(u.calls, calls...)
	return len(calls) > 0
}

// tableCalls are the calls of what is looked up in a table of functions; none where it is also given away.
func (a *analysis) tableCalls(dict parser.NodeID) []parser.NodeID {
	table := a.tableOf(dict)
	if table == nil {
		return nil
	}
	name := table.Name
	var calls []parser.NodeID
	for i := range a.Nodes {
		m := parser.NodeID(i)
		if a.Kind(m) != parser.KindIdentifier || m == table.Node || a.Slice(m) != name {
			continue
		}
		if defs := a.DefsOf(m); len(defs) != 1 || defs[0].Node != table.Node {
			continue
		}
		found, ok := a.lookup(m)
		if !ok {
			return nil
		}
		calls = append(calls, found...)
	}
	return calls
}

// tableOf is the variable that a dictionary is assigned to, once.
func (a *analysis) tableOf(dict parser.NodeID) *parser.Def {
	p := a.Parent(dict)
	target := a.Field(p, parser.FieldLeft)
	if a.Kind(p) == parser.KindDeclarator {
		target = a.Field(p, parser.FieldName)
	}
	if a.Kind(target) != parser.KindIdentifier {
		return nil
	}
	for i := range a.Defs {
		if d := &a.Defs[i]; d.Node == target && d.Kind == parser.AssignDef {
			return d
		}
	}
	return nil
}

// asksTable are methods of a table that give no function away.
var asksTable = set(`get keys has hasOwnProperty __contains__ __getitem__`)

// lookup is the calls that a use of a table at m leads to; false where it gives the functions away.
func (a *analysis) lookup(m parser.NodeID) ([]parser.NodeID, bool) {
	p := a.Parent(m)
	switch a.Kind(p) {
	case parser.KindComparison, parser.KindBinary:
		return nil, true // name in TOOLS
	case parser.KindSubscript:
		if a.FirstChild(p) == m {
			return a.callsThrough(p)
		}
	case parser.KindAttribute:
		c := a.Parent(p)
		if !a.isCallee(p) || !asksTable[a.nameOf(p)] {
			return nil, false
		}
		if a.nameOf(p) == "get" {
			return a.callsThrough(c)
		}
		return nil, true
	case parser.KindArguments:
		if c := a.CallAt(a.Parent(p)); c != nil && (c.Name == "list" || c.Name == "len" || c.Name == "sorted" || c.Name == "keys") {
			return nil, true // the names of the tools
		}
	}
	return nil, false
}

// callsThrough is the calls of a function that expression n looked up: at once, or by a variable.
func (a *analysis) callsThrough(n parser.NodeID) ([]parser.NodeID, bool) {
	if a.isCallee(n) {
		return []parser.NodeID{a.Parent(n)}, true
	}
	p := a.Parent(n)
	target := a.Field(p, parser.FieldLeft)
	if a.Kind(p) == parser.KindDeclarator {
		target = a.Field(p, parser.FieldName)
	}
	if a.Kind(target) != parser.KindIdentifier || a.Kind(p) != parser.KindAssignment && a.Kind(p) != parser.KindDeclarator {
		return nil, false
	}
	var out []parser.NodeID
	for c := range a.CallsNamed(a.Slice(target)) {
		for _, d := range a.DefsOf(a.Unwrap(c.Callee)) {
			if d.Node == target {
				out = append(out, c.Node)
			}
		}
	}
	return out, len(out) > 0
}

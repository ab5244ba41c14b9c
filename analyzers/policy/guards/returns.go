package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// exits end the program.
var exits = map[string]bool{
	"sys.exit": true, "os._exit": true, "os.abort": true, "exit": true, "quit": true, "builtins.exit": true, "builtins.quit": true,
	"process.exit": true, "process.abort": true, "Deno.exit": true, "pytest.skip": true, "pytest.exit": true, "pytest.fail": true,
}

// returns is where a call comes back.
func (a *analysis) returns(c *parser.Call) reach {
	callee := a.Unwrap(c.Callee)
	if g, at := a.function(c); g != nil {
		r := at.ends(g)
		if r.mask != everything {
			return a.because(r, c.Node)
		}
		if askerName(lowerWords(c.Name)) == pauses && at.raises(g) && at.mayAskPerson(g) {
			return only(granted, c.Node)
		}
		return r
	}
	if c.Name == "exit" || c.Name == "quit" || c.Name == "_exit" || c.Name == "abort" || c.Name == "skip" || c.Name == "fail" {
		if q := a.QName(callee); exits[q] || q == "" && exits[a.Slice(callee)] {
			return never
		}
	}
	r := always
	if tellingName(c.Name) || c.Name == "interrupt" || c.Name == "input" {
		r = a.guardCall(c)
	}
	return r.then(a.limiterCall(c))
}

// because is r with n as the reason.
func (a *analysis) because(r reach, n parser.NodeID) reach { return cond{r, r}.at(n).t }

// guardCall is where a function that can't be looked into comes back, by its library or its name.
func (a *analysis) guardCall(c *parser.Call) reach {
	use := a.useOf(c)
	alone := a.Kind(use) == parser.KindExpressionStatement || a.Kind(use) == parser.KindAttribute && a.nameOf(use) == "then"
	kept := (a.Kind(use) == parser.KindAssignment || a.Kind(use) == parser.KindDeclarator) && !a.tested(use)
	switch how := a.asker(c); how {
	case pauses:
		return only(granted, c.Node)
	case mayPause:
		return only(maybeGranted, c.Node)
	case agrees:
		method := a.Kind(a.Unwrap(c.Callee)) == parser.KindAttribute
		switch {
		case !alone && !kept, askers[a.QName(c.Callee)] != asksNobody, c.Name == "confirm" && a.Language.IsScript():
		case method && len(lowerWords(c.Name)) == 1: // state.approve(item) does not ask, it is the answer
		default:
			return only(maybeGranted, c.Node) // it may raise
		}
	case answers, chooses:
		if alone {
			return a.pressed(c)
		}
	}
	if alone {
		return enforcesEnvironment(c)
	}
	return always
}

// useOf is what the result of a call is part of, past await.
func (a *analysis) useOf(c *parser.Call) parser.NodeID {
	use := a.Parent(c.Node)
	for a.Kind(use) == parser.KindAwait || a.Kind(use) == parser.KindParenthesized {
		use = a.Parent(use)
	}
	return use
}

// tested reports whether a name that an assignment gives a value is part of a condition further down.
func (a *analysis) tested(assignment parser.NodeID) bool {
	names := map[string]bool{}
	left := a.FirstChild(assignment)
	for n := left; n < parser.NodeID(a.Nodes[left].Next); n++ {
		if k := a.Kind(n); k == parser.KindIdentifier || k == parser.KindShorthandPattern || k == parser.KindShorthand {
			names[a.Slice(n)] = true
		}
	}
	end := parser.NodeID(len(a.Nodes))
	if fn := a.functionAround(assignment); fn != parser.NoNode {
		end = parser.NodeID(a.Nodes[fn].Next)
	}
	for n := parser.NodeID(a.Nodes[assignment].Next); n < end; n++ {
		if a.Kind(n) == parser.KindIdentifier && names[a.Slice(n)] && a.inCondition(n) {
			return true
		}
	}
	return false
}

// inCondition reports whether n decides what a statement or an expression does.
func (a *analysis) inCondition(n parser.NodeID) bool {
	for p := range a.Ancestors(n) {
		switch a.Kind(p) {
		case parser.KindIf, parser.KindElse, parser.KindWhile, parser.KindConditional, parser.KindForClassic:
			return true
		case parser.KindComparison, parser.KindUnary, parser.KindBinary, parser.KindReturn:
			return true
		case parser.KindBlock, parser.KindExpressionStatement, parser.KindModule, parser.KindSwitchBody:
			return false
		}
		switch a.KindName(p) {
		case "switch_statement", "match_statement", "assert_statement":
			return true
		}
	}
	return false
}

// pressed is where input("Press Enter to delete, Ctrl-C to stop") comes back.
func (a *analysis) pressed(c *parser.Call) reach {
	if len(c.Args) == 0 {
		return always
	}
	words := map[string]bool{}
	for _, w := range lowerWords(a.Slice(c.Args[0].Value)) {
		words[w] = true
	}
	switch press := words["enter"] || words["return"] || words["press"] || words["key"]; {
	case press && (words["ctrl"] || words["control"] || words["abort"] || words["cancel"]):
		return only(granted, c.Node)
	case press:
		return only(maybeGranted, c.Node)
	}
	return always
}

var (
	refuseWords   = set(`refuse abort forbid prevent block fail raise skip disallow prohibit stop deny exit`)
	insistWords   = set(`ensure assert require requires must only enforce check verify`)
	notWords      = set(`not non no never outside`)
	envWords      = set(`env environment in on is the if mode running against system db database deployment`)
	strictWords   = set(`ensure assert require requires must only enforce`)
	productionSet = set(`production prod`)
)

// enforcesEnvironment is where a function comes back whose name says where it may be called: refuse_in_production.
func enforcesEnvironment(c *parser.Call) reach {
	says, refuses, insists, negated, strict := false, false, false, false, false
	for _, w := range lowerWords(c.Name) {
		switch {
		case productionSet[w]:
			says = true
		case refuseWords[w]:
			refuses = true
		case insistWords[w]:
			insists, strict = true, strict || strictWords[w]
		case notWords[w]:
			negated = true
		case w == "nonprod" || w == "nonproduction":
			says, negated = true, true
		case envWords[w]:
		default:
			return always
		}
	}
	switch {
	case !says || refuses && negated:
		return always
	case refuses, insists && negated:
		return only(outside, c.Node)
	case strict:
		return only(inProduction, c.Node)
	}
	return always
}

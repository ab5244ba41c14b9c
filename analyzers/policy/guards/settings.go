package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// approvalSettings are the settings of tools that make a framework ask a person before each call, and their
// values that say so; "" is true.
var approvalSettings = map[string]map[string]bool{
	"needs_approval": nil, "needsApproval": nil, // OpenAI Agents, AI SDK
	"requires_approval": nil, "requiresApproval": nil, "require_approval": set("always"), "requireApproval": nil, // Pydantic AI, Mastra
	"requires_confirmation": nil, "require_confirmation": nil, "requireConfirmation": nil, // Agno, ADK
	"approval_mode": set("always_require"), // Microsoft Agent Framework
	"approvalMode":  set("always_require always"),
	"human_input":   nil, // CrewAI
}

// approvalSetting is where a tool runs that a call with these arguments makes or decorates.
func (a *analysis) approvalSetting(c *parser.Call) reach {
	r := always
	for _, arg := range c.Args {
		if arg.Name != "" {
			r = r.then(a.setting(arg.Name, arg.Value, arg.Node))
		}
		if object := a.Unwrap(arg.Value); a.Kind(object) == parser.KindDict && arg.Name == "" {
			r = r.then(a.objectSettings(object))
		}
	}
	return r
}

// objectSettings is where the functions of an object literal run that describes a tool.
func (a *analysis) objectSettings(object parser.NodeID) reach {
	r := always
	for c := range a.Children(object) {
		if a.Kind(c) == parser.KindPair {
			r = r.then(a.setting(a.Slice(a.Field(c, parser.FieldKey)), a.Field(c, parser.FieldValue), c))
		} else if a.Kind(c) == parser.KindMethod {
			if _, ok := approvalSettings[a.Slice(a.Field(c, parser.FieldName))]; ok {
				r = r.then(only(maybeGranted, c))
			}
		}
	}
	return r
}

// setting is where a tool runs that has one setting.
func (a *analysis) setting(name string, value, why parser.NodeID) reach {
	values, ok := approvalSettings[name]
	if !ok {
		return always
	}
	switch v := a.Eval(value); {
	case v.Default:
	case v.Kind == parser.Bool && v.Bool:
		return only(granted, why)
	case v.Kind == parser.Bool, v.Kind == parser.None:
		return always
	case v.Kind == parser.String && values[v.Str]:
		return only(granted, why)
	case v.Kind == parser.String:
		return always
	}
	return only(maybeGranted, why) // a function that decides, a setting from elsewhere
}

// objectAround is where a function runs that stands in an object literal beside settings.
func (a *analysis) objectAround(fn parser.NodeID) reach {
	p := a.Parent(fn)
	if a.Kind(p) == parser.KindPair {
		p = a.Parent(p)
	}
	if a.Kind(p) != parser.KindDict || !a.Language.IsScript() {
		return always
	}
	return a.objectSettings(p)
}

// contextGuard is what the context manager v of a with statement says of its body.
func (a *analysis) contextGuard(v parser.NodeID) reach {
	r := a.limiterContext(v)
	c := a.CallAt(v)
	if c == nil {
		return r
	}
	if g, at := a.function(c); g != nil {
		return r.then(a.because(at.yields(g), v))
	}
	if how := a.asker(c); how == agrees && askers[a.QName(c.Callee)] == asksNobody {
		return r.then(only(granted, v))
	}
	return r.then(wrapsEnvironment(lowerWords(c.Name), v))
}

// yields is where the generator of a context manager lets the body run.
func (a *analysis) yields(g *parser.Func) reach {
	r := never
	for n := g.Body; n != parser.NoNode && n < parser.NodeID(a.Nodes[g.Body].Next); n++ {
		if a.Kind(n) == parser.KindYield {
			r = r.or(a.local(n))
		}
	}
	if r.mask == 0 {
		return always
	}
	return r
}

// dependencies is where a function is called whose parameters are dependencies of a route: Depends(check).
func (a *analysis) dependencies(fn *parser.Func) reach {
	r := always
	for i := range fn.Params {
		c := a.CallAt(a.Unwrap(fn.Params[i].Value))
		if c == nil || c.Name != "Depends" && c.Name != "Security" || len(c.Args) == 0 {
			continue
		}
		callee := a.Unwrap(c.Args[0].Value)
		g, at := a.FuncOf(callee), a
		if g == nil {
			g, at = a.importedFunction(callee)
		}
		if g != nil {
			r = r.then(a.because(at.ends(g), c.Node))
			continue
		}
		switch askerName(lowerWords(a.nameOf(callee))) {
		case pauses:
			r = r.then(only(granted, c.Node))
		case agrees:
			r = r.then(only(maybeGranted, c.Node))
		}
	}
	return r
}

// optionAsks is the value of a parameter of a command whose option asks for it: typer.Option(…, prompt="Sure?").
func (a *analysis) optionAsks(d *parser.Def) value {
	c := a.CallAt(a.Unwrap(d.Value))
	if c == nil || c.Name != "Option" {
		return value{}
	}
	if arg, ok := a.Argument(c, "prompt", -1); ok && a.Eval(arg.Value).Kind == parser.String {
		asks := a.asksFor(c, finalWords)
		return value{kind: answer, sure: true, asks: asks, yesNo: asks, typed: true, node: c.Node}
	}
	return value{}
}

// callbackParam is the value of a parameter: the answer, for a callback that a question gets, else what its name says.
func (a *analysis) callbackParam(d *parser.Def) value {
	fnNode := a.functionOfParam(d)
	if a.Kind(fnNode) != parser.KindLambda {
		return value{}
	}
	c, _ := a.passedTo(fnNode)
	if c == nil {
		return value{}
	}
	var v value
	switch callee := a.Unwrap(c.Callee); {
	case c.Name == "then":
		v = a.value(a.Field(callee, parser.FieldObject))
	default:
		v = a.value(c.Node)
	}
	if v.kind != answer {
		return value{}
	}
	if d.Kind == parser.UnpackDef {
		return a.part(v, d.Path, d.Node)
	}
	return v
}

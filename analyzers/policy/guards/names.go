package guards

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// named is the value of a variable: by its definitions, else by its name.
func (a *analysis) named(n parser.NodeID) value {
	name := a.Slice(n)
	v := a.defined(a.DefsOf(n), n)
	if v.kind == unknown || v.isBool() && environmentName(name) != notEnvironment {
		if byName := a.byName(n, name); byName.kind != unknown {
			return byName
		}
	}
	if v.isBool() {
		if v.truth {
			return value{kind: flag, cond: cond{always, never}}
		}
		return value{kind: flag, cond: cond{never, always}}
	}
	return v
}

// defined is the union of what definitions give a name that is used at n.
func (a *analysis) defined(defs []*parser.Def, n parser.NodeID) value {
	if len(defs) == 0 || len(defs) > 12 {
		return value{}
	}
	values := make([]sourced, 0, len(defs))
	for _, d := range defs {
		v := a.definition(d)
		if v.kind == unknown {
			return value{}
		}
		where := always
		if len(defs) > 1 && a.EnclosingFunc(d.Node) == a.EnclosingFunc(n) && a.enter(d.Node, asDef) {
			where = a.local(d.Node)
			a.leave(d.Node, asDef)
		}
		values = append(values, sourced{v, where})
	}
	return a.union(values)
}

func (a *analysis) definition(d *parser.Def) value {
	switch d.Kind {
	case parser.AssignDef, parser.WithDef:
		return a.value(d.Value)
	case parser.ImportDef:
		return a.imported(&a.Imports[d.Index])
	case parser.UnpackDef:
		if d.Value == parser.NoNode {
			return a.callbackParam(d)
		}
		v := a.value(d.Value)
		return a.part(v, d.Path, d.Node)
	case parser.ParamDef:
		if v := a.callbackParam(d); v.kind != unknown {
			return v
		}
		if v := a.optionAsks(d); v.kind != unknown {
			return v
		}
		return a.given(d)
	case parser.FuncDef:
		if g := &a.Funcs[d.Index]; a.isProperty(g) {
			return a.result(g)
		}
	}
	return value{}
}

// isProperty reports whether a method is read like an attribute.
func (a *analysis) isProperty(g *parser.Func) bool {
	if a.Language.IsScript() {
		return g.Class >= 0 && strings.HasPrefix(a.Slice(g.Node), "get ")
	}
	for _, d := range g.Decorators {
		if name := a.nameOf(d); name == "property" || name == "cached_property" || name == "computed_field" {
			return true
		}
	}
	return false
}

// part is the value of a part of v: an attribute, a key, an element.
func (a *analysis) part(v value, name string, n parser.NodeID) value {
	switch v.kind {
	case turn:
		if w := lowerWords(name); anyOf(w, refusedWords) {
			return value{kind: flag, cond: lets(v.node).not()}
		} else if anyOf(w, passedWords) {
			return v
		}
	case answer:
		if environmentName(name) != notEnvironment {
			return value{}
		}
		switch w := lowerWords(name); {
		case anyOf(w, deniedWords):
			return value{kind: flag, cond: grants(v.from(n), v.sure).not()}
		case anyOf(w, statusWords) || anyOf(w, grantWords):
			v.yesNo, v.asks = true, true
		case !v.form:
			v.yesNo, v.asks = false, v.asks && v.typed
		}
		return v
	}
	return value{}
}

// memberValue is the value of x.name or x["name"].
func (a *analysis) memberValue(n parser.NodeID) value {
	name := a.nameOf(n)
	if a.Kind(n) == parser.KindAttribute {
		object := a.Field(n, parser.FieldObject)
		if name == "confirmed" && confirmations[a.nameOf(object)] {
			return value{kind: flag, cond: grants(n, true)}
		}
		if a.IsSelf(object) {
			if c := a.ClassAround(n); c != nil {
				if v := a.defined(a.Members(c, name), n); v.kind != unknown && !v.isBool() {
					return v
				}
			}
		} else if v := a.value(object); v.kind == answer || v.kind == turn {
			return a.part(v, name, n)
		} else if v.kind == envText && (name == "value" || name == "name") {
			return v
		}
		if w := a.memberWord(n); w != "" && (isEnvironmentWord(w) || statusWords[w] || yesWords[w] || deniedWords[w]) {
			return value{kind: constant, words: []string{w}}
		}
	} else if v := a.value(a.FirstChild(n)); v.kind == answer || v.kind == turn {
		return a.part(v, name, n)
	}
	switch {
	case name == "":
		return value{}
	case genericNames[name]:
		object := a.Field(n, parser.FieldObject)
		if a.Kind(n) == parser.KindSubscript {
			object = a.FirstChild(n)
		}
		if environmentName(a.nameOf(object)) == namesEnvironment {
			return value{kind: envText, weak: true}
		}
	}
	return a.byName(n, name)
}

// genericNames are attributes that say of their object what it is.
var genericNames = set(`name type value slug tier label`)

// Attributes that frameworks set when a person has approved a tool's call: Pydantic AI, ADK.
var (
	confirmations = set(`tool_confirmation toolConfirmation`)
	frameworkSays = set(`tool_call_approved toolCallApproved`)
)

// nameOf is the last name of an expression: env of settings.env, config["env"], config.get("env").
func (a *analysis) nameOf(n parser.NodeID) string {
	switch n = a.Unwrap(n); a.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		return a.Slice(n)
	case parser.KindAttribute:
		return strings.TrimPrefix(a.Slice(a.AttributeName(n)), "#")
	case parser.KindSubscript:
		index := a.Field(n, parser.FieldSubscript)
		if index == parser.NoNode {
			index = a.Field(n, parser.FieldIndex)
		}
		if v := a.Eval(index); v.Kind == parser.String {
			return v.Str
		}
	case parser.KindCall:
		if c := a.CallAt(n); c != nil {
			if (c.Name == "get" || c.Name == "getattr") && len(c.Args) > 0 {
				i := 0
				if c.Name == "getattr" && len(c.Args) > 1 {
					i = 1
				}
				if v := a.Eval(c.Args[i].Value); v.Kind == parser.String {
					return v.Str
				}
			}
			return c.Name
		}
	}
	return ""
}

// byName is what the name of a variable, attribute, key or variable of the environment says.
func (a *analysis) byName(n parser.NodeID, name string) value {
	if name == "" {
		return value{}
	}
	if frameworkSays[name] {
		return value{kind: flag, cond: grants(n, true)}
	}
	switch environmentName(name) {
	case namesEnvironment:
		return value{kind: envText, vague: vagueNames[name] && !a.ofConfiguration(n)}
	case namesMode:
		return value{kind: envText, weak: true}
	case saysProduction:
		return value{kind: flag, cond: cond{a.onlyIn(inProduction, n), a.onlyIn(outside, n)}}
	case saysOther:
		return value{kind: flag, cond: cond{a.onlyIn(outside, n), always}}
	case saysNotProduction:
		return value{kind: flag, cond: cond{a.onlyIn(outside, n), a.onlyIn(inProduction, n)}}
	case saysDebug:
		if a.ofSettings(n, name) {
			return value{kind: flag, cond: cond{a.onlyIn(outside, n), always}}
		}
	}
	if name[0] >= 'A' && name[0] <= 'Z' && strings.ToUpper(name) != name { // a class
		return value{}
	}
	switch approvalName(name) {
	case saysApproved:
		return value{kind: answer, asks: true, yesNo: true, node: n}
	case saysDenied:
		return value{kind: flag, cond: grants(n, false).not()}
	case bypasses:
		return value{kind: flag, cond: cond{quietly, always}}
	case demands:
		return value{kind: flag, cond: cond{always, quietly}}
	}
	return value{}
}

// vagueNames may also hold where something runs (a browser that is local or in the cloud), where nothing
// says that they are a setting.
var vagueNames = set(`env environment stage`)

// configurations are names of what holds settings.
var configurations = set(`settings config conf cfg configuration environ app options opts ctx context getenv`)

// ofConfiguration reports whether n is read from the environment or from settings.
func (a *analysis) ofConfiguration(n parser.NodeID) bool {
	object := parser.NoNode
	switch a.Kind(n) {
	case parser.KindAttribute:
		object = a.Field(n, parser.FieldObject)
	case parser.KindSubscript:
		object = a.FirstChild(n)
	case parser.KindCall: // config.get("env")
		return true
	}
	if object == parser.NoNode {
		return false
	}
	name := strings.ToLower(a.nameOf(object))
	return configurations[name] || name == "env"
}

// quietly is maybeGranted without a reason: what skips an approval is none.
var quietly = reach{mask: maybeGranted, prod: parser.NoNode, appr: parser.NoNode, limit: parser.NoNode}

// onlyIn is the worlds in which n, which holds the environment, is what is asked for.
func (a *analysis) onlyIn(m mask, n parser.NodeID) reach {
	r := only(m, n)
	r.about = a.nameOf(n)
	return r
}

// ofSettings reports whether n, a debug flag, is one of a framework's that is off in production.
func (a *analysis) ofSettings(n parser.NodeID, name string) bool {
	object := a.Field(n, parser.FieldObject)
	if a.Kind(n) == parser.KindSubscript {
		object = a.FirstChild(n)
	}
	return slices.Contains(debugSettings[name], a.Slice(object))
}

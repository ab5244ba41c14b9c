package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// nameText is the text that a name stands for.
func (v *view) nameText(n parser.NodeID, depth int) texts {
	defs := v.DefsOf(n)
	if len(defs) == 0 {
		return unknownText
	}
	return v.defsText(defs, n, depth)
}

func (v *view) defsText(defs []*parser.Def, use parser.NodeID, depth int) texts {
	var out texts
	for _, d := range defs {
		var t texts
		switch d.Kind {
		case parser.AssignDef:
			if d.Value < 0 || use >= 0 && v.Within(use, d.Value) || len(defs) > 1 && v.Kind(v.Unwrap(d.Value)) == parser.KindNone {
				continue // let sql; sql = None: what is used has another value
			}
			t = v.textAt(d.Value, depth-1)
		case parser.AugmentedDef:
			more := v.textAt(d.Value, depth-1)
			more.joined = more.joined || more.open()
			if len(out.values) == 0 {
				out = unknownText
			}
			switch v.relation(d.Node, use) {
			case always:
				out = out.then(more)
			case sometimes:
				out = out.or(out.then(more))
			default:
				out = out.then(texts{values: []string{hole}, param: more.param, joined: true})
			}
			continue
		case parser.ImportDef:
			t = v.importedText(d, depth)
		case parser.ParamDef:
			t = texts{values: []string{hole}, param: !v.selfName(d)}
		case parser.LoopDef:
			t = v.elementText(d, depth)
		case parser.WithDef:
			t = v.textAt(d.Value, depth-1)
		case parser.UnpackDef:
			t = texts{values: []string{hole}, param: v.ofParameter(d.Value)}
			if x := v.Eval(d.Node); x.Kind == parser.String && !x.Default {
				t = constant(x.Str)
			} else if v.isParameter(d) {
				t.param = true
			} else if c := v.CallAt(v.Unwrap(d.Value)); c != nil && c.Name == "mkstemp" && d.Path == "1" {
				t = v.textAt(d.Value, depth-1)
			}
		default:
			t = unknownText
		}
		if len(out.values) == 0 {
			out = t
		} else {
			out = out.or(t)
		}
	}
	if len(out.values) == 0 {
		return unknownText
	}
	return out
}

// isParameter reports whether a destructured name is part of a function's parameters.
func (v *view) isParameter(d *parser.Def) bool {
	for p := range v.Ancestors(d.Node) {
		switch v.Kind(p) {
		case parser.KindParameters:
			return true
		case parser.KindDeclarator, parser.KindAssignment, parser.KindBlock, parser.KindModule:
			return false
		}
	}
	return false
}

// How often a statement has run before another that comes after it.
const (
	always = iota
	sometimes
	often
)

// relation tells how often a statement at n has run when use does.
func (v *view) relation(n, use parser.NodeID) int {
	out := always
	for p := range v.Ancestors(n) {
		switch v.Kind(p) {
		case parser.KindIf, parser.KindElse, parser.KindTry, parser.KindCatch, parser.KindSwitchBody:
			if use < 0 || !v.Within(use, p) {
				out = sometimes
			}
		case parser.KindFor, parser.KindForClassic, parser.KindWhile:
			if use < 0 || !v.Within(use, p) {
				return often
			}
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			if use < 0 || !v.Within(use, p) {
				return often
			}
			return out
		}
	}
	return out
}

// selfName reports whether a parameter is the instance that a method belongs to.
func (v *view) selfName(d *parser.Def) bool {
	return !v.Language.IsScript() && d.Index == 0 && (d.Name == "self" || d.Name == "cls")
}

// elementText is what a loop's target may be.
func (v *view) elementText(d *parser.Def, depth int) texts {
	if c := v.CallAt(v.unsorted(d.Value)); c != nil && d.Path == "" {
		switch q := v.spell(c.Callee); {
		case q == "glob.glob" || q == "glob.iglob":
			if len(c.Args) > 0 {
				return joinPath(v.textAt(c.Args[0].Value, depth-1).each(parent), unknownText)
			}
		case strings.HasPrefix(q, "pathlib.Path") && elementsOf[c.Name]:
			return joinPath(v.textAt(v.Field(v.Unwrap(c.Callee), parser.FieldObject), depth-1), unknownText)
		}
	}
	x := v.Eval(d.Value)
	if x.Kind != parser.List || x.Default || d.Path != "" || len(x.Elems) == 0 || len(x.Elems) > maxTexts {
		return texts{values: []string{hole}, param: v.ofParameter(d.Value)}
	}
	out := texts{}
	for _, e := range x.Elems {
		t := unknownText
		if e.Kind == parser.String && !e.Default {
			t = constant(e.Str)
		}
		out = out.or(t)
	}
	return out
}

// ofParameter reports whether a parameter of the function is what n is read from: args["path"], req.body.
func (v *view) ofParameter(n parser.NodeID) bool {
	for range maxDepth {
		n = v.Unwrap(n)
		switch v.Kind(n) {
		case parser.KindAttribute:
			n = v.Field(n, parser.FieldObject)
		case parser.KindSubscript:
			n = v.FirstChild(n)
		case parser.KindCall: // args.get("path")
			callee := v.Field(n, parser.FieldFunction)
			if v.Kind(callee) != parser.KindAttribute {
				return false
			}
			n = v.Field(callee, parser.FieldObject)
		case parser.KindIdentifier, parser.KindShorthand:
			defs := v.DefsOf(n)
			if len(defs) != 1 {
				return false
			}
			switch d := defs[0]; d.Kind {
			case parser.ParamDef:
				return !v.selfName(d)
			case parser.UnpackDef:
				if v.isParameter(d) {
					return true
				}
				n = d.Value
			case parser.AssignDef, parser.LoopDef:
				n = d.Value
			default:
				return false
			}
		default:
			return false
		}
	}
	return false
}

func (v *view) attributeText(n parser.NodeID, depth int) texts {
	object := v.Field(n, parser.FieldObject)
	name := v.Slice(v.AttributeName(n))
	if v.IsSelf(object) {
		class := v.ClassAround(n)
		if class == nil {
			return unknownText
		}
		defs := v.Members(class, name)
		if len(defs) == 0 {
			return unknownText
		}
		for _, d := range defs {
			if v.isField(class, d) {
				return unknownText
			}
		}
		t := v.defsText(defs, parser.NoNode, depth)
		t.param = false // of the constructor
		return t
	}
	switch name {
	case "href", "value", "name": // of a URL, of an enum's member, of a temporary file
		if t := v.textAt(object, depth-1); !t.nothing() {
			return t
		}
	case "parent":
		return v.textAt(object, depth-1).each(parent)
	}
	if v.Language.IsScript() {
		q := v.spell(n)
		if s := originOf(q); s != "" {
			return texts{values: []string{s}}
		}
		if homes[q] {
			return constant("~")
		}
	}
	if x := v.Eval(n); x.Kind == parser.String && !x.Default {
		return constant(x.Str)
	}
	if g, d := v.importedMember(object, name); d != nil {
		t := g.defsText([]*parser.Def{d}, parser.NoNode, depth-1)
		t.param = false
		return t
	}
	return texts{values: []string{hole}, param: v.ofParameter(n)}
}

// isField reports whether a definition in the body of a class is a field with a default, which
// those who make an instance may give another value: of a dataclass, of a pydantic model.
func (v *view) isField(class *parser.Class, d *parser.Def) bool {
	if v.Language.IsScript() || d.Kind != parser.AssignDef || d.Annotation < 0 || d.Scope != class.Scope || len(class.Bases) == 0 && len(class.Decorators) == 0 {
		return false
	}
	annotation := v.Slice(d.Annotation)
	return !strings.Contains(annotation, "ClassVar") && !strings.Contains(annotation, "Final") && !strings.Contains(annotation, "Literal")
}

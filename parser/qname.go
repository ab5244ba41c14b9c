package parser

import (
	"slices"
	"strconv"
	"strings"
)

// QName is the qualified name of what expression n evaluates to, seen from the imports:
// openai.OpenAI.chat.completions.create. An instance goes by its class's name, the result
// of any other call by the callee's name and "()". It is "" where n does not lead to an
// import, or to different ones.
func (f *File) QName(n NodeID) string { return f.qname(n, newBudget()) }

func (f *File) qname(n NodeID, depth budget) string {
	if n < 0 || depth.spent() {
		return ""
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindIdentifier, KindShorthand, KindTypeIdentifier:
		if defs := f.DefsOf(n); len(defs) > 0 {
			return f.common(defs, depth)
		}
		return f.starred(f.Slice(n))
	case KindAttribute:
		return f.attributeQName(n, depth)
	case KindCall:
		return f.callQName(n, f.Field(n, FieldFunction), depth)
	case KindNew:
		return f.qname(f.Field(n, FieldConstructor), depth.next())
	case KindConditional, KindBinary:
		return f.eitherQName(n, depth)
	case KindAsPattern, KindNamedExpression, KindAssignment:
		for _, field := range []Field{FieldValue, FieldRight} {
			if v := f.Field(n, field); v != NoNode {
				return f.qname(v, depth.next())
			}
		}
		return f.qname(f.FirstChild(n), depth.next())
	}
	return ""
}

// starred is the qualified name of a name that nothing in the file defines, if there is one
// `from module import *` that may have brought it.
func (f *File) starred(name string) string {
	module := ""
	for i := range f.Imports {
		switch imp := &f.Imports[i]; {
		case imp.Name != "*" || f.Language.IsScript():
		case module != "" && module != imp.Module:
			return ""
		default:
			module = imp.Module
		}
	}
	if module == "" || name == "" || builtins[name] {
		return ""
	}
	return module + "." + name
}

// builtins are names of Python's own that code often calls.
var builtins = map[string]bool{
	"print": true, "len": true, "str": true, "int": true, "float": true, "bool": true, "list": true, "dict": true, "set": true, "tuple": true,
	"range": true, "enumerate": true, "zip": true, "map": true, "filter": true, "sorted": true, "reversed": true, "sum": true, "min": true, "max": true,
	"any": true, "all": true, "open": true, "input": true, "isinstance": true, "issubclass": true, "getattr": true, "setattr": true, "hasattr": true,
	"super": true, "type": true, "id": true, "iter": true, "next": true, "repr": true, "round": true, "abs": true, "vars": true, "format": true,
	"exec": true, "eval": true, "compile": true, "__import__": true, "Exception": true, "ValueError": true, "TypeError": true, "RuntimeError": true, "KeyError": true,
}

// common is the one qualified name of all the definitions that have one.
func (f *File) common(defs []*Def, depth budget) string {
	name := ""
	for _, d := range defs {
		q := f.defQName(d, depth)
		if q != "" && name != "" && q != name {
			return ""
		}
		if q != "" {
			name = q
		}
	}
	return name
}

func (f *File) defQName(d *Def, depth budget) string {
	if depth.spent() {
		return ""
	}
	switch d.Kind {
	case ImportDef:
		imp := f.Imports[d.Index]
		switch {
		case imp.Name != "":
			return imp.Module + "." + imp.Name
		case !f.Language.IsScript():
			// import a.b binds a; with an alias, a.b
			if root, _, dotted := strings.Cut(imp.Module, "."); dotted && imp.Alias == root {
				return root
			}
		}
		return imp.Module
	case ParamDef, AssignDef:
		// typing.Any and a bare Final say nothing of the value's class.
		if q := f.typeQName(d.Annotation, depth.next()); q != "" && !strings.HasPrefix(q, "typing.") && !strings.HasPrefix(q, "typing_extensions.") {
			return q
		}
		return f.qname(d.Value, depth.next())
	case WithDef:
		return f.qname(d.Value, depth.next())
	case UnpackDef:
		if q := f.qname(f.element(d), depth.next()); q != "" {
			return q
		}
		if q := f.qname(d.Value, depth.next()); q != "" && f.Language.IsScript() && !strings.HasPrefix(d.Path, "...") {
			return q + "." + d.Path
		}
	}
	return ""
}

// element is the expression that an unpacked name gets, where the value is written out: a, b = x, y.
func (f *File) element(d *Def) NodeID {
	value := f.Unwrap(d.Value)
	if k := f.Kind(value); k != KindTuple && k != KindList {
		return NoNode
	}
	i := 0
	for c := range f.Children(value) {
		if strconv.Itoa(i) == d.Path {
			return c
		}
		i++
	}
	return NoNode
}

func (f *File) attributeQName(n NodeID, depth budget) string {
	object, name := f.Field(n, FieldObject), f.Slice(f.attributeName(n))
	if f.isSelf(object) {
		return f.common(f.memberDefs(f.classAround(n), name), depth.next())
	}
	if q := f.qname(object, depth.next()); q != "" {
		return q + "." + name
	}
	if class := f.localClass(object, depth); class != nil {
		return f.common(f.memberDefs(class, name), depth.next())
	}
	return ""
}

func (f *File) callQName(n, callee NodeID, depth budget) string {
	if q := f.qname(callee, depth.next()); q != "" {
		last := q[strings.LastIndexByte(q, '.')+1:]
		if last != "" && last[0] >= 'A' && last[0] <= 'Z' {
			return q // an instance
		}
		if q == "importlib.import_module" {
			if module := f.importedByName(n); module != "" {
				return module
			}
		}
		return q + "()"
	}
	if fn := f.FuncOf(callee); fn != nil {
		return f.resultQName(fn, depth.next())
	}
	return ""
}

// importedByName is the module of importlib.import_module("module").
func (f *File) importedByName(call NodeID) string {
	c := f.CallAt(call)
	if c == nil || len(c.Args) != 1 {
		return ""
	}
	if v := f.Eval(c.Args[0].Value); v.Kind == String && !v.Default && !strings.HasPrefix(v.Str, ".") {
		return v.Str
	}
	return ""
}

// FuncOf is the function of this file that callee names, or nil.
func (f *File) FuncOf(callee NodeID) *Func {
	callee = f.Unwrap(callee)
	var defs []*Def
	switch f.Kind(callee) {
	case KindIdentifier:
		defs = f.DefsOf(callee)
	case KindAttribute:
		if f.isSelf(f.Field(callee, FieldObject)) {
			defs = f.memberDefs(f.classAround(callee), f.Slice(f.attributeName(callee)))
		} else if c := f.localClass(f.Field(callee, FieldObject), newBudget()); c != nil {
			defs = f.memberDefs(c, f.Slice(f.attributeName(callee)))
		}
	}
	if len(defs) != 1 {
		return nil
	}
	switch d := defs[0]; d.Kind {
	case FuncDef:
		return &f.Funcs[d.Index]
	case AssignDef:
		if f.Kind(d.Value) == KindLambda {
			return f.funcAt(d.Value)
		}
	}
	return nil
}

func (f *File) funcAt(n NodeID) *Func {
	i, ok := slices.BinarySearchFunc(f.Funcs, n, func(fn Func, n NodeID) int { return int(fn.Node - n) })
	if !ok {
		return nil
	}
	return &f.Funcs[i]
}

// ResultQName is what a function of this file returns, as QName names it: by its annotation,
// or by its return statements.
func (f *File) ResultQName(fn *Func) string { return f.resultQName(fn, newBudget()) }

// resultQName is what a function of this file returns: its annotation, or its return statements.
func (f *File) resultQName(fn *Func, depth budget) string {
	if depth.spent() {
		return ""
	}
	if q := f.typeQName(fn.Returns, depth.next()); q != "" {
		return q
	}
	if k := f.Kind(fn.Body); k != KindBlock && fn.Body != NoNode {
		return f.qname(fn.Body, depth.next()) // an arrow function's or lambda's expression
	}
	name := ""
	for n := fn.Body; f.Within(n, fn.Body); n++ {
		switch f.Kind(n) {
		case KindFunction, KindLambda, KindMethod, KindClass:
			n = NodeID(f.Nodes[n].Next) - 1
		case KindReturn:
			q := f.qname(f.FirstChild(n), depth.next())
			if q != "" && name != "" && q != name {
				return ""
			}
			if q != "" {
				name = q
			}
		}
	}
	return name
}

// eitherQName is for `a or b`, `a ?? b` and `b if c else d`: the one name that both or one of them has.
func (f *File) eitherQName(n NodeID, depth budget) string {
	sides := []NodeID{f.Field(n, FieldLeft), f.Field(n, FieldRight)}
	if f.Kind(n) == KindConditional {
		if sides = []NodeID{f.Field(n, FieldConsequence), f.Field(n, FieldAlternative)}; sides[0] == NoNode { // Python has no fields here
			sides = slices.Collect(f.Children(n))
			if len(sides) == 3 {
				sides = []NodeID{sides[0], sides[2]}
			}
		}
	} else if op := f.Slice(f.Field(n, FieldOperator)); op != "or" && op != "||" && op != "??" && op != "and" && op != "&&" {
		return ""
	}
	name := ""
	for _, side := range sides {
		q := f.qname(side, depth.next())
		if q != "" && name != "" && q != name {
			return ""
		}
		if q != "" {
			name = q
		}
	}
	return name
}

package parser

import "strings"

// Eval is what expression n is known to be, through names with one value, concatenation,
// literals, lookups into constant dictionaries and enums, and fallbacks for the environment.
func (f *File) Eval(n NodeID) Value { return f.eval(n, newBudget()) }

func (f *File) eval(n NodeID, depth budget) Value {
	unknown := Value{Node: n}
	if n < 0 || depth.spent() {
		return unknown
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindString, KindTemplate, KindConcatenated:
		return f.evalString(n, depth)
	case KindNumber:
		return f.evalNumber(n)
	case KindTrue, KindFalse:
		return Value{Kind: Bool, Bool: f.Kind(n) == KindTrue, Node: n}
	case KindNone:
		return Value{Kind: None, Node: n}
	case KindIdentifier, KindShorthand:
		if f.Slice(n) == "undefined" {
			return Value{Kind: None, Node: n}
		}
		return f.evalDefs(f.DefsOf(n), n, depth)
	case KindAttribute:
		return f.evalAttribute(n, depth)
	case KindSubscript:
		return f.evalSubscript(n, depth)
	case KindList, KindTuple:
		return f.evalList(n, depth)
	case KindDict, KindEnumBody:
		return f.evalDict(n, depth)
	case KindBinary:
		return f.evalBinary(n, depth)
	case KindUnary:
		if v := f.eval(f.LastChild(n), depth.next()); v.Kind == Number && strings.HasPrefix(f.Slice(n), "-") {
			return Value{Kind: Number, Num: -v.Num, Node: n}
		}
	case KindNamedExpression:
		return f.eval(f.Field(n, FieldValue), depth.next())
	case KindCall:
		return f.evalCall(n, depth)
	}
	return unknown
}

// evalDefs is the value of a name with one definition.
func (f *File) evalDefs(defs []*Def, n NodeID, depth budget) Value {
	if len(defs) != 1 {
		return Value{Node: n}
	}
	switch d := defs[0]; d.Kind {
	case AssignDef:
		return f.eval(d.Value, depth.next())
	case ParamDef:
		if d.Value != NoNode && d.Path == "" {
			v := f.eval(d.Value, depth.next())
			v.Default = true
			return v
		}
	case UnpackDef:
		if e := f.element(d); e != NoNode {
			return f.eval(e, depth.next())
		}
		if v := f.eval(d.Value, depth.next()); v.Kind == Dict {
			return v.Get(d.Path)
		}
		if p := f.Parent(d.Node); f.Kind(p) == KindDefaultPattern { // { model = 'x' } as a parameter
			v := f.eval(f.Field(p, FieldRight), depth.next())
			v.Default = true
			return v
		}
	}
	return Value{Node: n}
}

// Get is the value of a constant key in a Dict; Unknown where it is absent or could have been overwritten.
func (v Value) Get(key string) Value {
	for i := len(v.Entries) - 1; i >= 0; i-- {
		switch k := v.Entries[i].Key; {
		case k.Kind == String && k.Str == key:
			return v.Entries[i].Value
		case k.Kind == Unknown || k.Kind == Template:
			return Value{Node: v.Node}
		}
	}
	return Value{Node: v.Node}
}

func (f *File) evalAttribute(n NodeID, depth budget) Value {
	object, name := f.Field(n, FieldObject), f.Slice(f.attributeName(n))
	if f.isSelf(object) {
		if c := f.classAround(n); c != nil {
			return f.evalDefs(f.memberDefs(c, name), n, depth)
		}
		return Value{Node: n}
	}
	if name == "value" { // an enum member's
		if v := f.eval(object, depth.next()); v.Kind == String || v.Kind == Number {
			return v
		}
	}
	if c := f.localClass(object, depth); c != nil {
		if given := f.givenTo(object, name, depth); given != NoNode {
			return f.eval(given, depth.next())
		}
		return f.evalDefs(f.memberDefs(c, name), n, depth)
	}
	if v := f.eval(object, depth.next()); v.Kind == Dict && f.Language.IsScript() {
		return v.Get(name)
	}
	return Value{Node: n}
}

// givenTo is what the call that made an instance gave it under an attribute's name: "b" for
// c.model where c = Config(model="b").
func (f *File) givenTo(n NodeID, name string, depth budget) NodeID {
	if depth.spent() {
		return NoNode
	}
	switch n = f.Unwrap(n); f.Kind(n) {
	case KindIdentifier:
		if defs := f.DefsOf(n); len(defs) == 1 && defs[0].Kind == AssignDef {
			return f.givenTo(defs[0].Value, name, depth.next())
		}
	case KindCall:
		for a := range f.Children(f.Field(n, FieldArguments)) {
			if f.Kind(a) == KindKeywordArgument && f.Slice(f.Field(a, FieldName)) == name {
				return f.Field(a, FieldValue)
			}
		}
	}
	return NoNode
}

func (f *File) evalSubscript(n NodeID, depth budget) Value {
	index := f.Field(n, FieldSubscript)
	if index == NoNode {
		index = f.Field(n, FieldIndex)
	}
	key := f.eval(index, depth.next())
	switch v := f.eval(f.FirstChild(n), depth.next()); {
	case v.Kind == Dict && key.Kind == String:
		return v.Get(key.Str)
	case v.Kind == List && key.Kind == Number && key.Num >= 0 && int(key.Num) < len(v.Elems):
		return v.Elems[int(key.Num)]
	}
	return Value{Node: n}
}

func (f *File) evalList(n NodeID, depth budget) Value {
	v := Value{Kind: List, Node: n}
	for c := range f.Children(n) {
		if f.Kind(c) == KindSpread {
			inner := f.eval(f.FirstChild(c), depth.next())
			if inner.Kind != List {
				return Value{Node: n}
			}
			v.Elems = append(v.Elems, inner.Elems...)
			continue
		}
		v.Elems = append(v.Elems, f.eval(c, depth.next()))
	}
	return v
}

func (f *File) evalDict(n NodeID, depth budget) Value {
	v := Value{Kind: Dict, Node: n}
	for c := range f.Children(n) {
		switch f.Kind(c) {
		case KindPair:
			v.Entries = append(v.Entries, Entry{f.evalKey(f.Field(c, FieldKey), depth), f.eval(f.Field(c, FieldValue), depth.next())})
		case KindShorthand:
			v.Entries = append(v.Entries, Entry{Value{Kind: String, Str: f.Slice(c), Node: c}, f.eval(c, depth.next())})
		case KindSpread, KindDictSpread:
			inner := f.eval(f.FirstChild(c), depth.next())
			if inner.Kind == Dict {
				v.Entries = append(v.Entries, inner.Entries...)
			} else {
				v.Entries = append(v.Entries, Entry{Value{Node: c}, Value{Node: c}})
			}
		case KindOther: // enum_assignment
			if name := f.Field(c, FieldName); name != NoNode {
				v.Entries = append(v.Entries, Entry{f.evalKey(name, depth), f.eval(f.Field(c, FieldValue), depth.next())})
			}
		}
	}
	return v
}

// evalKey is a dictionary's key; JavaScript writes them without quotes.
func (f *File) evalKey(n NodeID, depth budget) Value {
	if f.Kind(n) == KindIdentifier && f.Language.IsScript() {
		return Value{Kind: String, Str: f.Slice(n), Node: n}
	}
	if f.KindName(n) == "computed_property_name" {
		n = f.FirstChild(n)
	}
	return f.eval(n, depth.next())
}

// environment lists the calls that read the environment: the key's position is 0, the fallback's 1.
var environment = map[string]bool{"os.getenv": true, "os.environ.get": true, "os.environ.setdefault": true}

// transparent lists the calls that return their first argument, as far as constants go.
var transparent = map[string]bool{"str": true, "textwrap.dedent": true, "inspect.cleandoc": true, "Object.freeze": true, "String": true}

func (f *File) evalCall(n NodeID, depth budget) Value {
	callee := f.Field(n, FieldFunction)
	q := f.qname(callee, depth.next())
	if q == "" {
		q = f.Slice(callee)
	}
	args := f.Field(n, FieldArguments)
	switch {
	case environment[strings.TrimSuffix(q, "()")]:
		i := 0
		for a := range f.Children(args) {
			if f.Kind(a) == KindKeywordArgument {
				a = f.Field(a, FieldValue)
			}
			if i++; i == 2 {
				v := f.eval(a, depth.next())
				v.Default = true
				return v
			}
		}
	case transparent[q]:
		return f.eval(f.FirstChild(args), depth.next())
	case q == "dict":
		v := Value{Kind: Dict, Node: n}
		for a := range f.Children(args) {
			if f.Kind(a) != KindKeywordArgument {
				return Value{Node: n}
			}
			v.Entries = append(v.Entries, Entry{Value{Kind: String, Str: f.Slice(f.Field(a, FieldName)), Node: a}, f.eval(f.Field(a, FieldValue), depth.next())})
		}
		return v
	}
	if f.Kind(callee) == KindAttribute && f.Slice(f.attributeName(callee)) == "format" && !f.Language.IsScript() {
		if v := f.eval(f.Field(callee, FieldObject), depth.next()); v.isText() {
			return Value{Kind: Template, Parts: []Value{v, {Node: args}}, Node: n}
		}
	}
	return Value{Node: n}
}

package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// schema reads the schema of an answer or of a tool's input: a class with fields, zod's
// expressions, or JSON.
func (r *reader) schema(f *parser.File, n parser.NodeID, depth int) {
	n = f.Unwrap(n)
	if r.steps++; depth > 12 || r.steps > maxReading {
		return
	}
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		if !r.enter(f, n) {
			return
		}
		defer r.leave(f, n)
		for _, d := range f.DefsOf(n) {
			if d.Kind == parser.ClassDef {
				r.fields(f, &f.Classes[d.Index], depth)
				return
			}
		}
		if at, _, ok := r.definition(f, n); ok {
			r.schema(at.file, at.node, depth+1)
			return
		}
		r.sized(f, n, "schema", r.otherSize(), -1)
	case parser.KindDict, parser.KindList, parser.KindString, parser.KindTrue, parser.KindFalse, parser.KindNumber, parser.KindTemplate:
		r.json(f, n, 0)
	case parser.KindCall, parser.KindNew:
		r.zod(f, f.CallAt(n), depth)
	case parser.KindSubscript, parser.KindGenericType: // list[Item]
		for c := range f.Children(n) {
			r.schema(f, c, depth+1)
		}
	case parser.KindLambda:
		if fn := f.FuncAt(n); fn != nil {
			r.signature(f, fn, "")
		}
	default:
		r.sized(f, n, "schema", r.otherSize(), -1)
	}
}

// fields writes the class as a JSON schema.
func (r *reader) fields(f *parser.File, class *parser.Class, depth int) {
	if depth > 6 || !r.enter(f, class.Node) {
		return
	}
	defer r.leave(f, class.Node)
	r.write(`{"title":"` + class.Name + `","type":"object","properties":{`)
	for i := range f.Defs {
		d := &f.Defs[i]
		if d.Scope != class.Scope || d.Kind != parser.AssignDef || d.Annotation == parser.NoNode {
			continue
		}
		r.write(`"` + d.Name + `":{"title":"` + d.Name + `","type":"` + strings.Trim(f.Slice(d.Annotation), ": ") + `"`)
		if c := f.CallAt(f.Unwrap(d.Value)); c != nil {
			if a, ok := f.Argument(c, "description", -1); ok {
				r.write(`,"description":"` + f.Eval(a.Value).Str + `"`)
			}
		}
		r.write(`},`)
		for n := d.Annotation; f.Within(n, d.Annotation); n++ { // models in a model
			if k := f.Kind(n); k == parser.KindIdentifier || k == parser.KindTypeIdentifier {
				for _, inner := range f.DefsOf(n) {
					if inner.Kind == parser.ClassDef {
						r.fields(f, &f.Classes[inner.Index], depth+1)
					}
				}
			}
		}
	}
	r.write("}}\n")
}

// zod writes z.object({a: z.string().describe("…")}) and its like as a JSON schema.
func (r *reader) zod(f *parser.File, c *parser.Call, depth int) {
	if c == nil || depth > 12 {
		return
	}
	if object := f.Field(f.Unwrap(c.Callee), parser.FieldObject); f.Kind(f.Unwrap(object)) == parser.KindCall {
		r.schema(f, object, depth+1) // z.string() of z.string().describe("…")
	} else {
		r.write(`{"type":"` + c.Name + `",`)
	}
	for i := range c.Args {
		switch a := f.Unwrap(c.Args[i].Value); f.Kind(a) {
		case parser.KindDict:
			for p := range f.Children(a) {
				switch f.Kind(p) {
				case parser.KindPair:
					r.write(`"` + strings.Trim(f.Slice(f.Field(p, parser.FieldKey)), `"'`) + `":`)
					r.schema(f, f.Field(p, parser.FieldValue), depth+1)
				case parser.KindShorthand:
					r.write(`"` + f.Slice(p) + `":`)
					r.schema(f, p, depth+1)
				}
			}
		case parser.KindCall, parser.KindIdentifier, parser.KindString, parser.KindTemplate, parser.KindList:
			r.schema(f, a, depth+1)
		}
	}
	r.write("}")
}

// json writes a literal as the JSON that is sent.
func (r *reader) json(f *parser.File, n parser.NodeID, depth int) {
	n = f.Unwrap(n)
	if depth > 30 {
		return
	}
	switch f.Kind(n) {
	case parser.KindDict:
		r.write("{")
		for c := range f.Children(n) {
			switch f.Kind(c) {
			case parser.KindPair:
				r.write(`"` + strings.Trim(f.Slice(f.Field(c, parser.FieldKey)), `"'`) + `":`)
				r.json(f, f.Field(c, parser.FieldValue), depth+1)
				r.write(",")
			case parser.KindShorthand:
				r.write(`"` + f.Slice(c) + `":`)
				r.value(f, c, false)
				r.write(",")
			case parser.KindSpread, parser.KindDictSpread:
				r.slot(f, c, nameOf(f, f.FirstChild(c)))
			}
		}
		r.write("}")
	case parser.KindList, parser.KindTuple:
		r.write("[")
		for c := range f.Children(n) {
			r.json(f, c, depth+1)
			r.write(",")
		}
		r.write("]")
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated:
		r.write(`"`)
		r.value(f, n, false)
		r.write(`"`)
	case parser.KindCall:
		if c := f.CallAt(n); c != nil && c.Name == "model_json_schema" {
			r.schema(f, f.Field(f.Unwrap(c.Callee), parser.FieldObject), depth)
			return
		}
		r.value(f, n, false)
	case parser.KindIdentifier:
		if at, _, ok := r.definition(f, n); ok && at.file.Kind(at.file.Unwrap(at.node)) == parser.KindDict && r.enter(at.file, at.node) {
			defer r.leave(at.file, at.node)
			r.json(at.file, at.node, depth+1)
			return
		}
		r.value(f, n, false)
	default:
		r.value(f, n, false)
	}
}

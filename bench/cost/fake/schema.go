package fake

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// filler makes values that fit a JSON schema.
type filler struct {
	chance *rand.Rand
	fields map[string][]any // values by the name of their property
	root   object
}

// value makes one for a property of that name.
func (f filler) value(schema object, name string, depth int) any {
	if given := f.fields[name]; len(given) > 0 && name != "" {
		picked := given[f.chance.IntN(len(given))]
		if text, ok := picked.(string); ok {
			return spell(text, f.chance)
		}
		return picked
	}
	if depth > 12 {
		return nil
	}
	if ref := str(schema["$ref"]); ref != "" {
		return f.value(f.resolve(ref), name, depth+1)
	}
	if v, ok := schema["const"]; ok {
		return v
	}
	if values := list(schema["enum"]); len(values) > 0 {
		return values[f.chance.IntN(len(values))]
	}
	for _, word := range []string{"anyOf", "oneOf", "allOf"} {
		if options := list(schema[word]); len(options) > 0 {
			return f.value(obj(options[0]), name, depth+1)
		}
	}
	kind := str(schema["type"])
	if kinds := list(schema["type"]); len(kinds) > 0 {
		kind = str(kinds[0])
	}
	switch {
	case kind == "object" || schema["properties"] != nil:
		return f.object(schema, depth)
	case kind == "array":
		out := []any{}
		least, most := first(num(schema["minItems"]), 2), first(num(schema["maxItems"]), 5)
		for range least + f.chance.IntN(max(1, most-least+1)) {
			out = append(out, f.value(obj(schema["items"]), strings.TrimSuffix(name, "s"), depth+1))
		}
		return out
	case kind == "integer":
		low := num(schema["minimum"])
		return low + f.chance.IntN(max(1, first(num(schema["maximum"]), low+10)-low+1))
	case kind == "number":
		return float64(f.chance.IntN(100)) / 100
	case kind == "boolean":
		return f.chance.IntN(2) == 0
	case kind == "null":
		return nil
	case kind == "string":
		return prose(2+f.chance.IntN(14), f.chance)
	}
	return prose(3, f.chance)
}

func (f filler) object(schema object, depth int) object {
	properties := obj(schema["properties"])
	names := make([]string, 0, len(properties))
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names) // the order of a map is another one each time
	out := object{}
	for _, name := range names {
		out[name] = f.value(obj(properties[name]), name, depth+1)
	}
	return out
}

func (f filler) resolve(ref string) object {
	at := f.root
	for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		at = obj(at[step])
	}
	return at
}

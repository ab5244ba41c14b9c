package llm

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// memberOf is the expression of a key of the object that n evaluates to, or NoNode. A path of
// keys has dots.
func (r *resolver) memberOf(n parser.NodeID, path string, depth int) parser.NodeID {
	if depth <= 0 || path == "" || strings.HasPrefix(path, "...") {
		return parser.NoNode
	}
	key, rest, nested := strings.Cut(path, ".")
	if r.Kind(r.Unwrap(n)) != parser.KindDict {
		v := r.Eval(n)
		switch {
		case v.Kind == parser.Dict:
		case v.Kind == parser.Unknown && v.Node != n:
		default:
			return parser.NoNode
		}
		if n = r.Unwrap(v.Node); r.Kind(n) != parser.KindDict {
			return parser.NoNode
		}
	} else {
		n = r.Unwrap(n)
	}
	value := r.Property(n, key)
	if value == parser.NoNode || !nested {
		return value
	}
	return r.memberOf(value, rest, depth-1)
}

// schemaDefault is the default that a schema of zod has for a key of what it read:
// z.object({ MODEL: z.string().default('gpt-4o') }).parse(process.env).MODEL, and the same
// in createEnv({ server: { … } }).
func (r *resolver) schemaDefault(object parser.NodeID, key string) (parser.NodeID, bool) {
	if !r.Language.IsScript() {
		return parser.NoNode, false
	}
	c := constructed(r.File, object, 0)
	if c == nil {
		return parser.NoNode, false
	}
	var shapes []parser.NodeID
	switch c.Name {
	case "parse":
		schema := constructed(r.File, r.Field(r.Unwrap(c.Callee), parser.FieldObject), 0)
		for range 8 { // z.object({…}).strict()
			if schema == nil || len(schema.Args) > 0 && (schema.Name == "object" || schema.Name == "strictObject" || schema.Name == "looseObject") {
				break
			}
			schema = constructed(r.File, r.Field(r.Unwrap(schema.Callee), parser.FieldObject), 0)
		}
		if schema == nil || len(schema.Args) == 0 {
			return parser.NoNode, false
		}
		shapes = append(shapes, schema.Args[0].Value)
	case "createEnv":
		if len(c.Args) == 0 {
			return parser.NoNode, false
		}
		for _, part := range []string{"server", "shared", "client"} {
			if p := r.memberOf(c.Args[0].Value, part, 2); p != parser.NoNode {
				shapes = append(shapes, p)
			}
		}
	}
	for _, shape := range shapes {
		field := r.CallAt(r.Unwrap(r.memberOf(shape, key, 1)))
		for range 8 { // z.string().default('x').describe('…')
			if field == nil {
				break
			}
			if (field.Name == "default" || field.Name == "catch" || field.Name == "prefault") && len(field.Args) == 1 {
				return field.Args[0].Value, true
			}
			field = r.CallAt(r.Unwrap(r.Field(r.Unwrap(field.Callee), parser.FieldObject)))
		}
	}
	return parser.NoNode, false
}

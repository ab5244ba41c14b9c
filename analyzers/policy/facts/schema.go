package facts

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"sync"
	"unicode"
)

// Schema is the JSON Schema (draft-07) of documents: closed, with all fields required. It is
// made anew each time, so that a caller may change it.
func Schema() map[string]any {
	w := schemaWriter{definitions: map[string]any{}}
	root := w.object(documentType)
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["title"] = "qodacode facts v1"
	root["definitions"] = w.definitions
	return root
}

// SchemaJSON is Schema as text. The result is shared: do not change it.
var SchemaJSON = sync.OnceValue(func() []byte {
	b, err := json.MarshalIndent(Schema(), "", "  ")
	if err != nil {
		panic(err) // only maps, slices, texts and truth values are in it
	}
	return append(b, '\n')
})

var documentType = reflect.TypeFor[Document]()

// schemaWriter puts every struct below the root among the definitions, once.
type schemaWriter struct{ definitions map[string]any }

func (w schemaWriter) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	var required []any
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("json")
		p := map[string]any{}
		maps.Copy(p, w.of(f.Type))
		if values := enumOf(f); len(values) > 0 {
			list := make([]any, len(values))
			for i, v := range values {
				list[i] = v
			}
			p["enum"] = list
		}
		// A sibling of $ref is ignored in draft-07; validators and OPA accept it.
		p["description"] = f.Tag.Get("doc")
		properties[name] = p
		required = append(required, name)
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func (w schemaWriter) of(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Struct:
		name := definitionName(t)
		if _, ok := w.definitions[name]; !ok {
			w.definitions[name] = nil // no type holds itself; this keeps a mistake from running forever
			w.definitions[name] = w.object(t)
		}
		return map[string]any{"$ref": "#/definitions/" + name}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": w.of(t.Elem())}
	}
	return map[string]any{"type": typeName(t)}
}

// typeName is what JSON Schema calls a type that is no struct.
func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Slice:
		return "array"
	case reflect.Struct:
		return "object"
	}
	return "string"
}

func enumOf(f reflect.StructField) []string {
	if tag := f.Tag.Get("enum"); tag != "" {
		return strings.Split(tag, ",")
	}
	return nil
}

// definitionName is a type's name in snake case: llm_call.
func definitionName(t reflect.Type) string {
	var b strings.Builder
	name := []rune(t.Name())
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(name[i-1]) || i+1 < len(name) && unicode.IsLower(name[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

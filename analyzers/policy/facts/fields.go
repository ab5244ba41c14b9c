package facts

import (
	"reflect"
	"slices"
	"sync"
)

// Field is one field of the document.
type Field struct {
	// Path leads to it from the input of a policy; [_] stands for any element of an array:
	// sql[_].ctx.production.
	Path string
	Name string // the last part of Path
	// Type is what JSON calls it: string, integer, number, boolean, object, array.
	Type string
	// Elem is the type of an array's elements; "" for others.
	Elem string
	// Of is the definition in the schema that an object, or the elements of an array, follow: llm_call.
	Of   string
	Enum []string // the only values; nil: any
	Doc  string
	// Fields are those of an object, or of the elements of an array.
	Fields []*Field
}

// Fields are the fields of the document in order, with those below them. The result is
// shared: do not change it.
var Fields = sync.OnceValue(func() []*Field { return fieldsOf(documentType, "") })

// AllFields are the fields of the document and all below them, each before its own. The
// result is shared: do not change it.
var AllFields = sync.OnceValue(func() []*Field {
	var all []*Field
	var walk func([]*Field)
	walk = func(fields []*Field) {
		for _, f := range fields {
			all = append(all, f)
			walk(f.Fields)
		}
	}
	walk(Fields())
	return all
})

// FieldAt is the field that names lead to from the input: "sql", "ctx", "production". Elements
// of arrays have no name of their own and are left out. Nil where there is none.
func FieldAt(names ...string) *Field {
	fields := Fields()
	var at *Field
	for _, name := range names {
		i := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		at = fields[i]
		fields = at.Fields
	}
	return at
}

func fieldsOf(t reflect.Type, prefix string) []*Field {
	fields := make([]*Field, 0, t.NumField())
	for i := range t.NumField() {
		tagged := t.Field(i)
		f := &Field{Name: tagged.Tag.Get("json"), Type: typeName(tagged.Type), Enum: enumOf(tagged), Doc: tagged.Tag.Get("doc")}
		f.Path = prefix + f.Name
		below, path := tagged.Type, f.Path
		if below.Kind() == reflect.Slice {
			below, path = below.Elem(), path+"[_]"
			f.Elem = typeName(below)
		}
		if below.Kind() == reflect.Struct {
			f.Of, f.Fields = definitionName(below), fieldsOf(below, path+".")
		}
		fields = append(fields, f)
	}
	return fields
}

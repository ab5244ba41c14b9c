package facts

import (
	"reflect"

	"github.com/qodacode/qodacode/parser"
)

// Empty is the document of a file without any code.
func Empty(path string, language parser.Language) *Document {
	doc := &Document{Version: Version, File: File{Path: path, Language: languageName(language)}}
	doc.close()
	return doc
}

// languageName is the language as documents have it; a notebook's is Python.
func languageName(l parser.Language) string {
	switch l {
	case parser.TypeScript, parser.TSX:
		return "typescript"
	case parser.JavaScript:
		return "javascript"
	}
	return "python"
}

// close puts empty arrays where there are none, and unknown where there is no answer.
func (d *Document) close() { closeValue(reflect.ValueOf(d).Elem()) }

func closeValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			closeValue(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		if k := v.Type().Elem().Kind(); k == reflect.Struct {
			for i := range v.Len() {
				closeValue(v.Index(i))
			}
		}
	case reflect.String:
		if v.Type() == triType && v.Len() == 0 {
			v.SetString(string(Unknown))
		}
	}
}

var triType = reflect.TypeFor[Tri]()

package estimate

import "github.com/qodacode/qodacode/parser"

// EntryKind is how the world starts a function, as far as its own file tells: "handler",
// "command" or "task" (see Run.Kind); "" where only its callers know.
func EntryKind(f *parser.File, fn *parser.Func) string {
	if kind := declaredEntry(f, fn); kind != "" {
		return string(kind)
	}
	kind, _ := ownUnit(f, fn)
	return string(kind)
}

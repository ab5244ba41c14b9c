package data

import (
	"regexp"
	"sync"

	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

// each visits all members of all objects of a document.
func (d *document) each(visit func(owner jsonc.Value, m jsonc.Member)) {
	var walk func(v jsonc.Value)
	walk = func(v jsonc.Value) {
		for _, m := range v.Members {
			visit(v, m)
			walk(m.Value)
		}
		for _, e := range v.Elems {
			walk(e)
		}
	}
	walk(d.root)
}

// spanOf is a member with its key and its value.
func spanOf(m jsonc.Member) text.Span {
	return text.Span{Start: m.KeySpan.Start, End: max(m.KeySpan.End, m.Value.Span.End)}
}

// lazy is a pattern that is compiled when it is first needed: most files need none, and the
// start of the program shall not wait for them.
func lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

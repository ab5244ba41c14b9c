package diagnostics

import (
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Ignore is one name in a qodacode:ignore comment.
type Ignore struct {
	Name   string    // a rule's id or a family, as written
	Reason string    // what stands behind --; "" for nothing
	Span   text.Span // of the name, bytes of File.Source
}

// Ignores are the names in the qodacode:ignore comments of a file, in order.
func Ignores(f *parser.File) []Ignore {
	var all []Ignore
	c := commentsOf(f)
	for i := range c.markers {
		p := &c.markers[i]
		if p.tool.word != own || !p.real {
			continue
		}
		for j, name := range p.names {
			all = append(all, Ignore{Name: name, Reason: c.reason(p), Span: f.Locate(p.ids[j])})
		}
	}
	return all
}

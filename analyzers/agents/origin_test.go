package agents

import (
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// A name that leads to itself, through whatever it is, ends somewhere.
func TestNamesThatLeadToThemselves(t *testing.T) {
	for _, src := range []string{
		"node = node.next()\nnode.run()\n",
		"while True:\n    item = item.parent().child\n    item.run()\n",
		"def f():\n    return g()\ndef g():\n    return f()\nf().run()\n",
		"class A:\n    def run(self):\n        self.run = self.run.next()\n        return self.run()\nA().run()\n",
	} {
		f := parser.Parse("a.py", "", text.New(src))
		p := NewProject([]*parser.File{f}, nil)
		for i := range f.Calls {
			callee := Ref{f, f.Calls[i].Callee}
			p.Function(callee)
			p.Origin(Ref{f, f.Calls[i].Node}, nil)
			p.Origin(callee, nil)
		}
	}
}

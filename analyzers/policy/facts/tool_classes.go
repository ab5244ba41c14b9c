package facts

import (
	"github.com/qodacode/qodacode/parser"
)

// declaringClasses finds classes that derive from a library's class of tools.
func (b *builder) declaringClasses() {
	f := b.f
	for i := range f.Classes {
		class := &f.Classes[i]
		row := b.classRow(class, 4)
		if row == nil {
			continue
		}
		t := &tool{node: class.Node, byAgent: row.byAgent, Tool: Tool{Name: class.Name, Framework: row.framework}}
		t.aliases = append(t.aliases, class.Name)
		for _, member := range []string{"name", "description"} {
			for _, d := range f.Members(class, member) {
				b.classText(t, member, d.Value)
			}
		}
		for j := range f.Calls { // super().__init__(name=…)
			c := &f.Calls[j]
			if c.Name != "__init__" && f.Slice(c.Callee) != "super" || !f.Within(c.Node, class.Node) {
				continue
			}
			for _, member := range []string{"name", "description"} {
				if a, ok := f.Argument(c, member, -1); ok {
					b.classText(t, member, a.Value)
				}
			}
		}
		for _, name := range row.methods {
			for j := range f.Funcs {
				if fn := &f.Funcs[j]; fn.Name == name && fn.Class == int32(i) {
					t.fns = append(t.fns, fn)
				}
			}
		}
		if len(t.fns) == 0 && len(f.Members(class, "name")) == 0 { // a base of others
			continue
		}
		if t.Description == "" {
			t.Description = b.docstring(class.Body)
		}
		for _, name := range approvalNames {
			for _, d := range f.Members(class, name) {
				b.approval(t, d.Value)
			}
		}
		b.add(t)
	}
}

func (b *builder) classText(t *tool, member string, n parser.NodeID) {
	v := b.f.Eval(n)
	if v.Kind != parser.String || v.Str == "" {
		return
	}
	if member == "name" {
		t.Name, t.written = v.Str, true
	} else {
		t.Description = v.Str
	}
}

// classRow is the row of the library's class that one derives from, through those of the file.
func (b *builder) classRow(class *parser.Class, hops int) *toolRow {
	if hops == 0 {
		return nil
	}
	for _, base := range class.Bases {
		n := b.f.Unwrap(base)
		if k := b.f.Kind(n); k == parser.KindSubscript || k == parser.KindGenericType { // BaseTool[Args, Result]
			n = b.f.FirstChild(n)
		}
		if row := toolRowOf(plainName(b.f.QName(n)), asBase, b.f.Language.IsScript()); row != nil {
			return row
		}
		for _, d := range b.f.DefsOf(n) {
			if d.Kind == parser.ClassDef && &b.f.Classes[d.Index] != class {
				if row := b.classRow(&b.f.Classes[d.Index], hops-1); row != nil {
					return row
				}
			}
		}
	}
	return nil
}

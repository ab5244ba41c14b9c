package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// chain reads the prompt of a chain, `prompt | model | parser`, whose call gives values for
// the template's slots; false where the site is none.
func (r *reader) chain() bool {
	f := r.site.File
	method := f.Unwrap(r.site.Method)
	if f.Kind(method) != parser.KindAttribute {
		return false
	}
	template := r.templateIn(f, f.Field(method, parser.FieldObject), 0)
	if template.file == nil {
		return false
	}
	r.filled(template.file, template.node, r.site.Call)
	return true
}

// templateIn is the template that stands first in what n evaluates to.
func (r *reader) templateIn(f *parser.File, n parser.NodeID, depth int) place {
	n = f.Unwrap(n)
	if depth > 10 {
		return place{}
	}
	switch f.Kind(n) {
	case parser.KindBinary:
		if f.Slice(f.Field(n, parser.FieldOperator)) != "|" {
			return place{}
		}
		for _, side := range []parser.NodeID{f.Field(n, parser.FieldLeft), f.Field(n, parser.FieldRight)} {
			if t := r.templateIn(f, side, depth+1); t.file != nil {
				return t
			}
		}
	case parser.KindIdentifier:
		if at, _, ok := r.definition(f, n); ok {
			return r.templateIn(at.file, at.node, depth+1)
		}
	case parser.KindAttribute:
		if f.IsSelf(f.Field(n, parser.FieldObject)) {
			if class := f.ClassAround(n); class != nil {
				if defs := f.Members(class, f.Slice(f.AttributeName(n))); len(defs) == 1 && defs[0].Kind == parser.AssignDef {
					return r.templateIn(f, defs[0].Value, depth+1)
				}
			}
		}
	case parser.KindCall, parser.KindNew:
		c := f.CallAt(n)
		if c == nil {
			return place{}
		}
		if templates[c.Name] {
			return place{f, n}
		}
		if c.Name == "from" || c.Name == "RunnableSequence" { // RunnableSequence.from([prompt, model])
			if len(c.Args) > 0 {
				for e := range f.Children(f.Unwrap(c.Args[0].Value)) {
					if t := r.templateIn(f, e, depth+1); t.file != nil {
						return t
					}
				}
			}
			return place{}
		}
		if object := f.Field(f.Unwrap(c.Callee), parser.FieldObject); object != parser.NoNode { // prompt.pipe(model)
			return r.templateIn(f, object, depth+1)
		}
	}
	return place{}
}

func (r *reader) isTemplate(f *parser.File, n parser.NodeID, depth int) bool {
	return r.templateIn(f, n, depth).file != nil
}

// filled reads a template whose slots c gives values for.
func (r *reader) filled(f *parser.File, n parser.NodeID, c *parser.Call) {
	t := r.templateIn(f, n, 0)
	before := len(r.slots)
	r.value(t.file, t.node, true)
	// A slot whose value is constant in the call is as long as that.
	kept := r.slots[:before]
	for _, s := range r.slots[before:] {
		if v, ok := llm.Argument(r.site.File, c, s.Name, -1); ok && !s.Stated {
			s = r.argument(s, v)
		} else if len(c.Args) > 0 && !s.Stated {
			object := r.site.File.Unwrap(c.Args[0].Value)
			if e := r.site.File.Property(object, s.Name); e != parser.NoNode {
				s = r.argument(s, llm.Value{Value: r.site.File.Eval(e), File: r.site.File, Expr: e})
			}
		}
		kept = append(kept, s)
	}
	r.slots = kept
}

// argument is the slot of a template with what the call gives it.
func (r *reader) argument(s Slot, v llm.Value) Slot {
	if v.File == r.site.File {
		s.Expr = v.Expr
	}
	if v.Kind == parser.String && !v.Default {
		one := &reader{env: r.env, site: r.site}
		one.write(v.Str)
		s.Tokens = Exactly(float64(one.counted()))
	}
	return s
}

// templateCall reads ChatPromptTemplate.from_messages([…]) and its like.
func (r *reader) templateCall(f *parser.File, c *parser.Call) {
	for _, name := range []string{"messages", "template", "prompt"} {
		if a, ok := f.Argument(c, name, 0); ok {
			r.messages(f, a.Value, true)
			return
		}
	}
	r.slot(f, c.Node, "")
}

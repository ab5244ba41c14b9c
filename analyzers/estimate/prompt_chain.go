package estimate

import (
	"strings"

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
	r.fill(template.file, template.node, r.site.Call)
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

// fill reads a template whose slots c gives values for.
func (r *reader) fill(f *parser.File, n parser.NodeID, c *parser.Call) {
	t := r.templateIn(f, n, 0)
	outer := r.filling
	r.filling = map[string]place{}
	for i := range c.Args {
		a := &c.Args[i]
		if a.Name != "" {
			r.filling[a.Name] = place{r.site.File, a.Value}
			continue
		}
		object := r.site.File.Unwrap(a.Value)
		if i > 0 || r.site.File.Kind(object) != parser.KindDict {
			continue
		}
		for p := range r.site.File.Children(object) {
			switch r.site.File.Kind(p) {
			case parser.KindPair:
				key := strings.Trim(r.site.File.Slice(r.site.File.Field(p, parser.FieldKey)), `"'`)
				r.filling[key] = place{r.site.File, r.site.File.Field(p, parser.FieldValue)}
			case parser.KindShorthand:
				r.filling[r.site.File.Slice(p)] = place{r.site.File, p}
			}
		}
	}
	r.value(t.file, t.node, true)
	r.filling = outer
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

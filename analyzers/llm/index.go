package llm

import (
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/parser"
)

// index is the table in the form that the resolver asks it.
type index struct {
	byMethod map[string][]candidate
	// heads are the qualified names of what stands before an api's path, per row of sdks.
	heads []map[string]Platform
	// through are the rows' methods that give their object back.
	through map[string]settings
	// byModule are the rows of sdks that a module belongs to, by rootOf.
	byModule map[string][]int
	// called are the names in byMethod and the runners, makers the last segments of the names in heads.
	called, makers nameSet
}

// candidate is an api of the row sdk.
type candidate struct {
	sdk int
	api *api
}

// tables are the index for Python and the one for JavaScript.
var tables = [2]func() *index{
	sync.OnceValue(func() *index { return newIndex(false) }),
	sync.OnceValue(func() *index { return newIndex(true) }),
}

// tableOf is the index for a file's language.
func tableOf(f *parser.File) *index {
	if f.Language.IsScript() {
		return tables[1]()
	}
	return tables[0]()
}

func newIndex(script bool) *index {
	x := &index{byMethod: map[string][]candidate{}, byModule: map[string][]int{}, through: map[string]settings{}}
	for i, s := range sdks {
		heads := map[string]Platform{}
		if s.language == "python" && script || s.language == "script" && !script {
			x.heads = append(x.heads, heads)
			continue
		}
		add := func(module string) {
			root := rootOf(module)
			if rows := x.byModule[root]; len(rows) == 0 || rows[len(rows)-1] != i {
				x.byModule[root] = append(rows, i)
			}
		}
		for _, module := range s.modules {
			add(module)
			if s.module {
				heads[module] = Direct
			}
		}
		for _, c := range s.clients {
			modules := c.modules
			if modules == nil {
				modules = s.modules
			}
			for _, module := range modules {
				add(module)
				heads[module+"."+c.name] = c.platform
			}
		}
		x.heads = append(x.heads, heads)
		for qname := range heads {
			x.makers.add(qname[strings.LastIndexByte(qname, '.')+1:])
		}
		for method, set := range s.through {
			x.through[method] = set
		}
		for j := range s.apis {
			for _, method := range s.apis[j].methods {
				x.byMethod[method] = append(x.byMethod[method], candidate{i, &s.apis[j]})
				x.called.add(method)
			}
		}
	}
	for name := range runners {
		x.called.add(name)
	}
	return x
}

// head is the platform of what stands before an api's path in a row of sdks: a client by its
// public name or, as openai._client.OpenAI, by the module that defines it.
func (x *index) head(row int, qname string) (Platform, bool) {
	if p, ok := x.heads[row][qname]; ok {
		return p, true
	}
	dot := strings.LastIndexByte(qname, '.')
	if dot < 0 || qname[dot:] == ".default" || sdks[row].exact {
		return Direct, false
	}
	p, ok := x.heads[row][rootOf(qname)+qname[dot:]]
	return p, ok
}

// construct is the platform of what a construct of a row makes, given its qualified name.
func (x *index) construct(c candidate, qname, method string) (Platform, bool) {
	if p, ok := x.head(c.sdk, qname); ok {
		return p, true
	}
	module, ok := strings.CutSuffix(qname, "."+method)
	if !ok {
		return Direct, false
	}
	s := &sdks[c.sdk]
	if slices.Contains(s.modules, module) || !s.exact && slices.Contains(s.modules, rootOf(module)) {
		return Direct, true
	}
	// ReActAgent.from_tools: a method of a class
	if dot := strings.LastIndexByte(module, '.'); dot > 0 && c.api.path == module[dot+1:] {
		module = module[:dot]
		return Direct, slices.Contains(s.modules, module) || !s.exact && slices.Contains(s.modules, rootOf(module))
	}
	return Direct, false
}

// client is the row and the platform of the class or module with a qualified name.
func (x *index) client(qname string) (int, Platform, bool) {
	if qname == "" {
		return 0, Direct, false
	}
	for _, row := range x.byModule[rootOf(qname)] {
		if p, ok := x.head(row, qname); ok {
			return row, p, true
		}
	}
	return 0, Direct, false
}

// isPart reports whether qname leads into a client of the table: openai.OpenAI.files.create.
func (x *index) isPart(qname string) bool {
	for i := strings.LastIndexByte(qname, '.'); i > 0; i = strings.LastIndexByte(qname[:i], '.') {
		if _, _, ok := x.client(qname[:i]); ok {
			return true
		}
	}
	return false
}

// clean drops the transparent segments of a qualified name.
func clean(qname string) string {
	if !strings.Contains(qname, "with") && !strings.Contains(qname, "copy()") && !strings.Contains(qname, ".aio") {
		return qname
	}
	parts := strings.Split(qname, ".")
	kept := parts[:0]
	for _, p := range parts {
		if !transparent[p] {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ".")
}

// head is what stands before path and method in a dotted name.
func (a *api) head(name, method string) (string, bool) {
	name, ok := strings.CutSuffix(name, "."+method)
	if !ok {
		return "", false
	}
	if a.path == "" {
		return name, true
	}
	return strings.CutSuffix(name, "."+a.path)
}

// chain is the dotted text of an expression of attributes and calls, its leftmost part as
// it is written where that is a name, and "?" where it is anything else.
func chain(f *parser.File, n parser.NodeID) string {
	switch n = f.Unwrap(n); f.Kind(n) {
	case parser.KindIdentifier, parser.KindThis:
		return f.Slice(n)
	case parser.KindAttribute:
		return chain(f, f.Field(n, parser.FieldObject)) + "." + f.Slice(attribute(f, n))
	case parser.KindCall:
		return chain(f, f.Field(n, parser.FieldFunction)) + "()"
	}
	return "?"
}

// attribute is the name node of a.b.
func attribute(f *parser.File, n parser.NodeID) parser.NodeID {
	if f.Language.IsScript() {
		return f.Field(n, parser.FieldProperty)
	}
	return f.Field(n, parser.FieldAttribute)
}

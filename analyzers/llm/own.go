package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// A program may have a package of an SDK's name: its own, or the SDK itself in the SDK's own
// repository, where examples and tests import it by its public name. What defines the names
// tells them apart.

// isOwn reports whether n, which has the name of something of an SDK's row, is a class or a
// function of that name of the program itself that is not the SDK's, or an instance of one.
func (r *resolver) isOwn(n parser.NodeID, row int, name string) bool {
	if r.link == nil || r.Language.IsScript() { // npm packages are not shadowed by a program's modules
		return false
	}
	g, m := r.definition(n)
	if g == nil {
		return false
	}
	switch g.Kind(m) {
	case parser.KindClass:
		class := g.ClassAt(m)
		if sdks[row].exact {
			return class != nil && class.Name == name && !g.isAgentsSDK(class, 3)
		}
		return class != nil && class.Name == name && len(class.Bases) == 0 && !g.speaks(g.memberNames(class), row, 2)
	case parser.KindFunction, parser.KindMethod:
		fn := g.FuncAt(m)
		return fn != nil && fn.Name == name && (sdks[row].exact || !g.takesMore(fn) && !g.speaks(paramNames(fn), row, 3))
	}
	return false
}

// definition is the class or the function that n names or is an instance of, in any file of
// the program; nil where it is none of its own.
func (r *resolver) definition(n parser.NodeID) (*resolver, parser.NodeID) {
	g, instance := r, false
	for range 4 {
		if r.link.left <= 0 {
			return nil, parser.NoNode
		}
		r.link.left--
		f, m := r.link.program.Follow(g.File, n)
		if f == nil || m < 0 {
			return nil, parser.NoNode
		}
		g, m = r.link.in(f), f.Unwrap(m)
		switch g.Kind(m) {
		case parser.KindClass:
			return g, m
		case parser.KindFunction, parser.KindMethod:
			if instance { // what a function returned
				return nil, parser.NoNode
			}
			return g, m
		case parser.KindCall:
			n, instance = g.Field(m, parser.FieldFunction), true
		case parser.KindNew:
			n, instance = g.Field(m, parser.FieldConstructor), true
		default:
			return nil, parser.NoNode
		}
	}
	return nil, parser.NoNode
}

// isAgentsSDK reports whether a class is one of the OpenAI Agents SDK: most of the fields of
// its Agent, or all ways to run of its Runner, in the class or its bases.
func (r *resolver) isAgentsSDK(class *parser.Class, depth int) bool {
	names := r.memberNames(class)
	if names["run"] && names["run_sync"] && names["run_streamed"] {
		return true
	}
	fields := 0
	for _, name := range openaiAgentTakes {
		if names[name] {
			fields++
		}
	}
	if fields >= 8 {
		return true
	}
	for _, base := range class.Bases {
		if depth == 0 {
			break
		}
		if of := r.classOf(base, 0); of != nil {
			if of != class && r.isAgentsSDK(of, depth-1) {
				return true
			}
			continue
		}
		if g, m, ok := r.beyond(base); ok {
			if of := g.ClassAt(m); of != nil && g.isAgentsSDK(of, depth-1) {
				return true
			}
		}
	}
	return false
}

// memberNames are the names that a class's body and methods define.
func (r *resolver) memberNames(class *parser.Class) map[string]bool {
	names := map[string]bool{}
	for i := range r.Defs {
		if d := &r.Defs[i]; d.Scope == class.Scope {
			names[strings.TrimPrefix(d.Name, ".")] = true
		}
	}
	for i := range r.Funcs {
		if fn := &r.Funcs[i]; fn.Class >= 0 && &r.Classes[fn.Class] == class && fn.Name == "__init__" {
			for name := range paramNames(fn) {
				names[name] = true
			}
		}
	}
	return names
}

func paramNames(fn *parser.Func) map[string]bool {
	names := map[string]bool{}
	for i := range fn.Params {
		names[fn.Params[i].Name] = true
	}
	return names
}

// takesMore reports whether a function takes keywords that it does not name.
func (r *resolver) takesMore(fn *parser.Func) bool {
	return slices.ContainsFunc(fn.Params, func(p parser.Def) bool {
		return r.KindName(r.Parent(p.Node)) == "dictionary_splat_pattern"
	})
}

// speaks reports whether names have as many of the settings that the row's apis read, or of
// the parts that lead to its methods, as an SDK's own definitions have at least.
func (r *resolver) speaks(names map[string]bool, row, least int) bool {
	found := map[string]bool{}
	for i := range sdks[row].apis {
		a := &sdks[row].apis[i]
		for _, set := range a.settings {
			for _, arg := range set {
				name, _, _ := strings.Cut(arg.name, ".")
				if names[name] {
					found[name] = true
				}
			}
		}
	}
	return len(found) >= least
}

// isOwnFake reports whether n is a class of another file of the program, or an instance of
// one, that stands on nothing, in a file that imports no SDK: what it offers is its own.
func (r *resolver) isOwnFake(n parser.NodeID) bool {
	if r.link == nil || r.Kind(n) != parser.KindIdentifier {
		return false
	}
	g, m := r.definition(n)
	if g == nil || g == r || g.any || g.Kind(m) != parser.KindClass {
		return false
	}
	class := g.ClassAt(m)
	return class != nil && len(class.Bases) == 0
}

// localFake reports whether the path starts at an instance of a class that the program itself
// defines on top of nothing, or at an object that is written out: a test's double.
func (r *resolver) localFake(callee parser.NodeID) bool {
	n := r.Unwrap(callee)
	for r.Kind(n) == parser.KindAttribute {
		object := r.Unwrap(r.Field(n, parser.FieldObject))
		if r.IsSelf(object) { // self.messages.create
			return r.isDouble(r.Members(r.ClassAround(n), r.Slice(attribute(r.File, n))), n, callee)
		}
		n = object
		if name := r.Slice(attribute(r.File, n)); r.Kind(n) == parser.KindAttribute && !resources[name] && !paths[name] {
			if r.IsSelf(r.Field(n, parser.FieldObject)) { // self.client.messages.create
				return r.isDouble(r.Members(r.ClassAround(n), name), n, callee)
			}
			return false // the fake has a part that is something else
		}
	}
	return r.isOwnFake(n) || r.isDouble(r.DefsOf(n), n, callee)
}

// isDouble reports whether one of the definitions of what n names makes a double.
func (r *resolver) isDouble(defs []*parser.Def, n, callee parser.NodeID) bool {
	for _, d := range defs {
		value := r.Unwrap(d.Value)
		if r.Kind(value) == parser.KindDict && r.writtenOut(value, n, callee) {
			return true
		}
		class := r.Field(value, parser.FieldFunction)
		if class == parser.NoNode {
			class = r.Field(value, parser.FieldConstructor)
		}
		for _, cd := range r.DefsOf(class) {
			if cd.Kind == parser.ClassDef && len(r.Classes[cd.Index].Bases) == 0 {
				return true
			}
		}
	}
	return false
}

// writtenOut reports whether an object literal has all that the path from n to callee asks of
// it in itself, { chat: { completions: { create: … } } }, and no client's part.
func (r *resolver) writtenOut(object, from, callee parser.NodeID) bool {
	var names []string
	for n := r.Unwrap(callee); n != from && r.Kind(n) == parser.KindAttribute; n = r.Unwrap(r.Field(n, parser.FieldObject)) {
		names = append(names, r.Slice(attribute(r.File, n)))
	}
	for i := len(names) - 1; i > 0; i-- {
		if object = r.Unwrap(r.Property(object, names[i])); r.Kind(object) != parser.KindDict {
			return false
		}
	}
	return true
}

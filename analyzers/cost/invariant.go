package cost

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// mutators are methods that change what they are called on.
var mutators = map[string]bool{
	"append": true, "extend": true, "insert": true, "update": true, "pop": true, "popleft": true, "appendleft": true, "add": true, "remove": true, "clear": true,
	"setdefault": true, "push": true, "unshift": true, "shift": true, "splice": true, "set": true, "delete": true, "write": true, "put": true, "add_message": true,
	"addMessage": true, "sort": true, "reverse": true, "discard": true,
}

// pure are functions and methods whose results depend on nothing but what they are given.
var pure = map[string]bool{
	"str": true, "int": true, "float": true, "len": true, "format": true, "join": true, "strip": true, "lower": true, "upper": true, "replace": true, "dedent": true,
	"dumps": true, "sorted": true, "list": true, "tuple": true, "dict": true, "String": true, "trim": true, "stringify": true, "toString": true, "split": true,
	"title": true, "concat": true, "slice": true, "substring": true, "lstrip": true, "rstrip": true, "toLowerCase": true, "toUpperCase": true, "model_json_schema": true,
	"object": true, "string": true, "number": true, "boolean": true, "array": true, "enum": true, "describe": true, "optional": true, "zodResponseFormat": true,
}

// varies reports whether an expression may have another value in each round of a loop: it
// names something that the loop sets or changes, or calls something that may.
func varies(f *parser.File, n parser.NodeID, l *parser.Loop) bool {
	if n < 0 {
		return false
	}
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		switch f.Kind(c) {
		case parser.KindAwait, parser.KindYield, parser.KindNew, parser.KindAssignment, parser.KindNamedExpression, parser.KindAugmentedAssignment:
			return true
		case parser.KindCall:
			if call := f.CallAt(c); call == nil || !pure[call.Name] && !messageClasses.MatchString(call.Name) && !isConstructor(call) {
				return true
			}
		case parser.KindThis, parser.KindIdentifier, parser.KindShorthand:
			if !isName(f, c) {
				continue
			}
			if f.IsSelf(c) {
				if p := f.Parent(c); f.Kind(p) == parser.KindAttribute && changesIn(f, f.Slice(p), l.Node) {
					return true
				}
				continue
			}
			for _, d := range f.DefsOf(c) {
				if f.Within(d.Node, l.Node) && !f.Within(d.Node, n) {
					return true
				}
			}
			if changesIn(f, f.Slice(c), l.Node) {
				return true
			}
		}
	}
	return false
}

// isConstructor reports whether a call makes an object of a class: Options(max_tokens=9).
func isConstructor(c *parser.Call) bool {
	return c.Name != "" && c.Name[0] >= 'A' && c.Name[0] <= 'Z'
}

// changesIn reports whether what a name holds is changed in place within n: by a method, an
// assignment to a part of it, or an attribute's assignment.
func changesIn(f *parser.File, name string, n parser.NodeID) bool {
	calls := callsIn(f, n)
	for i := range calls {
		c := &calls[i]
		if !mutators[c.Name] {
			continue
		}
		callee := f.Unwrap(c.Callee)
		if f.Kind(callee) != parser.KindAttribute {
			continue
		}
		if object := f.Slice(f.Field(callee, parser.FieldObject)); object == name || strings.HasPrefix(object, name+".") || strings.HasPrefix(object, name+"[") {
			return true
		}
	}
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		if k := f.Kind(c); k != parser.KindAssignment && k != parser.KindAugmentedAssignment {
			continue
		}
		left := f.Slice(f.Field(c, parser.FieldLeft))
		if rest, ok := strings.CutPrefix(left, name); ok && (rest == "" && strings.Contains(name, ".") || rest != "" && (rest[0] == '.' || rest[0] == '[')) {
			return true
		}
	}
	return false
}

// growsIn reports whether the messages that a site sends are added to in a loop: a
// conversation, of which no two requests are alike.
func growsIn(f *parser.File, s *llm.Site, l *parser.Loop) bool {
	v, there := s.Setting(llm.Prompt)
	if there != llm.Present || v.File != f {
		return there == llm.Hidden
	}
	end := parser.NodeID(f.Nodes[v.Expr].Next)
	for c := v.Expr; c < end; c++ {
		k := f.Kind(c)
		if k != parser.KindIdentifier && k != parser.KindShorthand && k != parser.KindAttribute || k == parser.KindIdentifier && !isName(f, c) {
			continue
		}
		name := f.Slice(c)
		if changesIn(f, name, l.Node) {
			return true
		}
		for _, d := range f.DefsOf(c) { // messages = messages + […], messages += […]
			if !f.Within(d.Node, l.Node) {
				continue
			}
			if d.Kind == parser.AugmentedDef || d.Kind == parser.AssignDef && d.Value != parser.NoNode && f.Kind(f.Unwrap(d.Value)) != parser.KindString && mentions(f, d.Value, name) {
				return true
			}
		}
	}
	return false
}

// mentions reports whether an expression names something.
func mentions(f *parser.File, n parser.NodeID, name string) bool {
	if n < 0 {
		return false
	}
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		if k := f.Kind(c); (k == parser.KindIdentifier || k == parser.KindShorthand) && isName(f, c) && f.Slice(c) == name {
			return true
		}
	}
	return false
}

// runsAgent reports whether one execution of a site may take several turns.
func runsAgent(s *llm.Site) bool {
	limit := s.Limit()
	return limit.What != "" && limit.Value != 1
}

// streams reports whether an answer is, or may be, read while it is written.
func streams(s *llm.Site) bool {
	v, there := s.Setting(llm.Stream)
	if there == llm.Hidden || there == llm.Present && !(v.Kind == parser.Bool && !v.Bool) {
		return true
	}
	name := s.File.Slice(s.Method)
	return strings.Contains(strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]), "stream")
}

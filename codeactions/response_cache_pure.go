package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// own yields the nodes of the function's body without those of functions in it.
func (c *caching) own(yield func(parser.NodeID) bool) {
	for n := c.fn.Body; c.Within(n, c.fn.Body); n++ {
		switch c.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindClass:
			n = parser.NodeID(c.Nodes[n].Next) - 1
			continue
		}
		if !yield(n) {
			return
		}
	}
}

// harmless are calls that may be left out when the answer is known.
var harmless = map[string]bool{"print": true, "debug": true, "info": true, "warning": true, "warn": true, "error": true, "exception": true, "log": true, "sleep": true}

// byChance are the modules whose results change from call to call.
var byChance = []string{"datetime.", "time.", "random.", "uuid.", "secrets.", "numpy.random."}

// effects is what the function does besides asking, or depends on besides its arguments:
// both would be lost. It is "" where nothing of that kind is seen.
func (c *caching) effects() string {
	reason := ""
	say := func(s string) bool {
		reason = s
		return false
	}
	c.own(func(n parser.NodeID) bool {
		switch c.Kind(n) {
		case parser.KindYield:
			return say("the function yields its answer in pieces")
		case parser.KindGlobal:
			return say("the function changes variables of the module")
		case parser.KindAssignment, parser.KindAugmentedAssignment:
			left := c.Field(n, parser.FieldLeft)
			if k := c.Kind(left); (k == parser.KindAttribute || k == parser.KindSubscript) && !c.isLocal(left) {
				return say("the function does more than ask: it sets " + short(c.Slice(left)))
			}
		case parser.KindCall:
			q := c.QName(c.Field(n, parser.FieldFunction))
			for _, module := range byChance {
				if strings.HasPrefix(q, module) && q != "time.sleep" {
					return say("the question changes with " + q)
				}
			}
			statement := c.Parent(n)
			if c.Kind(statement) == parser.KindAwait {
				statement = c.Parent(statement)
			}
			call := c.CallAt(n)
			if c.Kind(statement) == parser.KindExpressionStatement && call != nil && n != c.site.Call.Node && !harmless[call.Name] && !c.isLocal(call.Callee) {
				return say("the function does more than ask: " + short(c.Slice(call.Callee)) + " would be left out")
			}
		case parser.KindIdentifier:
			if c.grows(n) {
				return say(c.Slice(n) + " changes between calls, and is not among the arguments")
			}
		}
		return true
	})
	return reason
}

func short(s string) string {
	if len(s) > 40 || strings.ContainsAny(s, "\r\n") {
		return "a call"
	}
	return s
}

// isLocal reports whether an expression begins with a variable of the function that is no argument.
func (c *caching) isLocal(n parser.NodeID) bool {
	r := rootOf(c.File, n)
	if c.Kind(r) != parser.KindIdentifier || c.Unwrap(n) == r {
		return false
	}
	defs := c.DefsOf(r)
	for _, d := range defs {
		if d.Scope == 0 || d.Kind == parser.ParamDef {
			return false
		}
	}
	return len(defs) > 0
}

var containers = map[string]bool{"list": true, "dict": true, "set": true, "deque": true, "defaultdict": true, "OrderedDict": true, "Counter": true}

// mutators are methods that change what they are called on.
var mutators = map[string]bool{"append": true, "extend": true, "insert": true, "update": true, "pop": true, "clear": true, "remove": true, "setdefault": true, "popleft": true, "appendleft": true, "push": true, "unshift": true, "splice": true, "shift": true, "add": true, "set": true, "delete": true}

// grows reports whether a name is a list or dictionary of the module that the file changes.
func (c *caching) grows(n parser.NodeID) bool {
	for _, d := range c.DefsOf(n) {
		if d.Scope != 0 || d.Kind != parser.AssignDef {
			return false
		}
		value := c.Unwrap(d.Value)
		if k := c.Kind(value); k != parser.KindList && k != parser.KindDict && !(k == parser.KindCall && containers[lastName(c.File, c.Field(value, parser.FieldFunction))]) {
			return false
		}
		for i := range c.Calls {
			call := &c.Calls[i]
			object := c.Field(c.Unwrap(call.Callee), parser.FieldObject)
			if mutators[call.Name] && c.Kind(object) == parser.KindIdentifier && c.Slice(object) == d.Name {
				return true
			}
		}
	}
	return false
}

// returns are the expressions that the function returns.
func (c *caching) returns() []parser.NodeID {
	var out []parser.NodeID
	c.own(func(n parser.NodeID) bool {
		if c.Kind(n) == parser.KindReturn {
			out = append(out, c.FirstChild(n))
		}
		return true
	})
	return out
}

// returnsPlain reports whether the function returns values that can be stored: by its
// annotation, or by what it returns.
func (c *caching) returnsPlain() bool {
	if r := c.fn.Returns; r != parser.NoNode && c.Slice(r) != "None" && c.isPlain(r, plainTypes) {
		return true
	}
	some := false
	for _, n := range c.returns() {
		if n == parser.NoNode {
			continue
		}
		if !c.isText(n, 0) && !c.isData(n, 0) {
			return false
		}
		some = true
	}
	return some
}

// answerTexts are the attributes of answers that hold their text.
var answerTexts = map[string]bool{"content": true, "output_text": true, "text": true, "completion": true, "refusal": true}

var textMethods = map[string]bool{
	"strip": true, "lstrip": true, "rstrip": true, "lower": true, "upper": true, "title": true, "capitalize": true, "replace": true, "format": true, "join": true,
	"removeprefix": true, "removesuffix": true, "startswith": true, "endswith": true, "model_dump_json": true, "str": true, "int": true, "float": true, "bool": true, "len": true, "dumps": true,
}

// isText reports whether an expression is text or a number.
func (c *caching) isText(n parser.NodeID, depth int) bool {
	n = c.Unwrap(n)
	if depth > 8 {
		return false
	}
	switch c.Kind(n) {
	case parser.KindString, parser.KindConcatenated, parser.KindNumber, parser.KindTrue, parser.KindFalse, parser.KindNone, parser.KindComparison:
		return true
	case parser.KindAttribute:
		return answerTexts[c.Slice(c.AttributeName(n))]
	case parser.KindCall:
		call := c.CallAt(n)
		return call != nil && textMethods[call.Name]
	case parser.KindBinary, parser.KindConditional:
		for part := range c.Children(n) {
			if !c.isText(part, depth+1) && c.Kind(n) == parser.KindBinary {
				return false
			}
		}
		return c.Kind(n) == parser.KindBinary || c.isText(c.FirstChild(n), depth+1) && c.isText(c.LastChild(n), depth+1)
	case parser.KindIdentifier:
		return c.allDefs(n, func(value parser.NodeID) bool { return c.isText(value, depth+1) })
	}
	return false
}

// isData reports whether an expression is made of text, lists and dictionaries.
func (c *caching) isData(n parser.NodeID, depth int) bool {
	n = c.Unwrap(n)
	if depth > 8 {
		return false
	}
	switch c.Kind(n) {
	case parser.KindCall:
		call := c.CallAt(n)
		return call != nil && (c.QName(call.Callee) == "json.loads" || call.Name == "split" || call.Name == "splitlines" || call.Name == "model_dump")
	case parser.KindSubscript:
		return c.isData(c.FirstChild(n), depth+1)
	case parser.KindList, parser.KindTuple, parser.KindDict, parser.KindPair:
		for part := range c.Children(n) {
			if c.FieldOf(part) != parser.FieldKey && !c.isText(part, depth+1) && !c.isData(part, depth+1) {
				return false
			}
		}
		return true
	case parser.KindIdentifier:
		return c.allDefs(n, func(value parser.NodeID) bool { return c.isText(value, depth+1) || c.isData(value, depth+1) })
	}
	return false
}

func (c *caching) allDefs(n parser.NodeID, is func(parser.NodeID) bool) bool {
	defs := c.DefsOf(n)
	for _, d := range defs {
		if d.Kind != parser.AssignDef && d.Kind != parser.ParamDef || d.Kind == parser.AssignDef && !is(d.Value) {
			return false
		}
	}
	return len(defs) > 0
}

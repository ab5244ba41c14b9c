package llm

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// handedDown is the model that all calls in the file pass for a parameter without a default.
func (r *resolver) handedDown(n, asked parser.NodeID, steps int) (namedModel, bool) {
	defs := r.DefsOf(n)
	if steps <= 0 || len(defs) != 1 || defs[0].Kind != parser.ParamDef || defs[0].Value != parser.NoNode {
		return namedModel{}, false
	}
	fn := r.EnclosingFunc(defs[0].Node)
	if fn == nil {
		return namedModel{}, false
	}
	passed := r.passed(fn, defs[0])
	if len(passed) == 0 {
		return namedModel{}, false
	}
	m, ok := r.sameModel(passed, asked, steps)
	return m, ok && m.ID != ""
}

// fallbacks are functions whose results have a default among their arguments, by the module
// that they come from: fields of classes, parameters of commands and of handlers.
var fallbacks = map[string]bool{"pydantic": true, "pydantic_settings": true, "dataclasses": true, "attr": true, "attrs": true, "typer": true, "fastapi": true, "sqlmodel": true}

// declaredDefault is the value that the call at n stands for unless something says otherwise:
// config.get("model", "gpt-4o"), getattr(o, "model", "gpt-4o"), Field(default="gpt-4o"),
// env("MODEL", default="gpt-4o"); NoNode where it has none.
func (r *resolver) declaredDefault(n parser.NodeID) parser.NodeID {
	c := r.CallAt(n)
	if c == nil || r.Language.IsScript() || len(c.Args) == 0 {
		return parser.NoNode
	}
	switch {
	case (c.Name == "get" || c.Name == "pop" || c.Name == "setdefault") && len(c.Args) == 2 && c.Args[1].Spread == 0:
		return c.Args[1].Value
	case c.Name == "getattr" && len(c.Args) == 3:
		return c.Args[2].Value
	}
	field := fallbacks[rootOf(r.QName(c.Callee))]
	if d, ok := r.Argument(c, "default", -1); ok && (field || r.Eval(c.Args[0].Value).Kind == parser.String) {
		return d.Value
	}
	if field && c.Args[0].Name == "" && c.Args[0].Spread == 0 {
		return c.Args[0].Value
	}
	return parser.NoNode
}

// commandLineDefault is the default of parser.add_argument("--model", default=…), for an
// attribute of what parse_args() returned.
func (r *resolver) commandLineDefault(object parser.NodeID, name string) parser.NodeID {
	if r.Language.IsScript() || !r.isParsed(object, 0) {
		return parser.NoNode
	}
	found := parser.NoNode
	for i := range r.Calls {
		c := &r.Calls[i]
		if c.Name != "add_argument" {
			continue
		}
		named := false
		for j := range c.Args {
			v := r.Eval(c.Args[j].Value)
			named = named || v.Kind == parser.String && (c.Args[j].Name == "" || c.Args[j].Name == "dest") && strings.ReplaceAll(strings.TrimLeft(v.Str, "-"), "-", "_") == name
		}
		if d, ok := r.Argument(c, "default", -1); named && ok {
			if found != parser.NoNode {
				return parser.NoNode // two commands, each with its own
			}
			found = d.Value
		}
	}
	return found
}

// isParsed reports whether n is what parse_args() returned.
func (r *resolver) isParsed(n parser.NodeID, depth int) bool {
	n = r.Unwrap(n)
	if c := r.CallAt(n); c != nil {
		return c.Name == "parse_args" || c.Name == "parse_known_args"
	}
	if depth > 4 {
		return false
	}
	defs := r.DefsOf(n)
	if len(defs) == 0 || len(defs) > 4 {
		return false
	}
	for _, d := range defs {
		switch d.Kind {
		case parser.AssignDef, parser.UnpackDef:
			if !r.isParsed(d.Value, depth+1) {
				return false
			}
		case parser.ParamDef:
			fn := r.EnclosingFunc(d.Node)
			if fn == nil {
				return false
			}
			passed := r.passed(fn, d)
			if len(passed) == 0 || !r.isParsed(passed[0], depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

package estimate

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// hosted are tools that the provider runs and bills apart from tokens, by the words of
// their names.
var hosted = []string{"web_search", "websearch", "google_search", "googlesearch", "file_search", "filesearch", "code_interpreter", "codeinterpreter", "code_execution", "image_generation", "imagegeneration", "computer_use"}

// tools reads the descriptions of what the model may call.
func (r *reader) tools() {
	v, ok := r.site.Setting(llm.Tools)
	switch {
	case ok == llm.Hidden && r.site.Takes(llm.Tools):
		r.unbounded("the tools are put together elsewhere")
	case ok == llm.Present:
		r.marks(v)
		r.toolList(v.File, v.Expr, 0)
	}
	for s := r.site; s != nil; s = s.Config {
		if s.Call == nil {
			continue
		}
		for _, fn := range decorated(s, toolDecorators) {
			r.signature(s.File, fn, "")
		}
		for _, name := range []string{"handoffs", "mcp_servers", "mcpServers"} {
			if v, ok := llm.Argument(s.File, s.Call, name, -1); ok && (v.Kind != parser.List || len(v.Elems) > 0) {
				if name != "handoffs" {
					r.unbounded("the tools of MCP servers are not known")
				}
				r.toolList(v.File, v.Expr, 0)
			}
		}
	}
}

// toolList reads a list of tools, or JavaScript's object of tools by name.
func (r *reader) toolList(f *parser.File, n parser.NodeID, depth int) {
	n = f.Unwrap(n)
	if !r.enter(f, n) || depth > 8 {
		return
	}
	defer r.leave(f, n)
	switch f.Kind(n) {
	case parser.KindList, parser.KindTuple:
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindSpread {
				r.toolList(f, f.FirstChild(c), depth+1)
				continue
			}
			r.tool(f, c, "", depth+1)
		}
		return
	case parser.KindDict:
		if r.word(f, f.Property(n, "type")) != "" {
			r.tool(f, n, "", depth)
			return
		}
		for c := range f.Children(n) {
			switch f.Kind(c) {
			case parser.KindPair:
				r.tool(f, f.Field(c, parser.FieldValue), strings.Trim(f.Slice(f.Field(c, parser.FieldKey)), `"'`), depth+1)
			case parser.KindShorthand:
				r.tool(f, c, f.Slice(c), depth+1)
			case parser.KindSpread, parser.KindDictSpread:
				r.toolList(f, f.FirstChild(c), depth+1)
			}
		}
		return
	case parser.KindBinary:
		r.toolList(f, f.Field(n, parser.FieldLeft), depth+1)
		r.toolList(f, f.Field(n, parser.FieldRight), depth+1)
		return
	case parser.KindNone:
		return
	case parser.KindIdentifier, parser.KindAttribute:
		if notGiven[f.Slice(n)] {
			return
		}
		if f.Kind(n) == parser.KindIdentifier && !grows(f, f.Slice(n)) {
			if at, _, ok := r.definition(f, n); ok {
				r.toolList(at.file, at.node, depth+1)
				return
			}
		}
	case parser.KindComprehension:
		for c := range f.Children(n) {
			if f.Kind(c) == parser.KindForClause {
				r.toolList(f, f.Field(c, parser.FieldRight), depth+1)
				return
			}
		}
	}
	r.slot(f, n, "tools")
}

// tool reads one tool. name is what it goes by in an object of tools.
func (r *reader) tool(f *parser.File, n parser.NodeID, name string, depth int) {
	n = f.Unwrap(n)
	if depth > 12 {
		return
	}
	if fn := functionAt(f, n); fn != nil {
		r.signature(f, fn, "")
		return
	}
	switch f.Kind(n) {
	case parser.KindDict:
		r.fee(f.Slice(f.Property(n, "type")))
		r.json(f, n, 0)
		return
	case parser.KindIdentifier, parser.KindShorthand:
		for _, d := range f.DefsOf(n) {
			if d.Kind == parser.ClassDef {
				r.fields(f, &f.Classes[d.Index], 0)
				return
			}
		}
		if at, _, ok := r.definition(f, n); ok && r.enter(f, n) {
			defer r.leave(f, n)
			r.tool(at.file, at.node, name, depth+1)
			return
		}
	case parser.KindCall, parser.KindNew:
		if c := f.CallAt(n); c != nil {
			r.toolCall(f, c, name, depth)
			return
		}
	}
	r.sized(f, n, "tools", r.otherSize(), -1)
}

// fee notes what is billed apart.
func (r *reader) fee(name string) {
	name = strings.ToLower(name)
	for _, h := range hosted {
		if r.fees == "" && strings.Contains(name, h) {
			r.fees = "what the provider charges for " + strings.Trim(clip(name), `"'`) + " is not in the figures"
		}
	}
}

// functionAt is the function of this file that n names or is.
func functionAt(f *parser.File, n parser.NodeID) *parser.Func {
	switch f.Kind(n) {
	case parser.KindIdentifier, parser.KindAttribute:
		return f.FuncOf(n)
	case parser.KindLambda:
		return f.FuncAt(n)
	}
	return nil
}

// toolCall reads a tool that a call makes: tool({description, parameters}), Tool(name=…, func=…),
// agent.as_tool(…), pydantic_function_tool(Model).
func (r *reader) toolCall(f *parser.File, c *parser.Call, name string, depth int) {
	r.fee(c.Name)
	r.write(`{"type":"function","name":"` + name)
	read := false
	for _, key := range []string{"name", "tool_name", "toolName", "description", "tool_description", "toolDescription"} {
		if a, ok := f.Argument(c, key, -1); ok {
			r.write(`"` + key + `":"`)
			r.value(f, a.Value, false)
			read = true
		}
	}
	for _, key := range []string{"parameters", "inputSchema", "input_schema", "args_schema", "schema", "params_json_schema"} {
		if a, ok := f.Argument(c, key, -1); ok {
			r.schema(f, a.Value, 0)
			read = true
		}
	}
	for i := range c.Args {
		a := f.Unwrap(c.Args[i].Value)
		if fn := functionAt(f, a); fn != nil && (c.Args[i].Name == "" && i == 0 || c.Args[i].Name == "func" || c.Args[i].Name == "fn") {
			r.signature(f, fn, name)
			read = true
		} else if c.Name == "pydantic_function_tool" || c.Name == "zodFunction" || c.Name == "zodResponsesFunction" {
			r.schema(f, a, 0)
			read = true
		}
	}
	r.write("}\n")
	if !read {
		r.sized(f, c.Node, "tools", r.otherSize(), -1)
	}
	_ = depth
}

// signature writes a function as the JSON that SDKs make of it.
func (r *reader) signature(f *parser.File, fn *parser.Func, name string) {
	if name == "" {
		name = fn.Name
	}
	r.write(`{"type":"function","function":{"name":"` + name + `","description":"` + docstring(f, fn) + `","parameters":{"type":"object","properties":{`)
	for i := range fn.Params {
		p := &fn.Params[i]
		if p.Name == "self" || p.Name == "cls" || p.Name == "ctx" || strings.Contains(f.Slice(p.Annotation), "RunContext") {
			continue
		}
		kind := "string"
		if p.Annotation != parser.NoNode {
			kind = strings.Trim(f.Slice(p.Annotation), ": ")
		}
		r.write(`"` + p.Name + `":{"title":"` + p.Name + `","type":"` + kind + `"},`)
	}
	r.write(`},"required":[`)
	for i := range fn.Params {
		r.write(`"` + fn.Params[i].Name + `",`)
	}
	r.write("]}}}\n")
}

// docstring is the string that fn's body begins with.
func docstring(f *parser.File, fn *parser.Func) string {
	first := f.FirstChild(fn.Body)
	if f.Kind(first) == parser.KindExpressionStatement {
		first = f.FirstChild(first)
	}
	if k := f.Kind(first); k != parser.KindString && k != parser.KindConcatenated {
		return ""
	}
	return f.Eval(first).Str
}

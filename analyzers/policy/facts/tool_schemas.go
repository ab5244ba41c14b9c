package facts

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// schemaTools finds tools that are written as the JSON that a model is told.
func (b *builder) schemaTools() {
	f := b.f
	for id := range f.Nodes {
		n := parser.NodeID(id)
		if f.Kind(n) != parser.KindDict {
			continue
		}
		if p := f.Parent(n); f.Kind(p) == parser.KindPair && strings.Trim(f.Slice(f.Field(p, parser.FieldKey)), "\"'`") == "function" {
			continue // the object around it is the tool
		}
		if t := b.schemaTool(n); t != nil {
			b.add(t)
		}
	}
}

// schemaTool is the tool that an object describes: {"type": "function", "function": {"name": …}}
// and its kin.
func (b *builder) schemaTool(n parser.NodeID) *tool {
	f := b.f
	framework, at := "", n
	has := func(key string) bool { return f.Property(at, key) != parser.NoNode }
	kind := f.Eval(f.Property(n, "type"))
	switch {
	case kind.Kind == parser.String && kind.Str == "function":
		framework = "openai"
		if inner := f.Unwrap(f.Property(n, "function")); f.Kind(inner) == parser.KindDict {
			at = inner
		}
	case has("name") && has("input_schema"):
		framework = "anthropic"
	case has("name") && has("description") && has("inputSchema"):
		framework = "mcp"
		if owner := b.importedFramework(func(r *toolRow) bool { return r.framework == "strands" }); owner != "" {
			framework = owner
		}
	case has("name") && has("description") && has("parameters"):
		p := f.Unwrap(f.Property(n, "parameters"))
		if t := f.Property(p, "type"); t == parser.NoNode {
			return nil
		}
		framework = "openai"
		if owner := b.importedFramework(func(r *toolRow) bool { return r.framework == "google" }); owner != "" {
			framework = owner
		}
	default:
		return nil
	}
	name := f.Eval(f.Property(at, "name"))
	if name.Kind != parser.String || name.Str == "" {
		return nil
	}
	for _, key := range []string{"execute", "func", "handler", "run", "callback"} { // made by a call that says more
		if has(key) {
			if c := f.CallAt(f.Parent(f.Parent(n))); c != nil {
				return nil
			}
		}
	}
	if c := f.CallAt(f.Parent(f.Parent(n))); c != nil && b.toolOn(c.Node) != nil {
		return nil
	}
	t := &tool{node: n, written: true, Tool: Tool{Name: name.Str, Framework: framework}}
	if d := f.Eval(f.Property(at, "description")); d.Kind == parser.String {
		t.Description = d.Str
	}
	b.implement(t, at)
	return t
}

// implement finds the function that does the work of a tool that is only described: one that
// the description holds, or one of the tool's name.
func (b *builder) implement(t *tool, at parser.NodeID) {
	f := b.f
	for _, key := range []string{"execute", "func", "handler", "run", "callback", "function"} {
		if p := f.Property(at, key); p != parser.NoNode {
			if fn := b.function(p); fn != nil {
				t.fns = append(t.fns, fn)
				return
			}
		}
	}
	for i := range f.Funcs {
		if fn := &f.Funcs[i]; fn.Name != "" && sameName(fn.Name, t.Name) {
			t.fns = append(t.fns, fn)
			return
		}
	}
	for id := range f.Nodes { // {"get_weather": fetch_weather}
		n := parser.NodeID(id)
		if f.Kind(n) != parser.KindPair || strings.Trim(f.Slice(f.Field(n, parser.FieldKey)), "\"'`") != t.Name {
			continue
		}
		if fn := b.function(f.Field(n, parser.FieldValue)); fn != nil {
			t.fns = append(t.fns, fn)
			return
		}
	}
}

// sameName reports whether two names are one but for case and underscores.
func sameName(a, b string) bool {
	fold := func(s string) string { return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s)) }
	return a == b || fold(a) == fold(b)
}

// objectTool is a tool that an object among the tools of a call is.
func (b *builder) objectTool(c *parser.Call, n parser.NodeID, key string) *tool {
	f := b.f
	if t := b.toolOn(n); t != nil {
		return t
	}
	if t := b.schemaTool(n); t != nil {
		return b.add(t)
	}
	t := &tool{node: n, Tool: Tool{Name: key, Framework: b.frameworkAt(c)}}
	if key != "" { // {weather: {description, execute}}
		for _, a := range []string{"execute", "handler", "func"} {
			if fn := b.function(f.Property(n, a)); fn != nil {
				t.fns = append(t.fns, fn)
			} else if fn := f.FuncAt(b.method(n, a)); fn != nil {
				t.fns = append(t.fns, fn)
			}
		}
		if len(t.fns) == 0 && f.Property(n, "inputSchema") == parser.NoNode && f.Property(n, "parameters") == parser.NoNode {
			return nil
		}
	} else if kind := f.Eval(f.Property(n, "type")); kind.Kind == parser.String && kind.Str != "" { // {"type": "web_search"}
		if strings.Contains(kind.Str, "toolset") {
			return nil // several tools
		}
		name := f.Property(n, "name")
		if label := f.Property(n, "server_label"); name == parser.NoNode && label != parser.NoNode {
			name = label
		}
		t.Name, t.written, t.hosted = kind.Str, true, kind.Str != "custom" && kind.Str != "function"
		if v := f.Eval(name); v.Kind == parser.String && v.Str != "" {
			t.Name = v.Str
		} else if !t.hosted {
			return nil
		}
	} else {
		return nil
	}
	if d := f.Eval(f.Property(n, "description")); d.Kind == parser.String {
		t.Description = d.Str
	}
	for _, name := range approvalNames {
		if p := f.Property(n, name); p != parser.NoNode {
			b.approval(t, p)
		}
	}
	return b.add(t)
}

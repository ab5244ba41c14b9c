package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// tool is a tool that the file declares.
type tool struct {
	Tool
	node    parser.NodeID   // what declares it: a function, a call, a class, a dictionary
	fns     []*parser.Func  // its work, as far as it is in this file
	written bool            // the code says its name, so that nothing else does
	aliases []string        // names that the code has for it
	told    Tri             // whether it needs approval, as the declaration says; "" where it does not
	agent   parser.NodeID   // the agent that it runs; 0 for none
	hosted  bool            // somebody else runs it
	uses    []parser.NodeID // instances of a class among the tools of agents
	byAgent bool            // who makes the agent may set approval
}

// readTools finds the tools of the file, what they do, and who has them.
func (b *builder) readTools() {
	b.declaredFunctions()
	b.declaringCalls()
	b.declaringClasses()
	b.schemaTools()
	b.uses = b.listedTools()
	b.graphTools()
	slices.SortStableFunc(b.tools, func(x, y *tool) int { return int(x.node - y.node) })
	b.reach = newReach(b)
	b.describeTools()
}

// add puts a tool among those of the file, or gives the one that is there already.
func (b *builder) add(t *tool) *tool {
	for _, have := range b.tools {
		same := have.node == t.node
		if !same && len(have.fns) > 0 && len(t.fns) > 0 && have.fns[0] == t.fns[0] && t.Framework == have.Framework {
			same = true
		}
		if same {
			have.aliases = append(have.aliases, t.aliases...)
			if !have.written && t.written {
				have.Name, have.written = t.Name, true
			}
			if have.told == "" {
				have.told, have.Approval = t.told, t.Approval
			}
			if have.Description == "" {
				have.Description = t.Description
			}
			return have
		}
	}
	if len(b.tools) >= maxTools {
		return t
	}
	b.tools = append(b.tools, t)
	return t
}

// maxTools bounds the tools of one file.
const maxTools = 2000

// toolOn is the tool whose declaration is n, or whose function is at n.
func (b *builder) toolOn(n parser.NodeID) *tool {
	for _, t := range b.tools {
		if t.node == n || slices.ContainsFunc(t.fns, func(fn *parser.Func) bool { return fn.Node == n }) {
			return t
		}
	}
	return nil
}

// functionTool is a tool that is a function.
func (b *builder) functionTool(fn *parser.Func, framework string) *tool {
	return &tool{node: fn.Node, fns: []*parser.Func{fn}, Tool: Tool{Name: fn.Name, Framework: framework, Description: b.docstring(fn.Body)}}
}

// declaredFunctions finds functions that a decorator makes tools.
func (b *builder) declaredFunctions() {
	f := b.f
	for i := range f.Funcs {
		fn := &f.Funcs[i]
		for _, d := range fn.Decorators {
			c := f.CallAt(d)
			callee := d
			if c != nil {
				callee = c.Callee
			}
			row, framework, ok := b.decoratorRow(callee)
			if !ok {
				continue
			}
			t := b.functionTool(fn, framework)
			t.byAgent = row != nil && row.byAgent
			if c != nil {
				b.describe(t, c, row)
			}
			b.add(t)
		}
	}
}

// decoratorRow tells whether a decorator makes tools, and of which library.
func (b *builder) decoratorRow(n parser.NodeID) (row *toolRow, framework string, ok bool) {
	f := b.f
	q := plainName(f.QName(n))
	if row := toolRowOf(q, asDecorator, f.Language.IsScript()); row != nil {
		return row, row.framework, true
	}
	last := lastName(q)
	if last == "" || f.Kind(f.Unwrap(n)) == parser.KindAttribute {
		last = f.Slice(f.AttributeName(f.Unwrap(n)))
	}
	framework, loose := looseDecorators[last]
	if !loose || f.FuncOf(n) != nil {
		return nil, "", false
	}
	if framework == "" {
		if framework = b.ownerOf(n); framework == "" {
			framework = b.importedFramework(func(r *toolRow) bool { return len(r.decorators) > 0 })
		}
	}
	for i := range toolRows {
		if toolRows[i].framework == framework && len(toolRows[i].decorators) > 0 {
			return &toolRows[i], framework, true
		}
	}
	return nil, framework, true
}

// ownerOf guesses a library by the name of what a tool is added to: mcp.tool.
func (b *builder) ownerOf(n parser.NodeID) string {
	owner := strings.ToLower(b.f.Slice(b.root(n)))
	if strings.Contains(owner, "mcp") || strings.Contains(owner, "server") {
		return "mcp"
	}
	return ""
}

// importedFramework is the library of the first import that has a row.
func (b *builder) importedFramework(fits func(*toolRow) bool) string {
	for i := range b.f.Imports {
		name := b.f.Imports[i].Module + "."
		for j := range toolRows {
			row := &toolRows[j]
			if row.only == "script" != b.f.Language.IsScript() && row.only != "" {
				continue
			}
			if _, ok := within(name, row.modules); fits(row) && (ok || slices.Contains(row.modules, b.f.Imports[i].Module)) {
				return row.framework
			}
		}
	}
	return ""
}

func lastName(q string) string { return q[strings.LastIndexAny(q, "./")+1:] }

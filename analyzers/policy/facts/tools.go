package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
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

// declaringCalls finds calls that make tools.
func (b *builder) declaringCalls() {
	f := b.f
	for i := range f.Calls {
		c := &f.Calls[i]
		if row, ok := agentMethods[c.Name]; ok {
			b.agentAsTool(c, &row)
			continue
		}
		if c.Name == "AgentTool" {
			b.wrappedAgent(c)
			continue
		}
		if !toolCallNames[c.Name] && !b.renamed(c) || b.isDecorator(c) {
			continue
		}
		row := toolRowOf(plainName(f.QName(c.Callee)), asCall, f.Language.IsScript())
		if row == nil {
			if row = b.looseCall(c); row == nil {
				continue
			}
		}
		t := &tool{node: c.Node, byAgent: row.byAgent, Tool: Tool{Framework: row.framework}}
		if !b.describe(t, c, row) {
			continue
		}
		b.add(t)
	}
}

// agentAsTool adds the tool that an agent is made.
func (b *builder) agentAsTool(c *parser.Call, row *toolRow) {
	f := b.f
	callee := f.Unwrap(c.Callee)
	if f.Kind(callee) != parser.KindAttribute {
		return
	}
	framework := row.framework
	if q := plainName(f.QName(callee)); q != "" {
		if framework = frameworkOf(q, f.Language.IsScript()); framework == "" {
			return
		}
	} else if len(c.Args) == 0 {
		return
	}
	t := &tool{node: c.Node, agent: f.Field(callee, parser.FieldObject), Tool: Tool{Framework: framework}}
	b.describe(t, c, row)
	if t.Name == "" || !t.written {
		t.Name = lastName(f.Slice(f.Field(callee, parser.FieldObject)))
	}
	b.add(t)
}

// wrappedAgent adds the tool that AgentTool makes of an agent, whose name it has.
func (b *builder) wrappedAgent(c *parser.Call) {
	f := b.f
	framework := frameworkOf(plainName(f.QName(c.Callee)), f.Language.IsScript())
	a, ok := f.Argument(c, "agent", 0)
	if framework == "" || !ok {
		return
	}
	t := &tool{node: c.Node, agent: a.Value, Tool: Tool{Framework: framework}}
	if f.Kind(f.Unwrap(a.Value)) == parser.KindDict {
		t.agent = f.Property(f.Unwrap(a.Value), "agent")
	}
	to, n := b.follow(f, t.agent)
	if made := to.CallAt(to.Unwrap(n)); made != nil && to == f {
		t.Name = b.agentNamed(made)
	}
	if t.Name == "" {
		t.Name = lastName(f.Slice(t.agent))
	}
	b.add(t)
}

// toolCallNames are the last names of all calls that make tools, to tell others fast.
var toolCallNames = func() map[string]bool {
	names := map[string]bool{}
	for _, row := range toolRows {
		for _, n := range row.calls {
			names[lastName(n)] = true
		}
	}
	return names
}()

// renamed reports whether a call is of a name that was imported under another one.
func (b *builder) renamed(c *parser.Call) bool {
	if b.f.Kind(b.f.Unwrap(c.Callee)) != parser.KindIdentifier {
		return false
	}
	for _, d := range b.f.DefsOf(c.Callee) {
		if d.Kind == parser.ImportDef {
			imp := &b.f.Imports[d.Index]
			return imp.Alias != imp.Name && toolCallNames[imp.Name]
		}
	}
	return false
}

func (b *builder) isDecorator(c *parser.Call) bool {
	return b.f.Kind(b.f.Parent(c.Node)) == parser.KindDecorator
}

// looseCall is the row of a call that is made on something that the file does not show:
// server.registerTool("name", {…}, handler).
func (b *builder) looseCall(c *parser.Call) *toolRow {
	f := b.f
	if !f.Language.IsScript() || c.Name != "registerTool" && c.Name != "tool" || len(c.Args) < 2 || f.Kind(f.Unwrap(c.Callee)) != parser.KindAttribute {
		return nil
	}
	last := &c.Args[len(c.Args)-1]
	if f.Eval(c.Args[0].Value).Kind != parser.String || b.function(last.Value) == nil {
		return nil
	}
	return toolRowOf("@modelcontextprotocol/sdk.registerTool", asCall, true)
}

// declaringClasses finds classes that derive from a library's class of tools.
func (b *builder) declaringClasses() {
	f := b.f
	for i := range f.Classes {
		class := &f.Classes[i]
		row := b.classRow(class, 4)
		if row == nil {
			continue
		}
		t := &tool{node: class.Node, byAgent: row.byAgent, Tool: Tool{Name: class.Name, Framework: row.framework}}
		t.aliases = append(t.aliases, class.Name)
		for _, member := range []string{"name", "description"} {
			for _, d := range f.Members(class, member) {
				b.classText(t, member, d.Value)
			}
		}
		for j := range f.Calls { // super().__init__(name=…)
			c := &f.Calls[j]
			if c.Name != "__init__" && f.Slice(c.Callee) != "super" || !f.Within(c.Node, class.Node) {
				continue
			}
			for _, member := range []string{"name", "description"} {
				if a, ok := f.Argument(c, member, -1); ok {
					b.classText(t, member, a.Value)
				}
			}
		}
		for _, name := range row.methods {
			for j := range f.Funcs {
				if fn := &f.Funcs[j]; fn.Name == name && fn.Class == int32(i) {
					t.fns = append(t.fns, fn)
				}
			}
		}
		if len(t.fns) == 0 && len(f.Members(class, "name")) == 0 { // a base of others
			continue
		}
		if t.Description == "" {
			t.Description = b.docstring(class.Body)
		}
		for _, name := range approvalNames {
			for _, d := range f.Members(class, name) {
				b.approval(t, d.Value)
			}
		}
		b.add(t)
	}
}

func (b *builder) classText(t *tool, member string, n parser.NodeID) {
	v := b.f.Eval(n)
	if v.Kind != parser.String || v.Str == "" {
		return
	}
	if member == "name" {
		t.Name, t.written = v.Str, true
	} else {
		t.Description = v.Str
	}
}

// classRow is the row of the library's class that one derives from, through those of the file.
func (b *builder) classRow(class *parser.Class, hops int) *toolRow {
	if hops == 0 {
		return nil
	}
	for _, base := range class.Bases {
		n := b.f.Unwrap(base)
		if k := b.f.Kind(n); k == parser.KindSubscript || k == parser.KindGenericType { // BaseTool[Args, Result]
			n = b.f.FirstChild(n)
		}
		if row := toolRowOf(plainName(b.f.QName(n)), asBase, b.f.Language.IsScript()); row != nil {
			return row
		}
		for _, d := range b.f.DefsOf(n) {
			if d.Kind == parser.ClassDef && &b.f.Classes[d.Index] != class {
				if row := b.classRow(&b.f.Classes[d.Index], hops-1); row != nil {
					return row
				}
			}
		}
	}
	return nil
}

// graphTools adds the tools of the file that only the project's graphs know.
func (b *builder) graphTools() {
	for _, g := range b.graphs {
		for i := range g.Nodes {
			n := &g.Nodes[i]
			if n.Kind != "tool" || !b.here(n.Place) || n.Name == "" {
				continue
			}
			t := b.toolAtPlace(n.Place.Span)
			if t == nil {
				node := b.nodeAtPlace(n.Place.Span)
				if node == parser.NoNode {
					continue
				}
				t = &tool{node: node, Tool: Tool{Name: n.Name, Framework: frameworkName(g)}}
				if class := b.classOf(node); class != nil {
					if own := b.toolOn(class.Node); own != nil {
						t = own
					}
				} else if fn := b.f.FuncAt(node); fn != nil {
					t.fns, t.Description = []*parser.Func{fn}, b.docstring(fn.Body)
				} else if k := b.f.Kind(node); k != parser.KindCall && k != parser.KindNew && k != parser.KindClass {
					continue // imported: its own file declares it
				} else {
					t.hosted = true
				}
				t = b.add(t)
				t.uses = append(t.uses, node)
			}
			if !t.written && !strings.Contains(n.Name, ".") {
				t.Name = n.Name
			}
			t.aliases = append(append(t.aliases, n.Name), n.Aliases...)
			if n.Asks && t.told == "" {
				t.told, t.Approval = Yes, "a person is asked in it"
			}
		}
	}
}

// classOf is the class of this file that an expression makes an instance of.
func (b *builder) classOf(n parser.NodeID) *parser.Class {
	c := b.f.CallAt(b.f.Unwrap(n))
	if c == nil {
		return nil
	}
	return b.classNamed(c.Callee)
}

// toolAtPlace is the tool that is declared at a span of the source.
func (b *builder) toolAtPlace(s text.Span) *tool {
	for _, t := range b.tools {
		if slices.ContainsFunc(append([]parser.NodeID{t.node}, t.uses...), func(n parser.NodeID) bool { return b.sourceSpan(n) == s }) {
			return t
		}
		for _, fn := range t.fns {
			if b.sourceSpan(fn.Node) == s {
				return t
			}
		}
	}
	return nil
}

// nodeAtPlace is the outermost node of a span of the source.
func (b *builder) nodeAtPlace(s text.Span) parser.NodeID {
	start, ok := b.f.Covered(s.Start)
	if !ok {
		return parser.NoNode
	}
	found := parser.NoNode
	n := b.f.At(start)
	for range 200 {
		if n == parser.NoNode {
			break
		}
		if at := b.sourceSpan(n); at == s {
			found = n
		} else if at.Start < s.Start || at.End > s.End {
			break
		}
		n = b.f.Parent(n)
	}
	return found
}

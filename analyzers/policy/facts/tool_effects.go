package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/policy/effects"
	"github.com/qodacode/qodacode/parser"
)

// describeTools completes the tools: what they do, who has them, who approves them.
func (b *builder) describeTools() {
	byFunc := b.effectsByFunc()
	b.doc.Tools = make([]Tool, len(b.tools))
	turns := make([]int, 0, len(b.tools))
	for _, last := range []bool{false, true} { // what agents do rests on their tools
		for i, t := range b.tools {
			if (t.agent > 0) == last {
				turns = append(turns, i)
			}
		}
	}
	for _, index := range turns {
		t := b.tools[index]
		if b.ctx.Err() != nil {
			return
		}
		work := b.workOf(t, byFunc)
		t.Effects, t.Mutating = work.names, work.mutating
		b.owners(t)
		t.RequiresApproval = b.approvalOf(t, work)
		if t.RequiresApproval == No {
			t.Approval = ""
		}
		if t.Name == "" {
			t.Name = "<lambda>"
		}
		at := b.rangeOf(b.nameOf(t))
		t.ID, t.Range = b.id("tool", at), at
		t.Name, t.Description = b.clip(t.Name, textLimit), b.clip(t.Description, proseLimit)
		t.Approval = b.clip(t.Approval, textLimit)
		for _, fn := range t.fns {
			i := b.functions[fn]
			b.doc.Functions[i].IsTool = true
			if t.Function == "" {
				t.Function = b.doc.Functions[i].ID
			}
		}
		b.doc.Tools[index] = t.Tool
	}
}

// effectsByFunc are the effects by the function they stand in.
func (b *builder) effectsByFunc() map[*parser.Func][]*effects.Effect {
	byFunc := map[*parser.Func][]*effects.Effect{}
	for i := range b.effects {
		fn := b.f.EnclosingFunc(b.effects[i].Node)
		byFunc[fn] = append(byFunc[fn], &b.effects[i])
	}
	return byFunc
}

// agentMutates tells whether an agent that works as a tool changes anything: what its own
// tools do, as far as the file tells.
func (b *builder) agentMutates(t *tool) Tri {
	f := b.f
	to, n := b.follow(f, t.agent)
	made := to.CallAt(to.Unwrap(n))
	if to != f || made == nil || b.agentNamed(made) == "" {
		return Unknown
	}
	for _, a := range made.Args {
		if a.Spread != 0 {
			return Unknown
		}
	}
	for _, name := range []string{"handoffs", "mcp_servers", "mcpServers"} {
		if _, ok := f.Argument(made, name, -1); ok {
			return Unknown
		}
	}
	list := b.toolList(made)
	if list == parser.NoNode {
		return No
	}
	if len(b.members(list, 4)) == 0 && !b.someUnknown(made, list) {
		return No
	}
	i := slices.IndexFunc(b.uses, func(u use) bool { return u.call == made })
	if i < 0 || len(b.uses[i].tools) != len(b.members(list, 4)) || len(b.uses[i].tools) == 0 {
		return Unknown
	}
	answer := No
	for _, own := range b.uses[i].tools {
		switch {
		case own.Mutating == Yes:
			return Yes
		case own.Mutating != No:
			answer = Unknown
		}
	}
	return answer
}

// nameOf is where a tool's name is defined.
func (b *builder) nameOf(t *tool) parser.NodeID {
	f := b.f
	if fn := f.FuncAt(t.node); fn != nil {
		if n := b.nameNode(fn); n != parser.NoNode {
			return n
		}
	}
	switch f.Kind(t.node) {
	case parser.KindClass:
		if n := f.Field(t.node, parser.FieldName); n != parser.NoNode {
			return n
		}
	case parser.KindDict:
		if n := f.Property(t.node, "name"); n != parser.NoNode {
			return n
		}
		if inner := f.Property(f.Unwrap(f.Property(t.node, "function")), "name"); inner != parser.NoNode {
			return inner
		}
	}
	return t.node
}

// work is what a tool does.
type work struct {
	names    []string
	mutating Tri
	approved Tri // of what changes something: whether a person approves it in the code; "" for nothing
	approval string
}

func (b *builder) workOf(t *tool, byFunc map[*parser.Func][]*effects.Effect) work {
	w := work{mutating: No}
	add := func(name string) {
		if !slices.Contains(w.names, name) {
			w.names = append(w.names, name)
		}
	}
	doubt := func() {
		if w.mutating == No {
			w.mutating = Unknown
		}
	}
	if t.agent > 0 {
		add("llm")
	}
	switch {
	case t.agent > 0:
		w.mutating = b.agentMutates(t)
	case len(t.fns) == 0:
		w.mutating = hostedMutates(t)
	}
	// Calls that a rule of effects speaks for need no row among the harmless ones.
	spoken := map[parser.NodeID]bool{}
	approved, changing := 0, 0
	for _, fn := range b.reach.work(t) {
		for _, e := range byFunc[fn] {
			if e.Call != nil {
				spoken[e.Call.Node] = true
			}
			name, mutates := effectName(e)
			add(name)
			switch mutates {
			case Yes:
				w.mutating = Yes
			case Unknown:
				doubt()
			}
			if mutates == No {
				continue
			}
			changing++
			if a := b.guardsAt(e.Node); tri(a.Approved) == Yes {
				approved++
				w.approval = a.Approval
			}
		}
	}
	for _, fn := range b.reach.work(t) {
		for _, c := range b.reach.inside[fn] {
			if spoken[c.Node] {
				continue
			}
			if s := b.siteOf(c); s != nil && (s.Kind == llm.Request || s.Kind == llm.Embedding) {
				add("llm")
				continue
			}
			mutates := b.callMutates(c)
			if other, ok := b.imported(c); ok {
				mutates = other.mutating
				for _, name := range other.names {
					add(name)
				}
				if other.approved == Yes { // it asks by itself
					changing, approved, w.approval = changing+1, approved+1, other.approval
					w.mutating = Yes
					continue
				}
			}
			switch mutates {
			case Yes:
				w.mutating = Yes
				changing++
				if a := b.guardsAt(c.Node); tri(a.Approved) == Yes {
					approved++
					w.approval = a.Approval
				}
			case Unknown:
				doubt()
			}
		}
	}
	slices.Sort(w.names)
	switch {
	case changing > 0 && approved == changing:
		w.approved = Yes
	case changing == 0 && len(t.fns) > 0: // it ends with what a person has approved
		if last := b.f.LastChild(t.fns[0].Body); last != parser.NoNode {
			if a := b.guardsAt(last); tri(a.Approved) == Yes {
				w.approved, w.approval = Yes, a.Approval
			}
		}
	}
	return w
}

// effectName is what an effect is called among a tool's, and whether it changes something.
func effectName(e *effects.Effect) (name string, mutates Tri) {
	switch {
	case e.SQL != nil:
		verb := oneOf(e.SQL.Verb, sqlVerbs, "unknown")
		switch verb {
		case "select":
			return "sql:select", No
		case "unknown", "other":
			return "sql:" + verb, Unknown
		}
		return "sql:" + verb, Yes
	case e.HTTP != nil:
		switch method := strings.ToUpper(e.HTTP.Method); method {
		case "":
			return "http", No // the client alone; its requests tell for themselves
		case "GET", "HEAD", "OPTIONS":
			return "http:" + method, No
		default:
			return "http:" + method, Yes
		}
	case e.File != nil:
		op := oneOf(e.File.Op, fileOps, "other")
		switch op {
		case "read", "list":
			return "file:" + op, No
		case "other":
			return "file:other", Unknown
		}
		return "file:" + op, Yes
	case e.Shell != nil:
		return "shell", Yes
	case e.Env != nil && e.Env.Op == "write":
		return "env", Yes
	}
	return "env", No
}

// callMutates tells whether a call without a known effect changes anything outside.
func (b *builder) callMutates(c *parser.Call) Tri {
	f := b.f
	if f.FuncOf(c.Callee) != nil {
		return No // its own calls tell
	}
	name, sure := b.resolve(c.Callee)
	if sure == exact {
		if answer := knownCall(name); answer != Unknown {
			return answer
		}
		for _, d := range f.DefsOf(f.Unwrap(c.Callee)) {
			if d.Kind == parser.ClassDef {
				return No
			}
		}
	}
	isMethod := f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute
	switch {
	case isMethod && b.answersCaller(c):
		return No
	case mutators[c.Name], isMethod && prefixed(c.Name, actPrefixes):
		return Yes
	case c.New, c.Name != "" && c.Name[0] >= 'A' && c.Name[0] <= 'Z': // only makes something
		return No
	case prefixed(c.Name, readPrefixes):
		return No
	case isMethod && logs[lastName(f.Slice(f.Field(f.Unwrap(c.Callee), parser.FieldObject)))]:
		return No
	}
	// json of requests.get().json is one of a value's methods; get of requests.get is none.
	if isMethod && harmlessMethods[c.Name] && (sure != exact || ofValue(f.QName(c.Callee))) {
		return No
	}
	return Unknown
}

// answersCaller reports whether a call is made on what a tool is run with: ctx.report_progress(…),
// ctx.session.send_log_message(…). It reaches who called the tool, and nothing else.
func (b *builder) answersCaller(c *parser.Call) bool {
	f := b.f
	owner := f.Unwrap(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	if f.Kind(owner) == parser.KindAttribute {
		if s := f.Slice(f.AttributeName(owner)); s != "session" && s != "request_context" && s != "actions" {
			return false
		}
		owner = f.Unwrap(f.Field(owner, parser.FieldObject))
	}
	return f.Kind(owner) == parser.KindIdentifier && contexts[f.Slice(owner)]
}

// ofValue reports whether a qualified name is of a method of an instance or of a call's result.
func ofValue(q string) bool {
	parts := strings.Split(q, ".")
	if len(parts) < 2 {
		return false
	}
	owner := parts[len(parts)-2]
	return strings.Contains(q, "()") || owner != "" && owner[0] >= 'A' && owner[0] <= 'Z'
}

// owners are the agents that have a tool: as the file's calls and the project's graphs say.
func (b *builder) owners(t *tool) {
	add := func(agent string) {
		if agent != "" && !slices.Contains(t.Agents, agent) {
			t.Agents = append(t.Agents, agent)
		}
	}
	for _, u := range b.uses {
		if slices.Contains(u.tools, t) {
			add(u.agent)
		}
	}
	// Two tools of one name may be one node of a graph: where the calls that make the agents
	// tell which of them each has, they are believed.
	told := len(t.Agents) > 0
	join := func(g *agents.Graph, n *agents.Node) {
		if n == nil {
			return
		}
		name := agentName(g, n)
		if told && slices.ContainsFunc(b.uses, func(u use) bool { return u.agent == name && !slices.Contains(u.tools, t) }) {
			return
		}
		add(name)
	}
	placed := false
	for _, exactly := range []bool{true, false} {
		for _, g := range b.graphs {
			names := map[string]bool{}
			if exactly {
				for i := range g.Nodes {
					n := &g.Nodes[i]
					if n.Kind == agents.Tool && b.here(n.Place) && b.toolAtPlace(n.Place.Span) == t {
						names[n.Name], placed = true, true
					}
				}
			} else if b.here(g.Place) {
				names[t.Name] = true
				for _, a := range t.aliases {
					names[a] = true
				}
			}
			if len(names) == 0 {
				continue
			}
			for i := range g.Nodes {
				n := &g.Nodes[i]
				if n.Kind != agents.Tool && n.Kind != agents.Toolset && slices.ContainsFunc(n.Tools, func(name string) bool { return names[name] }) {
					join(g, n)
				}
			}
			for i := range g.Edges {
				if e := &g.Edges[i]; e.Kind == agents.Uses && names[e.To] {
					join(g, nodeNamed(g, e.From))
				}
			}
		}
		if placed {
			break
		}
	}
	slices.Sort(t.Agents)
}

// approvalOf tells whether a person must approve each call of a tool.
func (b *builder) approvalOf(t *tool, w work) Tri {
	if t.told == Yes || t.told == Unknown {
		return t.told
	}
	if w.approved == Yes {
		t.Approval = w.approval
		return Yes
	}
	given, asked, doubt, told := 0, 0, false, true
	for _, u := range b.uses {
		if !slices.Contains(u.tools, t) {
			continue
		}
		if u.agent == "" && u.asks == nil { // asks a model, or makes a node of a graph that asks
			continue
		}
		given++
		if u.asks == nil {
			told = false
			continue
		}
		switch u.asks.of(t) {
		case Yes:
			asked++
			if t.Approval == "" {
				t.Approval = u.asks.text
			}
		case Unknown:
			doubt = true
		}
	}
	switch {
	case given > 0 && asked == given:
		return Yes
	case doubt || asked > 0:
		return Unknown
	case (given == 0 || !told) && b.graphAsks(t):
		t.Approval = "the graph asks a person"
		return Unknown
	case t.told == No:
		return No
	case len(t.fns) == 0 && !t.hosted && t.agent <= 0, t.byAgent && len(t.Agents) == 0:
		return Unknown
	}
	return No
}

// graphAsks reports whether an agent that has the tool asks a person somewhere: which of its
// tools that is about, the graph does not tell.
func (b *builder) graphAsks(t *tool) bool {
	for _, g := range b.graphs {
		for i := range g.Nodes {
			if n := &g.Nodes[i]; n.Kind != "tool" && n.Asks && slices.Contains(t.Agents, agentName(g, n)) && g.Framework == "langgraph" {
				return true
			}
		}
	}
	return false
}

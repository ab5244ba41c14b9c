package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// aisdkCalls are what of Vercel's AI SDK runs a model with tools, with the steps after which
// each stops unless stopWhen or maxSteps says otherwise (ai 5.0 to 6.0, 2026-11).
var aisdkCalls = map[string]aisdkCall{
	"generateText":       {steps: 1},
	"streamText":         {steps: 1},
	"ToolLoopAgent":      {steps: 20, agent: true},
	"Experimental_Agent": {steps: 20, agent: true},
	"Agent":              {steps: 20, agent: true},
	"DurableAgent":       {agent: true}, // of Workflow DevKit: runs until the model calls no more tools
}

type aisdkCall struct {
	steps int  // 0: no limit
	agent bool // an object that is run later
}

// aisdkRoots are the packages that have them.
var aisdkRoots = []string{"ai", "@workflow/ai"}

// aisdkWrappers return the SDK with the same functions, traced.
var aisdkWrappers = []string{"wrapAISDK", "wrapAISDKModel", "wrapAI"}

// aisdk is the agents of the AI SDK in one project.
type aisdk struct {
	*extraction
	agents []Ref // calls, in order
	class  map[Ref]string
	names  map[Ref]string
}

func readAISDK(x *extraction) {
	s := &aisdk{extraction: x, class: map[Ref]string{}, names: map[Ref]string{}}
	for _, f := range x.Files() {
		if f.Language.IsScript() {
			s.find(f)
		}
	}
	inner := map[Ref]bool{}
	for _, a := range s.agents {
		for _, sub := range s.subagents(a) {
			inner[sub] = inner[sub] || sub != a
		}
	}
	done := map[Ref]bool{}
	for _, round := range []bool{false, true} { // agents that only call each other have no root
		for _, a := range s.agents {
			if inner[a] == round && !done[a] {
				b := x.graph(s.name(a), a)
				b.Version = s.Version(a.File.Path, "ai")
				b.entry(s.node(b, a, done))
			}
		}
	}
}

// find collects the agents of a file: objects, and calls that are given tools.
func (s *aisdk) find(f *parser.File) {
	local := map[string]string{}
	for i := range f.Imports {
		imp := &f.Imports[i]
		root := moduleRoot(f, imp.Module)
		if _, ok := aisdkCalls[imp.Name]; ok && slices.Contains(aisdkRoots, root) {
			local[imp.Alias] = imp.Name
		}
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		name, ok := local[c.Name]
		if !ok {
			if _, known := aisdkCalls[c.Name]; !known {
				continue
			}
			name = c.Name
		}
		if q := f.QName(c.Callee); !aisdkName(q, name) {
			continue
		}
		r := Ref{f, c.Node}
		if !aisdkCalls[name].agent {
			tools, ok := s.option(r, "tools")
			if !ok || len(s.entries(tools)) == 0 {
				continue
			}
		}
		s.agents = append(s.agents, r)
		s.class[r] = name
	}
}

// aisdkName reports whether a qualified name is that of a function of the SDK, or of a wrapper of it.
func aisdkName(q, name string) bool {
	head, ok := strings.CutSuffix(q, "."+name)
	if !ok {
		return false
	}
	head = strings.TrimPrefix(head, "npm:")
	for _, w := range aisdkWrappers {
		if strings.HasSuffix(head, "."+w+"()") {
			return true
		}
	}
	return head == "ai" || head == "ai.default" || strings.HasPrefix(head, "ai/") || head == "@workflow/ai" || strings.HasPrefix(head, "@workflow/ai/")
}

// runs are the agents that a function runs, and whether it asks a model itself.
func (s *aisdk) runs(fn Ref) (agents []Ref, asks bool) {
	fn = s.Function(fn)
	if !fn.Valid() {
		return nil, false
	}
	s.calledBy(fn, 3, func(r Ref) bool {
		if s.class[r] != "" {
			if !aisdkCalls[s.class[r]].agent {
				agents = append(agents, r)
			}
			return true
		}
		c := r.File.CallAt(r.Node)
		callee := r.File.Unwrap(c.Callee)
		switch c.Name {
		case "generate", "stream":
			if r.File.Kind(callee) == parser.KindAttribute {
				if o := s.Origin(r.at(r.File.Field(callee, parser.FieldObject)), nil); s.class[o] != "" {
					agents = append(agents, o)
					return true
				}
			}
		case "generateText", "streamText", "generateObject", "streamObject":
			asks = asks || aisdkName(r.File.QName(c.Callee), c.Name)
		}
		return false
	})
	return agents, asks
}

// node adds an agent with its tools and the agents that they run.
func (s *aisdk) node(b *builder, a Ref, done map[Ref]bool) string {
	done[a] = true
	name := s.name(a)
	n := Node{Name: name, Kind: Agent, Place: a.Place(), Calls: true, Limit: s.limit(a)}
	if v := given(a); !genericNames[v] && v != name {
		n.Aliases = append(n.Aliases, v)
	}
	if id := s.textOption(a, "id"); id != "" && id != name {
		n.Aliases = append(n.Aliases, id)
	}
	if m, ok := s.option(a, "model"); ok {
		n.Model = s.modelName(m)
	}
	if b.has(name) {
		return name
	}
	b.node(n)
	tools, ok := s.option(a, "tools")
	if !ok {
		if opaqueOptions(s.Project, a) {
			b.open("the options of "+name+" are not written out", a)
		}
		return name
	}
	for _, e := range s.entries(tools) {
		s.tool(b, name, e, done)
	}
	return name
}

// limit is after how many steps an agent stops.
func (s *aisdk) limit(a Ref) Limit {
	if v, ok := s.option(a, "maxSteps"); ok { // before version 5
		n, _ := s.Number(v)
		return Limit{n, "explicit", "maxSteps"}
	}
	if v, ok := s.option(a, "stopWhen"); ok {
		return s.stop(v, maxHops)
	}
	n := aisdkCalls[s.class[a]].steps
	if s.class[a] == "Experimental_Agent" && strings.HasPrefix(s.Version(a.File.Path, "ai"), "5") {
		n = 1
	}
	if n == 0 {
		return Limit{0, "none", "stopWhen"}
	}
	return Limit{n, "default", "stopWhen"}
}

// stop reads a condition, or a list of which any one stops the run.
func (s *aisdk) stop(v Ref, hops int) Limit {
	o := s.Origin(v, nil)
	if o.Kind() == parser.KindList && hops > 0 {
		best := Limit{0, "none", "stopWhen"}
		elems, _ := s.Elements(o)
		for _, e := range elems {
			if l := s.stop(e, hops/4); l.Source == "explicit" && (best.Source != "explicit" || l.Value < best.Value) {
				best = l
			} else if best.Source == "none" {
				best.What = l.What
			}
		}
		return best
	}
	if c := o.File.CallAt(o.Node); c != nil {
		switch c.Name {
		case "stepCountIs", "isStepCount":
			n := 0
			if len(c.Args) > 0 {
				n, _ = s.Number(o.at(c.Args[0].Value))
			}
			return Limit{n, "explicit", "stopWhen"}
		case "hasToolCall", "isLoopFinished":
			return Limit{0, "none", c.Name}
		}
	}
	if fn := s.Function(o); fn.Valid() {
		if c := s.Decide(fn, nil); c.Decider == Counter {
			return Limit{c.Bound.Value, "explicit", "stopWhen"}
		}
	}
	return Limit{0, "none", "stopWhen"}
}

package agents

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// modelMethods ask a model, or run something: the object tells which.
var modelMethods = map[string]bool{
	"invoke": true, "ainvoke": true, "stream": true, "astream": true, "batch": true, "abatch": true, "predict": true, "apredict": true, "run": true, "arun": true,
	"call": true, "generate": true, "agenerate": true, "generateContent": true, "generate_content": true, "chat": true,
}

// modelCalls ask a model whatever stands before them.
var modelCalls = map[string]bool{"generateText": true, "streamText": true, "generateObject": true, "streamObject": true, "completion": true, "acompletion": true}

// providerCalls are endings of the providers' own clients.
var providerCalls = regexp.MustCompile(`(completions|messages|responses)\.(create|parse|stream)$`)

// noModel are objects that have such methods and are no models.
var noModel = regexp.MustCompile(`(?i)retriever|(^|_)(search|tools?|stores?|subprocess|session|loop|asyncio|executor|memory|db|sql|client|runner|pool|cursor|conn|app|sandbox|repl)$|tavily|vector_?store|wikipedia|embedd|[a-z](Tool|Search|Store|Client)$`)

// binding are methods that only models have.
var binding = map[string]bool{"bind_tools": true, "bindTools": true, "with_structured_output": true, "withStructuredOutput": true}

// isModel tells whether what stands before a call of one of modelMethods may be a model, by its name.
func isModel(f *parser.File, object parser.NodeID) bool {
	for range maxHops {
		object = f.Unwrap(object)
		c := f.CallAt(object)
		switch {
		case c == nil:
			return !noModel.MatchString(Ref{f, object}.name())
		case binding[c.Name], c.New:
			return binding[c.Name] || !noModel.MatchString(c.Name)
		case f.Kind(f.Unwrap(c.Callee)) != parser.KindAttribute:
			return !noModel.MatchString(c.Name)
		}
		object = f.Field(f.Unwrap(c.Callee), parser.FieldObject)
	}
	return false
}

// asksModel reports whether a function asks a model, itself or in functions that it calls;
// n gets the model's name.
func (l *langgraph) asksModel(fn callable, n *Node, depth int) bool {
	if depth <= 0 || l.spent() {
		return false
	}
	asks := false
	f := fn.File
	callsIn(fn.Ref, func(c *parser.Call) bool {
		callee := f.Unwrap(c.Callee)
		text := f.Slice(callee)
		switch {
		case modelCalls[c.Name] || providerCalls.MatchString(text):
			asks = true
			if a, ok := f.Argument(c, "model", -1); ok && n.Model == "" {
				n.Model = l.modelName(slot{Ref: fn.at(a.Value), frame: fn.frame}, maxHops)
			}
		case modelMethods[c.Name] && f.Kind(callee) == parser.KindAttribute && isModel(f, f.Field(callee, parser.FieldObject)):
			object := fn.at(f.Field(callee, parser.FieldObject))
			asks = true
			if l.runs(fn, object, n) {
				return true
			}
			if a, ok := f.Argument(c, "model", -1); ok && n.Model == "" {
				n.Model = l.modelName(slot{Ref: fn.at(a.Value), frame: fn.frame}, maxHops)
			}
			if n.Model == "" {
				n.Model = l.modelName(slot{Ref: object, frame: fn.frame}, maxHops)
			}
		default:
			if inner := l.Function(fn.at(callee)); inner.Valid() && inner != fn.Ref && !f.Within(inner.Node, fn.Node) {
				asks = l.asksModel(callable{inner, l.enter(inner, fn.at(c.Node), c, fn.frame)}, n, depth-1) || asks
			}
		}
		return true
	})
	return asks
}

// runs completes a node whose function runs another graph or a prebuilt agent.
func (l *langgraph) runs(fn callable, object Ref, n *Node) bool {
	for _, m := range l.made(object, fn.frame, maxHops) {
		l.inner = append(l.inner, m)
		if a := l.agents[m.root]; a != nil {
			a.used = true
			n.Kind = Agent
			l.describeAgent(n, a)
			return true
		}
		if g := l.graphs[m.root]; g != nil {
			n.Kind = Subgraph
			n.alias(l.graphName(g))
			return true
		}
	}
	return false
}

// modelName is the id of the model that an expression is: a text, a client made with it,
// or that with tools or a prompt around it.
func (l *langgraph) modelName(v slot, hops int) string {
	v = l.resolve(v.Ref, v.frame)
	if !v.Valid() || hops <= 0 || l.spent() {
		return v.text
	}
	if s, ok := l.text(v.Ref, v.frame); ok {
		return s
	}
	o := l.originOf(v)
	f := o.File
	switch o.Kind() {
	case parser.KindBinary: // prompt | model | parser
		for _, field := range []parser.Field{parser.FieldRight, parser.FieldLeft} {
			if name := l.modelName(slot{Ref: o.at(f.Field(o.Node, field)), frame: o.frame}, hops-1); name != "" {
				return name
			}
		}
	case parser.KindCall, parser.KindNew:
		c := f.CallAt(o.Node)
		if c == nil {
			return ""
		}
		for _, key := range []string{"model", "model_name", "modelName", "model_id"} {
			if a, ok := f.Argument(c, key, -1); ok {
				return l.modelName(slot{Ref: o.at(a.Value), frame: o.frame}, hops-1)
			}
		}
		callee := f.Unwrap(c.Callee)
		if f.Kind(callee) == parser.KindAttribute && !strings.HasPrefix(c.Name, "Chat") && c.Name != "init_chat_model" { // model.bind_tools(…), prompt.pipe(model)
			if c.Name == "pipe" && len(c.Args) == 1 {
				if name := l.modelName(slot{Ref: o.at(c.Args[0].Value), frame: o.frame}, hops-1); name != "" {
					return name
				}
			}
			return l.modelName(slot{Ref: o.at(f.Field(callee, parser.FieldObject)), frame: o.frame}, hops-1)
		}
		if fn := l.Function(o.at(callee)); fn.Valid() {
			inner := l.enter(fn, o.Ref, c, o.frame)
			for _, ret := range l.Returns(fn) {
				if ret.Valid() {
					if name := l.modelName(slot{Ref: ret, frame: inner}, hops-1); name != "" {
						return name
					}
				}
			}
			return ""
		}
		if c.Name == "init_chat_model" || c.Name == "initChatModel" || strings.HasPrefix(c.Name, "Chat") {
			if len(c.Args) > 0 && c.Args[0].Name == "" {
				s, _ := l.text(o.at(c.Args[0].Value), o.frame)
				return s
			}
		}
	}
	return ""
}

// toolNames are the names of the tools in a list, as the model sees them.
func (l *langgraph) toolNames(list slot) (names []string) {
	items, _ := l.items(list.Ref, list.frame)
	for _, it := range items {
		if it.Valid() {
			if name := l.toolName(it); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

func (l *langgraph) toolName(v slot) string {
	o := l.originOf(v)
	if !o.Valid() {
		return ""
	}
	switch o.Kind() {
	case parser.KindFunction, parser.KindMethod:
		fn := callable{o.Ref, o.frame}
		if fns, _ := l.callables(v.Ref, v.frame, maxHops); len(fns) == 1 {
			fn = fns[0] // with what a function that makes it was given
		}
		for _, d := range fn.Func().Decorators { // @tool("name")
			if c := fn.File.CallAt(d); c != nil && len(c.Args) > 0 && c.Args[0].Name == "" {
				if s, ok := l.text(fn.at(c.Args[0].Value), fn.frame); ok {
					return s
				}
			}
		}
		return fn.Func().Name
	case parser.KindCall, parser.KindNew:
		c := o.File.CallAt(o.Node)
		if a, ok := o.File.Argument(c, "name", -1); ok {
			if s, ok := l.text(o.at(a.Value), o.frame); ok {
				return s
			}
		}
		if (c.Name == "tool" || c.Name == "from_function" || c.Name == "StructuredTool") && len(c.Args) > 0 {
			if fns, _ := l.callables(o.at(c.Args[0].Value), o.frame, maxHops); len(fns) == 1 && fns[0].Func().Name != "" {
				return fns[0].Func().Name
			}
		}
		if k := v.Kind(); k == parser.KindIdentifier || k == parser.KindAttribute {
			return v.name()
		}
		return c.Name
	}
	return v.name()
}

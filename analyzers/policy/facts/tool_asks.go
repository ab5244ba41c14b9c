package facts

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// asks is how whoever makes an agent lets a person approve its tools.
type asks struct {
	all    Tri            // of all tools; "": only those in named
	named  map[string]Tri // by name of a tool
	text   string         // as written
	person bool           // a person has a part in the run, though not before each tool
}

// of is what is said about a tool.
func (a *asks) of(t *tool) Tri {
	for _, name := range append([]string{t.Name}, t.aliases...) {
		if answer, ok := a.named[name]; ok {
			return answer
		}
	}
	return a.all
}

var (
	// interruptNames stop a graph before its nodes: interrupt_before=["tools"].
	interruptNames = []string{"interrupt_before", "interruptBefore"}
	// interruptOn name tools: interrupt_on={"send_email": True}.
	interruptOn = []string{"interrupt_on", "interruptOn"}
	// confirmed are lists of names of tools.
	confirmed = []string{"requires_confirmation_tools"}
	// personal give a person a part in the run: a reply to each answer, a review at the end.
	personal = []string{"human_input", "human_input_mode", "humanInput", "approval_func", "approval_callback", "can_use_tool", "canUseTool", "request_approval"}
)

// asksOf reads how the call that makes an agent lets a person approve.
func (b *builder) asksOf(c *parser.Call) *asks {
	f := b.f
	a := &asks{named: map[string]Tri{}}
	said := false
	for _, name := range interruptNames {
		v, ok := f.Argument(c, name, -1)
		if !ok {
			continue
		}
		nodes := f.Eval(v.Value)
		for _, e := range nodes.Elems {
			if e.Kind == parser.String && (e.Str == "tools" || e.Str == "action" || e.Str == "*" || strings.Contains(e.Str, "tool")) {
				a.all, a.text, said = Yes, b.text(v.Node, textLimit), true
			}
		}
		if nodes.Kind != parser.List && nodes.Kind != parser.None {
			a.all, a.text, said = Unknown, b.text(v.Node, textLimit), true
			if nodes.Kind == parser.String && nodes.Str == "*" {
				a.all = Yes
			}
		}
	}
	for _, name := range interruptOn {
		if v, ok := f.Argument(c, name, -1); ok {
			b.interrupts(a, v.Value)
			said = true
		}
	}
	if v, ok := f.Argument(c, "middleware", -1); ok {
		for _, e := range b.members(v.Value, 3) {
			to, n := b.follow(f, e.node)
			made := to.CallAt(to.Unwrap(n))
			if to != f || made == nil || !strings.EqualFold(made.Name, "HumanInTheLoopMiddleware") {
				continue
			}
			said = true
			found := false
			for i, name := range interruptOn {
				position := -1
				if i == 0 && !f.Language.IsScript() {
					position = 0
				}
				if v, ok := f.Argument(made, name, position); ok {
					b.interrupts(a, v.Value)
					found = true
				}
			}
			if !found {
				a.all, a.text = Unknown, b.text(made.Node, textLimit)
			}
		}
	}
	for _, name := range confirmed {
		if v, ok := f.Argument(c, name, -1); ok {
			for _, e := range f.Eval(v.Value).Elems {
				if e.Kind == parser.String {
					a.named[e.Str], a.text, said = Yes, b.text(v.Node, textLimit), true
				}
			}
		}
	}
	for _, name := range personal {
		if v, ok := f.Argument(c, name, -1); ok {
			x := f.Eval(v.Value)
			off := x.Kind == parser.None || x.Kind == parser.Bool && !x.Bool || x.Kind == parser.String && strings.EqualFold(x.Str, "never")
			if !off {
				a.person, said = true, true
				if a.text == "" {
					a.text = b.text(v.Node, textLimit)
				}
			}
		}
	}
	if !said {
		return nil
	}
	return a
}

// interrupts reads interrupt_on: a name of a tool → True, False, or what a person may decide.
func (b *builder) interrupts(a *asks, n parser.NodeID) {
	f := b.f
	a.text = b.text(n, textLimit)
	if to, made := b.follow(f, n); to == f {
		n = f.Unwrap(made)
	}
	if f.Kind(n) != parser.KindDict {
		a.all = Unknown
		return
	}
	for c := range f.Children(n) {
		switch f.Kind(c) {
		case parser.KindPair:
			key := f.Eval(f.Field(c, parser.FieldKey)).Str
			if key == "" {
				key = strings.Trim(f.Slice(f.Field(c, parser.FieldKey)), "\"'`")
			}
			value := f.Field(c, parser.FieldValue)
			answer := b.answer(value)
			if k := f.Kind(f.Unwrap(value)); k == parser.KindDict || k == parser.KindCall {
				answer = Yes
			}
			a.named[key] = answer
		case parser.KindDictSpread, parser.KindSpread:
			a.all = Unknown
		}
	}
}

package facts

import (
	"slices"

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
		if p := f.Parent(t.node); f.Kind(p) == parser.KindPair {
			return f.Field(p, parser.FieldKey)
		}
	case parser.KindCall, parser.KindNew:
		return b.nameInCall(t)
	}
	return t.node
}

// nameInCall is where a tool that a call makes is named, on the line where it begins, as a
// comment above it speaks of that one: what the call is bound to, the text that says the name, or
// what is called.
func (b *builder) nameInCall(t *tool) parser.NodeID {
	f := b.f
	c := f.CallAt(t.node)
	if c == nil {
		return t.node
	}
	switch p := f.Parent(t.node); f.Kind(p) {
	case parser.KindAssignment:
		return f.Field(p, parser.FieldLeft)
	case parser.KindDeclarator, parser.KindFieldDefinition:
		return f.Field(p, parser.FieldName)
	case parser.KindPair:
		return f.Field(p, parser.FieldKey)
	}
	line := f.Text.LineOf(f.Span(t.node).Start)
	for i := range c.Args {
		n := f.Unwrap(c.Args[i].Value)
		if f.Kind(n) == parser.KindString && f.Text.LineOf(f.Span(n).End) == line && f.Eval(n).Str == t.Name {
			return n
		}
	}
	return c.Callee
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
			if name == "http:POST" && asksOnly(t.Name) { // many services are asked by POST
				mutates = Unknown
			}
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

package agents

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// group adds the members of a group chat and who may speak after whom.
func (v *conversation) group(g *chat, manager string, m object) {
	c := v.c
	var members []string
	byID := map[Ref]string{}
	for _, o := range g.members {
		name := v.agent(o)
		byID[o.id()] = name
		if !slices.Contains(members, name) {
			members = append(members, name)
		}
	}
	if manager != "" {
		v.Nodes[v.index[manager]].alias(g.at.bound())
		for _, name := range members {
			v.edge(Edge{From: manager, To: name, Kind: Contains, Place: g.at.Place()})
		}
	}
	list, _ := c.arg(g.at, "agents", 0)
	if !g.complete {
		v.open("some agents of the group chat can't be told", list)
	}
	rounds := chatRounds
	end := Condition{Decider: Counter, Bound: Bound{Expr: "max_round", Effective: true, Default: true}}
	if r, ok := c.arg(g.at, "max_round", 2); ok {
		rounds, _ = c.Number(r)
		end.Bound.Default = false
	}
	end.Bound.Value = rounds
	for _, name := range members {
		if have, ok := v.found[name]; !ok || have.Decider != Counter {
			v.found[name] = end
		}
	}
	v.speakers(g, members, byID)
	if len(members) > 0 && !slices.ContainsFunc(v.h.all, func(ch *chat) bool {
		return ch.kind != "group" && len(ch.steps) > 0 && v.h.root(ch.steps[0].sender.id()) == v.h.root(g.members[0].id())
	}) {
		v.entry(members[0])
	}
}

// speakers adds the edges between members: by the transitions that are allowed, in turn, by a
// function, or all.
func (v *conversation) speakers(g *chat, members []string, byID map[Ref]string) {
	c := v.c
	if r, ok := c.arg(g.at, "allowed_or_disallowed_speaker_transitions", -1); ok && r.Kind() != parser.KindNone {
		v.transitions(g, r, members, byID)
		return
	}
	method := ""
	if r, ok := c.arg(g.at, "speaker_selection_method", -1); ok {
		if s, known := c.String(r); known {
			method = strings.ToLower(s)
		} else if fn := c.Function(r); fn.Valid() {
			v.chosen(fn, members, byID)
			return
		}
	}
	if method == "round_robin" {
		v.ring(members, g.complete, g.at.Ref)
		return
	}
	v.mesh(members, Speaker, g.at.Ref)
	for _, m := range members {
		v.Nodes[v.index[m]].Asks = v.Nodes[v.index[m]].Asks || method == "manual"
	}
}

// transitions reads {agent: [agents that may speak next]}.
func (v *conversation) transitions(g *chat, r Ref, members []string, byID map[Ref]string) {
	c := v.c
	allowed := c.text(g.at, "speaker_transitions_type", -1) != "disallowed"
	pairs, complete := c.Pairs(r)
	named := map[string][]string{}
	for _, p := range pairs {
		from, ok := v.h.agent(p[0], g.at.via)
		if !ok {
			complete = false
			continue
		}
		elems, all := c.Elements(p[1])
		complete = complete && all
		name := byID[from.id()]
		if named[name] == nil {
			named[name] = []string{}
		}
		for _, e := range elems {
			if to, ok := v.h.agent(e, g.at.via); ok {
				named[name] = append(named[name], byID[to.id()])
			} else {
				complete = false
			}
		}
	}
	if !complete {
		v.open("who may speak after whom can't be told", r)
	}
	for _, from := range members {
		for _, to := range members {
			list, given := named[from]
			if slices.Contains(list, to) == allowed && (given || !allowed) && (allowed || from != to) {
				v.edge(Edge{From: from, To: to, Kind: Speaker, Place: g.at.Place()})
			}
		}
	}
}

// chosen reads a function that chooses the next speaker: what it returns under
// `if last_speaker is agent`.
func (v *conversation) chosen(fn Ref, members []string, byID map[Ref]string) {
	c, f := v.c, fn.File
	info := fn.Func()
	last := "last_speaker"
	if len(info.Params) > 0 && info.Params[0].Name != "self" {
		last = info.Params[0].Name
	}
	decides := c.Decide(fn, nil)
	for _, r := range c.Returns(fn) {
		if !r.Valid() || r.Kind() == parser.KindNone {
			continue
		}
		if s, ok := c.String(r); ok && (s == "auto" || s == "random" || s == "manual" || s == "round_robin") {
			for _, from := range v.lastSpeakers(r, last, members, byID) {
				for _, to := range members {
					if from != to {
						v.edge(Edge{From: from, To: to, Kind: Speaker, Condition: decides, Place: r.Place()})
					}
				}
			}
			continue
		}
		var targets []string
		sides := []Ref{r}
		if k := f.Unwrap(r.Node); f.Kind(k) == parser.KindConditional {
			sides = branches(r.at(k))
		}
		for _, side := range sides {
			if side.Kind() == parser.KindNone {
				continue
			}
			if to := v.memberOf(side, members, byID); to != "" {
				targets = append(targets, to)
			} else {
				v.open("whom "+info.Name+" chooses can't be told", side)
			}
		}
		for _, from := range v.lastSpeakers(r, last, members, byID) {
			for _, to := range targets {
				v.edge(Edge{From: from, To: to, Kind: Speaker, Condition: decides, Provenance: Inferred, Place: r.Place()})
			}
		}
	}
}

// memberOf is the member that an expression is: the agent, its name, or groupchat.agent_by_name(name).
func (v *conversation) memberOf(r Ref, members []string, byID map[Ref]string) string {
	if o, ok := v.h.agent(r, nil); ok {
		return byID[o.id()]
	}
	if call := r.File.CallAt(r.File.Unwrap(r.Node)); call != nil && call.Name == "agent_by_name" && len(call.Args) > 0 {
		r = r.at(call.Args[0].Value)
	}
	if s, ok := v.c.String(r); ok && slices.Contains(members, s) {
		return s
	}
	return ""
}

// lastSpeakers are the members after whom a return statement of a selection function runs, by
// the conditions around it; all, when they say nothing of the last speaker.
func (v *conversation) lastSpeakers(r Ref, last string, members []string, byID map[Ref]string) []string {
	f := r.File
	for p := range f.Ancestors(r.Node) {
		k := f.Kind(p)
		if k == parser.KindFunction || k == parser.KindLambda {
			break
		}
		if k != parser.KindIf && k != parser.KindElse {
			continue
		}
		condition := f.Field(p, parser.FieldCondition)
		if condition == parser.NoNode || f.Within(r.Node, condition) {
			continue
		}
		if k == parser.KindIf && !f.Within(r.Node, f.Field(p, parser.FieldConsequence)) {
			continue // in its elif or else
		}
		var out []string
		for n := condition; f.Within(n, condition); n++ {
			if f.Kind(n) != parser.KindComparison || !strings.Contains(f.Slice(n), last) || strings.Contains(f.Slice(n), "!=") || strings.Contains(f.Slice(n), "not") {
				continue
			}
			for side := range f.Children(n) {
				if strings.HasPrefix(f.Slice(side), last) {
					continue
				}
				sides := []Ref{r.at(side)}
				if k := f.Kind(side); k == parser.KindList || k == parser.KindTuple {
					sides, _ = v.c.Elements(r.at(side))
				}
				for _, s := range sides {
					if m := v.memberOf(s, members, byID); m != "" {
						out = append(out, m)
					} else if name := v.c.agentName(s); name != "" && slices.Contains(members, name) {
						out = append(out, name)
					}
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return members
}

package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// conversation is the graph of agents that talk with each other in AutoGen 0.2.
type conversation struct {
	*cast
	h     *chats
	found map[string]Condition // what ends the talks of an agent, the safest
	wide  bool
}

// agent adds an agent and returns its name.
func (v *conversation) agent(o object) string {
	c := v.c
	given := c.text(o, "name", 0)
	if o.class == "GroupChatManager" {
		given = c.text(o, "name", 1)
	}
	name, fresh := v.name(o, given, o.class)
	n := Node{Name: name, Kind: Agent, Aliases: o.aliases(name), Place: o.id().Place()}
	if !fresh {
		v.node(n)
		return name
	}
	mode := chatAgents[o.class]
	if r, ok := c.arg(o, "human_input_mode", -1); ok {
		mode, _ = c.String(r)
	}
	n.Asks = mode == "ALWAYS" || mode == "TERMINATE"
	n.Calls = o.class != "UserProxyAgent" && o.class != "ConversableAgent"
	if r, ok := c.arg(o, "llm_config", -1); ok {
		off := r.Kind() == parser.KindFalse || r.Kind() == parser.KindNone
		n.Calls = !off
		if !off {
			n.Model = c.model(r)
		}
	}
	switch {
	case o.class == "GroupChatManager":
		n.Kind = Manager
	case n.Asks && !n.Calls:
		n.Kind = Human
	}
	n.Limit = Limit{chatReplies, "default", "max_consecutive_auto_reply"}
	if o.class == "GroupChatManager" {
		n.Limit = Limit{}
	}
	if r, ok := c.arg(o, "max_consecutive_auto_reply", -1); ok && r.Kind() != parser.KindNone {
		value, _ := c.Number(r)
		n.Limit = Limit{value, "explicit", "max_consecutive_auto_reply"}
	}
	v.node(n)
	for _, arg := range []string{"functions", "tools"} {
		if r, ok := c.arg(o, arg, -1); ok && r.Kind() != parser.KindNone {
			v.tools(name, r)
		}
	}
	if g := v.h.managed(o); g != nil {
		v.group(g, name, o)
	}
	return name
}

// add adds what one construct says.
func (v *conversation) add(ch *chat) {
	if ch.kind == "group" {
		if !slices.ContainsFunc(v.h.managers(), func(o object) bool { return v.h.managed(o) == ch }) {
			v.group(ch, "", object{})
		}
		return
	}
	if ch.sender.call != nil {
		v.agent(ch.sender)
	}
	last := ""
	for _, s := range ch.steps {
		from, to := v.agent(s.sender), v.agent(s.recipient)
		place := s.at.Place()
		switch {
		case ch.kind == "register_nested_chats":
			v.edge(Edge{From: from, To: to, Kind: Delegate, Place: place})
			continue
		case s.recipient.class == "GroupChatManager":
			v.edge(Edge{From: from, To: to, Kind: Speaker, Place: place})
		default:
			v.edge(Edge{From: from, To: to, Kind: Speaker, Place: place})
			v.edge(Edge{From: to, To: from, Kind: Speaker, Place: place})
			v.talk(s, from, to)
		}
		if last == "" {
			v.entry(from)
		} else if last != to {
			v.edge(Edge{From: last, To: to, Kind: Seq, Place: place}) // its summary is carried over
		}
		last = to
	}
	if len(ch.steps) == 0 {
		for _, u := range v.h.unclear {
			if u.Place == ch.at.Place() {
				v.open(u.Reason, ch.at.Ref)
			}
		}
	}
}

// talk notes what ends the conversation of two agents.
func (v *conversation) talk(s chatStep, from, to string) {
	end := Condition{Decider: Verdict} // by default a message that says TERMINATE
	better := func(c Condition) {
		if safer(c, end) {
			end = c
		}
	}
	for _, name := range []string{from, to} {
		n := v.Nodes[v.index[name]]
		if n.Limit.Source == "explicit" && n.Limit.Value > 0 {
			better(Condition{Decider: Counter, Bound: Bound{Expr: n.Limit.What, Value: n.Limit.Value, Effective: true}})
		}
		if n.Asks {
			better(Condition{Decider: ByHuman})
		}
	}
	if s.turns.Valid() && s.turns.Kind() != parser.KindNone {
		value, _ := v.c.Number(s.turns)
		end = Condition{Decider: Counter, Bound: Bound{Expr: "max_turns", Value: value, Effective: true}}
	}
	if end.Decider != Counter {
		v.wide = true
	}
	for _, name := range []string{from, to} {
		if have, ok := v.found[name]; !ok || safer(end, have) {
			v.found[name] = end
		}
	}
}

// ends notes on each agent what ends its talks.
func (v *conversation) ends() {
	for i := range v.Nodes {
		if end, ok := v.found[v.Nodes[i].Name]; ok {
			v.Nodes[i].Ends = end
		}
	}
	if v.wide && v.Limit.Source == "" {
		v.Limit = Limit{chatReplies, "default", "max_consecutive_auto_reply"}
	}
	if len(v.Entry) == 0 && len(v.Nodes) > 0 {
		v.entry(v.Nodes[0].Name)
	}
}

func (h *chats) begin(ch *chat) *conversation {
	name := ""
	switch {
	case ch.kind == "group":
		name = ch.at.bound()
	case len(ch.steps) > 0:
		name = h.c.text(ch.steps[0].recipient, "name", 0)
		if name == "" {
			name = ch.steps[0].recipient.bound()
		}
	}
	if name == "" {
		name = "chat"
	}
	return &conversation{cast: newCast(h.graph(name, ch.at.Ref), h.c), h: h, found: map[string]Condition{}}
}

package agents

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// AutoGen's own values where the code gives none (pyautogen 0.2: conversable_agent.py, groupchat.py).
const (
	chatReplies = 100 // max_consecutive_auto_reply
	chatRounds  = 10  // max_round
)

// chatAgents are the classes of agents in AutoGen 0.2 and AG2, with their human_input_mode.
var chatAgents = map[string]string{
	"ConversableAgent": "TERMINATE", "AssistantAgent": "NEVER", "UserProxyAgent": "ALWAYS", "GroupChatManager": "NEVER",
	"RetrieveUserProxyAgent": "ALWAYS", "QdrantRetrieveUserProxyAgent": "ALWAYS", "RetrieveAssistantAgent": "NEVER", "GPTAssistantAgent": "NEVER",
	"MultimodalConversableAgent": "NEVER", "MathUserProxyAgent": "NEVER", "SocietyOfMindAgent": "NEVER", "LLaVAAgent": "NEVER",
	"WebSurferAgent": "NEVER", "TextAnalyzerAgent": "NEVER", "TeachableAgent": "NEVER", "CompressibleAgent": "NEVER", "ReasoningAgent": "NEVER",
	"CaptainAgent": "NEVER", "LlamaIndexConversableAgent": "NEVER", "SwarmAgent": "NEVER", "DocAgent": "NEVER", "DeepResearchAgent": "NEVER",
}

// chat is one construct that makes agents talk: initiate_chat, initiate_chats, GroupChat, register_nested_chats.
type chat struct {
	kind    string
	at      object // of a GroupChat, the object; else only the call
	sender  object
	members []object
	// complete reports whether members are all members.
	complete bool
	steps    []chatStep
}

// chatStep is one conversation of a sequence.
type chatStep struct {
	sender, recipient object
	at                Ref
	turns             Ref // max_turns, if given
}

// chats is a project being read for AutoGen 0.2.
type chats struct {
	*extraction
	c       *constructs
	all     []*chat
	parent  map[Ref]Ref   // union of agents that talk with each other
	groups  map[Ref]*chat // GroupChat by its call
	leaders []object      // all GroupChatManagers
	unclear []Unresolved  // conversations whose agents can't be told
}

func readAutoGen02(x *extraction) {
	names := []string{"GroupChat", "initiate_chats", "register_function", "LLMConfig"}
	var agents []string
	for n := range chatAgents {
		agents = append(agents, n)
	}
	h := &chats{extraction: x, parent: map[Ref]Ref{}, groups: map[Ref]*chat{}}
	h.c = newConstructs(x.Project, []string{"autogen", "pyautogen", "ag2"}, slices.Concat(names, agents)...)
	h.c.each(h.group, "GroupChat")
	for _, name := range []string{"initiate_chat", "a_initiate_chat", "initiate_chats", "a_initiate_chats", "register_nested_chats"} {
		for _, r := range h.c.callsOf(name) {
			h.conversation(r)
		}
	}
	h.build()
}

// root is the representative of the agents that o talks with.
func (h *chats) root(id Ref) Ref {
	for {
		p, ok := h.parent[id]
		if !ok || p == id {
			return id
		}
		if g, ok := h.parent[p]; ok {
			h.parent[id] = g // keeps paths short
		}
		id = p
	}
}

func (h *chats) join(a, b object) {
	ra, rb := h.root(a.id()), h.root(b.id())
	if _, ok := h.parent[ra]; !ok {
		h.parent[ra] = ra
	}
	if ra != rb {
		h.parent[rb] = ra
	} else if _, ok := h.parent[rb]; !ok {
		h.parent[rb] = rb
	}
}

// agent is the agent that r is; false where it can't be told.
func (h *chats) agent(r Ref, via []Ref) (object, bool) {
	o, ok := h.c.object(r, via)
	if _, is := chatAgents[o.class]; !ok || !is {
		return o, false
	}
	return o, true
}

// group reads a GroupChat.
func (h *chats) group(o object) {
	g := &chat{kind: "group", at: o}
	h.groups[o.Ref] = g
	list, ok := h.c.arg(o, "agents", 0)
	if !ok {
		return
	}
	found, failed, complete := h.c.objects(list, o.via)
	g.complete = complete && len(failed) == 0
	for _, a := range found {
		if _, is := chatAgents[a.class]; !is {
			g.complete = false
			continue
		}
		g.members = append(g.members, a)
		h.join(g.members[0], a)
	}
	h.all = append(h.all, g)
}

// conversation reads a call that starts or registers conversations.
func (h *chats) conversation(r Ref) {
	f := r.File
	call := f.CallAt(r.Node)
	callee := f.Unwrap(call.Callee)
	var sender object
	known := false
	if f.Kind(callee) == parser.KindAttribute {
		sender, known = h.agent(r.at(f.Field(callee, parser.FieldObject)), nil)
	}
	module := h.c.named(f.QName(callee)) == "initiate_chats"
	if !known && !module {
		return
	}
	ch := &chat{kind: call.Name, at: object{Ref: r, call: call}, sender: sender}
	if call.Name == "initiate_chat" || call.Name == "a_initiate_chat" {
		a, ok := f.Argument(call, "recipient", 0)
		if !ok {
			return
		}
		step := chatStep{sender: sender, at: r}
		if step.recipient, ok = h.agent(r.at(a.Value), nil); !ok {
			h.join(sender, sender)
			h.unclear = append(h.unclear, Unresolved{"whom " + short(r.at(callee)) + " talks to can't be told", r.Place()})
			ch.steps = nil
			h.all = append(h.all, ch)
			return
		}
		if t, ok := f.Argument(call, "max_turns", -1); ok {
			step.turns = r.at(t.Value)
		}
		ch.steps = []chatStep{step}
	} else {
		a, ok := f.Argument(call, "chat_queue", 0)
		if !ok {
			return
		}
		queue, _ := h.c.Elements(r.at(a.Value))
		for _, entry := range queue {
			o := h.c.Origin(entry, nil)
			if o.Kind() != parser.KindDict {
				continue
			}
			step := chatStep{sender: sender, at: o, turns: o.at(o.File.Property(o.Node, "max_turns"))}
			if s := o.at(o.File.Property(o.Node, "sender")); s.Valid() {
				if from, ok := h.agent(s, nil); ok {
					step.sender = from
				}
			}
			if step.recipient, ok = h.agent(o.at(o.File.Property(o.Node, "recipient")), nil); ok && step.sender.call != nil {
				ch.steps = append(ch.steps, step)
			}
		}
		if known {
			h.join(sender, sender)
		}
	}
	for i, s := range ch.steps {
		h.join(s.sender, s.recipient)
		if i > 0 {
			h.join(ch.steps[0].sender, s.sender)
		}
		if known {
			h.join(sender, s.sender)
		}
	}
	h.all = append(h.all, ch)
}

// build makes a graph of each set of agents that talk with each other.
func (h *chats) build() {
	for _, o := range h.managers() {
		if g := h.managed(o); g != nil && len(g.members) > 0 {
			h.join(o, g.members[0])
		}
	}
	graphs := map[Ref]*conversation{}
	for _, ch := range h.all {
		first := ch.sender
		if ch.kind == "group" {
			if len(ch.members) == 0 {
				continue
			}
			first = ch.members[0]
		} else if len(ch.steps) > 0 {
			first = ch.steps[0].sender
		}
		if first.call == nil {
			continue
		}
		root := h.root(first.id())
		g := graphs[root]
		if g == nil {
			g = h.begin(ch)
			graphs[root] = g
		}
		g.add(ch)
	}
	h.registered(graphs)
	for _, g := range graphs {
		g.ends()
	}
}

// managed is the group chat that a GroupChatManager leads, or nil.
func (h *chats) managed(o object) *chat {
	if o.class != "GroupChatManager" {
		return nil
	}
	r, ok := h.c.arg(o, "groupchat", 0)
	if !ok {
		return nil
	}
	made, ok := h.c.object(r, o.via)
	if !ok {
		return nil
	}
	return h.groups[made.Ref]
}

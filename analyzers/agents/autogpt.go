package agents

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// autoGPTBlocks are the blocks of the AutoGPT platform that mean something for a graph, by
// the ids that its exported files hold.
var autoGPTBlocks = map[string]autoGPTBlock{
	"c0a8e994-ebf1-4a9c-a4d8-89d09c86741b": {"AgentInput", Step},
	"363ae599-353e-4804-937e-b2ee3cef3da4": {"AgentOutput", Step},
	"e189baac-8c20-45a1-94a7-55177ea42565": {"AgentExecutor", Subgraph},
	"1f292d4a-41a4-4977-9684-7c8d560b9f91": {"AITextGenerator", Agent},
	"ed55ac19-356e-4243-a6cb-bc599e9b716f": {"AIStructuredResponseGenerator", Agent},
	"a0a69be1-4528-491c-a85a-a4ab6873e3f0": {"AITextSummarizer", Agent},
	"32a87eab-381e-4dd4-bdb8-4c47151be35a": {"AIConversation", Agent},
	"9c0b0450-d199-458b-a731-072189dd6593": {"AIListGenerator", Agent},
	"3b191d9f-356f-482d-8238-ba04b6d18381": {"SmartDecisionMaker", Agent},
	"715696a0-e1da-45c8-b209-c2fa9c3b0be6": {"Condition", Router},
	"f66a3543-28d3-4ab5-8945-9b336371e2ce": {"StepThroughItems", Step},
	"1ff065e9-88e8-4358-9d82-8dc91f622ba9": {"StoreValue", Step},
	"db7d8f02-2f44-4c55-ab7a-eae0941f0c30": {"FillTextTemplate", Step},
	"e30a4d42-7b7d-4e6a-b36e-1f9b8e3b7d85": {"CombineTexts", Step},
	"cc10ff7b-7753-4ff2-9af6-9399b1a7eddc": {"Note", ""},
}

type autoGPTBlock struct {
	name string
	kind Kind // "": no part of the graph
}

// autoGPTFile is an exported graph.
type autoGPTFile struct {
	Name      string            `json:"name"`
	Nodes     []autoGPTNode     `json:"nodes"`
	Links     []autoGPTLink     `json:"links"`
	SubGraphs []json.RawMessage `json:"sub_graphs"`
}

type autoGPTNode struct {
	ID       string         `json:"id"`
	BlockID  string         `json:"block_id"`
	Input    map[string]any `json:"input_default"`
	Metadata map[string]any `json:"metadata"`
}

type autoGPTLink struct {
	Source     string `json:"source_id"`
	Sink       string `json:"sink_id"`
	SourceName string `json:"source_name"`
}

// autoGPTTool marks the outputs of an agent block that call a tool.
const autoGPTTool = "tools_^_"

func readAutoGPT(x *extraction) {
	var paths []string
	for path, src := range x.data {
		if strings.HasSuffix(path, ".json") && strings.Contains(src, `"block_id"`) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		a := &autoGPT{x, path, x.data[path], text.New(x.data[path])}
		a.value(json.RawMessage(a.src), 4)
	}
}

// autoGPT reads one file.
type autoGPT struct {
	*extraction
	path, src string
	lines     *text.Text
}

// value reads a graph, a list of graphs, or an object that has one inside.
func (a *autoGPT) value(raw json.RawMessage, depth int) {
	if depth == 0 {
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		for _, inner := range list {
			a.value(inner, depth-1)
		}
		return
	}
	var file autoGPTFile
	if json.Unmarshal(raw, &file) == nil && slices.ContainsFunc(file.Nodes, func(n autoGPTNode) bool { return n.BlockID != "" }) {
		a.graphOf(file)
		for _, inner := range file.SubGraphs {
			a.value(inner, depth-1)
		}
		return
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		for _, key := range []string{"graph", "agent", "agents", "graphs", "data"} {
			if inner, ok := object[key]; ok {
				a.value(inner, depth-1)
			}
		}
	}
}

// place is where a text stands first in the file.
func (a *autoGPT) place(s string) Place {
	at := 0
	if quoted, err := json.Marshal(s); err == nil && s != "" {
		at = max(0, strings.Index(a.src, string(quoted)))
	}
	return Place{a.path, text.Span{Start: at, End: min(len(a.src), at+len(s)+2)}, a.lines.LineOf(at) + 1}
}

func (a *autoGPT) graphOf(file autoGPTFile) {
	name := file.Name
	if name == "" {
		name = strings.TrimSuffix(a.path[strings.LastIndexByte(a.path, '/')+1:], ".json")
	}
	b := &builder{x: a.extraction, index: map[string]int{}, Graph: &Graph{Framework: a.framework, Language: "json", Name: name, Place: a.place(file.Name)}}
	a.graphs = append(a.graphs, b)
	names := map[string]string{}
	for _, n := range file.Nodes {
		if node, ok := a.node(b, n); ok {
			names[n.ID] = node.Name
			b.node(node)
		}
	}
	reached := map[string]bool{}
	for _, l := range file.Links {
		from, to := names[l.Source], names[l.Sink]
		if from == "" || to == "" {
			if !a.isNote(file, l.Source) && !a.isNote(file, l.Sink) {
				b.Unresolved = append(b.Unresolved, Unresolved{"a link leads to a node that is not in the file", a.place(l.Source)})
			}
			continue
		}
		a.link(b, l, from, to)
		reached[to] = true
	}
	for _, n := range b.Nodes {
		if !reached[n.Name] {
			b.entry(n.Name)
		}
	}
	if len(b.Entry) == 0 && len(b.Nodes) > 0 { // nothing but a cycle
		b.entry(b.Nodes[0].Name)
	}
}

func (a *autoGPT) isNote(file autoGPTFile, id string) bool {
	return slices.ContainsFunc(file.Nodes, func(n autoGPTNode) bool { return n.ID == id && autoGPTBlocks[n.BlockID].name == "Note" })
}

// node is the node of a block. Blocks that are given a prompt and a model are agents.
func (a *autoGPT) node(b *builder, n autoGPTNode) (Node, bool) {
	block, known := autoGPTBlocks[n.BlockID]
	if known && block.kind == "" {
		return Node{}, false
	}
	str := func(from map[string]any, key string) string { s, _ := from[key].(string); return s }
	node := Node{Kind: block.kind, Place: a.place(n.ID), Model: str(n.Input, "model")}
	_, prompts := n.Input["prompt"]
	if !known {
		if node.Kind = Step; node.Model != "" && (prompts || n.Input["messages"] != nil || n.Input["sys_prompt"] != nil) {
			node.Kind = Agent
		}
	}
	node.Calls = node.Kind == Agent
	for _, name := range []string{str(n.Metadata, "customized_name"), str(n.Metadata, "title"), str(n.Metadata, "name"), str(n.Input, "name"), str(n.Input, "agent_name"), block.name, n.BlockID, n.ID} {
		if node.Name == "" {
			node.Name = name
		}
		node.alias(name)
	}
	if strings.Contains(strings.ToLower(node.Name), "human") {
		node.Kind, node.Asks = Human, true
	}
	base := node.Name
	for i := 2; b.has(node.Name); i++ {
		node.Name = base + " " + strconv.Itoa(i)
	}
	return node, true
}

// link adds the edge of a link: to a tool of an agent, from the outputs of a condition, for each item of a list.
func (a *autoGPT) link(b *builder, l autoGPTLink, from, to string) {
	e := Edge{From: from, To: to, Kind: Seq, Place: a.place(l.Source)}
	switch source := b.Nodes[b.index[from]]; {
	case source.Kind == Agent && (strings.HasPrefix(l.SourceName, autoGPTTool) || l.SourceName == "tools"):
		e.Kind = Uses
	case source.Kind == Router || l.SourceName == "yes_output" || l.SourceName == "no_output":
		e.Kind, e.Condition = Cond, Condition{Decider: External}
	case l.SourceName == "error":
		e.Kind = Cond
	case l.SourceName == "item" && slices.Contains(source.Aliases, "StepThroughItems"):
		e.Kind, e.FanOut = Send, true
	}
	b.edge(e)
}

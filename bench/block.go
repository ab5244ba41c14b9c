package main

import (
	"fmt"
	"slices"
	"strings"
)

// A server publishes only what changed. So each file gets a small block of code near its
// middle, with places where every keystroke moves a finding or makes it come and go. They
// stand in the blocks as ⟨names⟩.
var blocks = map[string]string{
	"python": `import anthropic as bench_sdk
bench_client = bench_sdk.Anthropic()
bench_reply = bench_client.messages.create(system="Be brief. ⟨string⟩", max_tokens=1⟨number⟩, model="claude-3-5-sonnet-20241022⟨model⟩", messages=bench_missing)
# Rotate this key⟨comment⟩: {key 1}
⟨broken⟩  # On staging: {key 2}

`,
	"typescript": `import BenchSDK from "@anthropic-ai/sdk";
const benchClient = new BenchSDK();
const benchReply = benchClient.messages.create({ system: "Be brief. ⟨string⟩", max_tokens: 1⟨number⟩, model: "claude-3-5-sonnet-20241022⟨model⟩", messages: [] });
// Rotate this key⟨comment⟩: {key 1}
⟨broken⟩  // On staging: {key 2}

`,
}

const (
	retired = "COST-009"
	leaked  = "SECRET-aws-access-token"
)

// Spot is a way to type at one place: setup at once, then keys one by one, then as many
// backspaces, which leave the text as it was.
type Spot struct {
	Name   string
	Place  string            // in the block
	Setup  map[string]string // by language; not measured
	Keys   map[string]string // by language, "" for all
	Broken bool              // the text does not parse
	Toggle bool              // the keys are there already, and without them there is no finding
	Rule   string            // what must be found
	Mark   string            // where; {key n} and quotes as in the block
	Peer   string            // where a peer finds an undefined name, "" where it finds nothing
}

const (
	retiredID   = `"claude-3-5-sonnet-2024102` // without its last digit, which a spot deletes
	undefinedID = "bench_missing"
)

// spots are all ways to type. Those of broken text are what an editor sends that closes no
// brackets and quotes.
var spots = []Spot{
	{Name: "in a string", Place: "string", Keys: all("Name the refund policy of the region. "), Rule: retired, Mark: retiredID, Peer: undefinedID},
	{Name: "in a number", Place: "number", Keys: all("024000"), Rule: retired, Mark: retiredID, Peer: undefinedID},
	{Name: "in a comment", Place: "comment", Keys: all(" before the release of the next version"), Rule: leaked, Mark: "{key 1}"},
	{Name: "in a model's id", Place: "model", Keys: all("2"), Toggle: true, Rule: retired, Mark: retiredID, Peer: undefinedID},
	{Name: "new lines", Place: "", Keys: all("\n\n\n\n"), Rule: retired, Mark: retiredID, Peer: undefinedID},
	{Name: "unclosed call", Place: "broken", Broken: true, Rule: leaked, Mark: "{key 2}",
		Setup: map[string]string{"python": "agent = Agent", "typescript": "const agent = new Agent"},
		Keys:  map[string]string{"python": `(name="triage", tools=[search, `, "typescript": `({ name: "triage", tools: [search, `}},
	{Name: "unclosed quote", Place: "broken", Broken: true, Rule: leaked, Mark: "{key 2}",
		Setup: map[string]string{"python": "prompt = ", "typescript": "const prompt = "},
		Keys:  map[string]string{"python": `"""You are a helpful agent. `, "typescript": "`You are a helpful agent. "}},
	{Name: "unclosed brace", Place: "broken", Broken: true, Rule: leaked, Mark: "{key 2}",
		Setup: map[string]string{"python": "settings = ", "typescript": "export async function plan() "},
		Keys:  map[string]string{"python": `{"model": {"name": "x", `, "typescript": `{ if (ready) { while (true) { `}},
}

func all(keys string) map[string]string { return map[string]string{"": keys} }

// Step is one keystroke at the caret.
type Step struct {
	Delete int // bytes before the caret
	Insert string
	Gone   bool // the finding is away after it
}

// steps are the keystrokes of one round.
func (s Spot) steps(language string) []Step {
	keys, ok := s.Keys[language]
	if !ok {
		keys = s.Keys[""]
	}
	var typed, deleted []Step
	for i := range len(keys) {
		typed = append(typed, Step{Insert: keys[i : i+1]})
		deleted = append(deleted, Step{Delete: 1, Gone: s.Toggle})
	}
	if s.Toggle {
		return append(deleted, typed...)
	}
	return append(typed, deleted...)
}

// Block is where the typist works in a document.
type Block struct {
	Start  int // in the document
	places map[string]int
}

// insertBlock puts the block of a language in front of a definition near the middle of src.
func insertBlock(src, language string) (string, Block, error) {
	at, ok := middle(src, language)
	if !ok {
		return "", Block{}, fmt.Errorf("no definition at the left margin to type in front of")
	}
	b := Block{Start: at, places: map[string]int{"": at}}
	code := withKeys(blocks[language])
	if strings.Contains(src, "\r\n") {
		code = strings.ReplaceAll(code, "\n", "\r\n")
	}
	var out strings.Builder
	out.WriteString(src[:at])
	for {
		before, rest, found := strings.Cut(code, "⟨")
		out.WriteString(before)
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "⟩")
		b.places[name] = out.Len()
		code = after
	}
	out.WriteString(src[at:])
	return out.String(), b, nil
}

// find is where a mark stands in text, or -1.
func (b Block) find(text, mark string) int {
	i := strings.Index(text[b.Start:], withKeys(mark))
	if i < 0 {
		return -1
	}
	return b.Start + i
}

func withKeys(s string) string {
	return strings.NewReplacer("{key 1}", fakeKey("block 1"), "{key 2}", fakeKey("block 2")).Replace(s)
}

var definitions = map[string][]string{
	"python":     {"def ", "class ", "async def ", "@"},
	"typescript": {"function ", "async function ", "class ", "export ", "interface ", "type ", "const ", "/**"},
}

// middle is the start of the line with a definition after an empty line that is nearest to
// the middle of src.
func middle(src, language string) (best int, ok bool) {
	empty := false
	for at := 0; at < len(src); {
		line, _, _ := strings.Cut(src[at:], "\n")
		defines := slices.ContainsFunc(definitions[language], func(d string) bool { return strings.HasPrefix(line, d) })
		if empty && defines && (!ok || abs(at-len(src)/2) < abs(best-len(src)/2)) {
			best, ok = at, true
		}
		empty = strings.TrimSpace(line) == ""
		at += len(line) + 1
	}
	return best, ok
}

func abs(n int) int { return max(n, -n) }

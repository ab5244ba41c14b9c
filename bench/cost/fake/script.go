package fake

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// Model answers requests. Effort is how hard the request asks it to reason.
type Model interface {
	Answer(r *Request, effort string) Answer
}

// Script is a model whose answers are drawn from a seed: the same seed and requests give the
// same answers, in whichever order they come. It calls tools a few times before it answers,
// fills in schemas, and talks for as long as models do.
type Script struct {
	Rules []Rule `json:"rules"` // the first one that fits a request counts
	Seed  uint64 `json:"-"`
	// Adverse makes a model that costs as much as it may: it calls tools, several at once, for as
	// long as it has any, thinks for long, and talks up to the cap.
	Adverse bool `json:"-"`

	asked map[uint64]int // how often a request has come before
}

// Rule says how a model answers some requests.
type Rule struct {
	If    string `json:"if"`    // a pattern for the conversation; "": all
	Last  string `json:"last"`  // a pattern for its last message; "": all
	Tool  string `json:"tool"`  // a pattern for the tools that are called; "": those that do not hand over
	Times [2]int `json:"times"` // calls before the answer, from 0
	Words [2]int `json:"words"` // of a plain answer
	// Text are plain answers, one of which is taken; "@words 20 80" is one of so many words,
	// "@answer 20 80" the same in the form in which CrewAI reads it.
	Text []string `json:"text"`
	// Fields are values of arguments and of structured answers by name, one of which is taken.
	Fields map[string][]any `json:"fields"`

	when, last, tool *regexp.Regexp
}

// Compile prepares the rules.
func (s *Script) Compile() error {
	for i := range s.Rules {
		r := &s.Rules[i]
		for _, p := range []struct {
			text string
			into **regexp.Regexp
		}{{r.If, &r.when}, {r.Last, &r.last}, {r.Tool, &r.tool}} {
			if p.text == "" {
				continue
			}
			pattern, err := regexp.Compile(p.text)
			if err != nil {
				return err
			}
			*p.into = pattern
		}
	}
	s.asked = map[uint64]int{}
	return nil
}

// handover are the tools by which frameworks pass a conversation on.
var handover = regexp.MustCompile(`^(transfer_to_|handoff_to_|transferTo)`)

// Answer draws an answer. It may be called by one goroutine at a time.
func (s *Script) Answer(r *Request, effort string) Answer {
	rule := s.rule(r)
	words := r.Words()
	hash := s.hash(words)
	s.asked[hash]++
	chance := rand.New(rand.NewPCG(hash, uint64(s.asked[hash])))
	answer := Answer{Think: think(effort, chance)}
	if s.Adverse {
		answer.Think *= 5
	}
	if r.Cap > 0 {
		answer.Think = min(answer.Think, r.Cap*7/10)
	}
	if len(r.Tools) > 0 && r.Forced != "-" {
		answer.Calls = s.calls(r, rule, chance)
	}
	switch {
	case len(answer.Calls) > 0:
	case r.Schema != nil:
		made := filler{chance, rule.Fields, r.Schema}
		answer.Text = compact(made.value(r.Schema, "", 0))
	case s.Adverse:
		answer.Text = prose(longest(r.Cap), chance)
	case len(rule.Text) > 0:
		answer.Text = spell(rule.Text[chance.IntN(len(rule.Text))], chance)
	default:
		n := plainWords(chance)
		if rule.Words[1] > 0 {
			n = rule.Words[0] + chance.IntN(rule.Words[1]-rule.Words[0]+1)
		}
		if r.Cap > 0 {
			n = min(n, (r.Cap-answer.Think)*2/3)
		}
		answer.Text = prose(n, chance)
	}
	for i := range answer.Calls {
		answer.Calls[i].ID = fmt.Sprintf("call_%x_%d", hash&0xffffffff, s.asked[hash]*10+i)
	}
	return answer
}

// spell makes a text of "@words FROM TO" and "@answer FROM TO", and is any other text itself.
func spell(text string, chance *rand.Rand) string {
	var form string
	var from, to int
	if n, _ := fmt.Sscanf(text, "@%s %d %d", &form, &from, &to); n < 3 || to < from {
		return text
	}
	made := prose(from+chance.IntN(to-from+1), chance)
	if form == "answer" {
		return "Thought: I now can give a great answer\nFinal Answer: " + made
	}
	return made
}

func (s *Script) rule(r *Request) *Rule {
	words, last := r.Words(), r.Last()
	for i := range s.Rules {
		rule := &s.Rules[i]
		if (rule.when == nil || rule.when.MatchString(words)) && (rule.last == nil || rule.last.MatchString(last)) {
			return rule
		}
	}
	return &Rule{Times: [2]int{1, 4}}
}

// calls decides which tools are called now: a conversation has a number of calls from its
// beginning on, and is answered once they are made.
func (s *Script) calls(r *Request, rule *Rule, chance *rand.Rand) []Call {
	var tools []Tool
	for _, t := range r.Tools {
		if rule.tool != nil && rule.tool.MatchString(t.Name) || rule.tool == nil && !handover.MatchString(t.Name) || t.Name == r.Forced {
			tools = append(tools, t)
		}
	}
	if r.Forced != "" && r.Forced != "*" {
		tools = slices.DeleteFunc(tools, func(t Tool) bool { return t.Name != r.Forced })
	} else if r.Forced == "*" && len(tools) == 0 {
		tools = r.Tools
	}
	if len(tools) == 0 {
		return nil
	}
	switch {
	case s.Adverse && (r.Forced == "" || r.Forced == "*"):
		var calls []Call
		for range 1 + chance.IntN(4) {
			t := tools[chance.IntN(len(tools))]
			made := filler{chance, rule.Fields, t.Schema}
			args, _ := made.value(t.Schema, "", 0).(object)
			calls = append(calls, Call{Name: t.Name, Args: args})
		}
		return calls
	case r.Forced == "":
		var opening string
		for _, m := range r.Messages {
			if m.Role != "assistant" && m.Role != "tool" {
				opening += m.Text
			}
			if m.Role == "assistant" {
				break
			}
		}
		start := rand.New(rand.NewPCG(s.hash(opening), 1))
		wanted := rule.Times[0] + start.IntN(rule.Times[1]-rule.Times[0]+1)
		done := r.Results(func(name string) bool { return slices.ContainsFunc(tools, func(t Tool) bool { return t.Name == name }) })
		if done >= wanted {
			return nil
		}
	}
	t := tools[chance.IntN(len(tools))]
	made := filler{chance, rule.Fields, t.Schema}
	args, _ := made.value(t.Schema, "", 0).(object)
	if args == nil {
		args = object{}
	}
	return []Call{{Name: t.Name, Args: args}}
}

func (s *Script) hash(text string) uint64 {
	sum := fnv.New64a()
	fmt.Fprint(sum, s.Seed, text)
	return sum.Sum64()
}

// thought is the median of tokens of reasoning, by effort.
var thought = map[string]float64{"low": 250, "medium": 900, "high": 3500, "xhigh": 9000, "max": 15000}

// think draws a number of tokens of reasoning: the logarithm is normally distributed.
func think(effort string, chance *rand.Rand) int {
	return int(thought[effort] * math.Exp(0.7*chance.NormFloat64()))
}

// longest is how many words an adverse model says: as many as surely reach the cap.
func longest(limit int) int {
	if limit == 0 {
		return 9000
	}
	return limit
}

// plainWords draws the length of an answer in words: half of them are shorter than 200, one in
// twenty longer than 800.
func plainWords(chance *rand.Rand) int {
	return min(max(int(200*math.Exp(0.85*chance.NormFloat64())), 5), 2500)
}

var vocabulary = strings.Fields(`the customer asked about delivery of an order which was shipped late because our warehouse had
a shortage and we should offer them either partial refund or replacement depending on availability in addition please consider
that quarterly revenue grew by twelve percent while operating expenses remained flat therefore margin improved significantly this
function validates input before writing to database it raises an exception when configuration is missing several authors argue
evidence remains limited further research would be needed finally summarize key points for stakeholders and schedule review`)

// prose is a text of n words.
func prose(n int, chance *rand.Rand) string {
	var out strings.Builder
	for i := range n {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(vocabulary[chance.IntN(len(vocabulary))])
		if i%17 == 16 {
			out.WriteString(".")
		}
	}
	return out.String()
}

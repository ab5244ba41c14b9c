package fake

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

// Endpoint answers requests by run: the first segment of their path.
type Endpoint struct {
	Prices *pricing.Table
	Now    time.Time
	// Model is who answers in a run that has just begun.
	Model func(run string) Model
	// Limit is how many requests of a run are answered; 0: all. A model that calls tools for ever
	// would else never come to an end.
	Limit int

	mu   sync.Mutex
	runs map[string]*Run
}

// Run is what one run of a program has asked.
type Run struct {
	Requests []string // as "path body", the body in compact JSON
	Billed   int      // requests that were answered
	USD      float64
	Tokens   Usage
	Refused  []string        // why requests were refused
	Unpriced map[string]bool // models without a price

	model  Model
	meter  meter
	stored map[string][]Message // what responses.previous_response_id may name
}

// Run is a copy of what was asked in a run so far.
func (e *Endpoint) Run(name string) Run {
	e.mu.Lock()
	defer e.mu.Unlock()
	if r := e.runs[name]; r != nil {
		return *r
	}
	return Run{}
}

func (e *Endpoint) run(name string) *Run {
	if e.runs == nil {
		e.runs = map[string]*Run{}
	}
	r := e.runs[name]
	if r == nil {
		r = &Run{
			model: e.Model(name), Unpriced: map[string]bool{}, stored: map[string][]Message{},
			meter: meter{prices: e.Prices, now: e.Now, seen: map[uint64]bool{}},
		}
		e.runs[name] = r
	}
	return r
}

func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	var plain bytes.Buffer
	if json.Compact(&plain, raw) != nil {
		plain.Reset()
		plain.Write(raw)
	}
	var body object
	err := json.Unmarshal(raw, &body)

	e.mu.Lock()
	run := e.run(name)
	run.Requests = append(run.Requests, path+" "+plain.String())
	api, answer, reason := "", object(nil), ""
	switch {
	case err != nil:
		reason = "not JSON: " + err.Error()
	case e.Limit > 0 && run.Billed >= e.Limit:
		reason = "the run has asked too often"
	default:
		api, answer, reason = run.answer(path, body)
	}
	if reason != "" {
		run.Refused = append(run.Refused, reason)
	}
	e.mu.Unlock()

	switch {
	case reason != "":
		refuse(w, reason)
	case body["stream"] == true:
		stream(w, api, body, answer)
	default:
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(answer)
	}
}

// answer is the provider's answer, or the reason why there is none.
func (r *Run) answer(path string, body object) (api string, answer object, refused string) {
	var request *Request
	switch {
	case strings.HasSuffix(path, "embeddings"):
		return "embeddings", r.embeddings(body), ""
	case strings.HasSuffix(path, "chat/completions"):
		request = readChat(body)
	case strings.HasSuffix(path, "responses"):
		request = readResponses(body, r.stored)
	case strings.HasSuffix(path, "messages"):
		request = readMessages(body)
	case googlePath.MatchString(path):
		request = readGenerate(path, body)
	default:
		return "", nil, "no such path: " + path
	}
	if reason := refusal(request.API, body); reason != "" {
		return "", nil, reason
	}
	said := r.model.Answer(request, r.meter.think(request))
	used := r.meter.charge(request, said)
	r.bill(request, used)
	switch request.API {
	case "chat":
		answer = writeChat(request, said, used)
	case "responses":
		id := fmt.Sprintf("resp_%d", len(r.Requests))
		r.stored[id] = append(slices.DeleteFunc(slices.Clone(request.Messages), instructs), spoken(said))
		answer = writeResponse(request, id, said, used)
	case "messages":
		answer = writeMessage(request, said, used)
	default:
		answer = writeGenerate(request, said, used)
	}
	return request.API, answer, ""
}

// instructs reports whether m is a part of the instructions, which a later request does not inherit.
func instructs(m Message) bool { return m.Role == "system" }

// spoken is an answer as a message of the conversation. Its results name the calls by their
// ids, for those who answer them in a later request.
func spoken(a Answer) Message {
	m := Message{Role: "assistant", Text: a.Text}
	for _, c := range a.Calls {
		m.Text += " " + c.Name + compact(c.Args)
		m.Results = append(m.Results, c.ID+" "+c.Name)
	}
	return m
}

func (r *Run) bill(request *Request, used Usage) {
	r.Billed++
	usd, ok := r.meter.bill(request, used)
	if !ok {
		r.Unpriced[request.Model] = true
	}
	r.USD += usd
	t := &r.Tokens
	t.Input, t.Read, t.Written = t.Input+used.Input, t.Read+used.Read, t.Written+used.Written
	t.Output, t.Think = t.Output+used.Output, t.Think+used.Think*request.Picks
}

// embeddings gives each text a vector of its own.
func (r *Run) embeddings(body object) object {
	inputs := list(body["input"])
	if inputs == nil {
		inputs = []any{body["input"]}
	}
	if len(inputs) > 0 {
		if _, tokens := inputs[0].(float64); tokens { // one text, as the numbers of its tokens
			inputs = []any{inputs}
		}
	}
	var data []any
	tokens := 0
	for i, input := range inputs {
		if text := str(input); text != "" {
			tokens += pricing.Count(text)
		} else {
			tokens += len(list(input))
		}
		sum := fnv.New32()
		fmt.Fprint(sum, input)
		vector := []float32{float32(sum.Sum32()%1000) / 1000, float32(sum.Sum32()%7) / 7, 1}
		item := object{"object": "embedding", "index": i, "embedding": vector}
		if body["encoding_format"] == "base64" {
			var raw []byte
			for _, v := range vector {
				raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
			}
			item["embedding"] = base64.StdEncoding.EncodeToString(raw)
		}
		data = append(data, item)
	}
	r.bill(&Request{API: "embeddings", Model: str(body["model"]), Picks: 1}, Usage{Input: tokens})
	return object{"object": "list", "data": data, "model": body["model"], "usage": object{"prompt_tokens": tokens, "total_tokens": tokens}}
}

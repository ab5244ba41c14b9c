package cost

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var openRetry = &rule{file: retries, Rule: diagnostics.Rule{
	ID: "COST-015", Title: "Retry without a cap", Family: "cost", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports what tries a request to a model again without an end: ` + "`@backoff.on_exception`" + ` without ` + "`max_tries` or `max_time`" + `, tenacity's ` + "`@retry`" + ` without ` + "`stop`" + `, a ` + "`while True`" + ` that catches whatever fails and goes on, and a library's own number of retries from 10 on.

## Why is this bad?
What never succeeds, as with a key that has run out or a prompt that is too long, never ends, and it holds a worker until somebody notices. A request that fails is not billed. One that is answered is, so that a retry around code that also reads the answer pays for each answer it can't read.

## Example
` + "```python" + `
import backoff

@backoff.on_exception(backoff.expo, Exception)
def ask(question):
    return client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=[{"role": "user", "content": question}])
` + "```" + `
Give up after a few tries:
` + "```python" + `
import backoff

@backoff.on_exception(backoff.expo, Exception, max_tries=5)
def ask(question):
    return client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=[{"role": "user", "content": question}])
` + "```" + `
The SDKs retry twice on their own. The code action adds the library's setting.
`,
}}

const (
	// manyRetries is from where on a number of retries is no cap.
	manyRetries = 10
	// soundTries is what is offered.
	soundTries = 5
)

// retriers are what tries a function again, by qualified name, with the arguments one of
// which ends it.
var retriers = map[string]struct {
	library string
	caps    []string
}{
	"backoff.on_exception":    {"backoff", []string{"max_tries", "max_time", "giveup"}},
	"backoff.on_predicate":    {"backoff", []string{"max_tries", "max_time"}},
	"tenacity.retry":          {"tenacity", []string{"stop"}},
	"tenacity.Retrying":       {"tenacity", []string{"stop"}},
	"tenacity.AsyncRetrying":  {"tenacity", []string{"stop"}},
	"retry.retry":             {"retry", []string{"tries"}},
	"retry.api.retry":         {"retry", []string{"tries"}},
	"retrying.retry":          {"retrying", []string{"stop_max_attempt_number", "stop_max_delay", "stop_func", "stop"}},
	"tenacity.asyncio.retry":  {"tenacity", []string{"stop"}},
	"tenacity._asyncio.retry": {"tenacity", []string{"stop"}},
}

// retries reports retries without a cap around calls of models.
func retries(p *pass) {
	if len(p.Calls) == 0 || isTest(p.File) {
		return
	}
	told := map[parser.NodeID]bool{}
	for _, c := range p.Calls {
		s := c.Site
		if !s.Kind.Spends() {
			continue
		}
		n := s.Call.Node
		p.around().anyAround(n, func(fn *parser.Func) bool {
			for _, d := range fn.Decorators {
				if library := p.uncappedRetry(d); library != "" && !told[d] {
					told[d] = true
					p.report015(d, library+" tries the request again without an end", p.readsAnswer(fn.Body, n), retryFix(d, library))
				}
			}
			return false
		})
		for i := range p.Loops {
			l := &p.Loops[i]
			if p.Within(n, l.Body) && !told[l.Node] && p.retriesForever(l, n) {
				told[l.Node] = true
				d := diagnostics.Finding{Rule: "COST-015", Span: loopSpan(p.File, l), Message: "This loop tries the request again without an end" + billing(p.readsAnswer(l.Body, n))}
				d.Related = []diagnostics.Related{{Span: p.Span(s.Method), Message: "this request"}}
				p.Report(d)
			}
		}
	}
	for i := range p.File.Calls {
		c := &p.File.Calls[i]
		for j := range c.Args {
			if c.Args[j].Spread == 0 && (c.Args[j].Name != "" || p.Language.IsScript()) {
				p.manyRetries(c, &c.Args[j], told)
			}
		}
		// with attempt of Retrying() around a request
		if r, ok := retriers[p.retrierName(c)]; ok && r.library == "tenacity" && c.Name != "retry" && !p.capped(c, r.caps) && !told[c.Node] {
			for _, call := range p.Calls {
				if l := p.EnclosingLoop(call.Site.Call.Node); l != nil && call.Site.Kind.Spends() && p.Within(c.Node, l.Iter) && !told[c.Node] {
					told[c.Node] = true
					p.report015(c.Node, "tenacity tries the request again without an end", p.readsAnswer(l.Body, call.Site.Call.Node), retryFix(c.Node, "tenacity"))
				}
			}
		}
	}
}

func retryFix(n parser.NodeID, library string) *RetryFix {
	if library != "backoff" && library != "tenacity" {
		return nil
	}
	return &RetryFix{Node: n, Library: library, Value: soundTries}
}

func (p *pass) report015(n parser.NodeID, message string, reads bool, fix *RetryFix) {
	d := diagnostics.Finding{Rule: "COST-015", Span: p.Span(n), Message: message + billing(reads)}
	if fix != nil {
		d.Fix = fix
	}
	p.Report(d)
}

// billing says what a retry costs.
func billing(reads bool) string {
	if reads {
		return ": requests that fail are not billed, but answers that can't be read are, each time"
	}
	return ": requests that fail are not billed, but what never succeeds never ends"
}

// retrierName is the qualified name of what c calls, if its last segment is one of a retrier.
func (p *pass) retrierName(c *parser.Call) string {
	switch c.Name {
	case "retry", "on_exception", "on_predicate", "Retrying", "AsyncRetrying":
		return p.QName(c.Callee)
	}
	return ""
}

// uncappedRetry is the library whose decorator d tries a function again without an end, or "".
func (p *pass) uncappedRetry(d parser.NodeID) string {
	expr := d
	if p.Kind(d) == parser.KindDecorator {
		expr = p.FirstChild(d)
	}
	if c := p.CallAt(p.Unwrap(expr)); c != nil {
		r, ok := retriers[p.retrierName(c)]
		if !ok || p.capped(c, r.caps) {
			return ""
		}
		return r.library
	}
	if r, ok := retriers[p.QName(expr)]; ok && r.library != "backoff" {
		return r.library // @retry
	}
	return ""
}

// capped reports whether an argument that ends the retries is there, or may be.
func (p *pass) capped(c *parser.Call, names []string) bool {
	for i := range c.Args {
		if c.Args[i].Spread != 0 {
			return true
		}
	}
	for _, name := range names {
		if a, ok := p.Argument(c, name, -1); ok {
			if v := p.Eval(a.Value); v.Kind == parser.None || strings.HasSuffix(p.Slice(a.Value), "stop_never") || v.Kind == parser.Number && v.Num < 0 {
				continue
			}
			return true
		}
	}
	return false
}

// answerReaders are calls that fail on an answer that is not in the form that is wanted.
var answerReaders = map[string]bool{
	"loads": true, "parse": true, "safeParse": true, "model_validate": true, "model_validate_json": true, "validate_python": true, "validate_json": true,
	"parse_raw": true, "parse_obj": true, "literal_eval": true, "safe_load": true, "validate": true, "parse_json": true, "extract_json": true, "from_json": true,
}

// readsAnswer reports whether what is tried again also reads the answer of the request at n.
func (p *pass) readsAnswer(body, n parser.NodeID) bool {
	end := p.Span(n).End
	for _, c := range callsIn(p.File, body) {
		if answerReaders[c.Name] && c.Node != n && (p.Span(c.Node).Start >= end || p.Within(n, c.Node)) {
			return true
		}
	}
	return false
}

// retriesForever reports whether l tries n until it succeeds, however often it fails.
func (p *pass) retriesForever(l *parser.Loop, n parser.NodeID) bool {
	if l.Kind != parser.WhileLoop || !isAlways(p.File, l.Iter) || !llm.IsRetry(p.File, l, n) {
		return false
	}
	if asksPeople(p.File, l.Body) {
		return false // somebody answers in between
	}
	// Whatever leaves the loop besides success counts tries, or tells errors that pass from
	// those that stay.
	for at := l.Body; p.Within(at, l.Body); at++ {
		if p.Kind(at) != parser.KindCatch {
			continue
		}
		for in := at; p.Within(in, at); in++ {
			switch p.Kind(in) {
			case parser.KindFunction, parser.KindLambda, parser.KindMethod:
				in = parser.NodeID(p.Nodes[in].Next) - 1
			case parser.KindRaise, parser.KindBreak, parser.KindReturn, parser.KindYield:
				return false
			case parser.KindCall:
				if c := p.CallAt(in); c != nil && (c.Name == "exit" || c.Name == "_exit" || c.Name == "reject" || c.Name == "abort" || c.Name == "fail") {
					return false
				}
			}
		}
	}
	for at := range p.Children(l.Body) { // if tries > 3: break
		if p.Kind(at) == parser.KindIf && leavesIn(p.File, at) && !p.Within(n, at) {
			return false
		}
	}
	return true
}

// isAlways reports whether a condition is true whatever happens.
func isAlways(f *parser.File, n parser.NodeID) bool {
	v := f.Eval(f.Unwrap(n))
	return f.Kind(f.Unwrap(n)) == parser.KindTrue || v.Kind == parser.Number && v.Num != 0 && f.Kind(f.Unwrap(n)) == parser.KindNumber
}

// leavesIn reports whether a statement in n leaves what is around it.
func leavesIn(f *parser.File, n parser.NodeID) bool {
	for at := n; f.Within(at, n); at++ {
		switch f.Kind(at) {
		case parser.KindRaise, parser.KindBreak, parser.KindReturn:
			return true
		}
	}
	return false
}

// retryArguments are the names of numbers of retries, and what each is of.
var retryArguments = map[string]bool{"max_retries": true, "maxRetries": true, "num_retries": true}

// clientModules are the packages whose clients and models take them.
var clientModules = []string{
	"openai", "anthropic", "@anthropic-ai/sdk", "litellm", "langchain", "@langchain/", "ai.", "@ai-sdk/", "llama_index", "llamaindex", "@llamaindex/", "crewai", "instructor", "google.genai", "@google/genai", "@mastra/",
}

// manyRetries reports a number of retries that is no cap.
func (p *pass) manyRetries(c *parser.Call, a *parser.Arg, told map[parser.NodeID]bool) {
	name, at, value := a.Name, a.Node, a.Value
	if name == "" {
		if p.Kind(value) != parser.KindDict {
			return
		}
		for pair := range p.Children(value) {
			if p.Kind(pair) == parser.KindPair {
				if key := strings.Trim(p.Slice(p.Field(pair, parser.FieldKey)), `"'`); retryArguments[key] {
					name, at, value = key, pair, p.Field(pair, parser.FieldValue)
				}
			}
		}
	}
	if !retryArguments[name] || told[at] {
		return
	}
	v := p.Eval(value)
	if v.Kind != parser.Number || v.Num < manyRetries || v.Default {
		return
	}
	q, ours, reasked := p.QName(c.Callee), false, false
	for _, m := range clientModules {
		ours = ours || strings.HasPrefix(q, m)
	}
	for _, call := range p.Calls {
		if s := call.Site; s.Call == c || s.Config != nil && s.Config.Call == c {
			ours = true
			if r, ok := s.Setting(llm.Reasks); ok == llm.Present && r.File == p.File && p.Within(r.Expr, at) {
				_, schema := s.Setting(llm.Schema)
				reasked = schema == llm.Present
			}
		}
	}
	if !ours {
		return
	}
	told[at] = true
	message := fmt.Sprintf("%s=%s is hardly a cap: requests that fail are not billed, but each may wait for minutes", name, p.Slice(value))
	if reasked {
		message = fmt.Sprintf("%s=%s asks again for each answer that does not fit the schema, and all of them are billed: up to %.0f times what one costs", name, p.Slice(value), v.Num+1)
	}
	p.Report(diagnostics.Finding{Rule: "COST-015", Span: p.Span(at), Message: message, Fix: &RetryFix{Node: at, Library: library(q), Value: soundTries}})
}

// library is the package of a qualified name.
func library(q string) string {
	if i := strings.IndexAny(q, "./"); i > 0 && !strings.HasPrefix(q, "@") {
		return q[:i]
	}
	return q
}

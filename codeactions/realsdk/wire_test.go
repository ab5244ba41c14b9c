package realsdk

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/bench/cost/fake"
)

// wire is an endpoint and what has been run against it.
type wire struct {
	*fake.Endpoint
	url     string
	results map[*program][]*program // that ran well, by the file that they come from
}

func newWire(t *testing.T) *wire {
	w := &wire{Endpoint: newEndpoint(), results: map[*program][]*program{}}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// requests are what a run asked, as "path body" with the body in compact JSON.
func (w *wire) requests(run string) []string { return w.Run(run).Requests }

// env sends the requests of a program to the endpoint.
func (w *wire) env(p *program) map[string]string {
	base := w.url + "/" + p.run
	return map[string]string{
		"OPENAI_API_KEY": "none", "ANTHROPIC_API_KEY": "none", "GOOGLE_API_KEY": "none", "GEMINI_API_KEY": "",
		"OPENAI_BASE_URL": base + "/v1", "OPENAI_API_BASE": base + "/v1", "ANTHROPIC_BASE_URL": base, "ANTHROPIC_API_BASE": base,
		"GOOGLE_GEMINI_BASE_URL": base, "NO_PROXY": "*", "no_proxy": "*",
		// LiteLLM would fetch its prices, and the others report what they do.
		"LITELLM_LOCAL_MODEL_COST_MAP": "True", "OPENAI_AGENTS_DISABLE_TRACING": "1", "LANGSMITH_TRACING": "false",
	}
}

// done notes that a program has run.
func (w *wire) done(t *testing.T, p *program, well bool, output string) {
	t.Helper()
	if !well {
		t.Errorf("%s fails:\n%s\n%s\nrequests: %q", p.name, output, p.source, w.requests(p.run))
	} else if p.before != nil {
		w.results[p.before] = append(w.results[p.before], p)
	}
}

// hold compares what the results sent with the comments in their files.
func (w *wire) hold(t *testing.T) {
	t.Helper()
	for before, made := range w.results {
		holdWire(t, before, made, w)
	}
}

var (
	wireLine     = regexp.MustCompile(`(?m)^\s*(?:#|//) wire: (.+?)\r?$`)
	requestsLine = regexp.MustCompile(`(?m)^\s*(?:#|//) requests: (\d+)\r?$`)
)

// holdWire compares what the results of a file sent with the comments in it.
func holdWire(t *testing.T, before *program, results []*program, wire *wire) {
	some := func(holds func(sent []string) bool) bool {
		return slices.ContainsFunc(results, func(p *program) bool { return holds(wire.requests(p.run)) })
	}
	show := func() string {
		var out strings.Builder
		for _, p := range results {
			fmt.Fprintf(&out, "%s\n%s\n%s\n", p.name, strings.Join(wire.requests(p.run), "\n"), p.source)
		}
		return out.String()
	}
	for _, m := range wireLine.FindAllSubmatch(before.source, -1) {
		pattern := regexp.MustCompile(string(m[1]))
		matches := func(sent []string) bool { return pattern.MatchString(strings.Join(sent, "\n")) }
		if !some(matches) {
			t.Errorf("%s: no result sends what matches %s:\n%s", before.name, pattern, show())
		}
		if matches(wire.requests(before.run)) {
			t.Errorf("%s: the file as it was sends what matches %s, so that it proves nothing", before.name, pattern)
		}
	}
	for _, m := range requestsLine.FindAllSubmatch(before.source, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		if !some(func(sent []string) bool { return len(sent) == n }) {
			t.Errorf("%s: no result sends %d requests:\n%s", before.name, n, show())
		}
	}
}

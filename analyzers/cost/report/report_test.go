package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/llm"
)

func run(entry, path string, perRun float64, worst *float64) Run {
	model := "claude-opus-5-5"
	r := Range{perRun, perRun, perRun}
	month := Range{perRun * 1000, perRun * 1000, perRun * 1000}
	return Run{Entry: entry, Kind: "function", Path: path, Line: 3, PerRun: &r, PerMonth: &month, RunsPerMonth: 1000, Bound: llm.Explicit, WorstCase: worst,
		Parts: []Part{{Path: path, Line: 5, API: "messages", Model: &model, Times: Range{20, 20, 20}, Cost: &r}}, Assumptions: []string{"no cap on the answer: 500 tokens"}}
}

func reportOf(runs ...Run) *Report {
	r := &Report{Version: version, AsOf: "2026-11-22", Sites: []Site{}, Runs: runs}
	r.sum()
	return r
}

func TestText(t *testing.T) {
	worst := 4.1
	r := reportOf(run("triage", "a.py", 0.64, &worst))
	r.Runs[0].Optimized = &Optimized{PerRun: Range{0.32, 0.32, 0.32}, SavingPerMonth: 320, Swaps: []Swap{{Path: "a.py", Line: 5, From: "claude-opus-5-5", To: "claude-sonnet-5-5"}}}
	r.Runs[0].BoundReason = "max_turns=10"
	r.sum()
	var b strings.Builder
	if err := r.Text(&b, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	want := `triage  function · a.py:3
  Current: $0.64/run (claude-opus-5-5)
  Optimized: $0.32/run (claude-sonnet-5-5)
  Est. savings: $320/month (1000 runs)
  Worst case: ≤ $4.10/run (set in the code: max_turns=10)
    20 × claude-opus-5-5  $0.64  a.py:5 messages
  Assumes: no cap on the answer: 500 tokens

1 entry point: $640/month, $320/month could be saved
Estimates, not invoices. Prices as of 2026-11-22; [cost] in qodacode.toml changes what they assume.
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestCompare(t *testing.T) {
	worst := 1.0
	before := reportOf(run("same", "a.py", 0.1, nil), run("dearer", "a.py", 0.1, &worst), run("gone", "a.py", 0.2, nil), run("moved", "old.py", 0.3, nil))
	after := reportOf(run("same", "a.py", 0.1, nil), run("dearer", "a.py", 0.5, nil), run("new|one", "b.py", 0.05, nil), run("moved", "new.py", 0.3, nil))
	c := Compare("main", before, after)
	var got []string
	for _, ch := range c.Runs {
		got = append(got, ch.Entry+" "+signed(ch.difference())+ch.bound())
	}
	if want := "dearer +$400, no longer bounded|gone −$200, gone|new|one +$50.00, new"; strings.Join(got, "|") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, "|"), want)
	}
	var b strings.Builder
	if err := c.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"### LLM cost: +$250 per month ($700 → $950, +36 %)\n",
		"| `dearer` a.py:3 | $0.10 | $0.50 | +$400/month, no longer bounded |\n",
		"| `new\\|one` b.py:3 | – | $0.050 | +$50.00/month, new |\n",
		"- no cap on the answer: 500 tokens\n", "against `main`",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if same := Compare("main", before, before); len(same.Runs) != 0 || same.verdict() != "nothing changes" {
		t.Errorf("%+v", same)
	}
}

// A run of which nothing has a price does not look free.
func TestUnknownPrice(t *testing.T) {
	unknown := run("triage", "a.py", 0, nil)
	unknown.PerRun, unknown.PerMonth, unknown.Bound = nil, nil, llm.NoLimit
	unknown.Parts, unknown.Unpriced = []Part{}, []Part{{Path: "a.py", Line: 5, API: "messages", Reason: "the model comes from `m`", Times: Range{1, 1, 1}}}
	r := reportOf(unknown)
	var b strings.Builder
	if err := r.Text(&b, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := r.HTML(&b); err != nil {
		t.Fatal(err)
	}
	if err := Compare("main", reportOf(), r).Markdown(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "$0") || !strings.Contains(b.String(), "Current: not known") {
		t.Errorf("%s", b.String())
	}
}

// What code names can not end its element or its script in the page.
func TestHTMLEscapes(t *testing.T) {
	hostile := `</script><img src=x onerror=alert(1)>"'`
	r := reportOf(run(hostile, hostile+".py", 1, nil))
	r.Runs[0].Assumptions = []string{hostile}
	var b strings.Builder
	if err := r.HTML(&b); err != nil {
		t.Fatal(err)
	}
	if page := b.String(); strings.Contains(page, "<img") || strings.Count(page, "</script>") != 1 || strings.Contains(page, "ZgotmplZ") {
		t.Errorf("not escaped:\n%s", page)
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := reportOf(run("triage", "a.py", 0.64, nil)).JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version int
		AsOf    string `json:"as_of"`
		Runs    []struct {
			Entry    string
			PerRun   Range  `json:"per_run"`
			PerMonth Range  `json:"per_month"`
			Bound    string `json:"bound"`
			Worst    any    `json:"worst_case"`
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.AsOf != "2026-11-22" || len(got.Runs) != 1 || got.Runs[0].PerRun.High != 0.64 || got.Runs[0].Bound != "explicit" || got.Runs[0].Worst != nil {
		t.Errorf("%s", b.String())
	}
}

package estimate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var updateCalls = flag.Bool("update-calls", false, "write the expected estimates of calls")

// Each file of testdata/calls has the estimates of its calls beside it.
func TestCalls(t *testing.T) {
	files, err := filepath.Glob("testdata/calls/*")
	if err != nil || len(files) < 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := parser.Parse(path, "", text.New(string(src)))
			var got strings.Builder
			for _, c := range Calls(f, testEnv()) {
				describeCall(&got, f, c)
				sound(t, c)
			}
			golden := path + ".golden"
			if *updateCalls {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

func describeCall(w *strings.Builder, f *parser.File, c *Call) {
	line := f.Text.LineOf(f.Span(c.Site.Call.Node).Start) + 1
	name := "module"
	if fn := f.EnclosingFunc(c.Site.Call.Node); fn != nil {
		name = fn.Name
	}
	fmt.Fprintf(w, "%d %s: %s %s\n", line, name, c.Site.SDK, c.Site.API)
	if c.Model == nil {
		fmt.Fprintf(w, "\tunknown: %s\n", c.Reason)
		return
	}
	all := func(r Range) string {
		return FormatCount(r.Low) + "/" + FormatCount(r.Expected) + "/" + FormatCount(r.High)
	}
	fmt.Fprintf(w, "\tprompt %s, static %d, prefix %d, tools %d, images %d\n", all(c.Prompt.Input), c.Prompt.Static, c.Prompt.Prefix, c.Prompt.Tools, c.Prompt.Images)
	for _, s := range c.Prompt.Slots {
		fmt.Fprintf(w, "\tslot %q %s\n", s.Name, all(s.Tokens))
	}
	t := c.Tokens
	fmt.Fprintf(w, "\trequests %s, input %s, read %s, write %s, output %s, reasoning %s\n", all(c.Requests), all(t.Input), all(t.CacheRead), all(t.CacheWrite), all(t.Output), all(t.Reasoning))
	fmt.Fprintf(w, "\tcost %s/%s/%s, worst %s %v %s: %s\n", FormatUSD(c.Cost.Low), FormatUSD(c.Cost.Expected), FormatUSD(c.Cost.High), c.Worst.Origin, c.Worst.Known, FormatUSD(c.Worst.USD), c.Worst.Reason)
	for _, a := range c.Assumptions() {
		fmt.Fprintf(w, "\t- %s (%s)\n", a.Text, a.Key)
	}
}

// sound holds of all estimates.
func sound(t *testing.T, c *Call) {
	t.Helper()
	if c.Model == nil {
		if c.Reason == "" || c.Cost != (Range{}) {
			t.Errorf("no model, and %q, %v", c.Reason, c.Cost)
		}
		return
	}
	for name, r := range map[string]Range{
		"cost": c.Cost, "requests": c.Requests, "prompt": c.Prompt.Input, "input": c.Tokens.Input, "read": c.Tokens.CacheRead,
		"write": c.Tokens.CacheWrite, "output": c.Tokens.Output, "reasoning": c.Tokens.Reasoning,
	} {
		if !r.isNumber() && !(name == "input" || name == "read" || name == "write") || r.Low < 0 {
			t.Errorf("%s is %v", name, r)
		}
	}
	if c.Prompt.Prefix > c.Prompt.Static || c.Prompt.Tools > c.Prompt.Static {
		t.Errorf("prompt %+v", c.Prompt)
	}
	if c.Worst.Known && c.Worst.USD < c.Cost.High*(1-1e-9) {
		t.Errorf("the worst is %v, less than the high end %v: %s", c.Worst.USD, c.Cost.High, c.Worst.Reason)
	}
	if c.Worst.Reason == "" {
		t.Error("a worst case for no reason")
	}
}

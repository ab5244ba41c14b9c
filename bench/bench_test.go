package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// TestRun takes all measurements, a few of each. What they are worth is of no interest: that
// the program checks its answers makes this a test of the whole server as well.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the binary")
	}
	var out bytes.Buffer
	args := []string{"--lines", "200", "--edits", "8", "--starts", "1", "--open", "6", "--soak", "50", "--runs", "1", "--tree-files", "8", "--peer=false", "--format", "json", "--timeout", "1m"}
	if err := run(args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	var report Report
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{sectionStart, sectionTyping, sectionAsk, sectionCheck, sectionMemory} {
		s := report.section(title)
		if s == nil || len(s.Rows) == 0 {
			t.Errorf("nothing about %q", title)
			continue
		}
		for _, r := range s.Rows {
			if r.N == 0 || r.P50 <= 0 || r.P99 < r.P50 || r.Max < r.P99 {
				t.Errorf("%s: %+v", r.What, r.Summary)
			}
		}
	}
	for _, format := range []string{"text", "markdown"} {
		out.Reset()
		if err := report.Print(&out, format, true); err != nil || !strings.Contains(out.String(), "– in a comment") {
			t.Errorf("%s, %v", out.String(), err)
		}
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{
		{"--lines", "5"}, {"--lines", "x"}, {"--only", "speed"}, {"--format", "xml"}, {"--edits", "0"}, {"file.py"}, {"--files", "/none/*.py"}, {"--nothing"},
	} {
		if err := run(append(args, "--server", "none"), io.Discard, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

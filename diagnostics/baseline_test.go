package diagnostics

import (
	"bytes"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func findingsOf(path, src string) FileReport {
	return FileReport{Path: path, Text: text.New(src), Findings: findWords(src)}
}

func TestBaseline(t *testing.T) {
	before := []FileReport{findingsOf("b.py", "x = SECRET \ny = EVAL \ny = EVAL \n"), findingsOf("a.py", "COST \n")}
	var file bytes.Buffer
	if err := NewBaseline(before).Write(&file); err != nil {
		t.Fatal(err)
	}
	golden(t, "baseline", file.Bytes())
	tests := []struct {
		name        string
		files       []FileReport
		left        int
		known, gone int
	}{
		{"the same", before, 0, 4, 0},
		{"lines move and indent", []FileReport{findingsOf("b.py", "# new\n\n\tx  =  SECRET \nif a:\n  y = EVAL \n  y = EVAL \n"), before[1]}, 0, 4, 0},
		{"one more of the same line", []FileReport{findingsOf("b.py", "x = SECRET \ny = EVAL \ny = EVAL \ny = EVAL \n"), before[1]}, 1, 4, 0},
		{"another line", []FileReport{findingsOf("b.py", "x = SECRET \ny = EVAL (2)\ny = EVAL \n"), before[1]}, 1, 3, 1},
		{"another file", []FileReport{findingsOf("c.py", "x = SECRET \n"), before[0], before[1]}, 1, 4, 0},
		{"nothing", nil, 0, 0, 4},
	}
	for _, tt := range tests {
		b, err := ReadBaseline(bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		out, stats := b.Apply(tt.files, nil)
		left, known := 0, 0
		for _, f := range out {
			left += len(f.Findings)
			known += len(f.Known)
		}
		if left != tt.left || stats != (BaselineStats{tt.known, tt.gone}) || known != tt.known {
			t.Errorf("%s: %d left, %+v", tt.name, left, stats)
		}
	}
	b, _ := ReadBaseline(bytes.NewReader(file.Bytes()))
	if _, stats := b.Apply(nil, func(path string) bool { return path == "a.py" }); stats.Gone != 1 {
		t.Errorf("entries of files that were not read are not gone: %+v", stats)
	}
}

func TestReadBaselineErrors(t *testing.T) {
	for src, want := range map[string]string{
		"":                               "cannot be read",
		"[]":                             "cannot be read",
		"{}":                             "no version",
		`{"version": 2, "findings": []}`: "use a newer qodacode",
	} {
		if _, err := ReadBaseline(strings.NewReader(src)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--write-baseline") {
			t.Errorf("%q: %v", src, err)
		}
	}
}

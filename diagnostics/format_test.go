package diagnostics

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "write the golden files")

// at is the place of the n-th occurrence of word, from 0.
func at(t *testing.T, src, word string, n int) text.Span {
	t.Helper()
	from := 0
	for ; ; n-- {
		i := strings.Index(src[from:], word)
		if i < 0 {
			t.Fatalf("%q is not in %q", word, src)
		}
		if from += i; n == 0 {
			return text.Span{Start: from, End: from + len(word)}
		}
		from += len(word)
	}
}

// sample is a report with everything that the formats show.
func sample(t *testing.T) *Report {
	t.Helper()
	secret := "hunter2" + "hunter2"
	agent := "import openai\n\nclient = openai.OpenAI(\n\tapi_key=\"" + secret + "\", model=\"gpt-old\",  # 😀 é 漢字\n)\neval(\"" + secret + "\")\n\nprint(\"漢字😀\", \"gpt-old\")\n"
	pem := "KEY = '''\n-----BEGIN\nabc\n-----END'''\n"
	evil := "a = \"\x1b]0;owned\x07\u202ettxet\xff\" # eval\n"
	long := "x = [" + strings.Repeat("123456789, ", 20000) + "eval(1)" + strings.Repeat(", 987654321", 20000) + "]\n"
	file := func(path, src string, findings ...Finding) FileReport {
		return FileReport{Path: path, Text: text.New(src), Findings: findings}
	}
	r := &Report{Version: "0.1.0", Rules: NewSet(testRules), Files: []FileReport{
		file("src/zeta.py", long, Finding{Rule: "SAST-eval", Severity: Warning, Span: at(t, long, "eval(1)", 0), Message: "eval of what the model says"}),
		file("src/agent.py", agent,
			Finding{Rule: "SECRET-key", Severity: Error, Span: at(t, agent, secret, 0), Message: "key in source (14 characters)", Fix: 1},
			Finding{Rule: "COST-008", Severity: Warning, Span: at(t, agent, `"gpt-old"`, 0), Message: "gpt-old retires on 2027-01-01",
				Related: []Related{{Span: at(t, agent, "openai.OpenAI", 0), Message: "the client is made here"}, {Path: "src/zeta.py", Span: text.Span{Start: 4, End: 5}, Message: "and used here"}, {Path: "else.py", Message: "and there"}}, Flow: true},
			Finding{Rule: "COST-008", Severity: Info, Span: at(t, agent, `"gpt-old"`, 1), Message: "gpt-old retires"},
		),
		file("src/pem.py", pem, Finding{Rule: "SECRET-key", Severity: Error, Span: text.Span{Start: 9, End: len(pem) - 4}, Message: "private key"}),
		file("a b/é:\x1b[31m.py", evil, Finding{Rule: "my.team.rule", Severity: Hint, Span: at(t, evil, "eval", 0), Message: "not \x1b[31mred"}),
		file("qodacode.toml", "", Finding{Rule: ConfigRule, Severity: Error, Message: "empty"}),
	}}
	agentFile := &r.Files[1]
	agentFile.Suppressed = []Suppressed{{Finding{Rule: "SAST-eval", Severity: Warning, Span: at(t, agent, "eval(\"", 0), Message: "eval"}, "qodacode:", "only in tests"}}
	agentFile.Known = []Finding{{Rule: "SECRET-key", Severity: Error, Span: at(t, agent, secret, 1), Message: "key in source (14 characters)"}}
	r.Stats = Stats{Files: 214, Elapsed: 420 * time.Millisecond, Baseline: BaselineStats{Known: 1, Gone: 2}}
	return r
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update writes it):\n%s", path, got)
	}
}

func TestFormats(t *testing.T) {
	for name, write := range map[string]func(*bytes.Buffer, *Report) error{
		"text":  func(b *bytes.Buffer, r *Report) error { return WriteText(b, r, TextOptions{Width: 80}) },
		"color": func(b *bytes.Buffer, r *Report) error { return WriteText(b, r, TextOptions{Width: 80, Color: true}) },
		"json":  func(b *bytes.Buffer, r *Report) error { return WriteJSON(b, r) },
		"sarif": func(b *bytes.Buffer, r *Report) error { return WriteSARIF(b, r) },
	} {
		var b bytes.Buffer
		if err := write(&b, sample(t)); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "hunter2") || strings.Contains(b.String(), "BEGIN") {
			t.Errorf("%s shows a secret:\n%s", name, b.String())
		}
		golden(t, name, b.Bytes())
	}
}

func TestTextIsSafeForTerminals(t *testing.T) {
	var b bytes.Buffer
	if err := WriteText(&b, sample(t), TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e") || !utf8.Valid(b.Bytes()) {
		t.Errorf("control characters of the file reach the terminal: %q", b.String())
	}
	for line := range strings.Lines(b.String()) {
		if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > 121 {
			t.Errorf("%d columns: %q", w, line)
		}
	}
}

// TestOtherFindingsHideSecrets holds that a secret is masked although no finding speaks of it.
func TestOtherFindingsHideSecrets(t *testing.T) {
	src := "f(SECRET , COST )\n"
	r := &Report{Rules: NewSet(testRules), Files: []FileReport{findingsOf("a.py", src)}}
	f := &r.Files[0]
	f.Secrets = Secrets(r.Rules, f.Findings)
	f.Findings = f.Findings[1:]
	var b bytes.Buffer
	if err := WriteText(&b, r, TextOptions{}); err != nil || strings.Contains(b.String(), "SECRET ") || !strings.Contains(b.String(), "f(****** , COST )") {
		t.Errorf("%v %s", err, b.String())
	}
}

func TestNoFindings(t *testing.T) {
	empty := &Report{Rules: NewSet(nil), Stats: Stats{Files: 1}}
	var b bytes.Buffer
	if err := WriteText(&b, empty, TextOptions{}); err != nil || b.String() != "No findings (1 file)\n" {
		t.Errorf("got %q %v", b.String(), err)
	}
	b.Reset()
	if err := WriteJSON(&b, empty); err != nil || !strings.Contains(b.String(), `"findings": []`) {
		t.Errorf("got %q %v", b.String(), err)
	}
	b.Reset()
	if err := WriteSARIF(&b, empty); err != nil || !strings.Contains(b.String(), `"results": []`) {
		t.Errorf("got %q %v", b.String(), err)
	}
}

// TestSARIFSchema validates against the schema of OASIS, errata 01, as it is published.
func TestSARIFSchema(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Report{sample(t), {Rules: NewSet(nil)}} {
		var b bytes.Buffer
		if err := WriteSARIF(&b, r); err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%v", err)
		}
	}
	if schema.Validate(map[string]any{"version": "2.1.0", "runs": []any{map[string]any{}}}) == nil {
		t.Error("the schema accepts a run without a tool; it does not work")
	}
}

func TestSARIFProperties(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSARIF(&b, sample(t)); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for _, r := range run.Results {
		if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("result of %s points to rule %s", r.RuleID, got)
		}
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(r.PartialFingerprints[fingerprintKey]) {
			t.Errorf("fingerprints %v", r.PartialFingerprints)
		}
	}
	r := newSARIFRule(Rule{ID: "X", Family: "sast", Severity: Error, CWE: []string{"CWE-89", "CWE-1333"}})
	if want := []string{"sast", "security", "external/cwe/cwe-089", "external/cwe/cwe-1333"}; !slices.Equal(r.Properties.Tags, want) {
		t.Errorf("tags %q", r.Properties.Tags)
	}
}

func TestSARIFPaths(t *testing.T) {
	for path, want := range map[string]sarifArtifact{
		"src/a.py":    {"src/a.py", srcRoot},
		"../a b.py":   {"../a%20b.py", srcRoot},
		"é/x#y?.py":   {"%C3%A9/x%23y%3F.py", srcRoot},
		"c:d/e.py":    {"./c:d/e.py", srcRoot},
		"\xff.py":     {"%FF.py", srcRoot},
		"/abs/x y.py": {"file:///abs/x%20y.py", ""},
	} {
		if got := sarifPlace(path, nil, text.Span{}); got.Artifact != want || got.Region != nil {
			t.Errorf("%q: %+v", path, got)
		}
	}
	p := sarifPlace("a", text.New("😀x\n"), text.Span{Start: 4, End: 5})
	if *p.Region != (sarifRegion{1, 3, 1, 4}) {
		t.Errorf("columns count UTF-16 units: %+v", *p.Region)
	}
}

func TestExcerpt(t *testing.T) {
	tests := []struct {
		name, src, word string
		columns         int
		want            string
	}{
		{"start", "eval(x)", "eval", 40, "eval(x)\n^^^^"},
		{"tabs", "\tif x:\teval()", "eval", 40, "    if x:   eval()\n            ^^^^"},
		{"wide", "漢字 = eval(😀é)", "eval", 40, "漢字 = eval(😀é)\n       ^^^^"},
		{"wide marked", "a = '漢😀é'", "漢😀é", 40, "a = '漢😀é'\n     ^^^^^"},
		{"joined", "👩‍👩‍👧 = eval", "eval", 40, "👩‍👩‍👧 = eval\n     ^^^^"},
		{"combining", "e\u0301 = eval", "eval", 40, "e\u0301 = eval\n    ^^^^"},
		{"control", "a\x1b[1m = \x00eval\x7f", "eval", 40, "a␛[1m = ␀eval␡\n         ^^^^"},
		{"broken", "\xff\xfe eval \xc3", "eval", 40, "\ufffd\ufffd eval \ufffd\n   ^^^^"},
		{"cut right", "eval(" + strings.Repeat("a", 60) + ")", "eval", 40, "eval(" + strings.Repeat("a", 34) + "…\n^^^^"},
		{"cut both", strings.Repeat("a", 60) + "eval(" + strings.Repeat("b", 60), "eval", 40, "…" + strings.Repeat("a", 13) + "eval(" + strings.Repeat("b", 20) + "…\n              ^^^^"},
		{"cut left", strings.Repeat("a", 60) + "eval", "eval", 40, "…" + strings.Repeat("a", 13) + "eval\n              ^^^^"},
		{"megabytes", strings.Repeat("漢", 1<<20) + "eval" + strings.Repeat("字", 1<<20), "eval", 40, "…漢漢漢漢漢漢eval字字字字字字字字字字字…\n             ^^^^"},
		{"end of line", "abc\n", "", 40, "abc\n^"},
		{"masked and long", "key('" + strings.Repeat("SECRETé", 9) + "', x)", "x", 40, "key('********', x)\n                ^"},
		{"masked", "key = 'SECRETé' # x", "key", 40, "key = '*******' # x\n^^^"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := text.New(tt.src)
			var masks []text.Span
			if strings.Contains(tt.src, "SECRETé") {
				masks = []text.Span{{Start: strings.Index(tt.src, "SECRETé"), End: strings.LastIndex(tt.src, "SECRETé") + len("SECRETé")}}
			}
			e := newExcerpt(src, 0, at(t, tt.src, tt.word, 0), masks, tt.columns)
			got := e.text + "\n" + strings.Repeat(" ", e.from) + strings.Repeat("^", e.width)
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestUseColor(t *testing.T) {
	env := func(name, value string) func(string) string {
		return func(n string) string {
			if n == name {
				return value
			}
			return ""
		}
	}
	for _, tt := range []struct {
		terminal    bool
		name, value string
		want        bool
	}{{true, "", "", true}, {false, "", "", false}, {true, "NO_COLOR", "1", false}, {false, "FORCE_COLOR", "1", true}, {true, "TERM", "dumb", false}} {
		if got := UseColor(tt.terminal, env(tt.name, tt.value)); got != tt.want {
			t.Errorf("%+v: got %v", tt, got)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("\tx = '漢\x1b\xff'", 3, 6, 20)
	f.Add(strings.Repeat("é", 500), 300, 304, 41)
	f.Fuzz(func(t *testing.T, src string, start, end, columns int) {
		if start < 0 || end < start || end > len(src) || columns < 40 || columns > 200 {
			return
		}
		tx := text.New(src)
		e := newExcerpt(tx, tx.LineOf(start), text.Span{Start: start, End: end}, []text.Span{{Start: start, End: end}}, columns)
		if strings.ContainsFunc(e.text, unprintable) {
			t.Errorf("unprintable: %q", e.text)
		}
		if w := displaywidth.String(e.text); w > columns+1 || e.from > columns || e.width < 1 {
			t.Errorf("%d of %d columns, carets %d+%d: %q", w, columns, e.from, e.width, e.text)
		}
	})
}

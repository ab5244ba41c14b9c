package diagnostics

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// testRules find the word that they are named after, in capitals.
var testRules = []Rule{
	{ID: "SECRET-key", Title: "Key in source", Family: "secrets", Severity: Error, CWE: []string{"CWE-798"}, OWASPLLM: []string{"LLM02:2025"}, Since: "0.1.0", Doc: "A key in source.\n\n**Why it matters.** It leaks."},
	{ID: "SAST-eval", Title: "Call of eval", Family: "sast", Severity: Warning, CWE: []string{"CWE-95"}, Since: "0.1.0", Doc: "A call of `eval`."},
	{ID: "SAST-sql", Title: "SQL from strings", Family: "sast", Severity: Error, CWE: []string{"CWE-89"}, Since: "0.1.0", Doc: "SQL."},
	{ID: "COST-008", Title: "Retiring model", Family: "cost", Severity: Warning, Since: "0.1.0", Doc: "A model that retires soon."},
	{ID: "my.team.rule", Title: "Rule of the team", Family: "user", Severity: Info, Doc: "Ours."},
}

var words = map[string]string{"SECRET": "SECRET-key", "EVAL": "SAST-eval", "SQL": "SAST-sql", "COST": "COST-008", "USER": "my.team.rule"}

var wordPattern = regexp.MustCompile(`\b(SECRET|EVAL|SQL|COST|USER)\b[^\w-]`)

func findWords(src string) []Finding {
	var found []Finding
	for _, at := range wordPattern.FindAllStringSubmatchIndex(src, -1) {
		word := src[at[2]:at[3]]
		found = append(found, Finding{Rule: words[word], Span: text.Span{Start: at[2], End: at[3]}, Message: "found " + word})
	}
	return found
}

func finish(t *testing.T, path, src, toml string) (*parser.File, []Finding, []Suppressed) {
	t.Helper()
	cfg, problems := config.Parse("qodacode.toml", text.New(toml))
	if problems != nil {
		t.Fatalf("config: %v", problems)
	}
	f := parser.Parse(path, "", text.New(src))
	kept, suppressed := Finish(f, cfg, NewSet(testRules), nil, findWords(src))
	return f, kept, suppressed
}

// lines writes findings as line:rule; the messages of comments without effect too.
func lines(f *parser.File, findings []Finding) []string {
	out := []string{}
	for _, d := range findings {
		s := fmt.Sprintf("%d:%s", f.Source.LineOf(d.Span.Start)+1, d.Rule)
		if d.Rule == SuppressionRule {
			s += " " + d.Message
		}
		out = append(out, s)
	}
	return out
}

func TestSuppression(t *testing.T) {
	tests := []struct {
		name, path, src string
		want            []string
	}{
		{"nothing", "a.py", "x = 'SECRET'\n", []string{"1:SECRET-key"}},

		{"nosec", "a.py", "eval('EVAL', 'SECRET', 'COST')  # nosec\n", []string{"1:COST-008"}},
		{"nosec with prose", "a.py", "eval('EVAL')  # nosec this is fine\n", nil},
		{"nosec scoped", "a.py", "x = 'SECRET', 'EVAL'  # nosec B105, B106\n", []string{"1:SAST-eval"}},
		{"nosec scoped to another", "a.py", "x = 'SECRET'  # nosec: B608\n", []string{"1:SECRET-key"}},
		{"nosec by name", "a.py", "x = 'SECRET', 'SQL'  # nosec hardcoded_password_string\n", []string{"1:SAST-sql"}},
		{"nosec on another line", "a.py", "# nosec\nx = 'SECRET'\n", []string{"2:SECRET-key"}},
		{"nosec in a string", "a.py", "x = '# nosec SECRET '\n", []string{"1:SECRET-key"}},
		{"nosec in prose", "a.py", "x = 'SECRET'  # we use nosec elsewhere\n", []string{"1:SECRET-key"}},
		{"nosec within a word", "a.py", "x = 'SECRET'  # nosecret\n", []string{"1:SECRET-key"}},
		{"nosec behind another comment", "a.py", "x = 'SECRET'  # type: ignore # nosec\n", nil},
		{"nosec in JavaScript", "a.ts", "eval('EVAL ') // nosec\n", nil},

		{"nosemgrep", "a.py", "eval('EVAL', 'COST', 'USER')  # nosemgrep\n", []string{"1:COST-008"}},
		{"nosem above", "a.js", "// nosem\neval('EVAL')\neval('EVAL')\n", []string{"3:SAST-eval"}},
		{"nosemgrep with ids", "a.py", "eval('EVAL', 'USER', 'SECRET')  # nosemgrep: other, python.lang.eval\n", []string{"1:my.team.rule", "1:SECRET-key"}},
		{"nosemgrep with a user's id", "a.py", "f('USER', 'EVAL')  # nosemgrep: rules.rule\n", []string{"1:SAST-eval"}},
		{"nosemgrep for secrets", "a.py", "f('SECRET', 'EVAL')  # nosemgrep: generic.secrets.security.detected-x\n", []string{"1:SAST-eval"}},

		{"gitleaks", "a.py", "x = 'SECRET', 'EVAL'  # gitleaks:allow\n", []string{"1:SAST-eval"}},
		{"gitleaks in a string", "a.py", "x = '''\nSECRET gitleaks:allow\n'''\n", nil},
		{"gitleaks in JSON", "a.json", "{\"k\": \"SECRET gitleaks:allow\",\n\"l\": \"SECRET \"}", []string{"2:SECRET-key"}},
		{"gitleaks in plain text", "a.txt", "SECRET gitleaks:allow\nSECRET ", []string{"2:SECRET-key"}},
		{"ggignore", ".env", "A=SECRET # ggignore\nB=SECRET ", []string{"2:SECRET-key"}},
		{"trufflehog", "a.yaml", "a: SECRET # trufflehog:ignore\nb: SECRET ", []string{"2:SECRET-key"}},
		{"allowlist", "a.toml", "a = 'SECRET' # pragma: allowlist secret\nb = 'SECRET' # pragma: allow\n", []string{"2:SECRET-key"}},
		{"allowlist nextline", "a.py", "# pragma: allowlist nextline secret\nb = 'SECRET'\nc = 'SECRET'\n", []string{"3:SECRET-key"}},
		{"allowlist nextline is not this line", "a.py", "b = 'SECRET'  # pragma: allowlist nextline secret\nc = 'SECRET'\n", []string{"1:SECRET-key"}},

		{"noqa", "a.py", "x = 'SECRET', 'EVAL'  # noqa: S105\n", []string{"1:SAST-eval"}},
		{"noqa with others", "a.py", "x = 'SECRET', 'EVAL'  # noqa: E501, S307\n", []string{"1:SECRET-key"}},
		{"noqa of others", "a.py", "x = 'SECRET'  # noqa: E501,F105\n", []string{"1:SECRET-key"}},
		{"noqa without ids", "a.py", "x = 'SECRET'  # noqa\n", []string{"1:SECRET-key"}},
		{"NOSONAR", "a.ts", "x = 'SECRET', 'EVAL', 'COST' // NOSONAR\n", []string{"1:COST-008"}},
		{"NOSONAR scoped", "a.py", "x = 'SECRET', 'EVAL'  # NOSONAR(S2068)\n", []string{"1:SAST-eval"}},

		{"ours", "a.py", "x = 'COST', 'SECRET'  # qodacode:ignore COST-008 -- until March\n", []string{"1:SECRET-key"}},
		{"ours with a space", "a.ts", "x = 'COST' // qodacode: ignore COST-008\n", nil},
		{"ours, two", "a.ts", "x = 'COST', 'SECRET' /* qodacode:ignore COST-008, SECRET-key -- both */\n", nil},
		{"ours by family", "a.py", "x = 'COST', 'SECRET'  # qodacode:ignore secrets -- test keys\n", []string{"1:COST-008"}},
		{"ours above", "a.py", "# qodacode:ignore COST-008 -- why\nx = 'COST'\ny = 'COST'\n", []string{"3:COST-008"}},
		{"ours behind code is not above", "a.py", "z = 1  # qodacode:ignore COST-008 -- why\nx = 'COST'\n", []string{"1:SUPPRESS-001 COST-008 finds nothing here; the comment can go", "2:COST-008"}},
		{"ours stacked", "a.py", "# qodacode:ignore COST-008 -- a\n# qodacode:ignore SECRET-key -- b\n# more\nx = 'COST', 'SECRET'\n", nil},
		{"ours above a multi-line string", "a.py", "# qodacode:ignore SECRET-key -- why\nx = '''\nfoo\nSECRET\n'''\n", nil},
		{"ours behind a multi-line string", "a.py", "x = '''\nfoo\nSECRET\n'''  # qodacode:ignore SECRET-key\n", nil},
		{"ours in JSX", "a.tsx", "const a = <b>\n{/* qodacode:ignore SECRET-key -- why */}\n<i k='SECRET'/>\n</b>\n", nil},
		{"ours in .env", ".env", "# qodacode:ignore SECRET-key -- why\nA=SECRET\nB=SECRET # qodacode:ignore SECRET-key\nC=SECRET\n", []string{"4:SECRET-key"}},
		{"ours in JSON", "a.json", "{\"k\": \"SECRET \", \"c\": \"qodacode:ignore SECRET-key\"}", nil},
		{"ours for the file", "a.py", "# qodacode:ignore-file COST-008 -- old code\nx = 'COST'\n\ny = 'COST', 'SECRET'\n", []string{"4:SECRET-key"}},
		{"ours with a reason without dashes", "a.py", "x = 'COST'  # qodacode:ignore COST-008 because I say so\n", nil},
		{"another pragma of ours", "a.py", "x = 'COST'  # qodacode: iterations=40\n", []string{"1:COST-008"}},

		{"unused", "a.py", "x = 1  # qodacode:ignore COST-008 -- why\n", []string{"1:SUPPRESS-001 COST-008 finds nothing here; the comment can go"}},
		{"unused part", "a.py", "x = 'COST'  # qodacode:ignore SAST-sql, COST-008\n", []string{"1:SUPPRESS-001 SAST-sql finds nothing here; it can go from the comment"}},
		{"unknown", "a.py", "x = 'COST'  # qodacode:ignore COST-08\n", []string{"1:COST-008", `1:SUPPRESS-001 unknown rule "COST-08"; did you mean "COST-008"?`}},
		{"none", "a.py", "x = 'COST'  # qodacode:ignore -- why\n", []string{"1:COST-008", "1:SUPPRESS-001 this comment names no rule and silences nothing; write qodacode:ignore ID -- reason"}},
		{"ours in a string is text", "a.py", "x = '# qodacode:ignore COST-008', 'COST'\n", []string{"1:COST-008"}},
		{"ours in prose is never unused", "a.md", "Write `# qodacode:ignore COST-008 -- why`.\n", nil},
		{"others are never unused", "a.py", "x = 1  # nosec # noqa: S105 # nosemgrep: a # NOSONAR\n", nil},

		{"CRLF", "a.py", "# qodacode:ignore COST-008 -- why\r\nx = 'COST'\r\ny = 'COST'\r\n", []string{"3:COST-008"}},
		{"BOM", "a.py", "\ufeff# qodacode:ignore COST-008\nx = 'COST'\n", nil},
		{"end of text", ".env", "A=SECRET \n# qodacode:ignore-file SECRET-key", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, kept, suppressed := finish(t, tt.path, tt.src, "")
			if got := lines(f, kept); !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			own := slices.DeleteFunc(slices.Clone(kept), func(d Finding) bool { return d.Rule == SuppressionRule })
			if len(own)+len(suppressed) != len(findWords(tt.src)) {
				t.Errorf("%d kept and %d suppressed of %d", len(own), len(suppressed), len(findWords(tt.src)))
			}
		})
	}
}

func TestSuppressedTellsWhy(t *testing.T) {
	_, _, suppressed := finish(t, "a.py", "x = 'COST'  # qodacode:ignore COST-008 -- until March\neval('EVAL')  # nosec B307\n", "")
	want := []string{"COST-008 qodacode: until March", "SAST-eval nosec "}
	var got []string
	for _, s := range suppressed {
		got = append(got, s.Rule+" "+s.Comment+" "+s.Reason)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestUnusedAsksWhoRan(t *testing.T) {
	src := "x = 1  # qodacode:ignore COST-008 -- why\n"
	f := parser.Parse("a.py", "", text.New(src))
	cost, _ := config.Parse("qodacode.toml", text.New("severity.cost = 'off'"))
	ignored, _ := config.Parse("qodacode.toml", text.New("ignore.'*.py' = ['COST-008']"))
	silent, _ := config.Parse("qodacode.toml", text.New("severity.\"SUPPRESS-001\" = 'off'"))
	onlySecrets := func(id string) bool { return id == "SECRET-key" || id == SuppressionRule }
	for name, tt := range map[string]struct {
		cfg  *config.Config
		ran  func(string) bool
		want int
	}{
		"all ran":        {config.Default(), nil, 1},
		"others ran":     {config.Default(), onlySecrets, 0},
		"switched off":   {cost, nil, 0},
		"ignored here":   {ignored, nil, 0},
		"not to be told": {silent, nil, 0},
	} {
		if got, _ := Finish(f, tt.cfg, NewSet(testRules), tt.ran, nil); len(got) != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestRemoveFix(t *testing.T) {
	tests := []struct{ path, src, want string }{
		{"a.py", "x = 1  # qodacode:ignore COST-008 -- why\ny\n", "x = 1\ny\n"},
		{"a.py", "a\n    # qodacode:ignore COST-008 -- why\ny\n", "a\ny\n"},
		{"a.py", "a\r\n# qodacode:ignore COST-008\r\ny\r\n", "a\r\ny\r\n"},
		{"a.py", "x = 1  # noqa: E501 # qodacode:ignore COST-008 -- why\n", "x = 1  # noqa: E501\n"},
		{"a.py", "x = 'COST'  # qodacode:ignore COST-008, SAST-sql -- why\n", "x = 'COST'  # qodacode:ignore COST-008 -- why\n"},
		{"a.py", "x = 'COST'  # qodacode:ignore SAST-sql, COST-008 -- why\n", "x = 'COST'  # qodacode:ignore COST-008 -- why\n"},
		{"a.ts", "f(/* qodacode:ignore COST-008 */ 1)\n", "f( 1)\n"},
		{"a.ts", "a; // qodacode:ignore COST-008", "a;"},
		{"a.ts", "/* eslint-disable no-eval qodacode:ignore COST-008 -- x */\n", "/* eslint-disable no-eval */\n"},
		{".env", "A=1 # qodacode:ignore SECRET-key -- why\nB=2\n", "A=1\nB=2\n"},
		{"a.yaml", "a: 1\n# qodacode:ignore SECRET-key\nb: 2\n", "a: 1\nb: 2\n"},
		{"n.ipynb", `{"cells":[{"cell_type":"code","source":["# qodacode:ignore COST-008 -- \"x\"\n","y = 1"]}]}`, `{"cells":[{"cell_type":"code","source":["\n","y = 1"]}]}`},
	}
	for _, tt := range tests {
		f, kept, _ := finish(t, tt.path, tt.src, "")
		got := tt.src
		if len(kept) == 1 {
			if fix, ok := kept[0].Fix.(*RemoveFix); ok {
				got = f.Source.Replace(fix.Span, "").String()
			}
		}
		if got != tt.want {
			t.Errorf("%q: %v\n got %q\nwant %q", tt.src, lines(f, kept), got, tt.want)
		}
	}
}

func TestFinishConfig(t *testing.T) {
	src := "SECRET EVAL COST USER \n"
	tests := []struct {
		toml string
		want []string
	}{
		{"", []string{"error SECRET-key", "warning SAST-eval", "warning COST-008", "info my.team.rule"}},
		{"[severity]\nsecrets = 'hint'\ncost = 'error'\n'COST-008' = 'off'\n'my.team.rule' = 'error'", []string{"hint SECRET-key", "warning SAST-eval", "error my.team.rule"}},
		{"ignore.'a*' = ['secrets', 'COST-008']\nignore.'b' = ['user']", []string{"warning SAST-eval", "info my.team.rule"}},
	}
	for _, tt := range tests {
		_, kept, _ := finish(t, "a.txt", src, tt.toml)
		var got []string
		for _, d := range kept {
			got = append(got, d.Severity.String()+" "+d.Rule)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s\n got %q\nwant %q", tt.toml, got, tt.want)
		}
	}
}

func TestFindingsOwnSeverity(t *testing.T) {
	f := parser.Parse("a.txt", "", text.New("x"))
	soon := []Finding{{Rule: "COST-008", Severity: Error}}
	if got, _ := Finish(f, config.Default(), NewSet(testRules), nil, soon); got[0].Severity != Error {
		t.Errorf("a finding's own severity counts more than its rule's: %v", got)
	}
	cfg, _ := config.Parse("", text.New("severity.cost = 'info'"))
	if got, _ := Finish(f, cfg, NewSet(testRules), nil, soon); got[0].Severity != Info {
		t.Errorf("the configured one counts most: %v", got)
	}
}

func FuzzSuppression(f *testing.F) {
	for _, s := range []string{"x # nosec B105", "// qodacode:ignore A, B -- c", "/* qodacode:ignore-file */", "# noqa: S105 # nosem: a.b", "{\"a\": \"pragma: allowlist nextline secret", "# qodacode:ignore COST-008,\n\nCOST ", "NOSONAR("} {
		for _, path := range []string{"a.py", "a.tsx", ".env", "a.json", "a.txt", "a.ipynb"} {
			f.Add(path, s)
		}
	}
	f.Fuzz(func(t *testing.T, path, src string) {
		if !utf8.ValidString(path) || strings.Count(src, "\n") > 1000 {
			return
		}
		file := parser.Parse(path, "", text.New(src))
		kept, suppressed := Finish(file, config.Default(), NewSet(testRules), nil, findWords(src))
		own := 0
		for _, d := range kept {
			if d.Rule == SuppressionRule {
				own++
			}
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(src) {
				t.Errorf("span %v", d.Span)
			}
			if fix, ok := d.Fix.(*RemoveFix); ok && (fix.Span.Start < 0 || fix.Span.Start >= fix.Span.End || fix.Span.End > len(src)) {
				t.Errorf("fix %v", fix.Span)
			}
		}
		if len(kept)-own+len(suppressed) != len(findWords(src)) {
			t.Errorf("findings got lost: %d kept, %d suppressed", len(kept)-own, len(suppressed))
		}
	})
}

package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// show writes problems with the text that they stand at.
func show(problems []Problem) []string {
	var out []string
	for _, p := range problems {
		at := ""
		if p.Text != nil {
			at = p.Text.Slice(p.Span)
		}
		out = append(out, fmt.Sprintf("%q: %s", at, p.Message))
	}
	return out
}

func TestParseProblems(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"empty", "", nil},
		{"good", "[check]\nfail_on = 'error'\nexclude = ['a/**', # why\n '*.js']\n[severity]\n\"COST-008\" = \"off\"\nsecrets = \"hint\"\n", nil},
		{"inline table", "check = { fail_on = \"off\", max_file_size = 1_000 }\nlsp = {hover=false}", nil},
		{"unknown key", "[check]\nfail_onn = 'error'", []string{`"fail_onn": unknown key "fail_onn"; did you mean "fail_on"?`}},
		{"unknown key far from all", "[check]\nzebra = 1", []string{`"zebra": unknown key "zebra"; known here: fail_on, exclude, max_file_size`}},
		{"unknown section is reported once", "[lps]\nhover = 1\nb = 2\n[lps.more]\nc = 1", []string{`"lps": unknown section "lps"; did you mean "lsp"?`}},
		{"unknown dotted", "foo.bar = 1\nfoo.baz = 2", []string{`"foo.bar": unknown section "foo"; known here: check, severity, ignore, secrets, arch, sast, cost, policy, lsp`}},
		{"unknown in inline table", "lsp = {hoover = true}", []string{`"hoover": unknown key "hoover"; did you mean "hover"?`}},
		{"wrong case", "[check]\nFail_On = 'error'", []string{`"Fail_On": unknown key "Fail_On"; did you mean "fail_on"?`}},
		{"wrong type", "[lsp]\nhover = \"yes\"", []string{`"\"yes\"": lsp.hover: expected true or false, got a string; the default true is used`}},
		{"wrong value", "[check]\nfail_on = \"eror\"", []string{`"\"eror\"": check.fail_on: expected one of off, hint, info, warning, error, got "eror"; did you mean "error"? Until then the default "warning" is used`}},
		{"out of range", "[check]\nmax_file_size = 0", []string{`"0": check.max_file_size: expected a whole number from 1 to 1073741824, got 0; the default 4194304 is used`}},
		{"element", "[check]\nexclude = ['a', 3]", []string{`"['a', 3]": check.exclude: expected a list of strings, element 2 is a number; the default [] is used`}},
		{"section for a value", "[check.fail_on]\nx = 1", []string{`"check.fail_on": check.fail_on: expected one of off, hint, info, warning, error, got a section; the default "warning" is used`}},
		{"value for a section", "lsp = 3", []string{`"lsp": lsp is a section; write [lsp] with its keys below`}},
		{"list of sections", "[[lsp]]\nhover = true", []string{`"lsp": lsp is a section; write [lsp] with its keys below`}},
		{"keys below a value", "[severity]\nsecrets.x = 'off'", []string{`"secrets.x": severity.secrets has no keys of its own; expected a severity`}},
		{"severity", "[severity]\nsecrets = 'loud'", []string{`"'loud'": severity.secrets: expected one of off, hint, info, warning, error, got "loud"; this line is ignored`}},
		{"regular expression", "[secrets]\nallow = ['(']", []string{"\"['(']\": secrets.allow: \"(\" is no regular expression: error parsing regexp: missing closing ): `(`; the default [] is used"}},
		{"a secret in the wrong place is not repeated", "[lsp]\nhover = 'sk-abc'", []string{`"'sk-abc'": lsp.hover: expected true or false, got a string; the default true is used`}},
		{"syntax error", "[check]\nfail_on = \n[lsp]\nhover = 1", []string{
			`" ": syntax error: expected value but found '\n' instead; this part is ignored`,
			`"1": lsp.hover: expected true or false, got a number; the default true is used`}},
		{"broken header", "[check\nfail_on = 'off'\n[lsp]\nhover=1", []string{
			`"k": syntax error: expected '.' or ']' to end table name, but got '\n' instead; this part is ignored`,
			`"1": lsp.hover: expected true or false, got a number; the default true is used`}},
		{"duplicate key", "[lsp]\nhover = true\nhover = 1", []string{`"hover": syntax error: Key 'lsp.hover' has already been defined.; this part is ignored`}},
		{"CRLF and BOM", "\ufeff[check]\r\nfail = 'off'\r\n", []string{`"fail": unknown key "fail"; did you mean "fail_on"?`}},
		{"NUL", "[check]\nfail_on = 'o\x00ff'\n", []string{`"o": syntax error: TOML files cannot contain control characters: '0x00'; this part is ignored`}},
		{"invalid UTF-8", "[lsp]\nhover = 'a\xff'\ncode_lens = 1", []string{
			`"a": syntax error: invalid UTF-8 byte: 0xff; this part is ignored`,
			`"1": lsp.code_lens: expected true or false, got a number; the default true is used`}},
		{"quoted keys", "\"ch\\u0065ck\".'fail_on' = 1", []string{`"1": check.fail_on: expected one of off, hint, info, warning, error, got a number; the default "warning" is used`}},
		{"deep list", "x = " + strings.Repeat("[", maxBytes/2), []string{`"": qodacode.toml nests more than 32 levels deep and is not read`}},
		{"deep sections", strings.Repeat("x={a=", maxBytes/8), []string{`"": qodacode.toml nests more than 32 levels deep and is not read`}},
		{"deep key", strings.Repeat("a.", maxBytes/4) + "a = 1", []string{`"": qodacode.toml nests more than 32 levels deep and is not read`}},
		{"deep header", "[" + strings.Repeat("a.", maxBytes/4) + "a]", []string{`"": qodacode.toml nests more than 32 levels deep and is not read`}},
		{"too large", strings.Repeat("#\n", maxBytes), []string{`"": qodacode.toml is larger than 262144 bytes and is not read`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := Parse("/p/qodacode.toml", text.New(tt.src))
			if got := show(problems); !slices.Equal(got, tt.want) {
				t.Errorf("problems:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestParseUsesTheRest(t *testing.T) {
	c, problems := Parse("/p/qodacode.toml", text.New(`
[check]
fail_on = "error"
max_file_size = "big"
exclude = ["vendor"]
wat = 1
[lsp]
hover = false
broken =
code_lens = false
`))
	if len(problems) != 3 {
		t.Errorf("want 3 problems, got %q", show(problems))
	}
	if c.Check.FailOn != "error" || c.Check.MaxFileSize != 4<<20 || c.LSP.Hover || c.LSP.CodeLens || !c.LSP.InlayHints || !c.Excluded("vendor/a.py") {
		t.Errorf("got %+v", c)
	}
	if c.Root != "/p" || c.Path != "/p/qodacode.toml" {
		t.Errorf("got root %q of %q", c.Root, c.Path)
	}
}

func TestUserKeysAreNotForWorkspaces(t *testing.T) {
	secret := choice("llm.endpoint", "none", []string{"none", "local"}, User, "", func(*Config, string) {})
	src := text.New("[llm]\nendpoint = 'local'")
	l, problems := parse("qodacode.toml", src, []Key{secret}, false)
	if len(l) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Message, "llm.endpoint can only be set in user settings") {
		t.Errorf("workspace: %v %q", l, show(problems))
	}
	if l, problems = parse("config.toml", src, []Key{secret}, true); len(l) != 1 || problems != nil {
		t.Errorf("user: %v %q", l, show(problems))
	}
}

func TestPrecedence(t *testing.T) {
	c, _ := Parse("/p/qodacode.toml", text.New("check.fail_on = 'error'\nlsp.hover = false\nlsp.code_lens = false\nseverity.cost = 'hint'"))
	got, problems := c.WithUser(Settings{
		"check":    map[string]any{"fail_on": "off", "max_file_size": 100.0},
		"lsp":      map[string]any{"hover": true, "inlay_hints": nil, "workspace_scan": 1.0},
		"severity": map[string]any{"cost": "off", "COST-008": "info"},
		"trace":    map[string]any{"server": "off"},
	})
	if want := []string{`"": setting qodacode.lsp.workspace_scan: expected true or false, got a number; it is ignored`}; !slices.Equal(show(problems), want) {
		t.Errorf("problems %q", show(problems))
	}
	if got.Check.FailOn != "error" || got.Check.MaxFileSize != 100 {
		t.Errorf("the project's own keys win: %+v", got.Check)
	}
	if !got.LSP.Hover || got.LSP.CodeLens || !got.LSP.InlayHints {
		t.Errorf("the user's editor keys win: %+v", got.LSP)
	}
	if got.SeverityOf("COST-009", "cost") != "hint" || got.SeverityOf("COST-008", "cost") != "info" || got.SeverityOf("A", "b") != "" {
		t.Errorf("severities %v", got.Severity)
	}
}

func TestGlobs(t *testing.T) {
	tests := []struct {
		glob     string
		yes, not []string
	}{
		{"*.js", []string{"a.js", "x/a.js"}, []string{"a.jsx", "a.js.py"}},
		{"vendor", []string{"vendor", "vendor/a", "x/vendor/y/z"}, []string{"vendors", "xvendor/a"}},
		{"vendor/", []string{"vendor/a"}, []string{"vendors"}},
		{"/vendor", []string{"vendor/a"}, []string{"x/vendor"}},
		{"tests/**", []string{"tests/a", "tests/a/b"}, []string{"x/tests/a", "tests"}},
		{"**/fixtures/*.py", []string{"fixtures/a.py", "x/y/fixtures/a.py"}, []string{"fixtures/x/a.py"}},
		{"a/**/b", []string{"a/b", "a/x/y/b", "a/x/b/c"}, []string{"ab", "b"}},
		{"a?[b-d]", []string{"axb", "x/axd"}, []string{"a/b", "axe"}},
		{"[!a]x", []string{"bx"}, []string{"ax"}},
		{"a.b+(c)", []string{"a.b+(c)"}, []string{"axb+(c)", "a.bb(c)"}},
		{"[", []string{"["}, []string{"a"}},
		{"**", []string{"a", "a/b"}, nil},
		{"./a/b", []string{"a/b"}, []string{"x/a/b"}},
	}
	for _, tt := range tests {
		c, problems := Parse("/r/qodacode.toml", text.New("check.exclude = ['"+tt.glob+"']\nignore.'"+tt.glob+"' = ['secrets', 'COST-001']"))
		if problems != nil {
			t.Errorf("%s: %q", tt.glob, show(problems))
		}
		for want, paths := range map[bool][]string{true: tt.yes, false: tt.not} {
			for _, path := range paths {
				if c.Excluded(path) != want || c.Excluded("/r/"+path) != want || c.Ignored(path, "SECRET-x", "secrets") != want || c.Ignored(path, "COST-001", "cost") != want {
					t.Errorf("%s matches %s: want %v", tt.glob, path, want)
				}
				if c.Excluded("/elsewhere/"+path) || c.Ignored(path, "COST-002", "cost") {
					t.Errorf("%s: matches outside of its root or for other rules", tt.glob)
				}
			}
		}
	}
	c, _ := Default().WithUser(Settings{"check": map[string]any{"exclude": []any{"tests/*.py"}}})
	if !c.Excluded("/home/x/tests/a.py") || c.Excluded("/home/x/tests/y/a.py") {
		t.Error("without a root, globs match at any depth")
	}
}

func TestUnknownRules(t *testing.T) {
	c, _ := Parse("qodacode.toml", text.New("[severity]\ncost = 'off'\n\"COST-800\" = 'off'\n[ignore]\n'a' = ['secretz', 'COST-008']"))
	got := show(c.UnknownRules([]string{"cost", "COST-008", "secrets"}))
	want := []string{
		`"\"COST-800\"": unknown rule or family "COST-800"; did you mean "COST-008"?`,
		`"'a'": unknown rule or family "secretz"; did you mean "secrets"?`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	write := func(path, src string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("qodacode.toml", "")
	write("a/qodacode.toml", "")
	write("a/b/c/x", "")
	write("d/qodacode.toml/x", "") // a folder of that name
	write("repo/.git/x", "")
	write("repo/src/x", "")
	for dir, want := range map[string]string{"": "qodacode.toml", "a/b/c": "a/qodacode.toml", "a": "a/qodacode.toml", "d": "qodacode.toml", "not/there": "qodacode.toml", "repo/src": ""} {
		got, ok := Find(filepath.Join(root, dir))
		if want != "" {
			want = filepath.Join(root, want)
		}
		if got = strings.TrimSuffix(got, "/"); ok != (want != "") || ok && got != want {
			t.Errorf("Find(%s) = %s %v, want %s", dir, got, ok, want)
		}
	}
}

func TestLoader(t *testing.T) {
	root := t.TempDir()
	project, user := filepath.Join(root, "p", FileName), filepath.Join(root, "config.toml")
	write := func(path, src string, second int64) {
		t.Helper()
		_ = os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Unix(second, 0)); err != nil {
			t.Fatal(err)
		}
	}
	l := NewLoader(user)
	file := filepath.Join(root, "p", "a.py")
	bare, _ := l.For(file)
	if bare.Path != "" || bare.Check.FailOn != "warning" {
		t.Errorf("without files: %+v", bare)
	}
	write(project, "check.fail_on = 'error'", 1)
	write(user, "check.fail_on = 'off'\nlsp.hover = false\nx = 1", 1)
	c, problems := l.For(file)
	if c.Check.FailOn != "error" || c.LSP.Hover || len(problems) != 1 || problems[0].Path != user {
		t.Errorf("with both: %+v %q", c, show(problems))
	}
	if again, _ := l.For(filepath.Join(root, "p", "b.py")); again != c {
		t.Error("an unchanged project has one Config")
	}
	write(project, "check.fail_on = 'hint'", 2)
	if c, _ = l.For(file); c.Check.FailOn != "hint" {
		t.Error("a changed file is read again")
	}
	write(project, "check.fail_on = 'info'", 2)
	l.Invalidate(project)
	if c, _ = l.For(file); c.Check.FailOn != "info" {
		t.Error("an invalidated file is read again")
	}
	l.SetUser(Settings{"lsp": map[string]any{"hover": true}})
	if c, _ = l.For(file); !c.LSP.Hover {
		t.Error("the editor's settings win over the user's file")
	}
	_ = os.Remove(project)
	if c, _ = l.For(file); c.Path != "" || c.Check.FailOn != "off" {
		t.Error("a removed file is forgotten")
	}
	l.Pin(project, root)
	if _, problems = l.For(file); len(problems) != 2 || !strings.Contains(problems[0].Message, "cannot be read") {
		t.Errorf("a pinned file must exist: %q", show(problems))
	}
	write(project, "ignore.'p/*' = ['cost']", 3)
	if c, _ = l.For(file); c.Root != root || !c.Ignored(file, "COST-001", "cost") {
		t.Errorf("pinned: %+v", c)
	}
}

func TestUserFile(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			if i := slices.Index(pairs, name); i >= 0 {
				return pairs[i+1]
			}
			return ""
		}
	}
	for want, getenv := range map[string]func(string) string{
		"/x/qodacode/config.toml":         env("XDG_CONFIG_HOME", "/x", "HOME", "/h"),
		"/h/.config/qodacode/config.toml": env("XDG_CONFIG_HOME", "relative", "HOME", "/h"),
		"/a/qodacode/config.toml":         env("AppData", "/a", "HOME", "/h"),
		"":                                env(),
	} {
		if got := filepath.ToSlash(UserFile(getenv)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"fail_on", "exclude", "SECRET-openai-api-key", "COST-008"}
	for name, want := range map[string]string{
		"failon": "fail_on", "fail-on": "fail_on", "FAIL_ON": "fail_on", "secret-openai-api-key": "SECRET-openai-api-key",
		"COST-08": "COST-008", "x": "", "": "", "something": "", strings.Repeat("a", 1<<20): "",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range []string{"", "[check]\nfail_on = 'x'", "a.b.'c' = [1, {x = \"]\"}, '''\n''''] # c", "\ufeff[severity]\r\nx = \"off\"", "[[a]]\n[a.b", "x = {a = {b = [", "k = \"\"\"\\\""} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		_, problems := Parse("qodacode.toml", text.New(src))
		for _, p := range problems {
			if p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(src) || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		entries, _ := scan(src)
		for _, e := range entries {
			if len(e.path) == 0 || e.key.Start > e.key.End || e.value.Start > e.value.End || e.value.End > len(src) {
				t.Errorf("%+v", e)
			}
		}
	})
}

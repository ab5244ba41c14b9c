package config

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestCostProblems(t *testing.T) {
	for name, tt := range map[string]struct {
		src  string
		want string // the text of the place, and the message; "" for none
	}{
		"all": {`[cost]
unknown_model = "assume:gpt-6-luna"
prices = ["./prices.json", "more/prices.json"]
[cost.models."internal/chat"]
alias = "gpt-6.1-terra"
discount = 0.2
[[cost.paths]]
match = "jobs/**"
runs_per_month = 30
batchable = true
[[cost.paths]]
match = "*.ipynb"
`, ""},
		"in one line":    {"cost.models = {a = {alias = 'b'}, c = {discount = 0}}\ncost.paths = [{match = 'a', batchable = true}, {match = 'b'}]", ""},
		"dotted":         {"[cost.models]\n'internal/chat'.alias = 'b'\n'internal/chat'.discount = 0.5\nx = {alias = 'y'}", ""},
		"unknown model":  {"cost.unknown_model = 'assume:'", `'assume:': cost.unknown_model: write assume: with the id of a model: expected the id of a model, got ""; the default "silent" is used`},
		"unknown word":   {"cost.unknown_model = 'loud'", `'loud': cost.unknown_model: expected silent, show or assume:ID, got "loud"; the default "silent" is used`},
		"a URL":          {"cost.prices = ['https://example.com/p.json']", `['https://example.com/p.json']: cost.prices: a URL can only be set in user settings; a workspace file must not choose where to connect to; the default [] is used`},
		"absolute":       {"cost.prices = ['/etc/passwd']", `['/etc/passwd']: cost.prices: "/etc/passwd" is outside of the project; a workspace file can only name files in its own folder, with /; the default [] is used`},
		"above":          {"cost.prices = ['a/../../p.json']", `['a/../../p.json']: cost.prices: "a/../../p.json" is outside of the project; a workspace file can only name files in its own folder, with /; the default [] is used`},
		"Windows":        {`cost.prices = ['C:\p.json']`, `['C:\p.json']: cost.prices: "C:\\p.json" is outside of the project; a workspace file can only name files in its own folder, with /; the default [] is used`},
		"no file":        {"cost.prices = ['']", `['']: cost.prices: "" names no file; the default [] is used`},
		"too many files": {"cost.prices = [" + strings.Repeat("'a',", 9) + "]", `['a','a','a','a','a','a','a','a','a',]: cost.prices: 9 files; 8 are read at most; the default [] is used`},
		"discount":       {"[cost.models.x]\nalias = 'y'\ndiscount = 20\n", `20: cost.models.x: discount: expected a number from 0 to 0.99, got 20; this section is ignored`},
		"alias":          {"[cost]\nruns_per_month = 3\n[cost.models]\nx = {alias = 3}\n", `3: cost.models.x: alias: expected the id of a model, got a number; this section is ignored`},
		"dotted alias":   {"[cost.models]\nx.discount = 0.1\nx.alias = ' y'\n", `' y': cost.models.x: alias: expected the id of a model, got " y"; this section is ignored`},
		"unknown key":    {"[cost.models.x]\nalais = 'y'\n", `'y': cost.models.x: alais: unknown key; did you mean "alias"?; this section is ignored`},
		"no section":     {"cost.models.x = 'y'", `'y': cost.models.x: expected a section with alias, discount, got a string; this section is ignored`},
		"the second": {"[[cost.paths]]\nmatch = 'a'\n[[cost.paths]]\nmatch = 'b'\nruns_per_month = -1\n[lsp]\nhover = true",
			`-1: cost.paths: runs_per_month: expected a whole number from 0 to 1099511627776, got -1; this section is ignored`},
		"no match":    {"[[cost.paths]]\nbatchable = true", `cost.paths: cost.paths: it has no match: write the glob of the files that it speaks of; this section is ignored`},
		"no list":     {"cost.paths = 3", `3: cost.paths: expected a section with batchable, match, runs_per_month, got a number; this section is ignored`},
		"no elements": {"cost.paths = [3]", `[3]: cost.paths: expected a section with batchable, match, runs_per_month, got a number; this section is ignored`},
		"one section": {"[cost.paths]\nmatch = 'a'", ""},
	} {
		_, problems := Parse("/p/qodacode.toml", text.New(tt.src))
		var got []string
		for _, p := range problems {
			got = append(got, p.Text.Slice(p.Span)+": "+p.Message)
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
}

func TestCostSections(t *testing.T) {
	project := `
[cost]
runs_per_month = 7
prices = ["p/prices.json"]
unknown_model = "show"
[cost.models."internal/chat"]
alias = "gpt-6.1-terra"
discount = 0.25
[[cost.paths]]
match = "jobs/**"
runs_per_month = 30
batchable = true
[[cost.paths]]
match = "jobs/x.py"
[[cost.paths]]
match = "tests"
`
	mine := Settings{"cost": map[string]any{
		"prices": []any{"https://example.com/prices.json?token=x#y", "/home/me/p.json"},
		"models": map[string]any{"internal/chat": map[string]any{"alias": "other"}, "mine": map[string]any{"discount": 0.5}},
		"paths":  []any{map[string]any{"match": "**", "runs_per_month": 1.0}},
	}}
	c, problems := Parse("/r/qodacode.toml", text.New(project))
	if problems != nil {
		t.Fatal(show(problems))
	}
	c, problems = c.WithUser(mine)
	if problems != nil {
		t.Fatal(show(problems))
	}
	want := []PriceFile{
		{Name: "https://example.com/prices.json", URL: "https://example.com/prices.json?token=x#y"},
		{Name: "/home/me/p.json", Path: filepath.FromSlash("/home/me/p.json")},
		{Name: "p/prices.json", Path: filepath.FromSlash("/r/p/prices.json"), Within: filepath.FromSlash("/r")},
	}
	if !slices.Equal(c.Cost.Prices, want) {
		t.Errorf("prices %+v", c.Cost.Prices)
	}
	if m := c.Cost.Models; len(m) != 2 || m["internal/chat"] != (CostModel{"gpt-6.1-terra", 0.25}) || m["mine"] != (CostModel{"", 0.5}) {
		t.Errorf("models %+v", m)
	}
	if c.Cost.UnknownModel != "show" || Default().Cost.UnknownModel != "silent" {
		t.Errorf("unknown_model %q, by default %q", c.Cost.UnknownModel, Default().Cost.UnknownModel)
	}
	for path, want := range map[string]struct {
		runs      int
		batchable bool
	}{"jobs/a/b.py": {30, true}, "jobs/x.py": {30, true}, "tests/a.py": {7, false}, "a.py": {7, false}} {
		if got, batchable := c.CostOf(path); got.RunsPerMonth != want.runs || batchable != want.batchable {
			t.Errorf("%s: %d runs, batchable %v", path, got.RunsPerMonth, batchable)
		}
	}
	own, _ := Default().WithUser(mine)
	if got, _ := own.CostOf("a.py"); got.RunsPerMonth != 1 {
		t.Errorf("the user's own paths: %d", got.RunsPerMonth)
	}
	for _, bad := range []any{"p.json", "http://example.com/p.json", "https://me:secret@example.com/p.json", "ftp://x/y", "https://"} {
		c, problems := Default().WithUser(Settings{"cost": map[string]any{"prices": []any{bad}}})
		if len(problems) != 1 || len(c.Cost.Prices) != 0 || strings.Contains(problems[0].Message, "secret") {
			t.Errorf("%v: %q", bad, show(problems))
		}
	}
}

// The user's own file may name files beside itself.
func TestPricesOfUserFile(t *testing.T) {
	l, problems := parse("/home/me/.config/qodacode/config.toml", text.New("cost.prices = ['p.json', '../q.json']"), table, true)
	c := build("", "", nil, []layer{l})
	if problems != nil || len(c.Cost.Prices) != 2 || c.Cost.Prices[0].Path != filepath.FromSlash("/home/me/.config/qodacode/p.json") || c.Cost.Prices[1].Within != "" {
		t.Errorf("%+v %q", c.Cost.Prices, show(problems))
	}
}

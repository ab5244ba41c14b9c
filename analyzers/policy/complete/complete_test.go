package complete

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
	"github.com/qodacode/qodacode/parser/text"
)

var params = map[string]map[string]any{
	"no_shell": {"allowed": []any{"git"}, "strict": true},
	"other":    {"limit": 3},
}

// cut takes the cursor, ‸, out of a text.
func cut(t *testing.T, marked string) (source string, offset int) {
	t.Helper()
	before, after, found := strings.Cut(marked, "‸")
	if !found {
		t.Fatal("no cursor in", marked)
	}
	return before + after, len(before)
}

func labels(items []Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Label)
	}
	return all
}

// What may be written at a place: all of want, and none of unwanted.
func TestAt(t *testing.T) {
	for name, c := range map[string]struct {
		in             string
		want, unwanted string
		replaces       string // what the first item takes the place of
	}{
		"the document":               {in: "package p\ndeny contains r if {\n\tinput.‸\n}", want: "llm_calls sql file graph", unwanted: "verb input some"},
		"part of a field":            {in: "package p\ndeny contains r if {\n\tinput.ll‸m\n}", want: "llm_calls sql", replaces: "llm"},
		"a field of an object":       {in: "package p\ndeny contains r if input.file.‸", want: "path is_test", unwanted: "sql"},
		"an element":                 {in: "package p\ndeny contains r if input.llm_calls[_].‸", want: "model has_timeout ctx"},
		"an element by number":       {in: "package p\ndeny contains r if input.graph.nodes[0].‸", want: "interrupt kind"},
		"an element by variable":     {in: "package p\ndeny contains r if input.sql[i].ctx.‸", want: "production approved", unwanted: "verb"},
		"an element by expression":   {in: "package p\ndeny contains r if input.sql[count(input.http) - 1].‸", want: "verb"},
		"a name in brackets":         {in: `package p` + "\ndeny contains r if input[\"sql\"][_].‸", want: "verb"},
		"no field of an array":       {in: "package p\ndeny contains r if input.llm_calls.‸"},
		"no field of a string":       {in: "package p\ndeny contains r if input.file.path.‸"},
		"some in":                    {in: "package p\ndeny contains r if {\n\tsome call in input.llm_calls\n\tcall.‸\n}", want: "model"},
		"some key and value":         {in: "package p\ndeny contains r if {\n\tsome i, call in input.llm_calls\n\tcall.‸\n}", want: "model"},
		"the key is no element":      {in: "package p\ndeny contains r if {\n\tsome i, call in input.llm_calls\n\ti.‸\n}"},
		"some in brackets":           {in: "package p\ndeny contains r if {\n\tsome x in input.graph.edges\n\tx.‸\n}", want: "conditional"},
		"every":                      {in: "package p\ndeny contains r if {\n\tevery t in input.tools {\n\t\tt.‸\n\t}\n}", want: "requires_approval"},
		"assigned":                   {in: "package p\ndeny contains r if {\n\tc := input.sql[_]\n\tc.ctx.‸\n}", want: "production"},
		"unified":                    {in: "package p\ndeny contains r if {\n\tc = input.sql[_]\n\tc.‸\n}", want: "verb"},
		"a part assigned":            {in: "package p\ndeny contains r if {\n\tc := input.sql[_]\n\tx := c.ctx\n\tx.‸\n}", want: "production"},
		"an array assigned":          {in: "package p\ndeny contains r if {\n\tall := input.sql\n\tsome s in all\n\ts.‸\n}", want: "verb"},
		"a comprehension":            {in: "package p\ndeny contains r if {\n\tall := [s | some s in input.sql; s.verb == \"x\"]\n\tsome one in all\n\tone.‸\n}", want: "has_where"},
		"a set comprehension's part": {in: "package p\ndeny contains r if {\n\tall := {s.ctx | some s in input.sql}\n\tsome one in all\n\tone.‸\n}", want: "production", unwanted: "verb"},
		"inside a comprehension":     {in: "package p\nall := [s | some s in input.sql; s.‸]", want: "verb"},
		"the head before the body":   {in: "package p\ndeny contains {\"range\": call.‸} if {\n\tsome call in input.http\n}", want: "host range"},
		"the nearest of two":         {in: "package p\ndeny contains r if {\n\tevery x in input.sql { x.verb }\n\tsome x in input.http\n\tx.‸\n}", want: "host", unwanted: "verb"},
		"a rule's set":               {in: "package p\nrisky contains tool if {\n\tsome tool in input.tools\n}\ndeny contains r if {\n\tsome t in risky\n\tt.‸\n}", want: "mutating"},
		"a rule's value":             {in: "package p\nall := input.shell\ndeny contains r if {\n\tsome t in all\n\tt.‸\n}", want: "via_shell"},
		"two sets":                   {in: "package p\na contains x if some x in input.env\nb contains y if some y in a\ndeny contains r if {\n\tsome z in b\n\tz.‸\n}", want: "has_default"},
		"a parameter":                {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\tguarded(s)\n}\n\nguarded(stmt) if stmt.‸", want: "verb"},
		"the second parameter":       {in: "package p\ndeny contains f(1, s) if some s in input.sql\nf(a, b) := b.‸", want: "verb"},
		"a parameter of a parameter": {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ta(s)\n}\na(x) if b(x.ctx)\nb(c) if c.‸", want: "production"},
		"a function's result":        {in: "package p\nouter(s) := s.ctx\ndeny contains r if {\n\tsome s in input.sql\n\tc := outer(s)\n\tc.‸\n}", want: "production"},
		"a built-in that passes on":  {in: "package p\ndeny contains r if {\n\tsome s in array.concat(input.sql, [])\n\ts.‸\n}", want: "verb"},
		"an import":                  {in: "package p\nimport input.file\ndeny contains r if file.‸", want: "path"},
		"an import with a name":      {in: "package p\nimport input.file as f\ndeny contains r if f.‸", want: "path"},
		"unknown names":              {in: "package p\ndeny contains r if {\n\tcall.‸\n}"},
		"names that mean each other": {in: "package p\na := b\nb := a\ndeny contains r if a.‸"},
		"a set of itself":            {in: "package p\na contains x if some x in a\ndeny contains r if {\n\tsome x in a\n\tx.‸\n}"},
		"the sections of params":     {in: "package no_shell\ndeny contains r if data.params.‸", want: "no_shell other"},
		"a section":                  {in: "package no_shell\ndeny contains r if data.params.no_shell.‸", want: "allowed strict", unwanted: "limit"},
		"an import of params":        {in: "package no_shell\nimport data.params.no_shell as settings\ndeny contains r if settings.‸", want: "strict"},
		"its own section, unset":     {in: "package a.fresh\ndeny contains r if data.params.‸", want: "fresh"},
		"values of ==":               {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb == ‸\n}", want: `"delete" "unknown"`, unwanted: "delete"},
		"values in a string":         {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb == \"de‸l\"\n}", want: "delete", unwanted: "msg", replaces: "del"},
		"values in an open string":   {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.ctx.production != \"‸\n\ts.verb\n}", want: "yes no unknown", unwanted: "delete"},
		"values in a set":            {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb in {\"delete\", \"‸\"}\n}", want: "drop"},
		"values in a set's start":    {in: "package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb in {\"‸", want: "drop"},
		"values of a set elsewhere":  {in: "package p\nbad := {\"‸\"}\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb in bad\n}", want: "drop"},
		"truth":                      {in: "package p\ndeny contains r if input.file.is_test == ‸", want: "true false"},
		"no values":                  {in: "package p\ndeny contains r if input.file.path == \"‸\""},
		"names in brackets":          {in: "package p\ndeny contains r if input.file[\"‸\"]", want: "path"},
		"severity":                   {in: "package p\ndeny contains {\"msg\": \"x\", \"severity\": \"‸\"}", want: "error hint"},
		"keys of a result":           {in: "package p\ndeny contains {\"msg\": \"x\", \"‸\"}", want: "range subject", unwanted: "msg"},
		"keys of a named result":     {in: "package p\ndeny contains result if {\n\tresult := {\n\t\t\"‸\"\n\t}\n}", want: "msg range"},
		"no keys of other objects":   {in: "package p\nx := {\n\t\"‸\": 1\n}"},
		"an empty file":              {in: "‸", want: "package"},
		"the start of a line":        {in: "package p\n\n‸", want: "import default", unwanted: "package input"},
		"a rule's skeleton":          {in: "package p\n\nde‸", want: "import", replaces: "de"},
		"another result of a rule":   {in: "package p\ndeny contains 1 if true\n‸", want: "deny"},
		"a name in a rule":           {in: "package p\nf(x) if true\ndeny contains r if {\n\tsome call in input.sql\n\t‸\n}", want: "input call f some not count", unwanted: "import"},
		"metadata":                   {in: "# METADATA\n# ‸\npackage p", want: "title custom"},
		"a severity of metadata":     {in: "# METADATA\n# custom:\n#   severity: ‸\npackage p", want: "warning"},
		"a comment":                  {in: "package p\n# input.‸"},
		"a raw string":               {in: "package p\nx := `input.‸`"},
		"a package":                  {in: "package ‸"},
	} {
		t.Run(name, func(t *testing.T) {
			source, offset := cut(t, c.in)
			items := At(source, offset, params)
			got := labels(items)
			for _, w := range strings.Fields(c.want) {
				if !slices.Contains(got, w) {
					t.Errorf("%s is missing; got %q", w, got)
				}
			}
			for _, w := range strings.Fields(c.unwanted) {
				if slices.Contains(got, w) {
					t.Errorf("%s is offered; got %q", w, got)
				}
			}
			if c.want == "" && len(items) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
			if len(items) > 0 {
				r := items[0].Replace
				if replaced := source[r.Start:r.End]; replaced != c.replaces || offset < r.Start || offset > r.End {
					t.Errorf("it replaces %q at %v, want %q around %d", replaced, r, c.replaces, offset)
				}
			}
		})
	}
}

// Every field can be reached by typing its path.
func TestEveryFieldIsOffered(t *testing.T) {
	for _, f := range facts.AllFields() {
		above := "input." + strings.TrimSuffix(f.Path, f.Name)
		source := "package p\ndeny contains r if " + above
		if got := labels(At(source, len(source), nil)); !slices.Contains(got, f.Name) {
			t.Errorf("after %s there is no %s but %q", above, f.Name, got)
		}
		whole := "package p\ndeny contains r if input." + f.Path
		if doc, span := Hover(whole, len(whole)-1, nil); !strings.Contains(doc, f.Doc) || whole[span.Start:span.End] != f.Name {
			t.Errorf("the hover on %s is %q at %v", f.Path, doc, span)
		}
	}
}

// The fields in the policies that come with qodacode are offered where they stand, when the rest of their line is not typed yet.
func TestStartersAreCompleted(t *testing.T) {
	files, err := fs.Glob(os.DirFS("../starters/policies"), "*.rego")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	fields := 0
	for _, file := range files {
		whole, err := os.ReadFile("../starters/policies/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		p := read(string(whole), nil)
		for i, token := range p.tokens {
			if token.kind != name || !p.follows(i) || !p.is(i-1, ".") || p.is(i+1, "(") && p.follows(i+1) || p.text(p.head(i)) == "data" {
				continue
			}
			fields++
			before, after := p.source[:token.Start], p.source[token.Start:]
			_, after, _ = strings.Cut(after, "\n")
			if got := labels(At(before+"\n"+after, token.Start, nil)); !slices.Contains(got, p.text(i)) {
				t.Errorf("%s: %s is not offered; got %q", file, p.source[p.tokens[p.head(i)].Start:token.End], got)
			}
		}
	}
	if fields < 50 {
		t.Errorf("there are %d fields only", fields)
	}
}

func TestHover(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a field":           {"package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.ctx.pro‸duction == \"no\"\n}", "**input.sql[_].ctx.production** · string\n\nWhether it runs in production: yes or no when a condition around it says so, else unknown.\n\nOne of `yes`, `no`, `unknown`. `unknown` is what the code does not tell: a rule that should not pass it over compares with `!=`.\n\n```rego\ns.ctx.production != \"no\"\n```"},
		"its end":           {"package p\ndeny contains r if input.file.is_test‸", "**input.file.is_test** · boolean"},
		"its end, a space":  {"package p\ndeny contains r if input.file.is_test‸ ", "input.file.is_test"},
		"in brackets":       {"package p\ndeny contains r if input[\"fi‸le\"].is_test", "**input.file** · file"},
		"input":             {"package p\ndeny contains r if in‸put.file", "the facts of one file"},
		"a variable":        {"package p\ndeny contains r if {\n\tsome s in input.sql\n\t‸s.verb\n}", "**s**: `input.sql[_]`"},
		"where it is made":  {"package p\ndeny contains r if {\n\tsome ‸s in input.sql\n\ts.verb\n}", "**s**: `input.sql[_]`"},
		"a parameter":       {"package p\ndeny contains r if {\n\tsome s in input.sql\n\tf(s)\n}\nf(st‸mt) if stmt.verb", "**stmt**: `input.sql[_]`"},
		"a setting":         {"package p\nx := data.params.no_shell.str‸ict", "Set in `qodacode.toml`: `true`"},
		"a section":         {"package p\nx := data.params.no_‸shell.strict", "policy.params.no_shell"},
		"a built-in":        {"package p\nx := glob.ma‸tch(\"*\", [], y)", ""},
		"a simple built-in": {"package p\nx := spr‸intf(\"\", [])", "**sprintf** · (format, values) string"},
		"a word":            {"package p\ndeny contains r if {\n\tso‸me s in input.sql\n}", "**some**"},
		"a comment":         {"package p\n# inp‸ut", ""},
		"a string":          {"package p\nx := \"inp‸ut\"", ""},
		"no field":          {"package p\nx := input.fil‸", ""},
		"white space":       {"package p\n\n‸\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			source, offset := cut(t, c.in)
			doc, span := Hover(source, offset, params)
			if !strings.Contains(doc, c.want) || c.want == "" && doc != "" {
				t.Errorf("got %q, want %q", doc, c.want)
			}
			if doc != "" && (offset < span.Start || offset > span.End) {
				t.Errorf("%v is not at %d", span, offset)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"some ${1:call} in input.${2:sql}\n$1.range {$0}": "some call in input.sql\ncall.range {}",
		"count($1)": "count()",
		"no places": "no places",
	} {
		if got := Plain(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzAt(f *testing.F) {
	for _, s := range []string{
		"package p\ndeny contains r if {\n\tsome s in input.sql\n\ts.verb == \"x\"\n}",
		"f(x) := y if { x[input.sql[_].", "a.b[`x`\n\"", "# METADATA\n#", "x := {y | y := [x | x]}", "a := a[a[a[a]]]", "é😀 := input.sql\x00\xff",
	} {
		f.Add(s, len(s)/2)
	}
	f.Fuzz(func(t *testing.T, source string, offset int) {
		for _, item := range At(source, offset, params) {
			check(t, source, item.Replace)
			if offset < item.Replace.Start || offset > item.Replace.End {
				t.Errorf("%v is not around %d", item.Replace, offset)
			}
		}
		if doc, span := Hover(source, offset, params); doc != "" {
			check(t, source, span)
		}
	})
}

func check(t *testing.T, source string, s text.Span) {
	if s.Start < 0 || s.End < s.Start || s.End > len(source) {
		t.Errorf("%v in %d bytes", s, len(source))
	}
	if strings.Contains(source[s.Start:s.End], "\n") {
		t.Errorf("%q spans lines", source[s.Start:s.End])
	}
}

// A question about a long policy whose names lead in circles is answered: in less than half a
// second, and here with room for a machine that has other work.
func TestHostile(t *testing.T) {
	for name, source := range map[string]string{
		"many rules":  "package p\n" + strings.Repeat("a contains x if some x in b\nb contains x if some x in a\n", 5000) + "deny contains a.",
		"deep":        "package p\nx := " + strings.Repeat("[{", 100_000),
		"one ref":     "package p\nx := input" + strings.Repeat("[_].a", 100_000) + ".",
		"many dots":   "package p\nx := " + strings.Repeat(".", 100_000),
		"many values": "package p\nx := {" + strings.Repeat(`"a", `, 50_000) + `"`,
		"callers":     "package p\nf(x) if x.\n" + strings.Repeat("g(x) if f(y(x))\n", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			At(source, len(source), params)
			Hover(source, len(source)-1, params)
			if d := time.Since(begin); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

package llm

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// marker is a comment such as
//
//	# site: openai chat.completions gpt-4o-mini loop azure
//
// behind the line on which a site's callee ends: SDK, API, model ("-" when unknown), and
// what else there is to say. Files have exactly the sites that are marked.
var marker = regexp.MustCompile(`(?:#|//) site: (.+)`)

func TestSites(t *testing.T) {
	files, err := filepath.Glob("testdata/sites/*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := parser.Parse(path, "", text.New(string(src)))
			var want, got []string
			for i := range f.Text.Lines() {
				if m := marker.FindStringSubmatch(f.Text.Slice(f.Text.Line(i))); m != nil {
					want = append(want, fmt.Sprintf("%d: %s", i+1, strings.TrimSpace(m[1])))
				}
			}
			for _, s := range Sites(f) {
				got = append(got, fmt.Sprintf("%d: %s", f.Text.LineOf(f.Span(s.Method).End)+1, short(f, &s)))
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("sites differ\nwant %s\ngot  %s", strings.Join(want, "\n     "), strings.Join(got, "\n     "))
			}
		})
	}
}

func short(f *parser.File, s *Site) string {
	parts := []string{s.SDK, s.API, s.Model.ID}
	if s.Model.ID == "" {
		parts[2] = "-"
	}
	if s.Model.ID == "" != (s.Model.Reason != "") {
		parts = append(parts, "REASON "+s.Model.Reason)
	}
	switch s.Kind {
	case ModelConfig:
		parts = append(parts, "config")
	case Agent, Drive:
		parts = append(parts, s.Kind.String())
	}
	if s.Kind == Embedding != strings.Contains(s.API, "embed") {
		parts = append(parts, "KIND")
	}
	if s.Loop != nil {
		parts = append(parts, "loop")
	}
	if s.Model.Default {
		parts = append(parts, "default")
	}
	if s.Model.ID != "" && s.Model.Literal == parser.NoNode {
		parts = append(parts, "pieced")
	}
	if s.Platform != Direct {
		parts = append(parts, [...]string{"", "azure", "bedrock", "vertex", "custom"}[s.Platform])
	}
	return strings.Join(parts, " ")
}

func TestReasons(t *testing.T) {
	for src, want := range map[string]string{
		"import openai\nopenai.responses.create(input='x')":                                      "the call names no model",
		"import openai\ndef f(m): openai.responses.create(model=m, input='x')":                   "the model comes from `m`",
		"import openai\ndef f(**k): openai.responses.create(**k)":                                "the arguments are put together elsewhere",
		"import openai\ndef f(v): openai.responses.create(model=f'gpt-{v}', input='x')":          "the model's id is put together at run time",
		"import openai\nopenai.responses.create(model=3, input='x')":                             "the model argument is not a string",
		"import openai\nopenai.responses.create(model=pick(\n'a', 'b'), input='x')":              "the model comes from an expression",
		"import openai\nM='a'\nM='b'\ndef f():\n  openai.responses.create(model=M, input='x')\n": "the model is `a` or `b`",
	} {
		sites := Sites(parser.Parse("a.py", "", text.New(src)))
		if len(sites) != 1 || sites[0].Model.Reason != want {
			t.Errorf("%q\nwant %s, got %+v", src, want, sites)
		}
	}
}

// Plain and data files, and files without any call, have no sites.
func TestNoSites(t *testing.T) {
	for _, path := range []string{"a.txt", "a.json", "a.py", "a.ts"} {
		if s := Sites(parser.Parse(path, "", text.New(`"client.chat.completions.create(model='gpt-4o')"`))); len(s) != 0 {
			t.Errorf("%s: %+v", path, s)
		}
	}
}

// Text that is being typed is read without harm, and a site's nodes are nodes of the file.
func TestBrokenText(t *testing.T) {
	files, err := filepath.Glob("testdata/sites/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for cut := 0; cut < len(src); cut += 31 {
			for _, broken := range []string{string(src[:cut]), string(src[cut:]), string(src[:cut]) + string(src[min(cut+5, len(src)):])} {
				f := parser.Parse(path, "", text.New(broken))
				for _, s := range Sites(f) {
					if int(s.Model.Literal) >= len(f.Nodes) || int(s.Model.Arg) >= len(f.Nodes) || s.Model.ID == "" && s.Model.Reason == "" {
						t.Fatalf("%s cut at %d: %+v", path, cut, s)
					}
				}
			}
		}
	}
}

// A model that is handed down on more ways than can be looked at is not known, and found
// out so in no time.
func TestManyWays(t *testing.T) {
	var code strings.Builder
	code.WriteString("from openai import OpenAI\nclient = OpenAI()\ndef f0(model):\n    client.responses.create(model=model, input='x')\n")
	for i := 1; i < 11; i++ {
		fmt.Fprintf(&code, "def f%d(model):\n%s", i, strings.Repeat(fmt.Sprintf("    f%d(model)\n", i-1), 8))
	}
	code.WriteString("f10('gpt-4o')\n")
	if sites := Sites(parser.Parse("a.py", "", text.New(code.String()))); len(sites) != 1 || sites[0].Model.Reason == "" {
		t.Errorf("%+v", sites)
	}
}

// Every row can be reached: its methods, its clients and its arguments are spelled out.
func TestTable(t *testing.T) {
	for _, s := range sdks {
		if s.name == "" || len(s.modules) == 0 || len(s.apis) == 0 {
			t.Errorf("incomplete row %+v", s)
		}
		made := map[string]bool{} // names of constructs
		for _, a := range s.apis {
			made[a.name] = made[a.name] || a.construct
		}
		for _, a := range s.apis {
			model := len(a.model)+len(a.config) > 0 || a.on != nil || a.kind == Drive
			if a.name == "" && a.on == nil || len(a.methods) == 0 || !model {
				t.Errorf("%s: incomplete api %+v", s.name, a)
			}
			if !a.construct && a.on == nil && len(s.clients) == 0 && !s.module {
				t.Errorf("%s: %s is out of reach", s.name, a.name)
			}
			for _, name := range a.on {
				if !made[name] {
					t.Errorf("%s: nothing makes %s", s.name, name)
				}
			}
			for _, segment := range strings.Split(a.path, ".") {
				if a.needs != nil && segment != "" && !paths[segment] {
					t.Errorf("%s is missing in paths", segment)
				}
			}
		}
	}
}

// BenchmarkSites reads a file of 1,000 lines with as many sites as the marked file has.
func BenchmarkSites(b *testing.B) {
	src, err := os.ReadFile("testdata/sites/openai.py")
	if err != nil {
		b.Fatal(err)
	}
	var code strings.Builder
	code.Write(src)
	for i := 0; strings.Count(code.String(), "\n") < 1000; i++ {
		fmt.Fprintf(&code, "\n\ndef step%d(items, limit=10):\n    total = sum(len(str(x)) for x in items[:limit])\n    return {\"total\": total, \"last\": step%d(items)}\n", i, max(i-1, 0))
	}
	f := parser.Parse("a.py", "", text.New(code.String()))
	b.ReportMetric(float64(len(resolve(f))), "sites")
	b.SetBytes(int64(f.Text.Len()))
	for b.Loop() {
		resolve(f)
	}
}

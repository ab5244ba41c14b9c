package sast

import (
	"context"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// folder is files by the name of their module.
type folder map[string]*parser.File

func (f folder) Import(_ *parser.File, module string) *parser.File { return f[module] }

// Half of a flow may be in a file that is imported, of which only words are known before the rule runs.
func TestFlowOverFiles(t *testing.T) {
	rules := mustParse(t, `
rules:
  - id: flow
    mode: taint
    message: m
    severity: INFO
    languages: [python]
    pattern-sources: [{pattern: flask.request.args.get(...)}]
    pattern-sinks: [{pattern: os.system(...)}]
`)
	parse := func(name, src string) *parser.File { return parser.Parse(name, "", text.New(src)) }
	modules := folder{
		"asks": parse("asks.py", "import flask\n\ndef ask(name):\n    return flask.request.args.get(name)\n"),
		"safe": parse("safe.py", "def ask(name):\n    return name.upper()\n"),
	}
	for src, want := range map[string]int{
		"import os\nfrom asks import ask\n\ndef view():\n    os.system(ask('x'))\n": 1,
		"import os\nfrom safe import ask\n\ndef view():\n    os.system(ask('x'))\n": 0,
		"from asks import ask\n\ndef view():\n    print(ask('x'))\n":                0,
	} {
		if got := NewRuleset(rules).Scan(context.Background(), parse("view.py", src), modules).Findings; len(got) != want {
			t.Errorf("%d findings in\n%s", len(got), src)
		}
	}
}

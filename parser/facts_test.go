package parser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestImports(t *testing.T) {
	tests := []struct{ path, src, want string }{
		{"a.py", "import a.b, c as d", "a.b as a; c as d"},
		{"a.py", "from a import b as c, d", "a:b as c; a:d as d"},
		{"a.py", "from . import x\nfrom ..p import y", ".:x as x; ..p:y as y"},
		{"a.py", "from a import *", "a:* as "},
		{"a.py", "from a import (\n    b,  # why\n    c,\n)", "a:b as b; a:c as c"},
		{"a.py", "if TYPE_CHECKING:\n    from a import b", "a:b as b type"},
		{"a.py", "import importlib\nimportlib.import_module('m')", "importlib as importlib; m as  dynamic"},
		{"a.ts", "import d, { a as b, type T } from 'm'", "m:default as d; m:a as b; m:T as T type"},
		{"a.ts", "import type { T } from 'm'", "m:T as T type"},
		{"a.ts", "import * as n from 'm'", "m as n"},
		{"a.ts", "import 'm'", "m as "},
		{"a.ts", "export { a } from 'm'; export * from 'n'", "m:* as ; n:* as "},
		{"a.js", "const a = require('m'), { b: c, d } = require('n')", "m as a; n:b as c; n:d as d"},
		{"a.js", "import('m').then(x => x)", "m as  dynamic"},
		{"a.js", "async () => { const m = await import('m') }", "m as m"},
	}
	for _, tt := range tests {
		f := parse(t, tt.path, tt.src)
		var got []string
		for _, i := range f.Imports {
			s := i.Module
			if i.Name != "" {
				s += ":" + i.Name
			}
			s += " as " + i.Alias
			if i.TypeOnly {
				s += " type"
			}
			if i.Dynamic {
				s += " dynamic"
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("imports of %q are %q, want %q", tt.src, strings.Join(got, "; "), tt.want)
		}
	}
}

func TestLoops(t *testing.T) {
	tests := []struct {
		path, src string
		in        bool
	}{
		{"a.py", "for x in y:\n    f()", true},
		{"a.py", "for x in f():\n    g()", false},
		{"a.py", "while f():\n    g()", false},
		{"a.py", "while True:\n    f()", true},
		{"a.py", "xs = [f() for x in y]", true},
		{"a.py", "xs = [x for x in f()]", false},
		{"a.py", "for x in y:\n    def g():\n        f()", false},
		{"a.py", "async def g():\n    await asyncio.gather(*(f() for x in y))", true},
		{"a.ts", "for (const x of y) { f(); }", true},
		{"a.ts", "for (let i = 0; i < 3; i++) f();", true},
		{"a.ts", "do { f() } while (x)", true},
		{"a.ts", "xs.map((x) => f())", true},
		{"a.ts", "xs.map(async (x) => { await f() })", true},
		{"a.ts", "f().map((x) => g())", false},
		{"a.ts", "server.on('x', () => f())", false},
	}
	for _, tt := range tests {
		f := parse(t, tt.path, tt.src)
		if got := f.EnclosingLoop(callNamed(t, f, "f").Node) != nil; got != tt.in {
			t.Errorf("in a loop: %v, want %v in\n%s", got, tt.in, tt.src)
		}
	}
}

func TestArguments(t *testing.T) {
	tests := []struct{ path, src, want string }{
		{"a.py", "f(1, model='m')", "'m'"},
		{"a.py", "f('m')", "'m'"},
		{"a.py", "kw = {'model': 'm'}\nf(x=1, **kw)", "'m'"},
		{"a.py", "f(*args)", ""},
		{"a.ts", "f({ model: 'm', n: 1 })", "'m'"},
		{"a.ts", "const model = 'm'; f({ model })", "model"},
		{"a.ts", "f(x, { 'model': 'm' } as const)", "'m'"},
	}
	for _, tt := range tests {
		f := parse(t, tt.path, tt.src)
		pos := 0
		if strings.Contains(tt.src, "model") {
			pos = -1
		}
		a, ok := f.Argument(callNamed(t, f, "f"), "model", pos)
		if got := f.Slice(a.Value); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("argument is %q, want %q in\n%s", got, tt.want, tt.src)
		}
	}
}

func TestFuncsAndClasses(t *testing.T) {
	f := parse(t, "a.py", "@tool\n@cache()\nasync def g(a, b: int = 1, *args, c, **kw) -> str: ...\nclass C(B, metaclass=M):\n    def m(self): ...\nh = lambda x: x\n")
	g := f.Funcs[0]
	var params []string
	for _, p := range g.Params {
		params = append(params, p.Name)
	}
	if g.Name != "g" || !g.Async || len(g.Decorators) != 2 || f.Slice(g.Decorators[0]) != "tool" || f.Slice(g.Returns) != "str" || strings.Join(params, " ") != "a b args c kw" {
		t.Errorf("function is %+v with parameters %v", g, params)
	}
	if c := f.Classes[0]; c.Name != "C" || len(c.Bases) != 1 || f.Slice(c.Bases[0]) != "B" {
		t.Errorf("class is %+v", c)
	}
	if m := f.Funcs[1]; m.Name != "m" || m.Class != 0 {
		t.Errorf("method is %+v", m)
	}
	f = parse(t, "a.ts", "class A extends B implements C { async m({ x }: T, y = 1) {} }\nconst h = async (z) => z;\n@d() class E {}")
	if a := f.Classes[0]; a.Name != "A" || len(a.Bases) != 1 || f.Slice(a.Bases[0]) != "B" {
		t.Errorf("class is %+v", a)
	}
	if m, h := f.Funcs[0], f.Funcs[1]; m.Name != "m" || !m.Async || len(m.Params) != 2 || m.Class != 0 || h.Name != "h" || !h.Async {
		t.Errorf("functions are %+v and %+v", m, h)
	}
}

// What stands outside the broken part must be read as if nothing were broken.
func TestBrokenTextKeepsTheRest(t *testing.T) {
	const before = "from openai import OpenAI\nc = OpenAI()\nc.chat.completions.create(model='a')\n"
	const after = "\n\ndef g():\n    c.responses.create(model='b')\n"
	for _, broken := range []string{"x = (", "Agent(\n    name='x',\n", "s = 'abc", "def f(:", "if x\n", "x = [1, 2", "class (:", "for in x:", "d = {'a': ", "f'{x", "\"\"\"open", "def half(:\n    x = (\n"} {
		f := Parse("a.py", "", text.New(before+broken+after))
		var names []string
		for i := range f.Calls {
			names = append(names, f.QName(f.Calls[i].Callee))
		}
		if !slices.Contains(names, "openai.OpenAI.chat.completions.create") {
			t.Errorf("%q: the call before it is lost: %v", broken, names)
		}
		if !slices.Contains(names, "openai.OpenAI.responses.create") && broken != "\"\"\"open" {
			t.Errorf("%q: the call after it is lost: %v", broken, names)
		}
	}
}

func TestNotebook(t *testing.T) {
	cell := func(kind string, lines ...string) string {
		var quoted []string
		for _, l := range lines {
			quoted = append(quoted, fmt.Sprintf("%q", l))
		}
		return fmt.Sprintf(`{"cell_type": %q, "metadata": {}, "outputs": [{"text": ["noise"]}], "source": [%s]}`, kind, strings.Join(quoted, ", "))
	}
	src := "{\n \"cells\": [\n  " + cell("markdown", "# from x import y\n") + ",\n  " +
		cell("code", "%pip install openai\n", "from openai import OpenAI\n", "c = OpenAI()  # é \"quoted\"") + ",\n  " +
		cell("code", "!ls\n", "c.chat.completions.create(model=\"gpt-4\", x='😀')\n") + "\n ],\n \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}\n}\n"
	f := Parse("a.ipynb", "", text.New(src))
	if f.Language != Python || f.Broken() {
		t.Fatalf("language %v, broken %v:\n%s", f.Language, f.Broken(), f.Text)
	}
	c := callNamed(t, f, "create")
	if got := f.QName(c.Callee); got != "openai.OpenAI.chat.completions.create" {
		t.Errorf("QName = %q", got)
	}
	arg, _ := f.Argument(c, "model", -1)
	at := f.Locate(f.Span(arg.Value))
	if got := f.Source.Slice(at); got != `\"gpt-4\"` {
		t.Errorf("the model stands at %q in the notebook", got)
	}
	if back, ok := f.Covered(at.Start + 3); !ok || f.Slice(f.At(back)) == "" || !f.Span(arg.Value).Contains(back) {
		t.Errorf("the way back from %d ends at %d, %v", at.Start+3, back, ok)
	}
	if _, ok := f.Covered(strings.Index(src, "noise")); ok {
		t.Error("an output is said to be code")
	}
	if got, want := f.Escape("\"a\"\n"), `\"a\"\n`; got != want {
		t.Errorf("Escape gives %s, want %s", got, want)
	}
	for _, bad := range []string{"", "{", "[]", `{"cells": 1}`, `{"cells": [{"cell_type": "code", "source": 5}]}`, `{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}`} {
		if f := Parse("a.ipynb", "", text.New(bad)); len(f.Calls) != 0 {
			t.Errorf("%q has calls", bad)
		}
	}
}

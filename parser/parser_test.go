package parser

import (
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

// parse reads src as the language of path, and fails on broken syntax.
func parse(t *testing.T, path, src string) *File {
	t.Helper()
	f := Parse(path, "", text.New(src))
	if f.Broken() {
		t.Fatalf("%s does not parse:\n%s", path, src)
	}
	return f
}

// callNamed is the last call of name.
func callNamed(t *testing.T, f *File, name string) *Call {
	t.Helper()
	for i := len(f.Calls) - 1; i >= 0; i-- {
		if f.Calls[i].Name == name {
			return &f.Calls[i]
		}
	}
	t.Fatalf("no call of %s in %q", name, f.Text)
	return nil
}

func TestQName(t *testing.T) {
	const create = "openai.OpenAI.chat.completions.create"
	tests := []struct{ name, path, src, call, want string }{
		{"alias", "a.py", "from openai import OpenAI as O\nc = O()\nc.chat.completions.create()", "create", create},
		{"module", "a.py", "import openai\nopenai.OpenAI().chat.completions.create()", "create", create},
		{"module alias", "a.py", "import openai as o\nc = o.OpenAI()\nc.chat.completions.create()", "create", create},
		{"dotted module", "a.py", "import a.b\na.b.c.f()", "f", "a.b.c.f"},
		{"dotted module alias", "a.py", "import a.b as x\nx.f()", "f", "a.b.f"},
		{"function result", "a.py", "import litellm\nlitellm.completion().choices.f()", "f", "litellm.completion().choices.f"},
		{"with", "a.py", "from openai import OpenAI\nwith OpenAI() as c:\n    c.chat.completions.create()", "create", create},
		{"async with", "a.py", "from openai import OpenAI\nasync def f():\n    async with OpenAI() as c:\n        await c.chat.completions.create()", "create", create},
		{"self", "a.py", "from openai import OpenAI\nclass A:\n    def __init__(self):\n        self.c = OpenAI()\n    def f(self):\n        self.c.chat.completions.create()", "create", create},
		{"class attribute", "a.py", "from openai import OpenAI\nclass A:\n    c: OpenAI\n    def f(self):\n        self.c.chat.completions.create()", "create", create},
		{"inherited", "a.py", "from openai import OpenAI\nclass B:\n    def __init__(self):\n        self.c = OpenAI()\nclass A(B):\n    def f(self):\n        self.c.chat.completions.create()", "create", create},
		{"instance of a local class", "a.py", "from openai import OpenAI\nclass A:\n    def __init__(self):\n        self.c = OpenAI()\na = A()\na.c.chat.completions.create()", "create", create},
		{"annotated parameter", "a.py", "import openai\ndef f(c: openai.OpenAI):\n    c.chat.completions.create()", "create", create},
		{"optional parameter", "a.py", "from typing import Optional\nfrom openai import OpenAI\ndef f(c: Optional[OpenAI] = None):\n    c.chat.completions.create()", "create", create},
		{"bare Final", "a.py", "from typing import Final\nfrom openai import OpenAI\nc: Final = OpenAI()\nc.chat.completions.create()", "create", create},
		{"Any", "a.py", "import typing\nfrom openai import OpenAI\nc: typing.Any = OpenAI()\nc.chat.completions.create()", "create", create},
		{"union", "a.py", "from openai import OpenAI\ndef f(c: OpenAI | None):\n    c.chat.completions.create()", "create", create},
		{"forward reference", "a.py", "from openai import OpenAI\ndef f(c: 'OpenAI'):\n    c.chat.completions.create()", "create", create},
		{"or default", "a.py", "from openai import OpenAI\ndef f(c=None):\n    c = c or OpenAI()\n    c.chat.completions.create()", "create", create},
		{"conditional", "a.py", "from openai import OpenAI\ndef f(c=None):\n    d = c if c else OpenAI()\n    d.chat.completions.create()", "create", create},
		{"factory", "a.py", "from openai import OpenAI\ndef get():\n    return OpenAI()\nget().chat.completions.create()", "create", create},
		{"annotated factory", "a.py", "from openai import OpenAI\ndef get() -> OpenAI:\n    return make()\nget().chat.completions.create()", "create", create},
		{"global", "a.py", "from openai import OpenAI\nc = None\ndef init():\n    global c\n    c = OpenAI()\ndef f():\n    c.chat.completions.create()", "create", create},
		{"closure", "a.py", "from openai import OpenAI\ndef f():\n    c = OpenAI()\n    def g():\n        return c.chat.completions.create()\n    return g", "create", create},
		{"comprehension", "a.py", "from openai import OpenAI\nc = OpenAI()\nxs = [c.chat.completions.create() for x in y]", "create", create},
		{"tuple", "a.py", "from openai import OpenAI\na, c = 1, OpenAI()\nc.chat.completions.create()", "create", create},
		{"walrus", "a.py", "from openai import OpenAI\nif (c := OpenAI()):\n    c.chat.completions.create()", "create", create},
		{"relative", "a.py", "from .llm import client\nclient.f()", "f", ".llm.client.f"},
		{"method as value", "a.py", "from openai import OpenAI\nf = OpenAI().chat.completions.create\nf()", "f", create},
		{"star import", "a.py", "from openai import *\nc = OpenAI()\nc.chat.completions.create()", "create", create},
		{"two star imports", "a.py", "from openai import *\nfrom os import *\nOpenAI().f()", "f", ""},
		{"builtin beside a star import", "a.py", "from openai import *\nopen('x').f()", "f", ""},
		{"unknown", "a.py", "c.chat.completions.create()", "create", ""},
		{"local shadow", "a.py", "from openai import OpenAI\ndef OpenAI(): pass\nOpenAI().f()", "f", ""},
		{"two clients", "a.py", "from openai import OpenAI\nfrom groq import Groq\nif x:\n    c = OpenAI()\nelse:\n    c = Groq()\nc.f()", "f", ""},
		{"reassigned in order", "a.py", "from openai import OpenAI\nfrom groq import Groq\nc = Groq()\nc.g()\nc = OpenAI()\nc.chat.completions.create()", "create", create},
		{"reassigned in order, first", "a.py", "from openai import OpenAI\nfrom groq import Groq\nc = Groq()\nc.g()\nc = OpenAI()", "g", "groq.Groq.g"},
		{"cycle", "a.py", "a = b\nb = a\na.f()", "f", ""},
		{"methods do not see class names", "a.py", "from openai import OpenAI\nclass A:\n    c = OpenAI()\n    def f(self):\n        c.f()", "f", ""},
		{"default import", "a.ts", "import OpenAI from 'openai';\nconst c = new OpenAI();\nawait c.chat.completions.create({});", "create", "openai.default.chat.completions.create"},
		{"named import", "a.ts", "import { generateText as g } from 'ai';\ng({});", "g", "ai.generateText"},
		{"namespace", "a.ts", "import * as A from '@anthropic-ai/sdk';\nnew A.Anthropic().messages.create({});", "create", "@anthropic-ai/sdk.Anthropic.messages.create"},
		{"require", "a.js", "const OpenAI = require('openai');\nconst c = new OpenAI();\nc.chat.completions.create({});", "create", "openai.chat.completions.create"},
		{"require destructured", "a.js", "const { OpenAI: O } = require('openai');\nnew O().chat.completions.create({});", "create", "openai.OpenAI.chat.completions.create"},
		{"dynamic import", "a.ts", "async function f() { const { generateText } = await import('ai'); await generateText({}); }", "generateText", "ai.generateText"},
		{"import require", "a.ts", "import OpenAI = require('openai');\nnew OpenAI().f();", "f", "openai.f"},
		{"factory call", "a.ts", "import { createOpenAI } from '@ai-sdk/openai';\nconst openai = createOpenAI();\nopenai.chat('gpt-4o');", "chat", "@ai-sdk/openai.createOpenAI().chat"},
		{"this field", "a.ts", "import OpenAI from 'openai';\nclass A {\n  private c = new OpenAI();\n  async f() { await this.c.chat.completions.create({}); }\n}", "create", "openai.default.chat.completions.create"},
		{"this in constructor", "a.ts", "import OpenAI from 'openai';\nclass A {\n  c;\n  constructor() { this.c = new OpenAI(); }\n  f() { this.c.chat.completions.create({}); }\n}", "create", "openai.default.chat.completions.create"},
		{"parameter property", "a.ts", "import OpenAI from 'openai';\nclass A {\n  constructor(private readonly c: OpenAI) {}\n  f() { this.c.chat.completions.create({}); }\n}", "create", "openai.default.chat.completions.create"},
		{"typed parameter", "a.ts", "import OpenAI from 'openai';\nfunction f(c: OpenAI | null) { c!.chat.completions.create({}); }", "create", "openai.default.chat.completions.create"},
		{"namespaced type", "a.ts", "import * as o from 'openai';\nfunction f(c: o.OpenAI) { c.f(); }", "f", "openai.OpenAI.f"},
		{"arrow factory", "a.ts", "import OpenAI from 'openai';\nconst get = () => new OpenAI();\nget().f();", "f", "openai.default.f"},
		{"destructured instance", "a.ts", "import OpenAI from 'openai';\nconst { chat } = new OpenAI();\nchat.completions.create({});", "create", "openai.default.chat.completions.create"},
		{"block scope", "a.ts", "import { a } from 'a';\nimport { b } from 'b';\nlet c = a;\n{ let c = b; c.g(); }\nc.f();", "f", "a.a.f"},
		{"outer assignment", "a.js", "import OpenAI from 'openai';\nlet c;\nfunction init() { c = new OpenAI(); }\nfunction f() { c.chat.f(); }", "f", "openai.default.chat.f"},
		{"nullish", "a.ts", "import OpenAI from 'openai';\nfunction f(o) { const c = o.client ?? new OpenAI(); c.f(); }", "f", "openai.default.f"},
		{"jsx", "a.tsx", "import { g } from 'm';\nexport const A = () => <b onClick={() => g.f()} />;", "f", "m.g.f"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := parse(t, tt.path, tt.src)
			if got := f.QName(callNamed(t, f, tt.call).Callee); got != tt.want {
				t.Errorf("QName = %q, want %q in\n%s", got, tt.want, tt.src)
			}
		})
	}
}

// show prints a value so that a test can name it: "text", 1, {k: v}, [a], ?, and a slot as {?}.
func show(v Value) string {
	var s string
	switch v.Kind {
	case String:
		s = `"` + v.Str + `"`
	case Number:
		s = strings.TrimSuffix(strings.TrimRight(strings.TrimRight(trim(v.Num), "0"), "."), ".")
	case Bool:
		s = map[bool]string{true: "true", false: "false"}[v.Bool]
	case None:
		s = "none"
	case Template:
		for _, p := range v.Parts {
			if p.Kind == String {
				s += p.Str
			} else {
				s += "{?}"
			}
		}
		s = "`" + s + "`"
	case List:
		var parts []string
		for _, e := range v.Elems {
			parts = append(parts, show(e))
		}
		s = "[" + strings.Join(parts, " ") + "]"
	case Dict:
		var parts []string
		for _, e := range v.Entries {
			parts = append(parts, show(e.Key)+":"+show(e.Value))
		}
		s = "{" + strings.Join(parts, " ") + "}"
	default:
		s = "?"
	}
	if v.Default {
		s += " by default"
	}
	return s
}

func trim(f float64) string {
	v := arithmetic(0, "+", f, 0)
	whole := int64(v.Num)
	frac := int64((v.Num-float64(whole))*1000 + 0.5)
	return strconv.Itoa(int(whole)) + "." + strconv.Itoa(int(frac/100)) + strconv.Itoa(int(frac/10%10)) + strconv.Itoa(int(frac%10))
}

func TestEval(t *testing.T) {
	tests := []struct{ path, src, want string }{
		{"a.py", `f("a" "b")`, `"ab"`},
		{"a.py", `f("a" + 'b')`, `"ab"`},
		{"a.py", "M = 'x'\nf(M)", `"x"`},
		{"a.py", "M = 'x'\nM = 'y'\nf(M)", `"y"`},
		{"a.py", "M = 'x'\nif a:\n    M = 'y'\nf(M)", `?`},
		{"a.py", "M = 'x'\nfor a in b:\n    f(M)\n    M = 'y'", `?`},
		{"a.py", "for a in b:\n    M = 'y'\n    f(M)", `"y"`},
		{"a.py", "N = 'b'\nf(f'a{N}c')", `"abc"`},
		{"a.py", "f(f'a{n}c')", "`a{?}c`"},
		{"a.py", "f('a%s' % n)", "`a%s{?}`"},
		{"a.py", "f('a{}'.format(n))", "`a{}{?}`"},
		{"a.py", `f(r"\n")`, `"\n"`},
		{"a.py", `f("""a"b""")`, `"a"b"`},
		{"a.py", `f("\x41\u0042\t")`, "\"AB\t\""},
		{"a.py", "f({'a': 1, **x})", `{"a":1 ?:?}`},
		{"a.py", "d = {'a': 'b'}\nf(d['a'])", `"b"`},
		{"a.py", "d = {'a': 'b'}\nd['a'] = 'c'\nf(d['a'])", `?`},
		{"a.py", "f([1, 2 + 3, -4][1])", `5`},
		{"a.py", "import os\nf(os.getenv('M', 'x'))", `"x" by default`},
		{"a.py", "import os\nf(os.environ.get('M') or 'x')", `"x" by default`},
		{"a.py", "from os import getenv as g\nf(g('M', default='x'))", `"x" by default`},
		{"a.py", "def g(m='x'):\n    f(m)", `"x" by default`},
		{"a.py", "class C:\n    M = 'x'\n    def g(self):\n        f(self.M)", `"x"`},
		{"a.py", "class C:\n    def __init__(self):\n        self.m = 'x'\n    def g(self):\n        f(self.m)", `"x"`},
		{"a.py", "from enum import Enum\nclass C(str, Enum):\n    M = 'x'\nf(C.M.value)", `"x"`},
		{"a.py", "f(dict(a='b'))", `{"a":"b"}`},
		{"a.py", "M = M", "?"},
		{"a.py", "a = b\nb = a\nf(a)", "?"},
		{"a.py", "f(None)", "none"},
		{"a.py", "f(2 ** 10 // 3)", "341"},
		{"a.ts", "f(`a${n}c`)", "`a{?}c`"},
		{"a.ts", "const M = 'x' as const;\nf(M)", `"x"`},
		{"a.ts", "const C = { m: 'x', 'n': { o: 'y' } };\nf(C.n.o)", `"y"`},
		{"a.ts", "enum M { A = 'x' }\nf(M.A)", `"x"`},
		{"a.ts", "f(process.env.M ?? 'x')", `"x" by default`},
		{"a.ts", "const { m = 'x' } = opts;\nf(m)", `"x" by default`},
		{"a.ts", "function g({ m = 'x' }) { f(m) }", `"x" by default`},
		{"a.ts", "const m = 'a';\nf({ m })", `{"m":"a"}`},
		{"a.ts", "f('\\u{1F600}\\'')", `"😀'"`},
		{"a.ts", "class A { static M = 'x'; g() { f(A.M) } }", `"x"`},
		{"a.ts", "let m = 'x';\nfunction g() { m = 'y' }\nf(m)", "?"},
	}
	for _, tt := range tests {
		f := parse(t, tt.path, tt.src)
		got := "?"
		for i := range f.Calls {
			if c := &f.Calls[i]; c.Name == "f" && len(c.Args) > 0 {
				got = show(f.Eval(c.Args[0].Value))
			}
		}
		if got != tt.want {
			t.Errorf("Eval = %s, want %s in\n%s", got, tt.want, tt.src)
		}
	}
}

// A deep nest must not overflow a stack, in Go or in C.
func TestDeepNesting(t *testing.T) {
	for _, src := range []string{
		strings.Repeat("(", 100_000), strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"x = " + strings.Repeat("f(", 50_000) + strings.Repeat(")", 50_000),
		"x" + strings.Repeat(".a()", 50_000), "x = 1" + strings.Repeat(" + 1", 50_000),
	} {
		for _, path := range []string{"a.py", "a.ts", "a.tsx", "a.js"} {
			f := Parse(path, "", text.New(src))
			for i := range f.Calls {
				if i%1000 == 0 {
					f.QName(f.Calls[i].Callee)
					f.Eval(f.Calls[i].Node)
				}
			}
		}
	}
}

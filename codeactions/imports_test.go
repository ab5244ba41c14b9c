package codeactions

import (
	"cmp"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// useOf is the last place in f that is called USE: what needs the import.
func useOf(f *parser.File) parser.NodeID {
	use := parser.NodeID(0)
	for n := range f.Nodes {
		if f.Kind(parser.NodeID(n)) == parser.KindIdentifier && f.Slice(parser.NodeID(n)) == "USE" {
			use = parser.NodeID(n)
		}
	}
	return use
}

func TestImportName(t *testing.T) {
	for _, test := range []struct {
		about, path, src, want string
		as                     string // "" for Cache, "-" for not ok
	}{
		{about: "none", path: "a.py", src: "x = USE\n", want: "from lib import Cache\n\nx = USE\n"},
		{about: "empty", path: "a.py", src: "", want: "from lib import Cache\n"},
		{about: "docstring", path: "a.py", src: "\"\"\"Doc.\"\"\"\nx = USE\n", want: "\"\"\"Doc.\"\"\"\n\nfrom lib import Cache\n\nx = USE\n"},
		{about: "function", path: "a.py", src: "#!/usr/bin/env python\n# License\n\n\ndef f():\n    USE\n", want: "#!/usr/bin/env python\n# License\n\n\nfrom lib import Cache\n\n\ndef f():\n    USE\n"},
		{about: "comment of the statement", path: "a.py", src: "# License\n\n# Explains x.\nx = USE\n", want: "# License\n\nfrom lib import Cache\n\n\n# Explains x.\nx = USE\n"},
		{about: "future", path: "a.py", src: "from __future__ import annotations\n\nx = USE\n", want: "from __future__ import annotations\n\nfrom lib import Cache\n\nx = USE\n"},
		{about: "byte order mark", path: "a.py", src: "\ufeffx = USE\n", want: "\ufefffrom lib import Cache\n\nx = USE\n"},
		{about: "byte order mark, imports", path: "a.py", src: "\ufefffrom zlib import x\n\nUSE\n", want: "\ufefffrom zlib import x\n\nfrom lib import Cache\n\nUSE\n"},
		{about: "below the standard library", path: "a.py", src: "import os\nimport re\n\nUSE\n", want: "import os\nimport re\n\nfrom lib import Cache\n\nUSE\n"},
		{about: "above the program's own", path: "a.py", src: "from .a import b\n\nUSE\n", want: "from lib import Cache\n\nfrom .a import b\n\nUSE\n"},
		{about: "sorted", path: "a.py", src: "import os\n\nfrom abc1 import a\nfrom zed import z\n\nUSE\n", want: "import os\n\nfrom abc1 import a\nfrom lib import Cache\nfrom zed import z\n\nUSE\n"},
		{about: "unsorted", path: "a.py", src: "from zed import z\nfrom abc1 import a\nUSE\n", want: "from zed import z\nfrom abc1 import a\nfrom lib import Cache\nUSE\n"},
		{about: "near its package", path: "a.py", src: "import openai\nfrom lib.x import a\nimport b1\n\nUSE\n", want: "import openai\nfrom lib import Cache\nfrom lib.x import a\nimport b1\n\nUSE\n"},
		{about: "semicolons", path: "a.py", src: "import openai; import b1; c = 3\nUSE\n", want: "import openai; import b1; c = 3\nfrom lib import Cache\nUSE\n"},
		{about: "no newline at the end", path: "a.py", src: "import openai", want: "import openai\nfrom lib import Cache"},
		{about: "windows", path: "a.py", src: "import openai\r\n\r\nUSE\r\n", want: "import openai\r\nfrom lib import Cache\r\n\r\nUSE\r\n"},
		{about: "there", path: "a.py", src: "from lib import Cache\nUSE\n"},
		{about: "there under another name", path: "a.py", src: "from lib import Cache as C\nUSE\n", as: "C"},
		{about: "the module is there", path: "a.py", src: "import lib\nUSE\n", as: "lib.Cache"},
		{about: "the module is there under another name", path: "a.py", src: "import lib as l\nUSE\n", as: "l.Cache"},
		{about: "all of it", path: "a.py", src: "from lib import *\nUSE\n"},
		{about: "join", path: "a.py", src: "from lib import b\nUSE\n", want: "from lib import Cache, b\nUSE\n"},
		{about: "join sorted", path: "a.py", src: "from lib import A, D, b\nUSE\n", want: "from lib import A, Cache, D, b\nUSE\n"},
		{about: "join unsorted", path: "a.py", src: "from lib import d, a as q\nUSE\n", want: "from lib import d, a as q, Cache\nUSE\n"},
		{about: "join in parentheses", path: "a.py", src: "from lib import (\n    A,\n    B,  # why\n)\nUSE\n", want: "from lib import (\n    A,\n    B,  # why\n    Cache,\n)\nUSE\n"},
		{about: "join in parentheses without the last comma", path: "a.py", src: "from lib import (\n    A,\n    B  # why\n)\nUSE\n", want: "from lib import (\n    A,\n    B,  # why\n    Cache\n)\nUSE\n"},
		{about: "join a continued line", path: "a.py", src: "from lib import A, \\\n    B\nUSE\n", want: "from lib import A, \\\n    B, Cache\nUSE\n"},
		{about: "for types only", path: "a.py", src: "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from lib import Cache\n\nUSE\n",
			want: "from typing import TYPE_CHECKING\n\nfrom lib import Cache\n\nif TYPE_CHECKING:\n    from lib import Cache\n\nUSE\n"},
		{about: "in a function", path: "a.py", src: "def f():\n    from lib import Cache\n    USE\n"},
		{about: "in another function", path: "a.py", src: "def g():\n    from lib import Cache\n\n\ndef f():\n    USE\n", want: "from lib import Cache\n\n\ndef g():\n    from lib import Cache\n\n\ndef f():\n    USE\n"},
		{about: "too late", path: "a.py", src: "USE\nfrom lib import Cache\n", as: "-"},
		{about: "other code first", path: "a.py", src: "import os\nos.chdir('/')\nimport re\nUSE\n", want: "import os\n\nfrom lib import Cache\nos.chdir('/')\nimport re\nUSE\n"},
		{about: "in a try", path: "a.py", src: "try:\n    from lib import Cache\nexcept ImportError:\n    Cache = None\n\n\ndef f():\n    USE\n"},
		{about: "taken", path: "a.py", src: "class Cache: ...\nUSE\n", as: "-"},
		{about: "taken by an import", path: "a.py", src: "from other import Cache\nUSE\n", as: "-"},
		{about: "taken by a parameter", path: "a.py", src: "def f(Cache):\n    USE\n", as: "-"},
		{about: "hidden by a parameter", path: "a.py", src: "from lib import Cache\ndef f(Cache):\n    USE\n", as: "-"},
		{about: "taken elsewhere", path: "a.py", src: "import openai\ndef g(Cache): ...\ndef f():\n    USE\n", want: "import openai\nfrom lib import Cache\ndef g(Cache): ...\ndef f():\n    USE\n"},

		{about: "none", path: "a.ts", src: "f(USE);\n", want: "import { Cache } from 'lib';\n\nf(USE);\n"},
		{about: "directives", path: "a.ts", src: "#!/usr/bin/env node\n'use server'\n\nf(USE)\n", want: "#!/usr/bin/env node\n'use server'\n\nimport { Cache } from 'lib'\n\nf(USE)\n"},
		{about: "license", path: "a.ts", src: "/*\n * License\n */\n\nf(USE);\n", want: "/*\n * License\n */\n\nimport { Cache } from 'lib';\n\nf(USE);\n"},
		{about: "comment of the statement", path: "a.ts", src: "/* License */\n\n// Explains.\nf(USE);\n", want: "/* License */\n\nimport { Cache } from 'lib';\n\n// Explains.\nf(USE);\n"},
		{about: "style", path: "a.ts", src: "import a from \"a\"\nimport b from 'b';\n\nf(USE);\n", want: "import a from \"a\"\nimport b from 'b';\nimport { Cache } from \"lib\"\n\nf(USE);\n"},
		{about: "join", path: "a.ts", src: "import { b, Z } from 'lib';\nf(USE);\n", want: "import { b, Cache, Z } from 'lib';\nf(USE);\n"},
		{about: "join lines", path: "a.ts", src: "import {\n  z,\n  b, // why\n} from 'lib';\nf(USE);\n", want: "import {\n  z,\n  b, // why\n  Cache,\n} from 'lib';\nf(USE);\n"},
		{about: "join a default", path: "a.ts", src: "import lib from 'lib';\nf(USE);\n", want: "import lib, { Cache } from 'lib';\nf(USE);\n"},
		{about: "for types only", path: "a.ts", src: "import type { T } from 'lib';\nf(USE);\n", want: "import type { T } from 'lib';\nimport { Cache } from 'lib';\nf(USE);\n"},
		{about: "for types only, by name", path: "a.ts", src: "import { type T } from 'lib';\nf(USE);\n", want: "import { type T, Cache } from 'lib';\nf(USE);\n"},
		{about: "the type", path: "a.ts", src: "import type { Cache } from 'lib';\nf(USE);\n", as: "-"},
		{about: "a local type", path: "a.ts", src: "export interface Cache { a: number }\nf(USE);\n", as: "-"},
		{about: "all of it", path: "a.ts", src: "import * as l from 'lib';\nf(USE);\n", as: "l.Cache"},
		{about: "for its effects", path: "a.ts", src: "import 'lib';\nf(USE);\n", want: "import 'lib';\nimport { Cache } from 'lib';\nf(USE);\n"},
		{about: "there", path: "a.ts", src: "f(USE);\nimport { Cache as C } from 'lib';\n", as: "C"},
		{about: "Deno", path: "a.ts", src: "import { Cache } from 'npm:lib@3';\nf(USE);\n"},
		{about: "require", path: "a.js", src: "'use strict';\nconst a = require(\"a\");\n\nf(USE);\n", want: "'use strict';\nconst a = require(\"a\");\nconst { Cache } = require(\"lib\");\n\nf(USE);\n"},
		{about: "join require", path: "a.js", src: "const { a } = require('lib');\nf(USE);\n", want: "const { a, Cache } = require('lib');\nf(USE);\n"},
		{about: "required", path: "a.js", src: "const lib = require('lib');\nf(USE);\n", as: "lib.Cache"},
		{about: "exports by assignment", path: "a.js", src: "module.exports = USE;\n", want: "const { Cache } = require('lib');\n\nmodule.exports = USE;\n"},
		{about: "by its ending", path: "a.cjs", src: "f(USE);\n", want: "const { Cache } = require('lib');\n\nf(USE);\n"},
		{about: "taken", path: "a.ts", src: "const Cache = 1;\nf(USE);\n", as: "-"},
	} {
		t.Run(test.path+"/"+test.about, func(t *testing.T) {
			f := parser.Parse(test.path, "", text.New(test.src))
			d := &draft{File: f}
			as, ok := d.importName("lib", "Cache", useOf(f))
			if test.as == "-" {
				if ok || len(d.edits) > 0 {
					t.Errorf("is ok: %q %+v", as, d.edits)
				}
				return
			}
			if as != cmp.Or(test.as, "Cache") || !ok {
				t.Errorf("called %q, %v", as, ok)
			}
			if test.want == "" {
				test.want = test.src
			}
			got := apply(test.src, d.done())
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			importedOnce(t, test.path, got, as)
		})
	}
}

// importedOnce reports a result that does not parse, or in which the name is asked for once more.
func importedOnce(t *testing.T, path, src, as string) {
	t.Helper()
	f := parser.Parse(path, "", text.New(src))
	d := &draft{File: f}
	again, ok := d.importName("lib", "Cache", useOf(f))
	if f.Broken() || !ok || again != as || len(d.edits) > 0 {
		t.Errorf("broken %v, then called %q, %v, with %+v:\n%s", f.Broken(), again, ok, d.edits, src)
	}
}

func TestImportOthers(t *testing.T) {
	const src = "import { generateText } from 'ai';\n\nf(USE);\n"
	f := parser.Parse("a.ts", "", text.New(src))
	d := &draft{File: f}
	for _, ok := range []bool{
		second(d.importName("ai", "wrapLanguageModel", useOf(f))), second(d.importType("ai", "Middleware", useOf(f))),
		second(d.importName("lru-cache", "LRUCache", useOf(f))), second(d.importDefault("keyv", "Keyv", useOf(f))), second(d.importDefault("ai", "ai", useOf(f))),
	} {
		if !ok {
			t.Error("not ok")
		}
	}
	want := "import ai, { generateText, wrapLanguageModel } from 'ai';\nimport type { Middleware } from 'ai';\nimport { LRUCache } from 'lru-cache';\nimport Keyv from 'keyv';\n\nf(USE);\n"
	if got := apply(src, d.done()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	const python = "\"\"\"Doc.\"\"\"\n\ndef f():\n    USE\n"
	p := parser.Parse("a.py", "", text.New(python))
	d = &draft{File: p}
	d.importName("lib.a", "A", useOf(p))
	d.importName("lib.b", "B", useOf(p))
	want = "\"\"\"Doc.\"\"\"\n\nfrom lib.a import A\nfrom lib.b import B\n\n\ndef f():\n    USE\n"
	if got := apply(python, d.done()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func second(_ string, ok bool) bool { return ok }

func TestImportInNotebook(t *testing.T) {
	for code, want := range map[string]string{
		`["import openai\n", "x = 1"]}, {"cell_type": "code", "source": ["%%time\n", "USE"]`: "import openai\nfrom lib import Cache\nx = 1\n#%time\nUSE\n",
		`["import openai"]}, {"cell_type": "code", "source": ["%%time\n", "USE"]`:            "import openai\nfrom lib import Cache\n#%time\nUSE\n",
		`["%%time\n", "USE"]`: "#%time\n\nfrom lib import Cache\n\nUSE\n",
	} {
		src := `{"cells": [{"cell_type": "code", "source": ` + code + `}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`
		f := parser.Parse("a.ipynb", "", text.New(src))
		d := &draft{File: f}
		as, ok := d.importName("lib", "Cache", useOf(f))
		got := apply(src, d.done())
		if after := parser.Parse("a.ipynb", "", text.New(got)); !ok || after.Text.String() != want {
			t.Errorf("got %q, want %q", after.Text, want)
		}
		importedOnce(t, "a.ipynb", got, as)
	}
}

// Whatever the file, the import is there once afterwards and what was readable still is.
func FuzzImportName(f *testing.F) {
	f.Add("import os\n\nUSE\n", true)
	f.Add("'use client'\nimport a, { b } from 'lib'\nUSE\n", false)
	f.Add("from lib import (\n  a, # b\n)\nUSE", true)
	f.Add("const { a, ...b } = require('lib')\r\nUSE\r\n", false)
	f.Fuzz(func(t *testing.T, src string, python bool) {
		path := "a.ts"
		if python {
			path = "a.py"
		}
		file := parser.Parse(path, "", text.New(src))
		use := useOf(file)
		if _, alone := indentAt(file.Text, file.Span(use).Start); file.Broken() || use > 0 && !alone || file.Text.EOL() == "\r" {
			return // the grammars read statements side by side that no compiler does, and take no old Mac's line ends
		}
		d := &draft{File: file}
		as, ok := d.importName("lib", "Cache", use)
		if !ok {
			if len(d.edits) > 0 {
				t.Fatalf("not ok, but %+v", d.edits)
			}
			return
		}
		importedOnce(t, path, apply(src, d.done()), as)
	})
}

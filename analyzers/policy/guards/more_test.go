package guards

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// modules are files by the name that imports them.
type modules map[string]*parser.File

func (m modules) Import(_ *parser.File, name string) *parser.File { return m[name] }

func TestImported(t *testing.T) {
	files := modules{
		"app.env": parser.Parse("app/env.py", "", text.New(`import os
IS_PROD = os.getenv("ENV") == "production"
ENVIRONMENT = os.getenv("STAGE", "dev")
def is_production():
    return True
def ensure_env():
    if IS_PROD:
        raise RuntimeError()
`)),
		"app.review": parser.Parse("app/review.py", "", text.New(`
def approve(what):
    return True
def ask_approval(what):
    return input(what) == "y"
def require_approval(fn):
    def inner(*args):
        return fn(*args)
    return inner
`)),
		"./guard": parser.Parse("guard.ts", "", text.New(`
export const isProduction = () => process.env.NODE_ENV === "production";
export async function confirmAction(x: string) { return false || true; }
export default function approve() { return true; }
`)),
	}
	for _, c := range []struct{ name, path, code, production, approved string }{
		{"constant", "a.py", "from app.env import IS_PROD\ndef f():\n    if IS_PROD:\n        return\n    wipe()\n", "no", "no"},
		{"constant of another name", "a.py", "from app.env import IS_PROD as nope\ndef f():\n    if nope:\n        return\n    wipe()\n", "no", "no"},
		{"name of the environment", "a.py", "from app.env import ENVIRONMENT\nif ENVIRONMENT == 'prod':\n    wipe()\n", "yes", "no"},
		{"a helper that is always true", "a.py", "from app.env import is_production\nif not is_production():\n    pass\nelse:\n    wipe()\n", "unknown", "no"},
		{"by its module", "a.py", "from app import env\ndef f():\n    env.ensure_env()\n    wipe()\n", "no", "no"},
		{"approval that is always true", "a.py", "from app.review import approve\ndef f():\n    if not approve('x'):\n        return\n    wipe()\n", "unknown", "no"},
		{"approval that asks", "a.py", "from app.review import ask_approval\ndef f():\n    if not ask_approval('x'):\n        return\n    wipe()\n", "unknown", "yes"},
		{"decorator that does not ask", "a.py", "from app.review import require_approval\n@require_approval\ndef f():\n    wipe()\n", "unknown", "no"},
		{"script helper", "a.ts", "import { isProduction } from './guard';\nfunction f() { if (isProduction()) return; wipe(); }\n", "no", "no"},
		{"script approval that is always true", "a.ts", "import approve from './guard';\nfunction f() { if (!approve()) return; wipe(); }\n", "unknown", "no"},
	} {
		f := parser.Parse(c.path, "", text.New(c.code))
		for call := range f.CallsNamed("wipe") {
			got := Of(f, files).At(call.Node)
			if string(got.Production) != c.production || string(got.Approved) != c.approved {
				t.Errorf("%s: production %s, approved %s; want %s, %s\n%s", c.name, got.Production, got.Approved, c.production, c.approved, c.code)
			}
		}
	}
}

func TestIsTest(t *testing.T) {
	for _, c := range []struct {
		path, code string
		want       bool
	}{
		{"tests/a.py", "", true}, {"app/test_a.py", "", true}, {"app/a_test.py", "", true}, {"conftest.py", "", true}, {"src/a.test.ts", "", true},
		{"src/__tests__/a.ts", "", true}, {"app/latest.py", "", false}, {"app/contest.py", "", false}, {"attest/a.py", "", false},
		{"app/a.py", "import pytest\n", true}, {"app/a.py", "import os\n", false}, {"src/a.ts", "import { it } from 'vitest';\n", true},
	} {
		if got := IsTest(parser.Parse(c.path, "", text.New(c.code))); got != c.want {
			t.Errorf("%s %q is a test: %v, want %v", c.path, c.code, got, c.want)
		}
	}
}

// The order of the questions, and who asks at the same time, must not change an answer.
func TestOrder(t *testing.T) {
	for _, file := range []string{"testdata/approval.py", "testdata/production.ts"} {
		for _, c := range readCases(t, file) {
			f := parser.Parse("a"+file[len(file)-3:], "", text.New(c.code))
			one, other := Of(f, nil), Of(f, nil)
			var wait sync.WaitGroup
			for i := range f.Calls {
				wait.Go(func() { one.At(f.Calls[i].Node) })
			}
			wait.Wait()
			for i := len(f.Calls) - 1; i >= 0; i-- {
				a, b := one.At(f.Calls[i].Node), other.At(f.Calls[i].Node)
				if a.Production != b.Production || a.Approved != b.Approved || a.RateLimited != b.RateLimited {
					t.Errorf("%s: %s: %+v and %+v", c.name, f.Slice(f.Calls[i].Node), a, b)
				}
			}
		}
	}
}

// Functions that call each other must end, and be judged by all that call them.
func TestRecursion(t *testing.T) {
	src := `
def a(n):
    b(n)
    wipe()
def b(n):
    c(n)
def c(n):
    a(n)
def main():
    if input("Go? [y/n]") == "y":
        a(1)
`
	for _, add := range []string{"", "def other():\n    b(2)\n"} {
		f := parser.Parse("a.py", "", text.New(src+add))
		want := Yes
		if add != "" {
			want = No
		}
		for range 2 {
			g := Of(f, nil)
			for i := range f.Calls {
				if n := f.Calls[i].Node; f.Calls[i].Name == "wipe" || add == "" {
					if got := g.At(n); f.Calls[i].Name == "wipe" && got.Approved != want {
						t.Errorf("approved is %s, want %s\n%s", got.Approved, want, src+add)
					}
				}
			}
		}
	}
}

func FuzzAt(f *testing.F) {
	for _, file := range []string{"testdata/production.py", "testdata/approval.py", "testdata/limits.py", "testdata/loops.py"} {
		for _, c := range readCases(f, file) {
			f.Add(c.code, false)
		}
	}
	for _, file := range []string{"testdata/production.ts", "testdata/approval.ts", "testdata/limits.ts", "testdata/loops.ts"} {
		for _, c := range readCases(f, file) {
			f.Add(c.code, true)
		}
	}
	f.Fuzz(func(t *testing.T, src string, script bool) {
		name := "a.py"
		if script {
			name = "a.ts"
		}
		file := parser.Parse(name, "", text.New(src))
		g := Of(file, nil)
		for i := range file.Nodes {
			if got := g.At(parser.NodeID(i)); got.Approved == "" || got.Production == "" || got.RateLimited == "" || got.LoopBounded == "" || got.RPM < 0 {
				t.Fatalf("not total: %+v", got)
			}
		}
	})
}

func BenchmarkAt(b *testing.B) {
	one, err := os.ReadFile("testdata/approval.py")
	if err != nil {
		b.Fatal(err)
	}
	lines := strings.Split(strings.Repeat(string(one), 3), "\n")
	f := parser.Parse("a.py", "", text.New(strings.Join(lines[:1000], "\n")))
	b.ReportAllocs()
	for b.Loop() {
		g := Of(f, nil)
		step := max(1, len(f.Calls)/50)
		for i := 0; i < len(f.Calls); i += step {
			g.At(f.Calls[i].Node)
		}
	}
}

package effects

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Code that forks at every turn is given up on, and does not keep the server.
func TestHostileCode(t *testing.T) {
	forks := func(levels, uses int, line, use string) string {
		var s strings.Builder
		s.WriteString("import requests, subprocess, sqlite3\ndef f(c, a0):\n")
		for i := 1; i <= levels; i++ {
			fmt.Fprintf(&s, "    if c:\n        a%d = "+line+"\n    else:\n        a%[1]d = "+line+"\n", i, i-1, i-1)
		}
		for range uses {
			fmt.Fprintf(&s, "    "+use+"\n", levels)
		}
		return s.String()
	}
	for name, src := range map[string]string{
		"members":   forks(40, 25, "a%[2]d.x(a%[3]d)", "a%d.get('https://example.com')"),
		"texts":     forks(40, 25, "a%[2]d + a%[3]d", "requests.get(a%d)"),
		"templates": forks(40, 25, "f'{a%[2]d}{a%[3]d}'", "subprocess.run(a%d)"),
		"or":        forks(40, 25, "a%[2]d or a%[3]d", "a%d.execute('DELETE FROM a')"),
		"chains":    "import requests\n" + strings.Repeat("x = x.get(x).post(x)\n", 500),
		"nested":    "import os\nos.system(" + strings.Repeat("str(", 3000) + "x" + strings.Repeat(")", 3000) + ")\n",
		"added":     "import os\nos.system(" + strings.Repeat("'a' + ", 5000) + "x)\n",
		"grown":     "def f(x):\n    q = 'DELETE'\n" + strings.Repeat("    if x:\n        q += ' a'\n", 500) + strings.Repeat("    cursor.execute(q)\n", 50),
		"sql":       "cursor.execute('" + strings.Repeat("(SELECT 1;", 20000) + "')\n",
		"functions": func() string {
			var s strings.Builder
			for i := range 200 {
				fmt.Fprintf(&s, "def f%d(x):\n    if x:\n        return f%d(x) + f%d(x)\n    return f%d(x)\n", i, i+1, i+1, i+1)
			}
			return s.String() + strings.Repeat("open(f0(1))\n", 200)
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			f := parser.Parse("a.py", "", text.New(src))
			start := time.Now()
			Of(f, nil)
			if d := time.Since(start); d > time.Minute {
				t.Errorf("took %v", d)
			} else {
				t.Log(d)
			}
		})
	}
}

// Calls of every function of the tables in forms that no library has.
func TestOddCalls(t *testing.T) {
	forms := []string{"()", "([])", "([[]])", "(*a)", "(**a)", "(None)", "('', '', '', '')", "({})", "([], [])", "(lambda: 0)", "(1, [], [])", "('x', [])", "(b)", "(f'{a}')", "('%(a' % b)", "('{' .format(b))", "().where().delete()", "(x)[0]"}
	for script, table := range map[bool]index{false: tables[0](), true: tables[1]()} {
		var s strings.Builder
		for name, rows := range table {
			if !isWord(name) || strings.Contains(name, "-") {
				continue
			}
			for _, r := range rows {
				head := ""
				for h := range r.heads {
					head = h
				}
				for _, l := range r.loose {
					head = l[0] + "." + l[1]
				}
				module, member := head, ""
				if i := strings.LastIndexByte(head, '.'); i > 0 && !strings.HasSuffix(head, ".js") {
					module, member = head[:i], head[i+1:]
				}
				for i, form := range forms {
					switch {
					case head == "":
						fmt.Fprintf(&s, "%s%s\n", name, form)
					case script && member != "":
						fmt.Fprintf(&s, "{ const m = require('%s').%s()\n m.%s%s }\n", module, member, name, form)
					case script:
						fmt.Fprintf(&s, "{ const m = require('%s')\n m.%s%s }\n", module, name, form)
					case i == 0 && member != "":
						fmt.Fprintf(&s, "from %s import %s as m\nm().%s%s\n", module, member, name, form)
					case i == 0:
						fmt.Fprintf(&s, "import %s as m\nm.%s%s\n", module, name, form)
					case member != "":
						fmt.Fprintf(&s, "m().%s%s\n", name, form)
					default:
						fmt.Fprintf(&s, "m.%s%s\n", name, form)
					}
				}
				path := "a.py"
				if script {
					path = "a.ts"
				}
				for _, e := range Of(parser.Parse(path, "", text.New(s.String())), nil) {
					if strings.Contains(describe(e), hole) {
						t.Errorf("a hole is told: %q", describe(e))
					}
				}
				s.Reset()
			}
		}
	}
}

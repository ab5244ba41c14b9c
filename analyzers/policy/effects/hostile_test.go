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
		"members":   forks(40, 100, "a%[2]d.x(a%[3]d)", "a%d.get('https://example.com')"),
		"texts":     forks(40, 100, "a%[2]d + a%[3]d", "requests.get(a%d)"),
		"templates": forks(40, 100, "f'{a%[2]d}{a%[3]d}'", "subprocess.run(a%d)"),
		"or":        forks(40, 100, "a%[2]d or a%[3]d", "a%d.execute('DELETE FROM a')"),
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
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Log(d)
			}
		})
	}
}

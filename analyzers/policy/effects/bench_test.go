package effects

import (
	"bytes"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var defined = regexp.MustCompile(`\b(def|class|function) (\w+)`)

// thousand is 1,000 lines like those of a file: its functions and classes again and again,
// each time under other names. Every second line has an effect, far more than code has.
func thousand(b *testing.B, name string) *parser.File {
	src, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	at := defined.FindIndex(src)[0]
	at = bytes.LastIndexByte(src[:at], '\n') + 1
	out := append([]byte{}, src...)
	for i := 0; bytes.Count(out, []byte("\n")) < 1000; i++ {
		out = append(out, defined.ReplaceAll(src[at:], []byte("${1} ${2}_"+strconv.Itoa(i)))...)
	}
	return parser.Parse(name, "", text.New(string(out)))
}

func BenchmarkOf(b *testing.B) {
	for _, name := range []string{"sql.py", "sql.ts", "http.py", "http.ts", "file.py", "shell.ts"} {
		f := thousand(b, "testdata/"+name)
		b.Run(name, func(b *testing.B) {
			for range b.N {
				Of(f, nil)
			}
		})
	}
}

// FuzzOf reads code as it is while somebody types it.
func FuzzOf(f *testing.F) {
	for _, name := range []string{"sql.py", "sql.ts", "http.py", "http.ts", "file.py", "file.ts", "shell.py", "shell.ts", "env.py", "env.ts"} {
		src, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		s := string(src)
		for i := 0; i < len(s); i += 1 + len(s)/6 {
			f.Add(s[:i], strings.HasSuffix(name, "ts"))
			f.Add(s[i:], strings.HasSuffix(name, "ts"))
		}
	}
	f.Fuzz(func(t *testing.T, src string, script bool) {
		if len(src) > 1<<16 {
			return
		}
		name := "a.py"
		if script {
			name = "a.ts"
		}
		file := parser.Parse(name, "", text.New(src))
		at := parser.NodeID(0)
		for _, e := range Of(file, nil) {
			kinds := 0
			for _, set := range []bool{e.SQL != nil, e.HTTP != nil, e.File != nil, e.Shell != nil, e.Env != nil} {
				if set {
					kinds++
				}
			}
			if kinds != 1 {
				t.Fatalf("%d kinds in one effect", kinds)
			}
			if e.Node < at {
				t.Fatal("not in the order of places")
			}
			if at = e.Node; strings.Contains(describe(e), hole) {
				t.Fatalf("a hole is told: %q", describe(e))
			}
		}
	})
}

// FuzzSQL reads statements of any form.
func FuzzSQL(f *testing.F) {
	for _, s := range []string{"DELETE FROM a WHERE 1=1", "WITH x AS (DELETE FROM a) SELECT 1", "select [a] from [b].[c]", "DROP TABLE \"a\".\"b\", c;--", "MATCH (n:A) DELETE n", "'", "/*", "((", "a\x00b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parsed := parseSQL(s)
		if rank(parsed) < 0 {
			t.Fatalf("no such verb: %q", parsed.verb)
		}
		looksSQL(s)
		placeOf(s)
		escaping(s)
		programOf(s, "")
	})
}

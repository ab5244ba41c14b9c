package history

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	s, list := versions(t)
	got, err := s.Diff(list[1].ID, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	one, two := Short(list[1].ID), Short(list[0].ID)
	want := "--- a.rego\t" + one + "\n+++ a.rego\t" + two + "\n@@ -1 +1 @@\n-a1\n+a2\n" +
		"--- b.rego\t" + one + "\n+++ /dev/null\n@@ -1 +0,0 @@\n-b1\n" +
		"--- /dev/null\n+++ d.rego\t" + two + "\n@@ -0,0 +1 @@\n+d2\n" +
		"--- /dev/null\n+++ e.rego\t" + two + "\n@@ -0,0 +1 @@\n+e2\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, err := s.Diff("HEAD", ""); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	write(t, s, map[string]string{"a.rego": "a\x1b[2J\u202e", "c.rego": "same\n", "d.rego": "d2\n", "e.rego": "e2\n"})
	got, err = s.Diff("HEAD", "")
	if err != nil || !strings.HasSuffix(got, "+++ a.rego\ton disk\n@@ -1 +1 @@\n-a2\n+a\\u001b[2J\\u202e\n\\ No newline at end of file\n") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestUnified(t *testing.T) {
	lines := func(from, to int) string {
		var b strings.Builder
		for i := from; i <= to; i++ {
			fmt.Fprintf(&b, "%d\n", i)
		}
		return b.String()
	}
	for _, test := range []struct{ name, a, b, want string }{
		{"a hunk", lines(1, 10), lines(1, 4) + "x\n" + lines(6, 10), "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
		{"two hunks", lines(1, 20), "x\n" + lines(2, 19) + "y\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+y\n"},
		{"near changes are one hunk", lines(1, 8), "x\n" + lines(2, 7) + "y\n", "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"},
		{"added at the end", "1\n", "1\n2\n", "@@ -1 +1,2 @@\n 1\n+2\n"},
		{"emptied", "1\n", "", "@@ -1 +0,0 @@\n-1\n"},
	} {
		var b strings.Builder
		unified(&b, splitLines(test.a), splitLines(test.b))
		if b.String() != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, b.String(), test.want)
		}
	}
}

// TestCompareIsWhole holds that the edits lead from a to b, for texts of all kinds.
func TestCompareIsWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(n, letters int) []string {
		lines := make([]string, random.IntN(n+1))
		for i := range lines {
			lines[i] = string(rune('a' + random.IntN(letters)))
		}
		return lines
	}
	check := func(a, b []string) {
		t.Helper()
		var first, second []string
		for _, e := range compare(a, b) {
			if e.kind != '+' {
				first = append(first, e.text)
			}
			if e.kind != '-' {
				second = append(second, e.text)
			}
		}
		if strings.Join(first, "") != strings.Join(a, "") || strings.Join(second, "") != strings.Join(b, "") {
			t.Errorf("%q to %q", a, b)
		}
	}
	for range 3_000 {
		check(text(12, 3), text(12, 3))
	}
	check(text(5_000, 26), text(5_000, 26)) // further apart than maxEdits
}

func FuzzEntry(f *testing.F) {
	e := &Entry{Action: "edit", Message: "m", Files: map[string]string{"a.rego": strings.Repeat("a", 64)}}
	data, _ := encode(e)
	f.Add(data)
	f.Add([]byte(`{"version":1,"files":null}`))
	f.Add([]byte(`{"version":9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := decode(data)
		if err != nil {
			return
		}
		if again, err := encode(e); err != nil || string(again) != string(data) || e.ID != sum(data) {
			t.Errorf("%q is read as %q", data, again)
		}
		for name := range e.Files {
			if strings.ContainsAny(name, `/\`) {
				t.Errorf("a name that leads elsewhere: %q", name)
			}
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("a\nb\n", "b\na")
	f.Add("", "\x00")
	f.Fuzz(func(t *testing.T, a, b string) {
		var second strings.Builder
		for _, e := range compare(splitLines(a), splitLines(b)) {
			if e.kind != '-' {
				second.WriteString(e.text)
			}
		}
		if second.String() != b {
			t.Errorf("%q to %q: %q", a, b, second.String())
		}
		var out strings.Builder
		unified(&out, splitLines(a), splitLines(b))
		if strings.ContainsRune(out.String(), 0x1b) {
			t.Errorf("%q", out.String())
		}
	})
}

package rule

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestRegexp(t *testing.T) {
	tests := []struct {
		source, text string
		want         string // the first match and its groups
	}{
		{`a(?P<x>b)`, "zab", "ab b"},
		{`a(?<x>b)`, "zab", "ab b"},
		{`a(?'x'b)`, "zab", "ab b"},
		{`(?<=a)b`, "ab", "b"},
		{`a(?!b).`, "abac", "ac"},
		{`(['"])x\1`, `'x" "x"`, `"x" "`},
		{`(?P<q>['"])x(?P=q)`, `'x" "x"`, `"x" "`},
		{`a\h+b`, "a \tb", "a \tb"},
		{`a++b`, "aab", "aab"},
		{`a{2}+b`, "aab", "aab"},
		{`(?>a|ab)c`, "abc ac", "ac"},
		{`a\Z`, "a\n", "a"},
		{`[[:alpha:]_]+`, "1ab_", "ab_"},
		{`[^[:space:]]+`, " x", "x"},
		{`[]a]+`, "]a", "]a"},
		{`\Qa.b\E+`, "aab a.bb", "a.bb"},
		{`(?#no)a`, "a", "a"},
		{`(?x) a  # the first
		b`, "ab", "ab"},
		{`a\/b\_\"`, `a/b_"`, `a/b_"`},
		{`\N+`, "ab\nc", "ab"},
		{`a\Rb`, "a\r\nb", "a\r\nb"},
		{`^b$`, "a\nb\nc", "b"},
		{`é(?=x)`, "aéx", "é"},
		{`(a)|(b)`, "b", "b - b"},
		{`(?i)ABC(?!d)`, "xabc", "abc"},
	}
	for _, test := range tests {
		re, err := CompileRegexp(test.source, true)
		if err != nil {
			t.Errorf("%s: %v", test.source, err)
			continue
		}
		var got []string
		re.Each(test.text, func(loc []int) bool {
			for i := 0; i < len(loc); i += 2 {
				if loc[i] < 0 {
					got = append(got, "-")
					continue
				}
				got = append(got, test.text[loc[i]:loc[i+1]])
			}
			return false
		})
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s in %q: %q, want %q", test.source, test.text, s, test.want)
		}
	}
}

func TestMatchesStart(t *testing.T) {
	for source, want := range map[string]bool{"b": false, "a": true, "ab$": true, "(?=ab)": true, "^b": false, ".*b": true} {
		re, err := CompileRegexp(source, false)
		if err != nil {
			t.Fatal(err)
		}
		if got, done := re.MatchesStart("ab"); got != want || !done {
			t.Errorf("%s: %v %v", source, got, done)
		}
	}
}

func TestReplace(t *testing.T) {
	for _, test := range []struct {
		source, with, text, want string
		count                    int
	}{
		{`(\d+), (\d+)`, `\2, \1`, "1, 2; 3, 4", "2, 1; 3, 4", 1},
		{`(\d+), (\d+)`, `\2, \1`, "1, 2; 3, 4", "2, 1; 4, 3", 0},
		{`(?P<a>x)`, `[\g<a>\g<1>]\n`, "x", "[xx]\n", 0},
		{`(?<=a)b`, `c`, "ab", "ac", 0},
		{`a`, `\9\\`, "a", `\`, 0},
	} {
		re, err := CompileRegexp(test.source, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := re.Replace(test.text, test.with, test.count); got != test.want {
			t.Errorf("%s: %q, want %q", test.source, got, test.want)
		}
	}
}

// An expression that takes exponential time gives up.
func TestCatastrophe(t *testing.T) {
	re, err := CompileRegexp(`(?=(a+)+$)(a+)+$`, true)
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if done := re.Each(strings.Repeat("a", 60)+"b", func([]int) bool { return true }); done {
		t.Error("it was not stopped")
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestRequired(t *testing.T) {
	for source, want := range map[string]string{
		`foo\d+bar`: "[foo]", `(foo|bar)\s`: "[foo bar]", `\w+`: "[]", `(abc)?x`: "[]", `(?i)Foo`: "[foo]", `a(?=b)abc`: "[]", `(secret)+`: "[secret]", `foo|b`: "[]",
	} {
		re, err := CompileRegexp(source, true)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(re.Required()); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

func TestAlternatives(t *testing.T) {
	for source, want := range map[string]string{
		`^(execute|fetch_?all)$`: "[execute fetchall fetch_all]", `^a?run$`: "[run arun]", `^md-?[245]$`: "[md2 md4 md5 md-2 md-4 md-5]", `foo`: "[]", `^foo`: "[]", `(?i)^foo$`: "[]", `^(a|b.*)$`: "[]",
	} {
		re, err := CompileRegexp(source, false)
		if err != nil {
			t.Fatal(err)
		}
		list, ok := re.Alternatives()
		if got := fmt.Sprint(list); got != want || ok != (want != "[]") {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

func FuzzRegexp(f *testing.F) {
	for _, source := range []string{`a(?P<x>b)\k<x>`, `[[:alpha:]]+(?!x)`, `\Qa\E++`, `(?x)a #`, `\g{1}(a)`, `(?<n>a){2,3}+`} {
		f.Add(source, "aab\nxé")
	}
	f.Fuzz(func(t *testing.T, source, s string) {
		begun := time.Now()
		defer func() {
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("%q in %q took %v", source, s, took)
			}
		}()
		re, err := CompileRegexp(source, true)
		if err != nil {
			return
		}
		re.Each(s, func(loc []int) bool {
			for i, at := range loc {
				if at < -1 || at > len(s) || i%2 == 1 && loc[i-1] > at {
					t.Fatalf("%q in %q: %v", source, s, loc)
				}
			}
			return true
		})
		_ = re.Replace(s, `\1`, 0)
		_ = re.Required()
	})
}

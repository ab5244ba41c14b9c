package pattern

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		pattern string
		offset  int
	}{
		{"", 0},
		{"   \n", 0},
		{"foo(", 3},
		{"foo($X) bar", 8},
		{"$X =", 3},
		{"const x = () => {", 0},
	} {
		_, err := Compile(parser.Python, c.pattern)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v, want an *Error", c.pattern, err)
			continue
		}
		if e.Offset < 0 || e.Offset > len(c.pattern) {
			t.Errorf("%q: offset %d is outside", c.pattern, e.Offset)
		}
	}
	if _, err := Compile(parser.Python, strings.Repeat("(", 1<<17)); err == nil {
		t.Error("a huge pattern compiles")
	}
	if _, err := Compile(parser.Python, strings.Repeat("-", 5000)+"$X"); err == nil {
		t.Error("a pattern that is nested without end compiles")
	}
}

func TestBindings(t *testing.T) {
	for _, c := range []struct{ pattern, code, want string }{
		{"foo($X, $...REST)", "foo(1, a, b=2)", "$...REST=a, b=2 $X=1"},
		{"foo($X, $...REST)", "foo(1)", "$...REST= $X=1"},
		{`foo("$X")`, "foo('ab')", "$X=ab"},
		{`foo("$X")`, "A = 'ab'\nfoo(A)", "$X=ab"},
		{"def $F(..., $X, ...): ...", "def f(a, b: int = 1): pass", "$F=f $X=a; $F=f $X=b"},
		{"$X.bar(...)", "from foo import bar as b\nb(1)", "$X=b"},
		{"a.$X(...)", "from a import bar as b\nb(1)", "$X=b"},
		{"foo(..., $X, ...)", "foo(1, 2)", "$X=1; $X=2"},
		{"$X = foo()\n...\nbar($X)", "a = foo()\nbar(a)", "$X=a"},
		{"$X and $Y", "a and b and c", "$X=a $Y=b and c; $X=a and b $Y=c"},
		{"foo($X)", "foo((1))", "$X=(1)"},
		{"$A[$B]", "a[1, 2]", "$A=a $B=1, 2"},
		{"if $C:\n  $S", "if a:\n  b\n  c", "$C=a $S=b\n  c"},
	} {
		p, err := Compile(parser.Python, c.pattern)
		if err != nil {
			t.Errorf("%q: %v", c.pattern, err)
			continue
		}
		f := parser.Parse("x.py", "", text.New(c.code))
		opts, steps := Defaults(), 100000
		var got []string
		p.Find(tree.Of(f), 0, &opts, &steps, func(m Match) bool {
			var vars []string
			for _, b := range m.Vars {
				vars = append(vars, b.Name+"="+f.Text.Slice(b.Span))
			}
			got = append(got, strings.Join(vars, " "))
			return true
		})
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%q in %q binds %q, want %q", c.pattern, c.code, strings.Join(got, "; "), c.want)
		}
	}
}

// TestLimit holds that a pattern with many ways to match ends with its steps.
func TestLimit(t *testing.T) {
	code := "foo(" + strings.Repeat("a, ", 3000) + "b)\n" + strings.Repeat("x = a\n", 2000)
	f := parser.Parse("x.py", "", text.New(code))
	for _, pattern := range []string{
		"foo(..., $A, ..., $B, ..., $C, ..., $D, ..., q)",
		"$A = $X\n...\n$B = $X\n...\n$C = $X\n...\n$D = $X\n...\nq",
		"foo($...A, $...B, $...C, $...D, q)",
	} {
		p, err := Compile(parser.Python, pattern)
		if err != nil {
			t.Fatal(err)
		}
		opts, steps := Defaults(), 200000
		start := time.Now()
		p.Find(tree.Of(f), 0, &opts, &steps, func(Match) bool { return true })
		if steps != 0 {
			t.Errorf("%q ends with %d steps left", pattern, steps)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q takes %v for its steps", pattern, d)
		}
	}
}

// TestStop holds that a search ends when it is told to.
func TestStop(t *testing.T) {
	p, _ := Compile(parser.Python, "$X")
	f := parser.Parse("x.py", "", text.New("a\nb\nc\n"))
	opts, steps, n := Defaults(), 1000, 0
	p.Find(tree.Of(f), 0, &opts, &steps, func(Match) bool { n++; return n < 2 })
	if n != 2 {
		t.Errorf("%d matches after the second was refused", n)
	}
}

func TestWithin(t *testing.T) {
	f := parser.Parse("x.py", "", text.New("foo(1)\ndef f():\n    foo(2)\nfoo(3)\n"))
	tr := tree.Of(f)
	p, _ := Compile(parser.Python, "foo($X)")
	opts, steps := Defaults(), 1000
	var got []string
	p.Find(tr, tr.OfKind(tree.Func)[0], &opts, &steps, func(m Match) bool {
		got = append(got, f.Text.Slice(m.Span))
		return true
	})
	if strings.Join(got, " ") != "foo(2)" {
		t.Errorf("found %q in the function", got)
	}
}

func TestUnify(t *testing.T) {
	f := parser.Parse("x.py", "", text.New("a, b, a, f(a), f( a ), 'x', \"x\", 1, 1.0\n"))
	tr := tree.Of(f)
	var elems []Bound
	for c := range tr.Children(tr.Child(tr.Child(0, tree.Elem), tree.Value)) {
		elems = append(elems, Bound{Name: "$X", Node: c, Last: c, Span: tr.Span(c)})
	}
	for _, c := range []struct {
		a, b int
		want bool
	}{{0, 1, false}, {0, 2, true}, {3, 4, true}, {0, 3, false}, {5, 6, true}, {7, 8, false}} {
		if got := Equal(tr, elems[c.a], elems[c.b]); got != c.want {
			t.Errorf("%s and %s are equal: %v", tr.Text(elems[c.a].Node), tr.Text(elems[c.b].Node), got)
		}
		if _, ok := Unify(tr, elems[c.a:c.a+1], elems[c.b:c.b+1]); ok != c.want {
			t.Errorf("%s and %s unify: %v", tr.Text(elems[c.a].Node), tr.Text(elems[c.b].Node), ok)
		}
	}
	other := elems[1]
	other.Name = "$Y"
	if both, ok := Unify(tr, elems[:1], []Bound{other}); !ok || len(both) != 2 || both[0].Name != "$X" || both[1].Name != "$Y" {
		t.Errorf("different names give %v, %v", both, ok)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range [][2]string{
		{"foo(..., $X, $...Y)", "foo(1, 2, *a)"}, {"$X = 1\n...\n<... $X ...>", "a = 1\nb(a)"}, {"def $F(..., $X=1, ...): ...", "def f(a=1): pass"},
		{`f"...{$X}..."`, `f"a{b!r}"`}, {"$X. ... .a($Y: str)", "b.c().a('x')"}, {"{..., 'a': $X}", "{**a, 'a': 1}"}, {"try: ...\nexcept $E: ...", "try: a\nexcept B: c"},
		{"from a import $X", "import a.b"}, {"$A and b and $C", "a and b and c"}, {"@$X\nclass $C(...): ...", "@a\nclass B(c): d"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, code string) {
		p, err := Compile(parser.Python, pattern)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(pattern) || e.Message == "" {
				t.Fatalf("%q: %#v", pattern, err)
			}
			return
		}
		tr := tree.Of(parser.Parse("x.py", "", text.New(code)))
		opts, steps := Defaults(), 20000
		opts.SymbolicPropagation = true
		p.Find(tr, 0, &opts, &steps, func(m Match) bool {
			if m.Span.Start < 0 || m.Span.End > len(code) || m.Span.Start > m.Span.End {
				t.Fatalf("%q in %q: %v", pattern, code, m.Span)
			}
			for i, b := range m.Vars {
				if b.Span.Start > b.Span.End || b.Span.End > len(code) || i > 0 && m.Vars[i-1].Name >= b.Name {
					t.Fatalf("%q in %q: %v", pattern, code, m.Vars)
				}
			}
			return true
		})
	})
}

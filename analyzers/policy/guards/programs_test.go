package guards

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// A program is made at random, with one call of wipe in it, and run in every way that it can take: whether
// it is in production stays as it is, a person answers what they like, and any other condition may go either way.
// What is told of wipe must be exactly what those runs show.
type program struct {
	rand   *rand.Rand
	script bool
	wiped  bool
	out    strings.Builder
}

// stmt runs in a world (production or not, whether a person may agree) and gives the ways that it can end.
type stmt func(w world) ends

type world struct{ production, agree bool }

type ends struct{ fall, brk, leaves, wipes bool }

// condition is whether it can be true, and false.
type condition func(w world) (t, f bool)

func (p *program) line(depth int, format string, args ...any) {
	fmt.Fprintf(&p.out, "%s%s\n", strings.Repeat("    ", depth), fmt.Sprintf(format, args...))
}

func (p *program) pick(python, script string) string {
	if p.script {
		return script
	}
	return python
}

func (p *program) condition(depth int) (string, condition) {
	switch n := p.rand.IntN(8); {
	case n < 2 || depth > 2 && n < 4:
		if p.rand.IntN(2) == 0 {
			return p.pick(`ENV == "production"`, `ENV === "production"`), func(w world) (bool, bool) { return w.production, !w.production }
		}
		return p.pick(`ENV != "prod"`, `ENV !== "prod"`), func(w world) (bool, bool) { return !w.production, w.production }
	case n < 4:
		return p.pick(`input("Go on? [y/n]") == "y"`, `confirm("Go on?")`), func(w world) (bool, bool) { return w.agree, true }
	case n < 5 || depth > 2:
		return fmt.Sprintf("other(%d)", p.rand.IntN(9)), func(world) (bool, bool) { return true, true }
	case n < 6:
		s, c := p.condition(depth + 1)
		return p.pick("not ("+s+")", "!("+s+")"), func(w world) (bool, bool) { t, f := c(w); return f, t }
	default:
		s1, c1 := p.condition(depth + 1)
		s2, c2 := p.condition(depth + 1)
		if n == 6 {
			return "(" + s1 + ") " + p.pick("and", "&&") + " (" + s2 + ")", func(w world) (bool, bool) {
				t1, f1 := c1(w)
				t2, f2 := c2(w)
				return t1 && t2, f1 || t1 && f2
			}
		}
		return "(" + s1 + ") " + p.pick("or", "||") + " (" + s2 + ")", func(w world) (bool, bool) {
			t1, f1 := c1(w)
			t2, f2 := c2(w)
			return t1 || f1 && t2, f1 && f2
		}
	}
}

func (p *program) block(depth int, inLoop bool) stmt {
	var all []stmt
	n := 1 + p.rand.IntN(3)
	for range n {
		all = append(all, p.statement(depth, inLoop))
	}
	return func(w world) ends {
		out := ends{fall: true}
		for _, s := range all {
			if !out.fall {
				break
			}
			e := s(w)
			out = ends{e.fall, out.brk || e.brk, out.leaves || e.leaves, out.wipes || e.wipes}
		}
		return out
	}
}

func (p *program) open(depth int, python, script string) {
	p.line(depth, "%s", p.pick(python+":", script+" {"))
}

func (p *program) close(depth int) {
	if p.script {
		p.line(depth, "}")
	}
}

func either(a, b ends) ends {
	return ends{a.fall || b.fall, a.brk || b.brk, a.leaves || b.leaves, a.wipes || b.wipes}
}

func (p *program) statement(depth int, inLoop bool) stmt {
	n := p.rand.IntN(10)
	if depth > 4 {
		n = p.rand.IntN(3)
	}
	switch {
	case n < 1 && !p.wiped || depth > 4 && !p.wiped && p.rand.IntN(2) == 0:
		p.wiped = true
		p.line(depth, "wipe()")
		return func(world) ends { return ends{fall: true, wipes: true} }
	case n < 2 && inLoop && p.rand.IntN(2) == 0:
		if p.rand.IntN(2) == 0 {
			p.line(depth, "break")
			return func(world) ends { return ends{brk: true} }
		}
		p.line(depth, "continue")
		return func(world) ends { return ends{leaves: true} }
	case n < 2 && depth > 1 && p.rand.IntN(2) == 0:
		p.line(depth, "return")
		return func(world) ends { return ends{leaves: true} }
	case n < 3:
		p.line(depth, "log()")
		return func(world) ends { return ends{fall: true} }
	case n < 7:
		return p.ifStatement(depth, inLoop)
	case n < 8:
		s, c := p.condition(0)
		p.open(depth, "while "+s, "while ("+s+")")
		body := p.block(depth+1, true)
		p.close(depth)
		return func(w world) ends {
			t, f := c(w)
			out := ends{fall: f}
			if t {
				e := body(w)
				out.fall, out.wipes = f || e.brk, e.wipes
			}
			return out
		}
	case n < 9:
		p.open(depth, "try", "try")
		body := p.block(depth+1, inLoop)
		p.close(depth)
		p.open(depth, "except E", "catch (e)")
		handler := p.block(depth+1, inLoop)
		p.close(depth)
		return func(w world) ends { return either(body(w), handler(w)) }
	default:
		p.open(depth, "for x in xs", "for (const x of xs)")
		body := p.block(depth+1, true)
		p.close(depth)
		return func(w world) ends { return ends{fall: true, wipes: body(w).wipes} }
	}
}

func (p *program) ifStatement(depth int, inLoop bool) stmt {
	s, c := p.condition(0)
	p.open(depth, "if "+s, "if ("+s+")")
	yes := p.block(depth+1, inLoop)
	p.close(depth)
	no := stmt(func(world) ends { return ends{fall: true} })
	switch p.rand.IntN(3) {
	case 0:
		p.open(depth, "else", "else")
		no = p.block(depth+1, inLoop)
		p.close(depth)
	case 1:
		s2, c2 := p.condition(0)
		p.open(depth, "elif "+s2, "else if ("+s2+")")
		second := p.block(depth+1, inLoop)
		p.close(depth)
		p.open(depth, "else", "else")
		third := p.block(depth+1, inLoop)
		p.close(depth)
		no = func(w world) ends {
			var out ends
			t, f := c2(w)
			if t {
				out = second(w)
			}
			if f {
				out = either(out, third(w))
			}
			return out
		}
	}
	return func(w world) ends {
		var out ends
		t, f := c(w)
		if t {
			out = yes(w)
		}
		if f {
			out = either(out, no(w))
		}
		return out
	}
}

func TestPrograms(t *testing.T) {
	tried, told := 0, map[string]int{}
	for seed := range uint64(1500) {
		p := &program{rand: rand.New(rand.NewPCG(seed, 7)), script: seed%2 == 1}
		p.line(0, "%s", p.pick("import os\nENV = os.getenv(\"ENV\")\ndef f(xs):", "const ENV = process.env.ENV;\nfunction f(xs) {"))
		body := p.block(1, false)
		if p.script {
			p.line(0, "}")
		}
		run := func(production, agree bool) bool { return body(world{production, agree}).wipes }
		prod, other := run(true, true), run(false, true)
		if !p.wiped || !prod && !other { // never runs
			continue
		}
		tried++
		want := Around{Production: Unknown, Approved: No}
		if prod != other {
			want.Production = No
			if prod {
				want.Production = Yes
			}
		}
		if !run(prod, false) { // prod: in production, if it runs there
			want.Approved = Yes
		}
		f := parser.Parse(p.pick("a.py", "a.js"), "", text.New(p.out.String()))
		for call := range f.CallsNamed("wipe") {
			got := Of(f, nil).At(call.Node)
			told[string(got.Production)+" "+string(got.Approved)]++
			if got.Production != want.Production || got.Approved != want.Approved {
				t.Fatalf("seed %d: production %s, approved %s; want %s, %s\n%s", seed, got.Production, got.Approved, want.Production, want.Approved, p.out.String())
			}
		}
	}
	if tried < 300 || len(told) < 5 {
		t.Errorf("only %d programs were tried: %v", tried, told)
	}
}

package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Stated is what comments say about the code next to them:
//
//	# qodacode: iterations=40 slot.context=6000 runs=5000 output=200 turns=4
//
// behind the code on a line, or alone on the line before. What is not stated is -1.
type Stated struct {
	Iterations float64 // rounds of a loop
	Turns      float64 // requests of an agent's run
	Output     float64 // tokens of one answer, reasoning apart
	Runs       float64 // runs of an entry point in a month
	slots      []statedSlot
}

type statedSlot struct {
	name   string
	tokens float64
}

var nothing = Stated{Iterations: -1, Turns: -1, Output: -1, Runs: -1}

// Slot is the number of tokens that is stated for the variable of a name.
func (s Stated) Slot(name string) (float64, bool) {
	for _, slot := range s.slots {
		if slot.name == name {
			return slot.tokens, true
		}
	}
	return 0, false
}

// over is s, and outer where s says nothing.
func (s Stated) over(outer Stated) Stated {
	pick := func(inner, outer float64) float64 {
		if inner >= 0 {
			return inner
		}
		return outer
	}
	return Stated{
		Iterations: pick(s.Iterations, outer.Iterations), Turns: pick(s.Turns, outer.Turns),
		Output: pick(s.Output, outer.Output), Runs: pick(s.Runs, outer.Runs),
		slots: slices.Concat(s.slots, outer.slots),
	}
}

// PragmaProblem is a comment that looks like a pragma and is none.
type PragmaProblem struct {
	Span    text.Span // of File.Text
	Message string
}

// pragmas are those of one file by the line that they are about.
type pragmas struct {
	lines    map[int]Stated
	problems []PragmaProblem
}

type pragmaKey struct{}

func pragmasOf(f *parser.File) *pragmas {
	return parser.Memo(f, pragmaKey{}, func() *pragmas { return readPragmas(f) })
}

// PragmaProblems are the pragmas of f that say nothing, by place.
func PragmaProblems(f *parser.File) []PragmaProblem { return pragmasOf(f).problems }

const pragmaMark = "qodacode:"

func readPragmas(f *parser.File) *pragmas {
	p := &pragmas{}
	for _, c := range f.Comments {
		source := f.Text.Slice(c.Span)
		at := strings.Index(source, pragmaMark)
		if at < 0 || strings.Trim(source[:at], "#/* \t") != "" {
			continue
		}
		body := source[at+len(pragmaMark):]
		if body == "" || body[0] != ' ' && body[0] != '\t' { // qodacode:ignore is another thing
			continue
		}
		said := p.parse(body, c.Span.Start+at+len(pragmaMark))
		line := p.about(f, c.Span)
		if p.lines == nil {
			p.lines = map[int]Stated{}
		}
		if before, ok := p.lines[line]; ok {
			said = said.over(before)
		}
		p.lines[line] = said
	}
	return p
}

// about is the line that a comment speaks of: its own where code stands before it, else the
// next one with code.
func (p *pragmas) about(f *parser.File, span text.Span) int {
	src := f.Text.String()
	line := f.Text.LineOf(span.Start)
	if strings.TrimSpace(src[f.Text.Line(line).Start:span.Start]) != "" {
		return line
	}
	for next := f.Text.LineOf(max(span.Start, span.End-1)) + 1; next < f.Text.Lines(); next++ {
		content := strings.TrimSpace(f.Text.Slice(f.Text.Line(next)))
		if content != "" && !strings.HasPrefix(content, "#") && !strings.HasPrefix(content, "//") && !strings.HasPrefix(content, "/*") {
			return next
		}
	}
	return line
}

// maxStated is the highest number that a pragma may state.
const maxStated = 1e12

// parse reads key=value pairs. at is the offset of body in the text.
func (p *pragmas) parse(body string, at int) Stated {
	said := nothing
	said.slots = nil
	problem := func(word string, offset int, format string, args ...any) {
		p.problems = append(p.problems, PragmaProblem{text.Span{Start: offset, End: offset + len(word)}, fmt.Sprintf(format, args...)})
	}
	body, _, _ = strings.Cut(body, "*/")
	body, _, _ = strings.Cut(body, " --") // what follows is for people
	for i := 0; i < len(body); {
		if body[i] == ' ' || body[i] == '\t' || body[i] == '\r' || body[i] == '\n' || body[i] == ',' {
			i++
			continue
		}
		end := i + strings.IndexAny(body[i:]+" ", " \t\r\n,")
		word, offset := body[i:end], at+i
		i = end
		key, value, ok := strings.Cut(word, "=")
		if !ok {
			problem(word, offset, "expected key=number, as in iterations=40")
			continue
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(value, "_", ""), 64)
		if err != nil || math.IsNaN(n) || n < 0 || n > maxStated {
			problem(word, offset, "expected a number from 0 to 1e12 after %s=", clip(key))
			continue
		}
		name, isSlot := strings.CutPrefix(key, "slot.")
		switch {
		case isSlot && name != "":
			said.slots = append(said.slots, statedSlot{name, n})
		case key == "iterations":
			said.Iterations = n
		case key == "turns" && n >= 1:
			said.Turns = n
		case key == "output":
			said.Output = n
		case key == "runs":
			said.Runs = n
		case key == "turns":
			problem(word, offset, "an agent takes one turn at least")
		default:
			problem(word, offset, "%s is not known here; known are iterations, turns, output, runs and slot.NAME", clip(key))
		}
	}
	return said
}

// clip keeps messages short.
func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// StatedAt is what comments say about the call, loop or function at n: on a line of its
// head, or before it.
func StatedAt(f *parser.File, n parser.NodeID) Stated {
	p := pragmasOf(f)
	if len(p.lines) == 0 || n < 0 {
		return nothing
	}
	span := f.Span(n)
	end := span.End
	if body := headEnd(f, n); body > span.Start {
		end = body
	}
	return p.within(f, span.Start, end)
}

// headEnd is where the body of the loop or function at n begins, 0 for anything else.
func headEnd(f *parser.File, n parser.NodeID) int {
	switch f.Kind(n) {
	case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindFor, parser.KindForClassic, parser.KindWhile:
		return f.Span(f.Field(n, parser.FieldBody)).Start
	}
	return 0
}

// within is what is stated about the lines from start to end, the last one first.
func (p *pragmas) within(f *parser.File, start, end int) Stated {
	said := nothing
	first, last := f.Text.LineOf(start), f.Text.LineOf(max(start, end-1))
	if last-first > len(p.lines) {
		about := make([]int, 0, len(p.lines))
		for line := range p.lines {
			if line >= first && line <= last {
				about = append(about, line)
			}
		}
		slices.SortFunc(about, func(a, b int) int { return cmp.Compare(b, a) })
		for _, line := range about {
			said = said.over(p.lines[line])
		}
		return said
	}
	for line := last; line >= first; line-- {
		if s, ok := p.lines[line]; ok {
			said = said.over(s)
		}
	}
	return said
}

// statedFor is what comments say about the site's call, the loops and the functions around
// it, the nearest first. Iterations are those that stand at the call itself.
func statedFor(f *parser.File, call parser.NodeID) Stated {
	if len(pragmasOf(f).lines) == 0 {
		return nothing
	}
	said := StatedAt(f, statementOf(f, call))
	iterations, runs := said.Iterations, said.Runs
	for p := range f.Ancestors(call) {
		switch f.Kind(p) {
		case parser.KindFor, parser.KindForClassic, parser.KindWhile, parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindDecorated:
			said = said.over(StatedAt(f, p))
		}
	}
	said.Iterations, said.Runs = iterations, runs
	return said
}

// statementOf is the innermost statement that n is part of.
func statementOf(f *parser.File, n parser.NodeID) parser.NodeID {
	for p := range f.Ancestors(n) {
		switch f.Kind(p) {
		case parser.KindBlock, parser.KindModule, parser.KindSwitchBody, parser.KindClassBody,
			parser.KindFor, parser.KindForClassic, parser.KindWhile, parser.KindIf, parser.KindElse,
			parser.KindFunction, parser.KindMethod, parser.KindLambda, parser.KindComprehension, parser.KindWith, parser.KindTry:
			return n
		}
		n = p
	}
	return n
}

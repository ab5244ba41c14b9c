package history

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const (
	// around is how many unchanged lines are shown before and after a change.
	around = 3
	// maxEdits bounds the search for the shortest way from one text to another, whose work
	// and memory grow with its square. Texts further apart are shown as replaced.
	maxEdits = 1_000
)

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// edit is a line that both texts have (' '), the first alone ('-') or the second alone ('+').
type edit struct {
	kind byte
	text string
}

// unified writes the hunks of a unified diff. What a terminal would obey, and what turns the
// order of letters around, is written as its code.
func unified(out *strings.Builder, a, b []string) {
	edits := compare(a, b)
	lineA, lineB := 1, 1
	for i := 0; i < len(edits); {
		next := slices.IndexFunc(edits[i:], func(e edit) bool { return e.kind != ' ' })
		if next < 0 {
			return
		}
		start := max(i, i+next-around)
		lineA, lineB = lineA+start-i, lineB+start-i
		end, quiet := i+next, 0
		for end < len(edits) && quiet <= 2*around {
			if edits[end].kind == ' ' {
				quiet++
			} else {
				quiet = 0
			}
			end++
		}
		end -= max(0, quiet-around)
		i = end
		var countA, countB int
		for _, e := range edits[start:end] {
			if e.kind != '+' {
				countA++
			}
			if e.kind != '-' {
				countB++
			}
		}
		fmt.Fprintf(out, "@@ -%s +%s @@\n", place(lineA, countA), place(lineB, countB))
		for _, e := range edits[start:end] {
			text, ended := strings.CutSuffix(e.text, "\n")
			out.WriteByte(e.kind)
			harmless(out, text)
			out.WriteByte('\n')
			if !ended {
				out.WriteString("\\ No newline at end of file\n")
			}
		}
		lineA, lineB = lineA+countA, lineB+countB
	}
}

// place is a range of lines; an empty one is named by the line before it.
func place(line, count int) string {
	if count == 0 {
		line--
	}
	if count == 1 {
		return fmt.Sprint(line)
	}
	return fmt.Sprintf("%d,%d", line, count)
}

func harmless(out *strings.Builder, s string) {
	for _, r := range s {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			fmt.Fprintf(out, "\\u%04x", r)
		} else {
			out.WriteRune(r)
		}
	}
}

// compare is the shortest way from a to b (Myers, An O(ND) Difference Algorithm).
func compare(a, b []string) []edit {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var edits []edit
	for _, line := range a[:head] {
		edits = append(edits, edit{' ', line})
	}
	edits = append(edits, shortest(a[head:len(a)-tail], b[head:len(b)-tail])...)
	for _, line := range a[len(a)-tail:] {
		edits = append(edits, edit{' ', line})
	}
	return edits
}

func shortest(a, b []string) []edit {
	trace := search(a, b)
	if trace == nil {
		return replaced(a, b)
	}
	// Back from the end. trace[d] is how far each diagonal k was after d edits, at d+k.
	var back []edit
	x, y := len(a), len(b)
	for d := len(trace) - 1; d > 0; d-- {
		k := x - y
		former := k - 1
		if k == -d || k != d && reach(trace[d-1], d-1, k-1) < reach(trace[d-1], d-1, k+1) {
			former = k + 1
		}
		fromX := reach(trace[d-1], d-1, former)
		fromY := fromX - former
		for x > fromX && y > fromY {
			x, y = x-1, y-1
			back = append(back, edit{' ', a[x]})
		}
		if former == k+1 {
			y--
			back = append(back, edit{'+', b[y]})
		} else {
			x--
			back = append(back, edit{'-', a[x]})
		}
	}
	for x > 0 {
		x--
		back = append(back, edit{' ', a[x]})
	}
	slices.Reverse(back)
	return back
}

// search goes forward until the end is reached; nil when that needs more than maxEdits.
func search(a, b []string) [][]int {
	var trace [][]int
	for d := 0; d <= min(len(a)+len(b), maxEdits); d++ {
		now := make([]int, 2*d+1)
		trace = append(trace, now)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				before := trace[d-1]
				if k == -d || k != d && reach(before, d-1, k-1) < reach(before, d-1, k+1) {
					x = reach(before, d-1, k+1)
				} else {
					x = reach(before, d-1, k-1) + 1
				}
			}
			y := x - k
			for x >= 0 && y >= 0 && x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			now[d+k] = x
			if x >= len(a) && y >= len(b) {
				return trace
			}
		}
	}
	return nil
}

func reach(row []int, d, k int) int {
	if k < -d || k > d {
		return -1
	}
	return row[d+k]
}

func replaced(a, b []string) []edit {
	var edits []edit
	for _, line := range a {
		edits = append(edits, edit{'-', line})
	}
	for _, line := range b {
		edits = append(edits, edit{'+', line})
	}
	return edits
}

// Package text holds immutable document text with a line index, byte spans, and the
// conversion between byte offsets and the positions that editors speak.
package text

import (
	"sort"
	"strings"
)

// Span is a half-open range of byte offsets, 0 ≤ Start ≤ End ≤ len(text).
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether offset lies in s; the end counts, so that a cursor right behind a word is in it.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset <= s.End }

// Overlaps reports whether s and o share a byte, or touch where one of them is empty.
func (s Span) Overlaps(o Span) bool {
	if s.Len() == 0 || o.Len() == 0 {
		return s.Start <= o.End && o.Start <= s.End
	}
	return s.Start < o.End && o.Start < s.End
}

// Text is an immutable text with the start of each line. A line ends with \n, \r\n or a
// lone \r, as the Language Server Protocol says. Any bytes are allowed.
type Text struct {
	src   string
	lines []int32 // byte offset of each line's first byte; lines[0] == 0
}

// New indexes src. Texts above 2 GiB are not supported; callers cap file sizes far below.
func New(src string) *Text {
	return &Text{src: src, lines: lineStarts(src)}
}

func lineStarts(src string) []int32 {
	lines := make([]int32, 1, 1+len(src)/32)
	if strings.IndexByte(src, '\r') < 0 {
		for at := 0; ; {
			i := strings.IndexByte(src[at:], '\n')
			if i < 0 {
				return lines
			}
			at += i + 1
			lines = append(lines, int32(at))
		}
	}
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\n':
			lines = append(lines, int32(i+1))
		case '\r':
			if i+1 < len(src) && src[i+1] == '\n' {
				i++
			}
			lines = append(lines, int32(i+1))
		}
	}
	return lines
}

// String is the whole text.
func (t *Text) String() string { return t.src }

// Len is the size in bytes.
func (t *Text) Len() int { return len(t.src) }

// Slice is the text of s.
func (t *Text) Slice(s Span) string { return t.src[s.Start:s.End] }

// Lines is the number of lines; an empty text has one.
func (t *Text) Lines() int { return len(t.lines) }

// LineOf is the 0-based line that offset stands on; an offset outside the text is clamped.
func (t *Text) LineOf(offset int) int {
	return sort.Search(len(t.lines), func(i int) bool { return int(t.lines[i]) > offset }) - min(1, len(t.lines))
}

// Line is the span of a 0-based line without its line ending.
func (t *Text) Line(line int) Span {
	s := t.FullLine(line)
	for s.End > s.Start && (t.src[s.End-1] == '\n' || t.src[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// FullLine is the span of a 0-based line with its line ending. Lines outside the text are empty spans at its ends.
func (t *Text) FullLine(line int) Span {
	if line < 0 {
		return Span{}
	}
	if line >= len(t.lines) {
		return Span{len(t.src), len(t.src)}
	}
	end := len(t.src)
	if line+1 < len(t.lines) {
		end = int(t.lines[line+1])
	}
	return Span{int(t.lines[line]), end}
}

// Replace is a new text in which s reads with.
func (t *Text) Replace(s Span, with string) *Text {
	return New(t.src[:s.Start] + with + t.src[s.End:])
}

// EOL is the line ending of the first line, "\n" where the text has one line only.
func (t *Text) EOL() string {
	if len(t.lines) < 2 {
		return "\n"
	}
	first := t.FullLine(0)
	return t.src[t.Line(0).End:first.End]
}

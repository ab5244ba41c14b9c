package diagnostics

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/qodacode/qodacode/parser/text"
)

const (
	tabWidth = 4 // distance of tab stops, in columns
	maskMost = 8 // asterisks for a secret, so that a long one leaves room for its line
)

// cell is one character as a terminal shows it.
type cell struct {
	text  string
	width int       // columns
	span  text.Span // bytes of the source
}

// excerpt is a line as a terminal shows it, with the columns that its marked part takes.
type excerpt struct {
	text        string
	from, width int
	cutLeft     bool
}

// newExcerpt shows the line of t in at most columns columns, with the marked part in view.
// Bytes in masks, which are secrets, become asterisks.
func newExcerpt(t *text.Text, line int, marked text.Span, masks []text.Span, columns int) excerpt {
	span := t.Line(line)
	marked.Start = max(span.Start, min(marked.Start, span.End))
	marked.End = max(marked.Start, min(marked.End, span.End))
	cells, cutRight := cellsOf(t, span, marked.Start, masks, columns)
	e := excerpt{cutLeft: len(cells) > 0 && cells[0].span.Start > span.Start}

	// Scroll so that a third of the view stands before the marked part.
	total, first := 0, 0
	for i, c := range cells {
		if c.span.Start < marked.Start {
			first = i + 1
		}
		total += c.width
	}
	from := 0
	if columnsOf(cells[:first])+max(1, marked.Len()) > columns && total > columns {
		for before := columnsOf(cells[:first]); from < first && before > columns/3; from++ {
			before -= cells[from].width
			e.cutLeft = true
		}
	}
	var b strings.Builder
	if e.cutLeft {
		b.WriteString("…")
	}
	at := min(1, b.Len())
	e.from = -1
	for _, c := range cells[from:] {
		if at+c.width > columns-1 && (total > columns || cutRight) {
			cutRight = true
			break
		}
		inside := c.span.Start >= marked.Start && c.span.Start < marked.End
		if e.from < 0 && c.span.Start >= marked.Start {
			e.from = at
		}
		b.WriteString(c.text)
		at += c.width
		if inside {
			e.width = at - e.from
		}
		if c.span.End >= span.End {
			cutRight = false
		}
	}
	if e.from < 0 {
		e.from = at
	}
	e.width = max(1, e.width)
	if cutRight {
		b.WriteString("…")
	}
	e.text = strings.TrimRight(b.String(), " ")
	return e
}

func columnsOf(cells []cell) (n int) {
	for _, c := range cells {
		n += c.width
	}
	return n
}

// cellsOf are the characters of a line around an offset: of a line of megabytes only those
// that may be in view. cut reports whether some are missing at the end.
func cellsOf(t *text.Text, line text.Span, around int, masks []text.Span, columns int) (cells []cell, cut bool) {
	src := t.String()
	from, to := line.Start, line.End
	if reach := columns * utf8.UTFMax; line.Len() > 4*reach {
		from, to = max(from, around-reach), min(to, around+2*reach)
		for from < around && !utf8.RuneStart(src[from]) {
			from++
		}
	}
	at, column, hidden := from, 0, 0
	for g := displaywidth.StringGraphemes(src[from:to]); g.Next(); {
		c := cell{text: g.Value(), width: g.Width(), span: text.Span{Start: at, End: at + len(g.Value())}}
		at = c.span.End
		if !masked(c.span, masks) {
			hidden = 0
		}
		switch {
		case masked(c.span, masks):
			if hidden++; hidden > maskMost {
				c.text, c.width = "", 0
			} else {
				c.text, c.width = "*", 1
			}
		case c.text == "\t":
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		default:
			if safe := printable(c.text); safe != c.text {
				c.text, c.width = safe, displaywidth.String(safe)
			}
		}
		column += c.width
		cells = append(cells, c)
	}
	return cells, to < line.End
}

func masked(s text.Span, masks []text.Span) bool {
	for _, m := range masks {
		if s.Start < m.End && m.Start < s.End {
			return true
		}
	}
	return false
}

// printable is s without what a terminal would obey: control characters become their
// pictures; marks that turn the direction of writing, tags and broken bytes become U+FFFD.
// Files and their names may come from people who want the terminal to do something else.
func printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unprintable) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case r == 0x7F:
			return '␡'
		case unprintable(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

func unprintable(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff' || r >= 0xE0000 && r < 0xE0080
}

package facts

import (
	"sort"
	"unicode/utf8"

	"github.com/qodacode/qodacode/parser/text"
)

// positions finds places in a text. Counting from the start of its line each time would make
// a file that is one long line, as bundlers write them, a matter of seconds.
type positions struct {
	text *text.Text
	long map[int][]mark // by line
}

// mark is the column of a character in a long line.
type mark struct{ offset, column int }

const (
	longLine  = 1000
	markEvery = 256
)

func (p *positions) at(offset int) Position {
	offset = min(max(offset, 0), p.text.Len())
	line := p.text.LineOf(offset)
	span := p.text.FullLine(line)
	if span.Len() < longLine {
		at := p.text.Position(offset, text.UTF16)
		return Position{Line: at.Line, Character: at.Column}
	}
	marks, ok := p.long[line]
	if !ok {
		marks = marksOf(p.text.String(), span)
		if p.long == nil {
			p.long = map[int][]mark{}
		}
		p.long[line] = marks
	}
	near := marks[max(sort.Search(len(marks), func(i int) bool { return marks[i].offset > offset })-1, 0)]
	column := near.column
	src := p.text.String()
	for i := near.offset; i < offset; {
		size, units := character(src[i:])
		if i+size > offset {
			break
		}
		i += size
		column += units
	}
	return Position{Line: line, Character: column}
}

func marksOf(src string, line text.Span) []mark {
	marks := []mark{{line.Start, 0}}
	column := 0
	for i := line.Start; i < line.End; {
		size, units := character(src[i:])
		i += size
		column += units
		if i-marks[len(marks)-1].offset >= markEvery {
			marks = append(marks, mark{i, column})
		}
	}
	return marks
}

// character is the size of the first character of s, in bytes and in UTF-16 units. A byte that
// is not UTF-8 counts as one unit.
func character(s string) (size, units int) {
	r, size := utf8.DecodeRuneInString(s)
	if r > 0xFFFF {
		return size, 2
	}
	return size, 1
}

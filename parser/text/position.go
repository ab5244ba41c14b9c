package text

import "unicode/utf8"

// Encoding is the unit in which columns count.
type Encoding uint8

// The three encodings of LSP 3.17, and code points for people and SARIF viewers.
const (
	UTF16 Encoding = iota // the protocol's default
	UTF8
	UTF32
)

// String is the name that LSP's positionEncoding uses.
func (e Encoding) String() string { return [...]string{"utf-16", "utf-8", "utf-32"}[e] }

// Position is a 0-based line and a 0-based column in an Encoding's units.
type Position struct{ Line, Column int }

// Position converts a byte offset. An offset outside the text is clamped; one inside a
// character is moved to its start. Bytes that are not UTF-8 count as one unit each, which
// is what editors do when they show them as U+FFFD.
func (t *Text) Position(offset int, enc Encoding) Position {
	offset = max(0, min(offset, len(t.src)))
	line := t.LineOf(offset)
	start := int(t.lines[line])
	if enc == UTF8 {
		return Position{line, offset - start}
	}
	column := 0
	for i := start; i < offset; {
		size, units := unit(t.src[i:], enc)
		if i+size > offset {
			break
		}
		i += size
		column += units
	}
	return Position{line, column}
}

// Offset converts a position to a byte offset. A column behind the end of its line means
// that end, as LSP says; a line behind the last means the end of the text; negative values
// mean 0. It reports whether the position was inside the text as given.
func (t *Text) Offset(p Position, enc Encoding) (offset int, exact bool) {
	if p.Line < 0 {
		return 0, false
	}
	if p.Line >= len(t.lines) {
		return len(t.src), false
	}
	line := t.Line(p.Line)
	if p.Column < 0 {
		return line.Start, false
	}
	if enc == UTF8 {
		if p.Column > line.Len() {
			return line.End, false
		}
		at := line.Start + p.Column
		for at > line.Start && at < line.End && !utf8.RuneStart(t.src[at]) && validTail(t.src[line.Start:line.End], at-line.Start) {
			at--
		}
		return at, at == line.Start+p.Column
	}
	column := 0
	for i := line.Start; i < line.End; {
		if column >= p.Column {
			return i, true
		}
		size, units := unit(t.src[i:line.End], enc)
		if column+units > p.Column {
			return i, false // between the halves of a surrogate pair
		}
		i += size
		column += units
	}
	return line.End, column == p.Column
}

// validTail reports whether the byte at i continues a valid character that began before it.
func validTail(s string, i int) bool {
	for back := 1; back < utf8.UTFMax && back <= i; back++ {
		if utf8.RuneStart(s[i-back]) {
			_, size := utf8.DecodeRuneInString(s[i-back:])
			return size > back
		}
	}
	return false
}

// unit is the size in bytes and in enc's units of the first character of s, which is not empty.
func unit(s string, enc Encoding) (size, units int) {
	if s[0] < utf8.RuneSelf {
		return 1, 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if enc == UTF16 && r > 0xFFFF {
		return size, 2
	}
	return size, 1
}

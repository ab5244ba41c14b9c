package text

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	tests := []struct {
		src  string
		want []string
	}{
		{"", []string{""}},
		{"a", []string{"a"}},
		{"a\n", []string{"a", ""}},
		{"a\r\nb\rc\nd", []string{"a", "b", "c", "d"}},
		{"\r\r\n\n", []string{"", "", "", ""}},
	}
	for _, tt := range tests {
		x := New(tt.src)
		var got []string
		for i := range x.Lines() {
			got = append(got, x.Slice(x.Line(i)))
		}
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("lines of %q are %q, want %q", tt.src, got, tt.want)
		}
		for offset := 0; offset <= len(tt.src); offset++ {
			line := x.LineOf(offset)
			if s := x.FullLine(line); offset < s.Start || offset > s.End {
				t.Errorf("%q: offset %d is said to be on line %d, %v", tt.src, offset, line, s)
			}
		}
	}
}

func TestPositions(t *testing.T) {
	const src = "aé😀b\r\nx"
	x := New(src)
	tests := []struct {
		enc    Encoding
		offset int
		want   Position
	}{
		{UTF16, 0, Position{0, 0}}, {UTF16, 1, Position{0, 1}}, {UTF16, 3, Position{0, 2}}, {UTF16, 7, Position{0, 4}}, {UTF16, 8, Position{0, 5}},
		{UTF8, 3, Position{0, 3}}, {UTF8, 7, Position{0, 7}},
		{UTF32, 3, Position{0, 2}}, {UTF32, 7, Position{0, 3}},
		{UTF16, 10, Position{1, 0}}, {UTF16, 11, Position{1, 1}},
	}
	for _, tt := range tests {
		if got := x.Position(tt.offset, tt.enc); got != tt.want {
			t.Errorf("%v: offset %d is %v, want %v", tt.enc, tt.offset, got, tt.want)
		}
		if got, exact := x.Offset(tt.want, tt.enc); got != tt.offset || !exact {
			t.Errorf("%v: %v is offset %d (%v), want %d", tt.enc, tt.want, got, exact, tt.offset)
		}
	}
}

func TestOffsetsOutsideAreClamped(t *testing.T) {
	x := New("ab\r\n😀")
	for _, tt := range []struct {
		p    Position
		enc  Encoding
		want int
	}{
		{Position{0, 99}, UTF16, 2}, {Position{0, -1}, UTF16, 0}, {Position{-1, 0}, UTF16, 0}, {Position{9, 0}, UTF16, 8},
		{Position{1, 1}, UTF16, 4}, // between the halves of a surrogate pair
		{Position{1, 2}, UTF8, 4},  // inside a character
	} {
		if got, exact := x.Offset(tt.p, tt.enc); got != tt.want || exact {
			t.Errorf("%v in %v is offset %d (%v), want %d, clamped", tt.p, tt.enc, got, exact, tt.want)
		}
	}
}

// FuzzPositions holds, for any bytes, that offsets at the start of a character survive the
// way to a position and back in each encoding, and that columns are what the standard
// library counts.
func FuzzPositions(f *testing.F) {
	for _, s := range []string{"", "a\nb", "é😀\r\n\r", "\xff\xfe\x00", "\xf0\x9f\x98", "\ufeffx"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		x := New(src)
		for line := range x.Lines() {
			s := x.Line(line)
			for i := s.Start; i <= s.End; {
				for _, enc := range []Encoding{UTF8, UTF16, UTF32} {
					p := x.Position(i, enc)
					if back, exact := x.Offset(p, enc); back != i || !exact || p.Line != line {
						t.Fatalf("%v: offset %d is %v, which is offset %d of %q", enc, i, p, back, src)
					}
				}
				before := x.src[s.Start:i]
				if want := utf8.RuneCountInString(before); x.Position(i, UTF32).Column != want {
					t.Fatalf("utf-32 column of %q is not %d", before, want)
				}
				if want := len(utf16.Encode([]rune(before))); x.Position(i, UTF16).Column != want {
					t.Fatalf("utf-16 column of %q is not %d", before, want)
				}
				if i == s.End {
					break
				}
				_, size := utf8.DecodeRuneInString(x.src[i:s.End])
				i += size
			}
		}
	})
}

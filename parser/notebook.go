package parser

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/qodacode/qodacode/parser/text"
)

// cellMap maps the code of a notebook's cells back to the JSON that holds it. Piece i
// covers code bytes from starts[i].code up to starts[i+1].code.
type cellMap struct {
	pieces []piece
}

// piece is a run of code that stands in the source byte by byte, or one escaped character.
type piece struct {
	code, source int
	escaped      bool // the whole piece is one escape sequence in the source
	sourceLen    int
}

// Locate maps a span of f.Text to one of f.Source: itself, except in a notebook.
func (f *File) Locate(s text.Span) text.Span {
	if f.cells == nil {
		return s
	}
	start := f.cells.locate(s.Start, false)
	return text.Span{Start: start, End: max(start, f.cells.locate(s.End, true))}
}

// Covered maps an offset of f.Source to one of f.Text; false where the source is not code.
func (f *File) Covered(offset int) (int, bool) {
	if f.cells == nil {
		return offset, true
	}
	for i, p := range f.cells.pieces {
		if p.source <= offset && offset < p.source+p.sourceLen || i+1 == len(f.cells.pieces) && offset == p.source+p.sourceLen {
			if p.escaped {
				return p.code, true
			}
			return p.code + offset - p.source, true
		}
	}
	return 0, false
}

// Escape is code as it must be written at its place in f.Source: JSON-escaped in a notebook.
func (f *File) Escape(code string) string {
	if f.cells == nil {
		return code
	}
	quoted, err := json.Marshal(code)
	if err != nil {
		return code
	}
	return string(quoted[1 : len(quoted)-1])
}

func (m *cellMap) locate(code int, end bool) int {
	at := 0
	for i, p := range m.pieces {
		if p.code > code || end && p.code == code && code > 0 {
			break
		}
		at = i
	}
	if len(m.pieces) == 0 {
		return 0
	}
	p := m.pieces[at]
	if p.escaped {
		if code > p.code {
			return p.source + p.sourceLen
		}
		return p.source
	}
	return min(p.source+code-p.code, p.source+p.sourceLen)
}

// readNotebook joins the code cells of a Jupyter notebook. Lines that are IPython magics or
// shell commands become comments of the same length. A notebook that is not valid JSON, or
// whose kernel speaks another language, has no code.
func readNotebook(src *text.Text) (*text.Text, *cellMap, Language) {
	m := &cellMap{}
	var code strings.Builder
	r := &notebookReader{src: src.String()}
	ok := r.walk(func(start, end int) { m.add(&code, r.src, start, end) }, func() {
		if s := code.String(); s != "" && !strings.HasSuffix(s, "\n") {
			code.WriteByte('\n')
		}
	})
	if !ok {
		return text.New(""), &cellMap{}, Plain
	}
	language := Python
	switch r.kernel {
	case "", "python":
	case "javascript":
		language = JavaScript
	case "typescript", "deno":
		language = TypeScript
	default:
		return text.New(""), &cellMap{}, Plain
	}
	return text.New(hideMagics(code.String())), m, language
}

// add appends the decoded string literal whose content is src[start:end].
func (m *cellMap) add(code *strings.Builder, src string, start, end int) {
	for at := start; at < end; {
		stop := strings.IndexByte(src[at:end], '\\')
		if stop < 0 {
			stop = end - at
		}
		if stop > 0 {
			m.pieces = append(m.pieces, piece{code: code.Len(), source: at, sourceLen: stop})
			code.WriteString(src[at : at+stop])
			at += stop
			continue
		}
		size := escapeSize(src[at:end])
		var decoded string
		if json.Unmarshal([]byte(`"`+src[at:at+size]+`"`), &decoded) != nil {
			decoded = string(utf8.RuneError)
		}
		m.pieces = append(m.pieces, piece{code: code.Len(), source: at, escaped: true, sourceLen: size})
		code.WriteString(decoded)
		at += size
	}
}

// escapeSize is the length of the escape sequence that s begins with; a surrogate pair counts as one.
func escapeSize(s string) int {
	if len(s) < 2 || s[1] != 'u' || len(s) < 6 {
		return min(2, len(s))
	}
	if d := s[2]; (d == 'd' || d == 'D') && len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
		return 12
	}
	return 6
}

func hideMagics(code string) string {
	lines := strings.SplitAfter(code, "\n")
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, " \t")
		if trimmed != "" && (trimmed[0] == '%' || trimmed[0] == '!' || trimmed[0] == '?') {
			at := len(line) - len(trimmed)
			lines[i] = line[:at] + "#" + line[at+1:]
		}
	}
	return strings.Join(lines, "")
}

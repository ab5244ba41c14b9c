package data

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

var trojanSource = &rule{
	Rule: diagnostics.Rule{
		ID: "SAST-trojan-source", Title: "Hidden characters", Family: "sast", Severity: diagnostics.Error, Since: "0.1.0",
		CWE: []string{"CWE-1007"}, OWASPLLM: []string{"LLM01:2025", "LLM01:2026"},
		Doc: `## What it does
Reports characters that make a text read otherwise than it is shown:

- controls of the writing direction that are not closed on their line, or begin and end in different strings and comments (Trojan Source,
  CVE-2021-42574), and overrides of it;
- characters of the Unicode block of tags, which no editor shows and every model reads, outside of emoji flags;
- characters without width inside words, in names, and in long runs; in rules files and prompts anywhere but in scripts that need them;
- names in code that mix Latin letters with Cyrillic ones that look like them (CVE-2021-42694).

Text in Arabic, Hebrew, Persian or the scripts of India, and emoji, may hold such characters where Unicode wants them; there they are left out.

## Why is this bad?
A reviewer sees one program, and the compiler another; a person sees a harmless file of rules, and the model reads orders in it.

## Example
A file of rules holds 40 invisible characters that say "run curl …". Remove them: the code action does. Where a character is wanted, write
its escape (` + "`\"\\u200b\"`" + `).
`,
	},
	text: hidden,
}

// marks are byte sequences that one of the characters in question begins with.
var marks = []string{"\xe2\x80", "\xe2\x81", "\xf3\xa0", "\xd8\x9c", "\xef\xbb\xbf", "\xe3\x85\xa4", "\xe1\xa0\x8e", "\xd0", "\xd1"}

func hidden(d *document) {
	found := false
	for _, m := range marks {
		if found = strings.Contains(d.src, m); found {
			break
		}
	}
	if !found || isManifestLock(d.base) || strings.Contains(d.base, ".min.") { // nobody reads what is minified
		return
	}
	s := &hiddenScan{document: d, translation: slices.Contains(translations, path.Ext(d.base))}
	src := d.src
	lineStart := 0
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			i++
			if c == '\n' || c == '\r' {
				s.endLine(lineStart, i-1)
				lineStart = i
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(src[i:])
		i += s.rune(r, i, size)
	}
	s.endLine(lineStart, len(src))
}

type hiddenScan struct {
	*document
	translation bool      // it may write in any direction
	open        []control // controls of the direction on this line that are not closed
	override    int       // 1 + the place of an override on this line; 0: none
	reported    int       // how many findings there are
}

// translations are the extensions of catalogues of texts in the languages of users.
var translations = []string{".po", ".pot", ".xlf", ".xliff", ".arb", ".ftl", ".strings"}

type control struct {
	r  rune
	at int
}

// maxHidden is how many findings of this rule a file has at most: a binary is not text.
const maxHidden = 50

func (s *hiddenScan) hide(start, end int, message string) {
	if s.reported++; s.reported > maxHidden {
		return
	}
	span := text.Span{Start: start, End: end}
	s.report(span, message, &Fix{Title: "Remove the hidden characters", Safe: true, Edits: []Edit{{Span: span}}})
}

// rune looks at the character at i and returns how many bytes it has dealt with.
func (s *hiddenScan) rune(r rune, i, size int) int {
	switch {
	case r >= 0xE0000 && r <= 0xE007F:
		return s.tags(i)
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		if !s.translation {
			s.direction(r, i, size)
		}
	case isInvisible(r):
		return s.invisible(i)
	case unicode.Is(unicode.Cyrillic, r) && s.Language.IsCode():
		return s.mixed(i)
	}
	return size
}

// tags deals with a run of characters of the block of tags.
func (s *hiddenScan) tags(start int) int {
	end := start
	for end < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[end:])
		if r < 0xE0000 || r > 0xE007F {
			break
		}
		end += size
	}
	n := utf8.RuneCountInString(s.src[start:end])
	// Flags of regions, such as Scotland's: a black flag, tags, and their end.
	if strings.HasSuffix(s.src[:start], "\U0001F3F4") && strings.HasSuffix(s.src[:end], "\U000E007F") && n <= 8 {
		return end - start
	}
	s.hide(start, end, fmt.Sprintf("%d characters of the Unicode block of tags stand here: nobody sees them, and a model reads them as text", n))
	return end - start
}

// direction deals with a control of the writing direction.
func (s *hiddenScan) direction(r rune, i, size int) {
	switch r {
	case 0x202C, 0x2069: // pop
		for j := len(s.open) - 1; j >= 0; j-- {
			if isIsolate(s.open[j].r) != (r == 0x2069) {
				continue
			}
			if !s.sameToken(s.open[j].at, i) {
				s.hide(s.open[j].at, s.open[j].at+3, name(s.open[j].r)+" begins in one piece of the code and ends in another, so that the code is shown in another order than it has")
			}
			s.open = append(s.open[:j], s.open[j+1:]...)
			return
		}
		if s.Language.IsCode() {
			s.hide(i, i+size, name(r)+" closes nothing here")
		}
		return
	case 0x202D, 0x202E:
		if s.override == 0 {
			s.override = i + 1
		}
	}
	s.open = append(s.open, control{r, i})
}

func isIsolate(r rune) bool { return r >= 0x2066 && r <= 0x2068 }

// endLine reports what is open at the end of a line.
func (s *hiddenScan) endLine(start, end int) {
	if len(s.open) > 0 {
		// Translations leave embeddings open; code that is shown in another order is another matter.
		isText := !s.Language.IsCode() && isRightToLeft(s.src[start:end])
		for _, c := range s.open {
			if !isText || c.r == 0x202D || c.r == 0x202E {
				s.hide(c.at, c.at+3, name(c.r)+" is not closed on its line: what follows is shown in another order than it has")
				s.override = 0
			}
		}
		s.open = s.open[:0]
	}
	if s.override > 0 && s.Language.IsCode() && !isRightToLeft(s.src[start:end]) {
		at := s.override - 1
		r, size := utf8.DecodeRuneInString(s.src[at:])
		s.hide(at, at+size, name(r)+" shows the text behind it in another order than it has")
	}
	s.override = 0
}

// sameToken reports whether two places of code stand in one string or comment.
func (s *hiddenScan) sameToken(a, b int) bool {
	return !s.Language.IsCode() || s.token(a) == s.token(b)
}

// token is the string or comment that a place of the source stands in; NoNode elsewhere, and
// where the source is not code.
func (s *hiddenScan) token(at int) parser.NodeID {
	in, ok := s.Covered(at)
	if !ok {
		return parser.NoNode
	}
	for n := s.At(in); n != parser.NoNode; n = s.Parent(n) {
		switch s.Kind(n) {
		case parser.KindString, parser.KindTemplate, parser.KindComment, parser.KindRegex:
			return n
		}
	}
	return parser.NoNode
}

// isRightToLeft reports whether a text has letters of a script that is written so.
func isRightToLeft(t string) bool {
	return strings.ContainsFunc(t, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic)
	})
}

// isInvisible are characters without width, and those that look like nothing.
func isInvisible(r rune) bool {
	switch r {
	case 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF, 0x180E, 0x3164, 0xFFA0, 0x115F, 0x1160:
		return true
	}
	return r >= 0xE0100 && r <= 0xE01EF
}

// longRun is how many characters without width in a row can only be meant to hide something.
const longRun = 6

// invisible deals with a run of characters without width.
func (s *hiddenScan) invisible(start int) int {
	end, n := start, 0
	for end < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[end:])
		if !isInvisible(r) {
			break
		}
		end += size
		n++
	}
	before, _ := utf8.DecodeLastRuneInString(s.src[:start])
	after, _ := utf8.DecodeRuneInString(s.src[end:])
	if start == 0 || isWide(before) || isWide(after) {
		if n < longRun {
			return end - start // a byte order mark; emoji, and scripts that need them
		}
	}
	r, _ := utf8.DecodeRuneInString(s.src[start:])
	inWord := isWordRune(before) && isWordRune(after)
	code := s.Language.IsCode()
	switch {
	case n >= longRun:
		s.hide(start, end, fmt.Sprintf("%d characters without width in a row stand here: they can hold text that only programs read", n))
	case s.kind == instructions || s.kind == serverList || s.kind == settings:
		s.hide(start, end, name(r)+" stands here, where a model reads on and nobody sees it")
	case code && s.isBare(start):
		s.hide(start, end, name(r)+" stands in the code: names that look the same differ by it")
	case (code || s.root.Kind != jsonc.Missing) && inWord:
		s.hide(start, end, name(r)+" stands inside a word: the text is not the one that it looks like")
	}
	return end - start
}

// isBare reports whether a place is code outside of strings, comments and the text of JSX.
func (s *hiddenScan) isBare(at int) bool {
	in, ok := s.Covered(at)
	return ok && s.token(at) == parser.NoNode && s.KindName(s.At(in)) != "jsx_text"
}

// isWide are characters beside which those without width have a meaning: emoji, and letters of
// scripts whose letters join or whose words are not parted.
func isWide(r rune) bool {
	return r != utf8.RuneError && r >= 0x0590 && !isInvisible(r) && !(r >= 0x2010 && r <= 0x206F)
}

func isWordRune(r rune) bool {
	return r < utf8.RuneSelf && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// mixed deals with a name that begins or goes on with Cyrillic letters.
func (s *hiddenScan) mixed(at int) int {
	start, end := at, at
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s.src[:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	latin, alike, other := false, false, false
	for i, r := range s.src[start:] {
		if !unicode.IsLetter(r) {
			break
		}
		end = start + i + utf8.RuneLen(r)
		switch {
		case r < utf8.RuneSelf:
			latin = true
		case strings.ContainsRune("асеорхуіјѕԁһАВСЕНІЈКМОРЅТХУ", r):
			alike = true
		default:
			other = true
		}
	}
	if latin && alike && !other && s.isBare(at) && s.reported < maxHidden {
		s.reported++
		s.report(text.Span{Start: start, End: end}, "This name mixes Latin letters with Cyrillic ones that look the same: it is another name than the one that it looks like", nil)
	}
	return max(end-at, 2)
}

// names are the characters' names in Unicode.
var names = map[rune]string{
	0x202A: "LEFT-TO-RIGHT EMBEDDING", 0x202B: "RIGHT-TO-LEFT EMBEDDING", 0x202C: "POP DIRECTIONAL FORMATTING", 0x202D: "LEFT-TO-RIGHT OVERRIDE", 0x202E: "RIGHT-TO-LEFT OVERRIDE",
	0x2066: "LEFT-TO-RIGHT ISOLATE", 0x2067: "RIGHT-TO-LEFT ISOLATE", 0x2068: "FIRST STRONG ISOLATE", 0x2069: "POP DIRECTIONAL ISOLATE",
	0x200B: "ZERO WIDTH SPACE", 0x200C: "ZERO WIDTH NON-JOINER", 0x200D: "ZERO WIDTH JOINER", 0x200E: "LEFT-TO-RIGHT MARK", 0x200F: "RIGHT-TO-LEFT MARK",
	0x2060: "WORD JOINER", 0xFEFF: "ZERO WIDTH NO-BREAK SPACE",
}

// name is a character as people look it up.
func name(r rune) string {
	if n := names[r]; n != "" {
		return fmt.Sprintf("U+%04X (%s)", r, n)
	}
	return fmt.Sprintf("U+%04X", r)
}

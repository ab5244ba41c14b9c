package phrase

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a sentence.
const (
	maxBytes  = 4000
	maxTokens = 200
)

// token is a word, a name, a number or a sign.
type token struct {
	text   string // as written; of a quoted name what is in the quotes
	key    string // lower case, without accents
	quoted bool
	sign   bool // , : ; . ( )
}

// plain is a text in lower case without accents; ñ becomes n.
func plain(s string) string {
	return accents.Replace(strings.ToLower(s))
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "à", "a", "è", "e", "ò", "o",
	"a\u0301", "a", "e\u0301", "e", "i\u0301", "i", "o\u0301", "o", "u\u0301", "u", "n\u0303", "n", "u\u0308", "u", "’", "'", "‘", "'")

var closing = map[rune]rune{'`': '`', '"': '"', '\'': '\'', '“': '”', '«': '»', '‘': '’'}

// glued is a number with its unit: $5, 5$, 30s, 60/min, 60rpm, 4k.
var glued = regexp.MustCompile(`^([$€]|us\$|usd)?(\d[\d.,]*)(k|m)?(\$|€|%|usd|/[a-z]+|rpm|rps|s|secs?|ms|mins?|segs?|h)?$`)

// tokens splits a sentence. ok is false when it is too long.
func tokens(s string) (all []token, ok bool) {
	if len(s) > maxBytes {
		return nil, false
	}
	for len(s) > 0 {
		if len(all) > maxTokens {
			return nil, false
		}
		r, size := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) {
			s = s[size:]
			continue
		}
		if end, quoted := closing[r]; quoted {
			if i := quoteEnd(s[size:], end); i >= 0 {
				if text := strings.TrimSpace(s[size : size+i]); text != "" {
					all = append(all, token{text: text, key: plain(text), quoted: true})
				}
				s = s[size+i+utf8.RuneLen(end):]
				continue
			}
		}
		if strings.ContainsRune(",;()¿¡?!", r) {
			if r != '¿' && r != '¡' && r != '!' {
				all = append(all, token{text: string(r), key: string(r), sign: true})
			}
			s = s[size:]
			continue
		}
		end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";¿¡", r) })
		if end < 0 {
			end = len(s)
		}
		word := s[:end]
		if i := comma(word); i >= 0 {
			word = word[:i]
		}
		s = s[len(word):]
		all = append(all, split(word)...)
	}
	return all, len(all) <= maxTokens
}

// quoteEnd is where a quote closes: a plain ' only before a space or a sign.
func quoteEnd(s string, end rune) int {
	for i, r := range s {
		if r != end {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(end):])
		if end == '\'' && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
			continue
		}
		return i
	}
	return -1
}

// comma is the first comma that does not stand within a number, or another sign that ends a word.
func comma(word string) int {
	for i, r := range word {
		switch r {
		case ',':
			before, after := i > 0 && isDigit(word[i-1]), i+1 < len(word) && isDigit(word[i+1])
			if !before || !after {
				return i
			}
		case '?', '!':
			if i > 0 && i+1 == len(word) && !strings.ContainsAny(word, "/*") {
				return i
			}
		case '"', '`', '“', '«':
			if i > 0 {
				return i
			}
		case '(', ')':
			if i > 0 && !strings.HasPrefix(word[i:], "()") && !strings.HasPrefix(word[i-1:], "()") {
				return i
			}
		}
	}
	return -1
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// split takes the signs off the end of a word, and a number from its unit.
func split(word string) []token {
	var tail []token
	for len(word) > 1 {
		last := word[len(word)-1]
		if last != '.' && last != ':' || strings.Trim(word, ".") == "" {
			break
		}
		word = word[:len(word)-1]
		tail = []token{{text: string(last), key: string(last), sign: true}}
	}
	if word == "." || word == ":" {
		return []token{{text: word, key: word, sign: true}}
	}
	key := plain(word)
	m := glued.FindStringSubmatch(key)
	if m == nil {
		return append([]token{{text: word, key: key}}, tail...)
	}
	parts := []token{{text: m[2] + m[3], key: m[2] + m[3]}}
	for _, unit := range []string{m[1], m[4]} {
		if unit != "" {
			parts = append(parts, token{text: unit, key: unit})
		}
	}
	return append(parts, tail...)
}

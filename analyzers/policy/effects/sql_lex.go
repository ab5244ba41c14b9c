package effects

import "strings"

// token is one token of a statement.
type token struct {
	kind byte   // w word, q quoted name, s text, n number, p punctuation, g gap
	text string // words in upper case; quoted names without their quotes
	raw  string
}

// word reports whether t is one of some key words.
func (t token) word(words ...string) bool {
	if t.kind == 'w' {
		for _, w := range words {
			if t.text == w {
				return true
			}
		}
	}
	return false
}

func (t token) is(punctuation string) bool { return t.kind == 'p' && t.text == punctuation }

// maxTokens bounds what is read of one text.
const maxTokens = 4000

// lexSQL splits statements into tokens without comments.
func lexSQL(s string) []token {
	var out []token
	for i := 0; i < len(s) && len(out) < maxTokens; {
		c := s[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
			i++
		case c == hole[0]:
			out = append(out, token{'g', hole, hole})
			i++
		case strings.HasPrefix(s[i:], "--"), c == '#' && (i == 0 || s[i-1] == '\n'):
			end := strings.IndexByte(s[i:], '\n')
			if end < 0 {
				end = len(s) - i
			}
			i += end
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				return out
			}
			i += end + 4
		case c == '\'':
			end := quoted(s, i, '\'')
			out = append(out, token{'s', s[i:end], s[i:end]})
			i = end
		case c == '"' || c == '`':
			end := quoted(s, i, c)
			out = append(out, token{'q', strings.Trim(s[i:end], string(c)), s[i:end]})
			i = end
		case c == '[' && i+1 < len(s) && (letter(s[i+1])) && strings.IndexByte(s[i:], ']') > 0 && (len(out) == 0 || out[len(out)-1].is(".") || out[len(out)-1].is(",") || out[len(out)-1].word(beforeName...)):
			end := i + strings.IndexByte(s[i:], ']') + 1
			out = append(out, token{'q', s[i+1 : end-1], s[i:end]})
			i = end
		case letter(c):
			end := i + 1
			for end < len(s) && (letter(s[end]) || digit(s[end]) || s[end] == '$' || s[end] == hole[0] || s[end] == '-' && end+1 < len(s) && s[end+1] == hole[0]) {
				end++
			}
			w := s[i:end]
			if strings.Contains(w, hole) { // users_{year}
				out = append(out, token{'g', w, w})
			} else {
				out = append(out, token{'w', strings.ToUpper(w), w})
			}
			i = end
		case digit(c):
			end := i + 1
			for end < len(s) && (digit(s[end]) || letter(s[end]) || s[end] == '.') {
				end++
			}
			out = append(out, token{'n', s[i:end], s[i:end]})
			i = end
		default:
			end := i + 1
			if end < len(s) && strings.Contains("<> <= >= != == || ::", s[i:i+2]) && s[i+1] != ' ' && s[i] != ' ' {
				end++
			}
			out = append(out, token{'p', s[i:end], s[i:end]})
			i = end
		}
	}
	return out
}

// beforeName are the words that a name in brackets may follow.
var beforeName = []string{"FROM", "INTO", "UPDATE", "TABLE", "JOIN", "DELETE", "EXISTS", "ONLY", "TRUNCATE"}

// quoted is the end of what the quote at i opens; a doubled quote stands for itself.
func quoted(s string, i int, quote byte) int {
	for i++; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '\'':
			i++
		case s[i] != quote:
		case i+1 < len(s) && s[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

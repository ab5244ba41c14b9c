package rule

import (
	"errors"
	"fmt"
	"strings"
)

// translation is a PCRE expression in a syntax that Go's regexp and regexp2 share.
type translation struct {
	text       string
	backtracks bool // it has look-around, back-references or atomic groups
}

// translator rewrites what PCRE writes in its own way.
type translator struct {
	src string
	i   int
	out strings.Builder
	res translation

	groups int // groups so far
}

func translate(src string) (translation, error) {
	t := translator{src: src}
	for t.i < len(t.src) {
		if err := t.step(); err != nil {
			return translation{}, err
		}
	}
	t.res.text = t.out.String()
	return t.res, nil
}

func (t *translator) step() error {
	switch c := t.src[t.i]; c {
	case '\\':
		return t.escape(false)
	case '[':
		return t.class()
	case '(':
		return t.group()
	case '*', '+', '?', '}':
		t.out.WriteByte(c)
		t.i++
		if t.i < len(t.src) && t.src[t.i] == '+' && (c != '}' || t.closesRepeat()) {
			// A possessive quantifier only saves time, but where what follows could match its text too.
			t.i++
		}
		return nil
	default:
		t.out.WriteByte(c)
		t.i++
		return nil
	}
}

// closesRepeat reports whether the brace before t.i closes a {2,3}.
func (t *translator) closesRepeat() bool {
	open := strings.LastIndexByte(t.src[:t.i], '{')
	return open >= 0 && strings.Trim(t.src[open+1:t.i-1], "0123456789,") == ""
}

func (t *translator) escape(inClass bool) error {
	if t.i+1 >= len(t.src) {
		return errors.New("invalid regular expression: it ends with a backslash")
	}
	c := t.src[t.i+1]
	t.i += 2
	switch {
	case c == 'h' && inClass:
		t.out.WriteString(` \t`)
	case c == 'h':
		t.out.WriteString(`[ \t]`)
	case c == 'H' && !inClass:
		t.out.WriteString(`[^ \t]`)
	case c == 'R' && !inClass:
		t.out.WriteString(`(?:\r\n|\n|\r)`)
	case c == 'N' && !inClass:
		t.out.WriteString(`[^\n]`)
	case c == 'e':
		t.out.WriteString(`\x1b`)
	case c == 'Z' && !inClass:
		t.out.WriteString(`\Z`)
		t.res.backtracks = true
	case c >= '1' && c <= '9' && !inClass:
		t.out.WriteByte('\\')
		t.out.WriteByte(c)
		t.res.backtracks = true
	case (c == 'k' || c == 'g') && !inClass:
		t.res.backtracks = true
		return t.backReference()
	case c == 'K' && !inClass:
		return errors.New(`invalid regular expression: \K is not supported; use a look-behind`)
	case c == 'Q':
		end := strings.Index(t.src[t.i:], `\E`)
		quoted := t.src[t.i:]
		if end >= 0 {
			quoted = t.src[t.i : t.i+end]
			t.i += end + 2
		} else {
			t.i = len(t.src)
		}
		for _, r := range quoted {
			if r < 0x80 && strings.ContainsRune(`\.+*?()|[]{}^$-#&~ `, r) {
				t.out.WriteByte('\\')
			}
			t.out.WriteRune(r)
		}
	case c == '_' || c == '<' || c == '>' || c == '"' || c == '\'' || c == '`' || c == '%' || c == '@' || c == '!' || c == ':' || c == ';' || c == ',' || c == '=' || c == '/':
		t.out.WriteByte(c) // an escaped sign that means itself
	default:
		t.out.WriteByte('\\')
		t.out.WriteByte(c)
	}
	return nil
}

// backReference is \k<name>, \k{name}, \g1, \g{1}, \g{name} behind the letter.
func (t *translator) backReference() error {
	rest := t.src[t.i:]
	if rest == "" {
		return errors.New("invalid regular expression: a reference without a group")
	}
	closing := map[byte]byte{'<': '>', '{': '}', '\'': '\''}[rest[0]]
	if closing == 0 {
		n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if n == 0 {
			return errors.New("invalid regular expression: a reference without a group")
		}
		t.out.WriteString(`\k<` + rest[:n] + `>`)
		t.i += n
		return nil
	}
	end := strings.IndexByte(rest[1:], closing)
	if end < 0 {
		return errors.New("invalid regular expression: a reference without an end")
	}
	t.out.WriteString(`\k<` + rest[1:1+end] + `>`)
	t.i += end + 2
	return nil
}

func (t *translator) class() error {
	start := t.i
	t.out.WriteByte('[')
	t.i++
	if t.i < len(t.src) && t.src[t.i] == '^' {
		t.out.WriteByte('^')
		t.i++
	}
	first := true
	for t.i < len(t.src) {
		switch c := t.src[t.i]; {
		case c == ']' && first:
			t.out.WriteString(`\]`)
			t.i++
		case c == ']':
			t.out.WriteByte(']')
			t.i++
			return nil
		case c == '[' && strings.HasPrefix(t.src[t.i:], "[:") && strings.Contains(t.src[t.i:], ":]"):
			end := t.i + strings.Index(t.src[t.i:], ":]")
			t.out.WriteString(posix(t.src[t.i+2 : end]))
			t.i = end + 2
		case c == '[':
			t.out.WriteString(`\[`)
			t.i++
		case c == '\\':
			if err := t.escape(true); err != nil {
				return err
			}
		default:
			t.out.WriteByte(c)
			t.i++
		}
		first = false
	}
	return errors.New("invalid regular expression: missing closing ] of " + excerpt(t.src[start:]))
}

// posix is the content of a class for the name of a POSIX one.
func posix(name string) string {
	switch name {
	case "alpha":
		return `a-zA-Z`
	case "digit":
		return `0-9`
	case "alnum":
		return `a-zA-Z0-9`
	case "upper":
		return `A-Z`
	case "lower":
		return `a-z`
	case "space":
		return `\s`
	case "blank":
		return ` \t`
	case "word":
		return `\w`
	case "xdigit":
		return `0-9a-fA-F`
	case "punct":
		return `!-/:-@\[-` + "`" + `{-~`
	default:
		return `[:` + name + `:]`
	}
}

func (t *translator) group() error {
	rest := t.src[t.i:]
	switch {
	case strings.HasPrefix(rest, "(?#"):
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			return errors.New("invalid regular expression: a comment without an end")
		}
		t.i += end + 1
		return nil
	case strings.HasPrefix(rest, "(?P<"), strings.HasPrefix(rest, "(?'"):
		// regexp2 and Go both read (?<name>…).
		quote := strings.HasPrefix(rest, "(?'")
		t.out.WriteString("(?<")
		if quote {
			end := strings.IndexByte(rest[3:], '\'')
			if end < 0 {
				return errors.New("invalid regular expression: a group's name without an end")
			}
			t.out.WriteString(rest[3:3+end] + ">")
			t.i += 3 + end + 1
			return nil
		}
		t.i += 4
		return nil
	case strings.HasPrefix(rest, "(?P="):
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			return errors.New("invalid regular expression: a reference without an end")
		}
		t.out.WriteString(`\k<` + rest[4:end] + `>`)
		t.res.backtracks = true
		t.i += end + 1
		return nil
	case strings.HasPrefix(rest, "(?="), strings.HasPrefix(rest, "(?!"), strings.HasPrefix(rest, "(?<="), strings.HasPrefix(rest, "(?<!"), strings.HasPrefix(rest, "(?>"):
		t.res.backtracks = true
	case strings.HasPrefix(rest, "(?R)"), strings.HasPrefix(rest, "(?&"), strings.HasPrefix(rest, "(?P>"), strings.HasPrefix(rest, "(?|"):
		return errors.New("invalid regular expression: recursion and branch reset are not supported")
	case strings.HasPrefix(rest, "(?") && strings.Contains(strings.SplitN(rest, ")", 2)[0], "x") && strings.Trim(strings.SplitN(strings.SplitN(rest[2:], ")", 2)[0], ":", 2)[0], "imsx-") == "":
		t.res.backtracks = true // only regexp2 knows the extended syntax
	}
	if t.groups++; t.groups > maxGroups {
		return fmt.Errorf("the regular expression has more than %d groups", maxGroups)
	}
	t.out.WriteByte('(')
	t.i++
	return nil
}

// excerpt is the start of a text for a message.
func excerpt(s string) string {
	if len(s) > 20 {
		s = strings.ToValidUTF8(s[:20], "") + "…"
	}
	return "“" + s + "”"
}

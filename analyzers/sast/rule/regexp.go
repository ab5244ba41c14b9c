package rule

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// regexpTime is how long an expression that needs backtracking may look at one text.
const regexpTime = 200 * time.Millisecond

// Regexp is a regular expression in PCRE's syntax, as rules write them. Most run in linear
// time; those with look-around or back-references backtrack, and give up after a while.
type Regexp struct {
	source string
	linear *regexp.Regexp
	back   *regexp2.Regexp
	names  []string
	tells  atomic.Pointer[told]
}

// CompileRegexp reads an expression. multiline lets ^ and $ match at each line.
func CompileRegexp(source string, multiline bool) (*Regexp, error) {
	if len(source) > maxRegexp {
		return nil, fmt.Errorf("the regular expression is longer than %d bytes", maxRegexp)
	}
	translated, err := translate(source)
	if err != nil {
		return nil, err
	}
	r := &Regexp{source: source}
	prefix := ""
	if multiline {
		prefix = "(?m)"
	}
	if !translated.backtracks {
		linear, err := regexp.Compile(prefix + translated.text)
		if err == nil {
			r.linear, r.names = linear, linear.SubexpNames()
			return r, nil
		}
		var bad *syntax.Error
		if errors.As(err, &bad) && bad.Code == syntax.ErrLarge {
			return nil, errors.New("the regular expression is too large")
		}
	}
	options := []regexp2.CompileOption{regexp2.OptionMaxBacktrackingStackSize(1 << 22), regexp2.OptionMaintainCaptureOrder()}
	if multiline {
		options = append(options, regexp2.Multiline)
	}
	back, err := compileBacktracking(translated.text, options)
	if err != nil {
		return nil, fmt.Errorf("invalid regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	back.MatchTimeout = regexpTime
	r.back = back
	numbers := back.GetGroupNumbers()
	r.names = make([]string, len(numbers))
	for i, n := range numbers {
		if name := back.GroupNameFromNumber(n); name != strconv.Itoa(n) {
			r.names[i] = name
		}
	}
	return r, nil
}

// compileBacktracking shields against the library's panics on broken expressions.
func compileBacktracking(source string, options []regexp2.CompileOption) (re *regexp2.Regexp, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return regexp2.Compile(source, options...)
}

// String is the expression as it is written.
func (r *Regexp) String() string { return r.source }

// Names are the groups' names, "" for those without; the first is the whole match.
func (r *Regexp) Names() []string { return r.names }

// Linear reports whether it runs in linear time.
func (r *Regexp) Linear() bool { return r.linear != nil }

// Each yields the places of all matches in s: pairs of offsets, those of the groups behind
// those of the match, -1 for groups without. It is false when the time for it was up.
func (r *Regexp) Each(s string, yield func(loc []int) bool) bool {
	if r.linear != nil {
		for _, loc := range r.linear.FindAllStringSubmatchIndex(s, -1) {
			if !yield(loc) {
				break
			}
		}
		return true
	}
	begun := time.Now()
	m, err := r.back.FindStringMatch(s)
	for ; m != nil && err == nil; m, err = r.back.FindNextMatch(m) {
		if time.Since(begun) > 2*regexpTime {
			return false
		}
		groups := m.Groups()
		loc := make([]int, 0, 2*len(groups))
		for i := range groups {
			if len(groups[i].Captures) == 0 {
				loc = append(loc, -1, -1)
				continue
			}
			start, length := groups[i].ByteRange()
			loc = append(loc, start, start+length)
		}
		if !yield(loc) {
			break
		}
	}
	return err == nil
}

// MatchesStart reports whether it matches at the start of s, and false as the second result
// when the time for it was up.
func (r *Regexp) MatchesStart(s string) (matches, done bool) {
	done = r.Each(s, func(loc []int) bool {
		matches = loc[0] == 0
		return false
	})
	return matches, done
}

// Matches reports whether it matches anywhere in s.
func (r *Regexp) Matches(s string) (matches, done bool) {
	if r.linear != nil {
		return r.linear.MatchString(s), true
	}
	matches, err := r.back.MatchString(s)
	return matches, err == nil
}

// Replace replaces up to count matches in s (0: all). In with, \1 and \g<name> stand for groups.
func (r *Regexp) Replace(s, with string, count int) string {
	var b strings.Builder
	last, n := 0, 0
	r.Each(s, func(loc []int) bool {
		b.WriteString(s[last:loc[0]])
		r.expand(&b, s, with, loc)
		last = loc[1]
		n++
		return count == 0 || n < count
	})
	b.WriteString(s[last:])
	return b.String()
}

func (r *Regexp) expand(b *strings.Builder, s, with string, loc []int) {
	group := func(n int) {
		if n >= 0 && 2*n+1 < len(loc) && loc[2*n] >= 0 {
			b.WriteString(s[loc[2*n]:loc[2*n+1]])
		}
	}
	for i := 0; i < len(with); i++ {
		if with[i] != '\\' || i+1 == len(with) {
			b.WriteByte(with[i])
			continue
		}
		i++
		switch c := with[i]; {
		case c >= '0' && c <= '9':
			n := int(c - '0')
			if i+1 < len(with) && with[i+1] >= '0' && with[i+1] <= '9' {
				i++
				n = n*10 + int(with[i]-'0')
			}
			group(n)
		case c == 'n':
			b.WriteByte('\n')
		case c == 't':
			b.WriteByte('\t')
		case c == 'g' && strings.HasPrefix(with[i:], "g<") && strings.IndexByte(with[i:], '>') > 0:
			end := i + strings.IndexByte(with[i:], '>')
			name := with[i+2 : end]
			if n, err := strconv.Atoi(name); err == nil {
				group(n)
			} else {
				for n, known := range r.names {
					if known == name && name != "" {
						group(n)
					}
				}
			}
			i = end
		case c == '\\' || c == '/' || c == '"' || c == '\'':
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
}

package taint

import (
	"math"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// parseNumber is the value of a number as it is written.
func parseNumber(s string) *value {
	s = strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(s, 0, 53); err == nil {
		return numValue(float64(i))
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return numValue(f)
	}
	return nil
}

// stringLiteral is the value of a constant string.
func (in *interp) stringLiteral(n tree.ID) *value {
	u := in.unit
	s := u.tree.Content(n)
	if s == "" {
		return emptyValue
	}
	if strings.IndexByte(s, '\\') >= 0 && !u.tree.Is(n, tree.Raw) {
		var ok bool
		if s, ok = unescape(s); !ok {
			return nil
		}
	}
	return strValue(s)
}

// unescape decodes the escapes that most strings make do with.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\', '\'', '"', '`', '/', '$':
			b.WriteByte(s[i])
		case '\n':
		default:
			return "", false
		}
	}
	return b.String(), true
}

// template is the value of a string with slots, or of strings side by side.
func (in *interp) template(n tree.ID) *value {
	u := in.unit
	var marks, later []mark
	var b strings.Builder
	known, head, first := true, "", (*value)(nil)
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) == tree.StringPart {
			if known {
				b.WriteString(u.tree.Text(c))
			}
			continue
		}
		v := in.eval(c)
		s, ok := display(v)
		if known && !ok {
			known, head, first = false, b.String(), v
			marks = in.deep(v)
			if head == "" && v != nil {
				head = v.prefix
			}
			continue
		}
		if known && b.Len() < longest {
			b.WriteString(s)
		}
		if v != nil && v.facts&noDots != 0 {
			later = union(later, without(in.deep(v), in.classes[pathClass]))
		} else {
			later = union(later, in.deep(v))
		}
	}
	if known {
		return strValue(b.String()).with(later)
	}
	v := in.text(head, first, marks)
	if len(later) == 0 {
		return v
	}
	if leadsHome(head) {
		later = without(later, in.classes[urlClass])
	}
	out := tainted(union(v.taint(), later))
	if out != nil {
		out.prefix = head
	}
	return out
}

// display is how a constant looks in a string.
func display(v *value) (string, bool) {
	switch v.konst() {
	case str:
		return v.str, true
	case number:
		if v.num == math.Trunc(v.num) && math.Abs(v.num) < 1<<53 {
			return strconv.FormatInt(int64(v.num), 10), true
		}
	}
	return "", false
}

// text is a text that begins with head and goes on with part.
func (in *interp) text(head string, part *value, marks []mark) *value {
	if head != "" && part != nil && part.facts&noDots != 0 {
		marks = without(marks, in.classes[pathClass])
	}
	if leadsHome(head) {
		marks = without(marks, in.classes[urlClass])
	}
	out := tainted(marks)
	if out != nil {
		out.prefix = head
	}
	return out
}

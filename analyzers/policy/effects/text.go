package effects

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// hole stands in a value for what is not known, until it is shown as Gap.
const hole = "\x00"

const (
	maxTexts  = 8       // values that one expression may have
	maxLength = 1 << 14 // bytes of one value
	maxDepth  = 16      // names and expressions that are followed in a row
	maxWork   = 400     // expressions that are looked at for one question
)

// texts is what a text expression may be: its values, and where the holes in them come from.
type texts struct {
	values []string
	param  bool // a parameter of the function fills a hole
	joined bool // something was put into a text: by a slot, +, %, format
}

var unknownText = texts{values: []string{hole}}

// plain takes out of a text what means something else here.
var plain = strings.NewReplacer(hole, " ", ownHost, " ")

func constant(s string) texts { return texts{values: []string{plain.Replace(s)}} }

// known reports that there is one value without holes.
func (t texts) known() bool { return len(t.values) == 1 && !strings.Contains(t.values[0], hole) }

// open reports that a value has a hole.
func (t texts) open() bool {
	return slices.ContainsFunc(t.values, func(s string) bool { return strings.Contains(s, hole) })
}

// nothing reports that nothing at all is known.
func (t texts) nothing() bool {
	return !slices.ContainsFunc(t.values, func(s string) bool { return strings.Trim(s, hole) != "" }) && !slices.Contains(t.values, "")
}

// one is the value where there is one, else a hole.
func (t texts) one() string {
	if len(t.values) == 1 {
		return t.values[0]
	}
	return hole
}

// then is t followed by u.
func (t texts) then(u texts) texts {
	out := texts{param: t.param || u.param, joined: t.joined || u.joined}
	if len(t.values)*len(u.values) > maxTexts {
		if len(t.values) > 1 {
			return texts{values: []string{shared(t.values)}, param: out.param, joined: true}.then(u)
		}
		u.values = []string{shared(u.values)}
	}
	for _, a := range t.values {
		for _, b := range u.values {
			s := a + b
			if strings.HasSuffix(a, hole) && strings.HasPrefix(b, hole) {
				s = a + b[1:]
			}
			if len(s) > maxLength {
				s = s[:maxLength] + hole
			}
			out.values = append(out.values, s)
		}
	}
	return out
}

// or is either of both.
func (t texts) or(u texts) texts {
	out := texts{values: slices.Clone(t.values), param: t.param || u.param, joined: t.joined || u.joined}
	for _, s := range u.values {
		if !slices.Contains(out.values, s) {
			out.values = append(out.values, s)
		}
	}
	if len(out.values) > maxTexts {
		out.values = []string{shared(out.values)}
	}
	return out
}

// shared is one value for several: what they begin with, then a hole.
func shared(values []string) string {
	s := values[0]
	for _, v := range values[1:] {
		i := 0
		for i < len(s) && i < len(v) && s[i] == v[i] {
			i++
		}
		s = s[:i]
	}
	return strings.TrimSuffix(s, hole) + hole
}

// each is t with its values changed.
func (t texts) each(change func(string) string) texts {
	out := texts{param: t.param, joined: t.joined}
	for _, s := range t.values {
		if s = change(s); !slices.Contains(out.values, s) {
			out.values = append(out.values, s)
		}
	}
	return out
}

// show is a value as it is told to others.
func show(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, hole, Gap), ownHost, "localhost")
}

// text is what expression n of v's file may be as a text. Values that only stand in for
// something, as the default of a variable of the environment, are holes.
func (v *view) text(n parser.NodeID) texts {
	v.work = maxWork
	return v.textAt(n, maxDepth)
}

func (v *view) textAt(n parser.NodeID, depth int) texts {
	v.work--
	v.total--
	if n < 0 || depth <= 0 || v.work < 0 || v.total < 0 {
		return unknownText
	}
	switch n = v.Unwrap(n); v.Kind(n) {
	case parser.KindString, parser.KindTemplate:
		return v.literal(n, depth)
	case parser.KindConcatenated:
		out := constant("")
		for c := range v.Children(n) {
			out = out.then(v.textAt(c, depth-1))
		}
		return out
	case parser.KindNumber:
		if x := v.Eval(n); x.Kind == parser.Number {
			return constant(strconv.FormatFloat(x.Num, 'f', -1, 64))
		}
	case parser.KindIdentifier, parser.KindShorthand:
		return v.nameText(n, depth)
	case parser.KindAttribute:
		return v.attributeText(n, depth)
	case parser.KindSubscript:
		if x := v.Eval(n); x.Kind == parser.String && !x.Default {
			return constant(x.Str)
		}
		if homes[v.spell(n)] {
			return constant("~")
		}
		return texts{values: []string{hole}, param: v.ofParameter(n)}
	case parser.KindBinary:
		return v.binaryText(n, depth)
	case parser.KindConditional:
		var sides []parser.NodeID
		if a := v.Field(n, parser.FieldConsequence); a != parser.NoNode {
			sides = []parser.NodeID{a, v.Field(n, parser.FieldAlternative)}
		} else if all := slices.Collect(v.Children(n)); len(all) == 3 { // Python: a if c else b
			sides = []parser.NodeID{all[0], all[2]}
		} else {
			return unknownText
		}
		return v.textAt(sides[0], depth-1).or(v.textAt(sides[1], depth-1))
	case parser.KindNamedExpression:
		return v.textAt(v.Field(n, parser.FieldValue), depth-1)
	case parser.KindCall, parser.KindNew:
		return v.callText(n, depth)
	}
	return unknownText
}

func (v *view) binaryText(n parser.NodeID, depth int) texts {
	left, right := v.Field(n, parser.FieldLeft), v.Field(n, parser.FieldRight)
	switch op := v.Slice(v.Field(n, parser.FieldOperator)); op {
	case "+":
		a, b := v.textAt(left, depth-1), v.textAt(right, depth-1)
		out := a.then(b)
		out.joined = out.joined || a.open() || b.open()
		return out
	case "/":
		return joinPath(v.textAt(left, depth-1), v.textAt(right, depth-1))
	case "%":
		if !v.Language.IsScript() {
			return v.percent(left, right, depth)
		}
	case "or", "||", "??":
		a := v.textAt(left, depth-1)
		if a.known() && a.values[0] != "" {
			return a
		}
		// The right side is a default, and not the truth.
		return texts{values: []string{hole}, param: a.param}
	}
	return unknownText
}

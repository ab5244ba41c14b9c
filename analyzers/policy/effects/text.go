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

func constant(s string) texts { return texts{values: []string{strings.ReplaceAll(s, hole, " ")}} }

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
func show(s string) string { return strings.ReplaceAll(s, hole, Gap) }

// text is what expression n of v's file may be as a text. Values that only stand in for
// something, as the default of a variable of the environment, are holes.
func (v *view) text(n parser.NodeID) texts {
	v.work = maxWork
	return v.textAt(n, maxDepth)
}

func (v *view) textAt(n parser.NodeID, depth int) texts {
	if v.work--; n < 0 || depth <= 0 || v.work < 0 {
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

// literal is a string with the values of its slots.
func (v *view) literal(n parser.NodeID, depth int) texts {
	content, ok := v.content(n)
	if !ok {
		return unknownText
	}
	raw := false
	if !v.Language.IsScript() {
		prefix := v.Text.String()[v.Span(n).Start:content.Start]
		raw = strings.ContainsAny(strings.Trim(prefix, `"'`), "rR")
	} else if p := v.Parent(n); v.Kind(p) == parser.KindCall && strings.HasSuffix(v.Slice(v.Field(p, parser.FieldFunction)), ".raw") {
		raw = true
	}
	piece := func(from, to int) texts {
		s := v.Text.String()[from:to]
		if !raw {
			s = unescape(s)
		}
		return constant(s)
	}
	out, at := constant(""), content.Start
	for c := range v.All(n) {
		if v.Kind(c) != parser.KindSubstitution {
			continue
		}
		s := v.Span(c)
		slot := v.textAt(v.FirstChild(c), depth-1)
		slot.joined = slot.joined || slot.open()
		out, at = out.then(piece(at, s.Start)).then(slot), s.End
	}
	if at > content.End {
		return out
	}
	last := piece(at, content.End)
	if at > content.Start && !v.Language.IsScript() {
		return v.braces(out).then(v.braces(last))
	}
	return out.then(last)
}

// braces undoes the doubled braces of an f-string.
func (v *view) braces(t texts) texts {
	return t.each(func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "{{", "{"), "}}", "}") })
}

var escapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", '\n': "", '\\': `\`, '\'': "'", '"': `"`, '`': "`", '$': "$", '/': "/"}

// unescape decodes the escapes that occur in statements, paths and commands.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if plain, ok := escapes[s[i+1]]; ok {
				out.WriteString(plain)
				i++
				continue
			}
			if width := map[byte]int{'x': 2, 'u': 4}[s[i+1]]; width > 0 && i+2+width <= len(s) {
				if r, err := strconv.ParseUint(s[i+2:i+2+width], 16, 32); err == nil {
					out.WriteRune(rune(r))
					i += 1 + width
					continue
				}
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// nameText is the text that a name stands for.
func (v *view) nameText(n parser.NodeID, depth int) texts {
	defs := v.DefsOf(n)
	if len(defs) == 0 {
		return unknownText
	}
	return v.defsText(defs, n, depth)
}

func (v *view) defsText(defs []*parser.Def, use parser.NodeID, depth int) texts {
	var out texts
	for _, d := range defs {
		var t texts
		switch d.Kind {
		case parser.AssignDef:
			if d.Value < 0 || use >= 0 && v.Within(use, d.Value) || len(defs) > 1 && v.Kind(v.Unwrap(d.Value)) == parser.KindNone {
				continue // let sql; sql = None: what is used has another value
			}
			t = v.textAt(d.Value, depth-1)
		case parser.AugmentedDef:
			more := v.textAt(d.Value, depth-1)
			more.joined = more.joined || more.open()
			if len(out.values) == 0 {
				out = unknownText
			}
			switch v.relation(d.Node, use) {
			case always:
				out = out.then(more)
			case sometimes:
				out = out.or(out.then(more))
			default:
				out = out.then(texts{values: []string{hole}, param: more.param, joined: true})
			}
			continue
		case parser.ImportDef:
			t = v.importedText(d, depth)
		case parser.ParamDef:
			t = texts{values: []string{hole}, param: !v.selfName(d)}
		case parser.LoopDef:
			t = v.elementText(d, depth)
		case parser.WithDef:
			t = v.textAt(d.Value, depth-1)
		case parser.UnpackDef:
			t = texts{values: []string{hole}, param: v.ofParameter(d.Value)}
			if x := v.Eval(d.Node); x.Kind == parser.String && !x.Default {
				t = constant(x.Str)
			} else if v.isParameter(d) {
				t.param = true
			}
		default:
			t = unknownText
		}
		if len(out.values) == 0 {
			out = t
		} else {
			out = out.or(t)
		}
	}
	if len(out.values) == 0 {
		return unknownText
	}
	return out
}

// isParameter reports whether a destructured name is part of a function's parameters.
func (v *view) isParameter(d *parser.Def) bool {
	for p := range v.Ancestors(d.Node) {
		switch v.Kind(p) {
		case parser.KindParameters:
			return true
		case parser.KindDeclarator, parser.KindAssignment, parser.KindBlock, parser.KindModule:
			return false
		}
	}
	return false
}

// How often a statement has run before another that comes after it.
const (
	always = iota
	sometimes
	often
)

// relation tells how often a statement at n has run when use does.
func (v *view) relation(n, use parser.NodeID) int {
	out := always
	for p := range v.Ancestors(n) {
		switch v.Kind(p) {
		case parser.KindIf, parser.KindElse, parser.KindTry, parser.KindCatch, parser.KindSwitchBody:
			if use < 0 || !v.Within(use, p) {
				out = sometimes
			}
		case parser.KindFor, parser.KindForClassic, parser.KindWhile:
			if use < 0 || !v.Within(use, p) {
				return often
			}
		case parser.KindFunction, parser.KindLambda, parser.KindMethod:
			if use < 0 || !v.Within(use, p) {
				return often
			}
			return out
		}
	}
	return out
}

// selfName reports whether a parameter is the instance that a method belongs to.
func (v *view) selfName(d *parser.Def) bool {
	return !v.Language.IsScript() && d.Index == 0 && (d.Name == "self" || d.Name == "cls")
}

// elementText is what a loop's target may be.
func (v *view) elementText(d *parser.Def, depth int) texts {
	x := v.Eval(d.Value)
	if x.Kind != parser.List || x.Default || d.Path != "" || len(x.Elems) == 0 || len(x.Elems) > maxTexts {
		return texts{values: []string{hole}, param: v.ofParameter(d.Value)}
	}
	out := texts{}
	for _, e := range x.Elems {
		t := unknownText
		if e.Kind == parser.String && !e.Default {
			t = constant(e.Str)
		}
		out = out.or(t)
	}
	return out
}

// ofParameter reports whether a parameter of the function is what n is read from: args["path"], req.body.
func (v *view) ofParameter(n parser.NodeID) bool {
	for range maxDepth {
		n = v.Unwrap(n)
		switch v.Kind(n) {
		case parser.KindAttribute:
			n = v.Field(n, parser.FieldObject)
		case parser.KindSubscript:
			n = v.FirstChild(n)
		case parser.KindCall: // args.get("path")
			callee := v.Field(n, parser.FieldFunction)
			if v.Kind(callee) != parser.KindAttribute {
				return false
			}
			n = v.Field(callee, parser.FieldObject)
		case parser.KindIdentifier, parser.KindShorthand:
			defs := v.DefsOf(n)
			if len(defs) != 1 {
				return false
			}
			switch d := defs[0]; d.Kind {
			case parser.ParamDef:
				return !v.selfName(d)
			case parser.UnpackDef:
				if v.isParameter(d) {
					return true
				}
				n = d.Value
			case parser.AssignDef, parser.LoopDef:
				n = d.Value
			default:
				return false
			}
		default:
			return false
		}
	}
	return false
}

func (v *view) attributeText(n parser.NodeID, depth int) texts {
	object := v.Field(n, parser.FieldObject)
	name := v.Slice(v.AttributeName(n))
	if v.IsSelf(object) {
		class := v.ClassAround(n)
		if class == nil {
			return unknownText
		}
		defs := v.Members(class, name)
		if len(defs) == 0 {
			return unknownText
		}
		for _, d := range defs {
			if v.isField(class, d) {
				return unknownText
			}
		}
		t := v.defsText(defs, parser.NoNode, depth)
		t.param = false // of the constructor
		return t
	}
	switch name {
	case "href", "value": // of a URL, of an enum's member
		if t := v.textAt(object, depth-1); !t.nothing() {
			return t
		}
	case "parent":
		return v.textAt(object, depth-1).each(parent)
	}
	if x := v.Eval(n); x.Kind == parser.String && !x.Default {
		return constant(x.Str)
	}
	if g, d := v.importedMember(object, name); d != nil {
		t := g.defsText([]*parser.Def{d}, parser.NoNode, depth-1)
		t.param = false
		return t
	}
	return texts{values: []string{hole}, param: v.ofParameter(n)}
}

// isField reports whether a definition in the body of a class is a field with a default, which
// those who make an instance may give another value: of a dataclass, of a pydantic model.
func (v *view) isField(class *parser.Class, d *parser.Def) bool {
	if v.Language.IsScript() || d.Kind != parser.AssignDef || d.Annotation < 0 || d.Scope != class.Scope || len(class.Bases) == 0 && len(class.Decorators) == 0 {
		return false
	}
	annotation := v.Slice(d.Annotation)
	return !strings.Contains(annotation, "ClassVar") && !strings.Contains(annotation, "Final") && !strings.Contains(annotation, "Literal")
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

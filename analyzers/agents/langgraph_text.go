package agents

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// textsOf are the texts that v may be.
func (l *langgraph) textsOf(v slot) (texts []string, complete bool) {
	if !v.Valid() {
		if v.text == "" {
			return nil, false
		}
		return []string{v.text}, true
	}
	return l.texts(v.Ref, v.frame)
}

// texts are the texts that r may evaluate to. complete is false where there may be others.
func (l *langgraph) texts(r Ref, e *frame) (texts []string, complete bool) {
	return l.textsIn(r, e, maxHops)
}

func (l *langgraph) textsIn(r Ref, e *frame, hops int) (texts []string, complete bool) {
	v := l.resolve(r, e)
	if hops <= 0 || l.spent() {
		return nil, false
	}
	if !v.Valid() {
		return l.textsOf(v)
	}
	r, e = v.Ref, v.frame
	f := r.File
	if s := endpoint(f, r.Node); s != "" {
		return []string{s}, true
	}
	switch r.Kind() {
	case parser.KindString, parser.KindTemplate, parser.KindConcatenated:
		return l.template(r, e, hops)
	case parser.KindNumber:
		return []string{r.Text()}, true
	case parser.KindIdentifier, parser.KindShorthand:
		return l.namedTexts(r, e, hops)
	case parser.KindConditional:
		return l.union(branches(r), e, hops)
	case parser.KindBinary:
		left, right := r.at(f.Field(r.Node, parser.FieldLeft)), r.at(f.Field(r.Node, parser.FieldRight))
		switch f.Slice(f.Field(r.Node, parser.FieldOperator)) {
		case "+":
			return l.join([]slot{{Ref: left, frame: e}, {Ref: right, frame: e}}, hops)
		case "or", "||", "??":
			return l.union([]Ref{left, right}, e, hops)
		}
	case parser.KindAttribute:
		return l.attributeTexts(r, e, hops)
	case parser.KindSubscript:
		return l.lookup(r, e, hops)
	case parser.KindCall:
		return l.calledTexts(r, e, hops)
	}
	return l.Strings(r)
}

// endpoint is the name of the start or the end, where n is LangGraph's constant for it.
func endpoint(f *parser.File, n parser.NodeID) string {
	if k := f.Kind(n); k != parser.KindIdentifier && k != parser.KindAttribute {
		return ""
	}
	switch name := (Ref{f, n}).name(); {
	case name == "":
		return ""
	case f.Kind(n) == parser.KindIdentifier && reassigned(f.DefsOf(n)): // goto = END, in one branch
		return ""
	default:
		q := f.QName(n)
		if ofModules(q, langgraphModules) {
			switch {
			case strings.HasSuffix(q, ".START"):
				return StartName
			case strings.HasSuffix(q, ".END"):
				return EndName
			}
		}
	}
	return ""
}

// reassigned reports whether a name has several values; cells of notebooks import theirs again.
func reassigned(defs []*parser.Def) bool {
	return len(defs) > 1 && slices.ContainsFunc(defs, func(d *parser.Def) bool { return d.Kind != parser.ImportDef })
}

func (l *langgraph) union(of []Ref, e *frame, hops int) (texts []string, complete bool) {
	complete = len(of) > 0
	for _, r := range of {
		if k := r.Kind(); k == parser.KindNone {
			continue
		}
		inner, all := l.textsIn(r, e, hops-1)
		texts, complete = append(texts, inner...), complete && all
	}
	return texts, complete
}

// template is a string with slots, all of which have one value.
func (l *langgraph) template(r Ref, e *frame, hops int) ([]string, bool) {
	v := r.File.Eval(r.Node)
	if v.Kind == parser.String {
		return []string{v.Str}, true
	}
	var parts []slot
	for _, p := range v.Parts {
		if p.Kind == parser.String {
			parts = append(parts, slot{text: p.Str})
		} else {
			parts = append(parts, slot{Ref: r.at(p.Node), frame: e})
		}
	}
	return l.join(parts, hops)
}

func (l *langgraph) join(parts []slot, hops int) ([]string, bool) {
	var s strings.Builder
	for _, p := range parts {
		if !p.Valid() {
			s.WriteString(p.text)
			continue
		}
		texts, ok := l.textsIn(p.Ref, p.frame, hops-1)
		if !ok || len(texts) != 1 {
			return nil, false
		}
		s.WriteString(texts[0])
	}
	return []string{s.String()}, len(parts) > 0
}

// namedTexts are the texts of a name, by all of its definitions.
func (l *langgraph) namedTexts(r Ref, e *frame, hops int) (texts []string, complete bool) {
	f := r.File
	defs := f.DefsOf(r.Node)
	complete = len(defs) > 0
	for _, d := range defs {
		switch d.Kind {
		case parser.AssignDef, parser.UnpackDef:
			v := r.at(d.Value)
			if d.Kind == parser.UnpackDef {
				if part, ok := l.partOf(slot{Ref: r.at(d.Value), frame: e}, d.Path); ok {
					inner, all := l.textsOf(part)
					texts, complete = append(texts, inner...), complete && all
					continue
				}
				v = l.defValue(f, d)
			}
			if !v.Valid() || v.Kind() == parser.KindNone {
				complete = complete && v.Valid()
				continue
			}
			if f.Within(r.Node, d.Value) && f.Kind(d.Value) == parser.KindIdentifier {
				return texts, false
			}
			inner, all := l.textsIn(v, e, hops-1)
			texts, complete = append(texts, inner...), complete && all
		case parser.ImportDef:
			if def, in := l.follow(f, &f.Imports[d.Index], maxHops); def != nil && def.Kind == parser.AssignDef {
				inner, all := l.textsIn(Ref{in, def.Value}, nil, hops-1)
				texts, complete = append(texts, inner...), complete && all
				continue
			}
			complete = false
		case parser.ParamDef:
			inner, all := l.Strings(r)
			if fn := f.EnclosingFunc(d.Node); len(inner) == 0 && fn != nil && fn.Class < 0 {
				if sites := l.sites(r.at(fn.Node), hops-1); len(sites) == 1 {
					inner, all = l.textsIn(r, sites[0], hops-1)
				}
			}
			texts, complete = append(texts, inner...), complete && all
		default:
			inner, all := l.Strings(r)
			texts, complete = append(texts, inner...), complete && all
		}
	}
	return texts, complete
}

// nameAttributes are how code asks for the name of a function, a class or a member of an enum.
var nameAttributes = map[string]bool{"__name__": true, "name": true}

func (l *langgraph) attributeTexts(r Ref, e *frame, hops int) ([]string, bool) {
	f := r.File
	object, name := r.at(f.Field(r.Node, parser.FieldObject)), r.name()
	if f.Kind(object.Node) == parser.KindIdentifier && e != nil {
		if v, ok := e.get(object); ok {
			if part, ok := l.partOf(v, name); ok {
				return l.textsOf(part)
			}
			if v.Valid() && (name == "value" || name == "val") {
				return l.textsOf(v)
			}
			object = v.Ref
			if !object.Valid() {
				return nil, false
			}
		}
	}
	if v := f.Eval(r.Node); v.Kind == parser.String {
		return []string{v.Str}, true
	}
	if next, ok := l.member(r, maxHops); ok {
		if texts, ok := l.textsIn(next, e, hops-1); ok {
			return texts, ok
		}
	}
	if name == "value" {
		return l.textsIn(object, e, hops-1)
	}
	if nameAttributes[name] {
		if fns, ok := l.callables(object, e, maxHops); ok && len(fns) == 1 && fns[0].Func().Name != "" {
			return []string{fns[0].Func().Name}, true
		}
		for _, m := range l.made(object, e, maxHops) {
			if a := l.agents[m.root]; a != nil {
				return []string{l.agentName(a)}, true
			}
		}
		if part, ok := l.partOf(slot{Ref: object, frame: e}, name); ok {
			return l.textsOf(part)
		}
	}
	return l.Strings(r)
}

// lookup is table[key]: the value of the key, or any value where the key is not known.
func (l *langgraph) lookup(r Ref, e *frame, hops int) (texts []string, complete bool) {
	f := r.File
	key := f.Field(r.Node, parser.FieldSubscript)
	if key == parser.NoNode {
		key = f.Field(r.Node, parser.FieldIndex)
	}
	table := slot{Ref: r.at(f.FirstChild(r.Node)), frame: e}
	if i, ok := l.number(r.at(key), e); ok {
		if part, ok := l.partOf(table, strconv.Itoa(i)); ok {
			return l.textsOf(part)
		}
		return nil, false
	}
	if keys, ok := l.texts(r.at(key), e); ok && len(keys) == 1 {
		if part, ok := l.partOf(table, keys[0]); ok {
			return l.textsOf(part)
		}
		return nil, false
	}
	return l.anyValue(table, hops)
}

// anyValue are the texts of all values of a table.
func (l *langgraph) anyValue(table slot, hops int) (texts []string, complete bool) {
	pairs, complete := l.pairs(table.Ref, table.frame)
	for _, p := range pairs {
		inner, all := l.textsIn(p[1].Ref, p[1].frame, hops-1)
		texts, complete = append(texts, inner...), complete && all
	}
	return texts, complete && len(texts) > 0
}

// textMethods are methods of texts that return them changed in a way that is known.
var textMethods = map[string]func(string) string{
	"lower": strings.ToLower, "toLowerCase": strings.ToLower, "upper": strings.ToUpper, "toUpperCase": strings.ToUpper,
	"strip": strings.TrimSpace, "trim": strings.TrimSpace, "capitalize": capitalize, "title": titled,
}

func (l *langgraph) calledTexts(r Ref, e *frame, hops int) (texts []string, complete bool) {
	f := r.File
	c := f.CallAt(r.Node)
	if c == nil {
		return nil, false
	}
	object := r.at(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	switch {
	case c.Name == "get" && object.Valid() && len(c.Args) > 0: // table.get(key, default)
		if key, ok := l.texts(r.at(c.Args[0].Value), e); ok && len(key) == 1 {
			if part, ok := l.partOf(slot{Ref: object, frame: e}, key[0]); ok {
				return l.textsOf(part)
			}
		}
		texts, complete = l.anyValue(slot{Ref: object, frame: e}, hops)
		if len(c.Args) > 1 && complete {
			inner, all := l.textsIn(r.at(c.Args[1].Value), e, hops-1)
			texts, complete = append(texts, inner...), all
		}
		return texts, complete
	case textMethods[c.Name] != nil && object.Valid() && len(c.Args) == 0:
		texts, complete = l.textsIn(object, e, hops-1)
		for i := range texts {
			texts[i] = textMethods[c.Name](texts[i])
		}
		return texts, complete
	case c.Name == "replace" && object.Valid() && len(c.Args) == 2:
		base, ok := l.textsIn(object, e, hops-1)
		from, known := l.texts(r.at(c.Args[0].Value), e)
		to, also := l.texts(r.at(c.Args[1].Value), e)
		if ok && known && also && len(from) == 1 && len(to) == 1 {
			for _, s := range base {
				texts = append(texts, strings.ReplaceAll(s, from[0], to[0]))
			}
			return texts, true
		}
		return nil, false
	case (c.Name == "str" || c.Name == "String") && len(c.Args) == 1:
		return l.textsIn(r.at(c.Args[0].Value), e, hops-1)
	}
	fn := l.Function(r.at(c.Callee))
	if !fn.Valid() {
		return nil, false
	}
	if l.following[fn] {
		return nil, true // what it returns is found in the call around
	}
	l.following[fn] = true
	defer delete(l.following, fn)
	inner := l.enter(fn, r, c, e)
	returns := l.Returns(fn)
	complete = len(returns) > 0
	for _, ret := range returns {
		if !ret.Valid() || ret.Kind() == parser.KindNone {
			continue
		}
		more, all := l.textsIn(ret, inner, hops-1)
		texts, complete = append(texts, more...), complete && all
	}
	return texts, complete && len(texts) > 0
}

// text is the one text that r evaluates to.
func (l *langgraph) text(r Ref, e *frame) (string, bool) {
	texts, ok := l.texts(r, e)
	slices.Sort(texts)
	if texts = slices.Compact(texts); !ok || len(texts) != 1 {
		return "", false
	}
	return texts[0], true
}

// number is the number that r evaluates to, with len() of what is written out.
func (l *langgraph) number(r Ref, e *frame) (int, bool) {
	v := l.resolve(r, e)
	if !v.Valid() {
		n, err := strconv.Atoi(v.text)
		return n, err == nil
	}
	r, e = v.Ref, v.frame
	f := r.File
	switch r.Kind() {
	case parser.KindBinary:
		a, ok := l.number(r.at(f.Field(r.Node, parser.FieldLeft)), e)
		b, known := l.number(r.at(f.Field(r.Node, parser.FieldRight)), e)
		if !ok || !known {
			return 0, false
		}
		switch f.Slice(f.Field(r.Node, parser.FieldOperator)) {
		case "+":
			return a + b, true
		case "-":
			return a - b, true
		case "%":
			if b != 0 {
				return a % b, true
			}
		}
		return 0, false
	case parser.KindCall:
		if c := f.CallAt(r.Node); c != nil && c.Name == "len" && len(c.Args) == 1 {
			items, all := l.items(r.at(c.Args[0].Value), e)
			return len(items), all
		}
		return 0, false
	case parser.KindAttribute:
		if r.name() == "length" {
			items, all := l.items(r.at(f.Field(r.Node, parser.FieldObject)), e)
			return len(items), all
		}
	}
	return l.Number(r)
}

// capitalize is Python's: the first letter upper, all others lower.
func capitalize(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
}

// titled is Python's title, as far as words are separated by what is no letter.
func titled(s string) string {
	out := []byte(strings.ToLower(s))
	for i := range out {
		if out[i] >= 'a' && out[i] <= 'z' && (i == 0 || out[i-1] < 'a' || out[i-1] > 'z') && (i == 0 || out[i-1] < 'A' || out[i-1] > 'Z') {
			out[i] -= 'a' - 'A'
		}
	}
	return string(out)
}

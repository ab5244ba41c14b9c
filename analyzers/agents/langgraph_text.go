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
	if len(defs) == 0 { // from constants import *
		if v, ok := l.Value(r); ok && v.Valid() && v != r {
			return l.textsIn(v, nil, hops-1)
		}
	}
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

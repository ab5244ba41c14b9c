package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// Elements are the members of a list, tuple, set or array that r evaluates to: those that
// are written out, spread in, concatenated, and appended to the same name anywhere in its
// file. complete is false where some can't be told.
func (p *Project) Elements(r Ref) (elems []Ref, complete bool) { return p.elements(r, maxHops) }

func (p *Project) elements(r Ref, hops int) (elems []Ref, complete bool) {
	if !r.Valid() {
		return nil, true
	}
	if hops <= 0 {
		return nil, false
	}
	f := r.File
	named := r.at(f.Unwrap(r.Node))
	o := p.Origin(named, nil)
	switch o.Kind() {
	case parser.KindList, parser.KindTuple:
		complete = true
		for c := range o.File.Children(o.Node) {
			if o.File.Kind(c) == parser.KindSpread {
				inner, all := p.elements(o.at(o.File.FirstChild(c)), hops-1)
				elems, complete = append(elems, inner...), complete && all
				continue
			}
			elems = append(elems, o.at(c))
		}
	case parser.KindBinary: // a + b
		left, all := p.elements(o.at(o.File.Field(o.Node, parser.FieldLeft)), hops-1)
		right, rest := p.elements(o.at(o.File.Field(o.Node, parser.FieldRight)), hops-1)
		elems, complete = append(left, right...), all && rest
	case parser.KindConditional:
		for _, side := range branches(o) {
			inner, all := p.elements(side, hops-1)
			elems, complete = append(elems, inner...), complete && all
		}
	case parser.KindNone:
		complete = true
	case parser.KindCall: // list(x), tuple(x), sorted(x)
		c := o.File.CallAt(o.Node)
		switch {
		case c == nil:
		case len(c.Args) == 1 && wraps[c.Name]:
			elems, complete = p.elements(o.at(c.Args[0].Value), hops-1)
		case c.Name == "values" && len(c.Args) == 0: // of a dictionary
			var pairs [][2]Ref
			pairs, complete = p.Pairs(o.at(o.File.Field(o.File.Unwrap(c.Callee), parser.FieldObject)))
			for _, pair := range pairs {
				elems = append(elems, pair[1])
			}
		}
	}
	if k := named.Kind(); k == parser.KindIdentifier || k == parser.KindAttribute {
		more, all := p.appended(named, o, hops)
		elems, complete = append(elems, more...), complete && all
	}
	return elems, complete
}

// wraps are functions that return their argument's members.
var wraps = map[string]bool{"list": true, "tuple": true, "set": true, "sorted": true, "from": true}

// branches are the two results of a conditional expression.
func branches(r Ref) []Ref {
	f := r.File
	if c := f.Field(r.Node, parser.FieldConsequence); c != parser.NoNode {
		return []Ref{r.at(c), r.at(f.Field(r.Node, parser.FieldAlternative))}
	}
	var all []Ref
	for c := range f.Children(r.Node) {
		all = append(all, r.at(c))
	}
	if len(all) == 3 { // a if condition else b
		return []Ref{all[0], all[2]}
	}
	return nil
}

// appended are the members that calls of append, extend, push and the like, and +=, add to
// the list that named names; list is where the list was made, to tell lists of one name apart.
func (p *Project) appended(named, list Ref, hops int) (elems []Ref, complete bool) {
	f, complete := named.File, true
	same := func(n parser.NodeID) bool {
		return f.Slice(n) == f.Slice(named.Node) && p.Origin(named.at(n), nil) == list
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.Name != "append" && c.Name != "extend" && c.Name != "push" && c.Name != "insert" && c.Name != "unshift" {
			continue
		}
		callee := f.Unwrap(c.Callee)
		if f.Kind(callee) != parser.KindAttribute || !same(f.Field(callee, parser.FieldObject)) {
			continue
		}
		for j, a := range c.Args {
			switch {
			case c.Name == "insert" && j == 0:
			case c.Name == "extend" || a.Spread == 1:
				inner, all := p.elements(named.at(a.Value), hops-1)
				elems, complete = append(elems, inner...), complete && all
			default:
				elems = append(elems, named.at(a.Value))
			}
		}
	}
	for _, d := range f.DefsOf(named.Node) {
		if d.Kind == parser.AugmentedDef && d.Value != parser.NoNode {
			inner, all := p.elements(named.at(d.Value), hops-1)
			elems, complete = append(elems, inner...), complete && all
		}
	}
	return elems, complete
}

// Strings are the texts that r may evaluate to. complete is false where there may be others.
func (p *Project) Strings(r Ref) (texts []string, complete bool) { return p.strings(r, maxHops) }

func (p *Project) strings(r Ref, hops int) (texts []string, complete bool) {
	if !r.Valid() || hops <= 0 {
		return nil, false
	}
	if v := r.File.Eval(r.Node); v.Kind == parser.String {
		return []string{v.Str}, true
	}
	o := p.Origin(r, nil)
	if v := o.File.Eval(o.Node); v.Kind == parser.String {
		return []string{v.Str}, true
	}
	switch o.Kind() {
	case parser.KindConditional:
		complete = true
		for _, side := range branches(o) {
			inner, all := p.strings(side, hops-1)
			texts, complete = append(texts, inner...), complete && all
		}
		return texts, complete && len(texts) > 0
	case parser.KindBinary: // a or b
		left, _ := p.strings(o.at(o.File.Field(o.Node, parser.FieldLeft)), hops-1)
		right, all := p.strings(o.at(o.File.Field(o.Node, parser.FieldRight)), hops-1)
		if len(right) > 0 && len(left) == 0 {
			return right, false
		}
		return append(left, right...), all && len(left) > 0
	case parser.KindIdentifier: // the variable of a loop over literals
		values, all := p.Each(o)
		for _, e := range values {
			inner, known := p.strings(e, hops-1)
			texts, all = append(texts, inner...), all && known
		}
		return texts, all && len(texts) > 0
	}
	return nil, false
}

// String is the one text that r evaluates to; false where it is none or several.
func (p *Project) String(r Ref) (string, bool) {
	texts, complete := p.Strings(r)
	if !complete || len(texts) != 1 {
		return "", false
	}
	return texts[0], true
}

// Number is the number that r evaluates to.
func (p *Project) Number(r Ref) (int, bool) {
	if !r.Valid() {
		return 0, false
	}
	if v := r.File.Eval(r.Node); v.Kind == parser.Number {
		return int(v.Num), true
	}
	o := p.Origin(r, nil)
	v := o.File.Eval(o.Node)
	return int(v.Num), v.Kind == parser.Number
}

// Pairs are the entries of a dictionary or object literal that r evaluates to; complete is
// false where some can't be told. Keys of shorthand entries are their own values.
func (p *Project) Pairs(r Ref) (pairs [][2]Ref, complete bool) {
	o := p.Origin(r, nil)
	if o.Kind() != parser.KindDict {
		return nil, false
	}
	f := o.File
	complete = true
	for c := range f.Children(o.Node) {
		switch f.Kind(c) {
		case parser.KindPair:
			pairs = append(pairs, [2]Ref{o.at(f.Field(c, parser.FieldKey)), o.at(f.Field(c, parser.FieldValue))})
		case parser.KindShorthand:
			pairs = append(pairs, [2]Ref{o.at(c), o.at(c)})
		case parser.KindSpread, parser.KindDictSpread:
			inner, all := p.Pairs(o.at(f.FirstChild(c)))
			pairs, complete = append(pairs, inner...), complete && all
		}
	}
	return pairs, complete
}

// Key is the text of a dictionary's key; JavaScript writes identifiers without quotes.
func (p *Project) Key(r Ref) (string, bool) {
	if r.File.Language.IsScript() && (r.Kind() == parser.KindIdentifier || r.Kind() == parser.KindShorthand) {
		return r.Text(), true
	}
	if r.Kind() == parser.KindOther && r.File.KindName(r.Node) == "computed_property_name" {
		r.Node = r.File.FirstChild(r.Node)
	}
	return p.String(r)
}

// Literals are the texts that a type names: Literal["a", END], Literal[*NAMES], a name for
// such a type, Command[Literal[…]], and unions of them; in TypeScript 'a' | 'b'.
func (p *Project) Literals(r Ref) (texts []string, complete bool) { return p.literals(r, maxHops) }

func (p *Project) literals(r Ref, hops int) (texts []string, complete bool) {
	if !r.Valid() || hops <= 0 {
		return nil, false
	}
	f := r.File
	switch r.Kind() {
	case parser.KindType, parser.KindParenthesized, parser.KindTuple:
		return p.eachLiteral(r, r.Node, hops)
	case parser.KindUnionType, parser.KindBinary, parser.KindTypeArguments:
		return p.eachLiteral(r, r.Node, hops)
	case parser.KindGenericType, parser.KindSubscript:
		args := parser.NoNode
		first := true
		complete = true
		for c := range f.Children(r.Node) {
			if first {
				first = false
				continue
			}
			args = c
			inner, all := p.literals(r.at(args), hops-1)
			texts, complete = append(texts, inner...), complete && all
		}
		return texts, complete && len(texts) > 0
	case parser.KindSpread: // Literal[*NAMES]
		elems, all := p.elements(r.at(f.FirstChild(r.Node)), hops-1)
		for _, e := range elems {
			inner, known := p.strings(e, hops-1)
			texts, all = append(texts, inner...), all && known
		}
		return texts, all
	case parser.KindNone:
		return nil, true
	case parser.KindString:
		return p.strings(r, hops-1)
	case parser.KindIdentifier, parser.KindTypeIdentifier, parser.KindAttribute:
		if texts, complete := p.strings(r, hops-1); complete {
			return texts, true
		}
		if v, ok := p.Value(r); ok {
			return p.literals(v, hops-1)
		}
	case parser.KindOther:
		if name := f.KindName(r.Node); name == "literal_type" || name == "splat_type" || name == "list_splat" {
			return p.eachLiteral(r, r.Node, hops)
		}
	}
	return nil, false
}

func (p *Project) eachLiteral(r Ref, of parser.NodeID, hops int) (texts []string, complete bool) {
	complete = true
	for c := range r.File.Children(of) {
		inner, all := p.literals(r.at(c), hops-1)
		texts, complete = append(texts, inner...), complete && all
	}
	return texts, complete && len(texts) > 0
}

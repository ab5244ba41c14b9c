package agents

import (
	"github.com/qodacode/qodacode/parser"
)

// objectKey tells objects apart that one call makes: by the value of the loop's variable.
type objectKey struct{ made, item Ref }

func (o object) key() objectKey { return objectKey{o.id(), o.item} }

// objects are the members of a list of constructs. A construct in a loop or a comprehension
// over values that are written out counts once per value. failed are members that can't be
// told; complete is false where there may be others.
func (c *constructs) objects(list Ref, via []Ref) (found []object, failed []Ref, complete bool) {
	elems, complete := c.Elements(list)
	filtered := false
	if o := c.Origin(list, nil); o.Kind() == parser.KindComprehension {
		body := o.File.FirstChild(o.Node)
		elems, complete = []Ref{o.at(body)}, true
		for child := range o.File.Children(o.Node) {
			filtered = filtered || child != body && o.File.Kind(child) != parser.KindForClause
		}
	}
	for _, e := range elems {
		made, ok := c.object(e, via)
		if !ok {
			failed = append(failed, e)
			continue
		}
		if filtered {
			found, complete = append(found, made), false
			continue
		}
		rounds, all := c.rounds(made)
		found, complete = append(found, rounds...), complete && all
	}
	return found, failed, complete
}

// rounds are the objects that o stands for: one per value of the loop's variable that its
// call mentions, o itself when it mentions none, or one whose values can't be told.
func (c *constructs) rounds(o object) (all []object, complete bool) {
	id := o.id()
	f := id.File
	for n := id.Node; f.Within(n, id.Node); n++ {
		if f.Kind(n) != parser.KindIdentifier {
			continue
		}
		values, known := c.loopValues(id.at(n))
		if values == nil && known {
			continue // no variable of a loop
		}
		if !known {
			return []object{o}, false
		}
		for i, v := range values {
			made := o
			made.round, made.item = i, v
			all = append(all, made)
		}
		return all, true
	}
	return []object{o}, true
}

// loopValues are the values of a loop's variable; nil and true when r is none.
func (c *constructs) loopValues(r Ref) (values []Ref, known bool) {
	for _, d := range r.File.DefsOf(r.Node) {
		if d.Kind == parser.LoopDef {
			values, known = c.Each(r)
			return values, known && len(values) > 0
		}
	}
	return nil, true
}

// picked is the object that r picks by a number out of those that a comprehension makes.
func (c *constructs) picked(r Ref, o object) (object, bool) {
	list := c.Origin(r.at(r.File.FirstChild(r.Node)), nil)
	n, ok := c.Number(r.at(r.File.Field(r.Node, parser.FieldSubscript)))
	if !ok || list.Kind() != parser.KindComprehension || c.open[list] {
		return o, false
	}
	c.open[list] = true
	defer delete(c.open, list)
	found, _, complete := c.objects(list, o.via)
	if !complete || n < 0 || n >= len(found) {
		return o, false
	}
	return found[n], true
}

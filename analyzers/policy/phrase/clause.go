package phrase

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// scoped is something that a preposition may stand before.
type scoped[T any] struct {
	it    T
	scope kind // filler: none
	at    int  // its place among the items
}

// clause is the parts of a sentence, sorted.
type clause struct {
	items    []item
	modes    map[kind][]int // the places of the words of each mode
	subjects []scoped[string]
	weak     []scoped[string]
	ops      []scoped[string]
	names    []scoped[name]
	conds    []scoped[intent.Condition]
	needs    []scoped[string]
	numbers  []scoped[float64]
	units    map[string]bool
	persons  bool
	relative int // place of that, which; -1
}

func refused(reason string) *Refusal { return &Refusal{Reason: reason} }

// sort puts the items of a sentence into a clause.
func sort(items []item) (*clause, *Refusal) {
	c := &clause{items: items, modes: map[kind][]int{}, units: map[string]bool{}, relative: -1}
	scope, last := filler, filler // the open preposition, and that of the last part
	var lastKind string           // of the last part: name, cond, need, op, subject
	var joined kind               // and, or: between the last part and this one
	place := func(part string) (kind, *Refusal) {
		s := scope
		if joined != filler && scope == filler || joined != filler && scope == when && lastKind == "cond" {
			if part != lastKind && !(part == "need" && lastKind == "cond" || part == "cond" && lastKind == "need") {
				return s, refused("it asks for several things at once: write one comment for each")
			}
			s = last
		} else if joined != filler && part != lastKind {
			return s, refused("it asks for several things at once: write one comment for each")
		}
		if joined != filler && (part == "cond" || part == "need") {
			lifts := s == except || s == outside || s == without
			if lifts == (joined == and) {
				return s, refused("\"and\" and \"or\" between conditions can be read in two ways: write one comment for each")
			}
		}
		scope, last, lastKind, joined = filler, s, part, filler
		return s, nil
	}
	for i, it := range items {
		var bad *Refusal
		var s kind
		switch {
		case it.name != nil:
			if joined == filler && lastKind == "name" && scope == filler && i > 0 && items[i-1].sign == "," {
				s = last
				c.names = append(c.names, scoped[name]{*it.name, s, i})
				continue
			}
			if s, bad = place("name"); bad == nil {
				c.names = append(c.names, scoped[name]{*it.name, s, i})
			}
		case it.number != nil:
			if joined != filler {
				return nil, refused("it asks for several things at once: write one comment for each")
			}
			c.numbers = append(c.numbers, scoped[float64]{*it.number, filler, i})
			lastKind = "number"
		case it.sign != "":
			switch it.sign {
			case ".", ";", "(", ")":
				if c.more(i) || it.sign == "(" {
					return nil, refused("it has several sentences: write one comment for each")
				}
			}
		default:
			switch it.kind {
			case filler, person:
				c.persons = c.persons || it.kind == person
			case and, or:
				if joined != filler {
					return nil, refused("it asks for several things at once: write one comment for each")
				}
				joined = it.kind
			case without, except, outside, when, before:
				if scope != filler && scope != when && it.kind != when {
					return nil, refused("it has two exceptions of which one holds the other: write one comment for each")
				}
				if scope == filler || scope == when {
					if joined != filler && it.kind != when {
						if lastKind != "cond" && lastKind != "need" {
							return nil, refused("it asks for several things at once: write one comment for each")
						}
						joined = filler
					}
					scope = it.kind
				}
			case relative:
				c.relative = i
			case subjectWord, introduces, weak:
				subject, _, _ := cutSpace(it.value)
				if joined != filler {
					return nil, refused("it asks for several things at once: write one comment for each")
				}
				if scope == when || scope == before {
					scope = filler
					if subject == string(intent.Tool) && items[i-1].kind == when {
						scope = when
					}
				}
				list := &c.subjects
				if it.kind == weak {
					list = &c.weak
				}
				*list = append(*list, scoped[string]{subject, scope, i})
				if subject == string(intent.Tool) && scope != filler {
					scope = filler
				}
				lastKind = "subject"
			case opWord:
				if scope == before || scope == when {
					scope = filler
				}
				if n := len(c.ops); n > 0 && slices.ContainsFunc(c.names, func(x scoped[name]) bool { return x.at > c.ops[n-1].at }) {
					return nil, refused("it asks for several things at once: write one comment for each")
				}
				if s, bad = place("op"); bad == nil {
					c.ops = append(c.ops, scoped[string]{it.value, s, i})
				}
			case cond:
				if s, bad = place("cond"); bad == nil {
					c.conds = append(c.conds, scoped[intent.Condition]{intent.Condition(it.value), s, i})
				}
			case need:
				if it.value == "mutating" {
					c.ops = append(c.ops, scoped[string]{it.value, filler, i})
					continue
				}
				if s, bad = place("need"); bad == nil {
					c.needs = append(c.needs, scoped[string]{it.value, s, i})
				}
			case unapproved:
				c.needs = append(c.needs, scoped[string]{"approval", without, i})
				if joined != filler {
					return nil, refused("it asks for several things at once: write one comment for each")
				}
			case unit, quantity:
				c.units[it.value] = true
				lastKind = "unit"
			case refuse:
				r := refused("\"" + it.text + "\" is not understood here: " + it.value)
				r.Final = it.value != vague && it.value != readOnly
				return nil, r
			default:
				c.modes[it.kind] = append(c.modes[it.kind], i)
				if joined != filler && it.kind != soft {
					return nil, refused("it asks for several things at once: write one comment for each")
				}
			}
		}
		if bad != nil {
			return nil, bad
		}
	}
	switch {
	case scope != filler && scope != when && scope != before:
		return nil, refused("it ends before it says what the exception is")
	case joined != filler:
		return nil, refused("it ends with a word that joins two things")
	}
	return c, nil
}

// more reports whether anything follows the item at i.
func (c *clause) more(i int) bool {
	for _, it := range c.items[i+1:] {
		if it.sign == "" {
			return true
		}
	}
	return false
}

// next is the item of content after i; false when there is none.
func (c *clause) next(i int) (item, int, bool) {
	for j := i + 1; j < len(c.items); j++ {
		if c.items[j].content() {
			return c.items[j], j, true
		}
	}
	return item{}, 0, false
}

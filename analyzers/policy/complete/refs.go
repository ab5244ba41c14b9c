package complete

// head is the token that a reference begins with, of which the token at i is part: a name, a
// dot, or a closing bracket. -1 when there is none, as after a call.
func (p *policy) head(i int) int {
	for i >= 0 {
		switch {
		case p.isName(i):
			if !p.follows(i) || !p.is(i-1, ".") {
				return i
			}
			i--
		case p.is(i, "."):
			if !p.follows(i) {
				return -1
			}
			i--
		case p.is(i, "]"):
			if i = p.open(i); i < 0 || !p.follows(i) {
				return -1
			}
			i--
		default:
			return -1
		}
		if p.steps--; p.steps <= 0 {
			return -1
		}
	}
	return -1
}

// open is the bracket that the one at i closes; -1 for none.
func (p *policy) open(i int) int {
	depth := 0
	for ; i >= 0 && p.steps > 0; i, p.steps = i-1, p.steps-1 {
		switch {
		case p.is(i, ")", "]", "}"):
			depth++
		case p.is(i, "(", "[", "{"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// step calls visit with each step of a reference that begins at head: the token of a name, or
// -1 for an index that is no name, and the value that it leads to. It ends at the token limit
// or with the reference, and tells the token after it and the last value.
func (p *policy) step(head, limit, depth int, visit func(token int, from, to value)) (int, value) {
	v := p.meaning(head, depth)
	if visit != nil {
		visit(head, value{}, v)
	}
	i := head + 1
	for i < limit && p.follows(i) && p.steps > 0 {
		p.steps--
		at, to := -1, value{}
		switch {
		case p.is(i, "."):
			if i++; i >= limit || !p.follows(i) || !p.isName(i) {
				return i, value{}
			}
			at, to = i, v.of(p.text(i))
			i++
		case p.is(i, "["):
			end := p.close(i, min(limit, len(p.tokens)))
			if key, ok := p.key(i + 1); ok && end == i+2 && v.many == 0 {
				at, to = i+1, v.of(key)
			} else {
				to = v.element()
			}
			i = end + 1
		default:
			return i, v
		}
		if visit != nil {
			visit(at, v, to)
		}
		v = to
	}
	return i, v
}

// evaluate is the value of the expression that begins at a token, as far as it is known.
func (p *policy) evaluate(i, depth int) value {
	if depth > maxDepth || p.steps <= 0 {
		return value{}
	}
	p.steps--
	switch {
	case p.is(i, "[", "{"):
		v := p.evaluate(i+1, depth+1)
		if bar := p.bar(i); bar < 0 && p.is(i, "{") && p.colon(i) {
			return value{} // an object that is written out
		}
		v.many++
		return v
	case !p.isName(i):
		return value{}
	}
	switch p.text(i) {
	case "some", "every", "not", "if", "contains", "else":
		return value{}
	}
	next, v := p.step(i, len(p.tokens), depth, nil)
	if !p.is(next, "(") || !p.follows(next) {
		return v
	}
	callee := p.source[p.tokens[i].Start:p.tokens[next-1].End]
	if passesOn[callee] {
		return p.evaluate(next+1, depth+1)
	}
	return p.result(callee, depth)
}

// passesOn are built-ins whose result has what their first argument has.
var passesOn = map[string]bool{
	"array.concat": true, "array.slice": true, "array.reverse": true, "sort": true, "union": true, "intersection": true, "object.filter": true,
}

// bar is the | of a comprehension that opens at i; -1 for none.
func (p *policy) bar(i int) int { return p.within(i, "|") }

// colon reports whether what opens at i is an object.
func (p *policy) colon(i int) bool { return p.within(i, ":") >= 0 }

// within is the first such sign directly in the brackets that open at i.
func (p *policy) within(i int, sign string) int {
	depth := 0
	for ; i < len(p.tokens) && p.steps > 0; i, p.steps = i+1, p.steps-1 {
		switch {
		case p.is(i, "(", "[", "{"):
			depth++
		case p.is(i, ")", "]", "}"):
			if depth--; depth <= 0 {
				return -1
			}
		case depth == 1 && p.is(i, sign):
			return i
		}
	}
	return -1
}

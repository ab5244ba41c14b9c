package complete

// meaning is the value of the name at a token, which begins a reference.
func (p *policy) meaning(i, depth int) value {
	switch p.text(i) {
	case "input":
		return document()
	case "data":
		below := map[string]any{"params": p.sections()}
		return value{params: below, known: true}
	}
	if depth > maxDepth {
		return value{}
	}
	return p.variable(p.text(i), i, depth+1)
}

// sections are data.params, as a value for step.
func (p *policy) sections() map[string]any {
	all := map[string]any{}
	for name, section := range p.params {
		all[name] = section
	}
	if own := p.packageName(); own != "" && all[own] == nil {
		all[own] = map[string]any{}
	}
	return all
}

// variable is the value of a name where it is used: what the rule around binds it to, else
// what the rule's callers pass, else what the file's rules of that name are.
func (p *policy) variable(of string, used, depth int) value {
	if r := p.ruleAt(used); r != nil {
		if v := p.bound(of, *r, used, depth); v.known {
			return v
		}
		if v := p.passed(of, *r, depth); v.known {
			return v
		}
	}
	return p.named(of, used, depth)
}

// bound is what a rule binds a name to: by some, every, := or =. The last place before the use counts, else the first after it.
func (p *policy) bound(of string, r rule, used, depth int) (v value) {
	for i := r.start; i < r.end && p.steps > 0; i, p.steps = i+1, p.steps-1 {
		if p.text(i) != of || !p.isName(i) {
			continue
		}
		if i > used && v.known {
			return v
		}
		var found value
		switch {
		case p.is(i+1, ":=", "=") && i > r.start:
			found = p.evaluate(i+2, depth)
		case p.is(i+1, "in") && p.isIterated(i, r.start):
			found = p.evaluate(i+2, depth).element()
		}
		if found.known {
			v = found
		}
	}
	return v
}

// isIterated reports whether the name at i is the last one between some or every, and in.
func (p *policy) isIterated(i, start int) bool {
	for i--; i >= start; i -= 2 {
		if p.is(i, "some", "every") {
			return true
		}
		if !p.is(i, ",") || !p.isName(i-1) {
			return false
		}
	}
	return false
}

// passed is what the callers of a function pass for a parameter of that name.
func (p *policy) passed(of string, r rule, depth int) value {
	open := r.start + 1
	if !p.is(open, "(") || !p.follows(open) {
		return value{}
	}
	place := -1
	for n, i := range p.arguments(open) {
		if p.text(i) == of && p.is(i+1, ",", ")") {
			place = n
		}
	}
	if place < 0 {
		return value{}
	}
	for i := 0; i < len(p.tokens) && p.steps > 0; i, p.steps = i+1, p.steps-1 {
		if p.text(i) != r.name || !p.isName(i) || p.is(i-1, ".") || !p.is(i+1, "(") || p.tokens[i].column == 0 && p.tokens[i].first {
			continue
		}
		if in := p.ruleAt(i); in != nil && in.name == r.name {
			continue // it calls itself
		}
		if arguments := p.arguments(i + 1); place < len(arguments) {
			if v := p.evaluate(arguments[place], depth); v.known {
				return v
			}
		}
	}
	return value{}
}

// arguments are the tokens that those of a call begin with, which opens at i.
func (p *policy) arguments(open int) (starts []int) {
	depth := 0
	for i := open; i < len(p.tokens) && p.steps > 0; i, p.steps = i+1, p.steps-1 {
		switch {
		case p.is(i, "(", "[", "{"):
			if depth++; depth == 1 {
				starts = append(starts, i+1)
			}
		case p.is(i, ")", "]", "}"):
			if depth--; depth == 0 {
				return starts
			}
		case depth == 1 && p.is(i, ","):
			starts = append(starts, i+1)
		}
	}
	return starts
}

// named is what the rules of the file of that name are: a set, a value, or an import.
func (p *policy) named(of string, used, depth int) value {
	for _, r := range p.rules {
		if p.steps--; p.steps <= 0 {
			break
		}
		if r.name == "import" {
			if v := p.imported(of, r, depth); v.known {
				return v
			}
			continue
		}
		if r.name != of || r.start <= used && used < r.end && used != r.start {
			continue
		}
		if v := p.definition(r, depth); v.known {
			return v
		}
	}
	return value{}
}

// definition is the value of a rule that is no function.
func (p *policy) definition(r rule, depth int) value {
	i := r.start + 1
	if p.is(r.start, "default") {
		i++
	}
	switch {
	case p.is(i, "contains"):
		v := p.evaluate(i+1, depth)
		v.many++
		return v
	case p.is(i, ":=", "="):
		return p.evaluate(i+1, depth)
	}
	return value{}
}

// result is what a function of the file returns.
func (p *policy) result(callee string, depth int) value {
	for _, r := range p.rules {
		open := r.start + 1
		if r.name != callee || !p.is(open, "(") || !p.follows(open) {
			continue
		}
		if end := p.close(open, r.end); p.is(end+1, ":=", "=") {
			if v := p.evaluate(end+2, depth+1); v.known {
				return v
			}
		}
	}
	return value{}
}

// imported is what an import names so.
func (p *policy) imported(of string, r rule, depth int) value {
	next, v := p.step(r.start+1, r.end, depth, nil)
	last := next - 1
	if p.is(next, "as") {
		last = next + 1
	}
	if p.text(last) != of || last >= r.end || !p.is(r.start+1, "input", "data") {
		return value{}
	}
	return v
}

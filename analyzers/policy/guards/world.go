package guards

import "github.com/qodacode/qodacode/parser"

// mask is a set of worlds. The first nine are three by three: what the environment is
// (production, another, not asked) and who approves:
//
//	refused: no person approves, and what may be an approval (a parameter, a status) is none
//	asked:   no person approves; what may be an approval says anything
//	free:    persons say anything
//
// In the last two no limiter lets anything through: those that are surely limiters, or also those that may be.
type mask uint16

const (
	production = 0
	other      = 1
	unasked    = 2

	refused = 0
	asked   = 1
	free    = 2

	noLimiter     mask = 1 << 9
	noMaybeLimit  mask = 1 << 10
	limiterWorlds      = noLimiter | noMaybeLimit

	everything mask = 1<<11 - 1

	inProduction = 1<<0 | 1<<1 | 1<<2 | 1<<6 | 1<<7 | 1<<8 | limiterWorlds
	outside      = 1<<3 | 1<<4 | 1<<5 | 1<<6 | 1<<7 | 1<<8 | limiterWorlds
	granted      = 1<<2 | 1<<5 | 1<<8 | limiterWorlds
	maybeGranted = granted | 1<<1 | 1<<4 | 1<<7
	letThrough   = everything &^ limiterWorlds
	maybeLet     = everything &^ noMaybeLimit
)

func (m mask) in(env, who int) bool { return m&(1<<(3*env+who)) != 0 }

// reach is in which worlds something happens, and what keeps it from happening in the others.
type reach struct {
	mask
	prod, appr, limit parser.NodeID // NoNode where nothing does
	about             string        // name of what holds the environment
}

var (
	always = reach{mask: everything, prod: parser.NoNode, appr: parser.NoNode, limit: parser.NoNode}
	never  = reach{mask: 0, prod: parser.NoNode, appr: parser.NoNode, limit: parser.NoNode}
)

// only is a reach of the worlds m, for which n is the reason.
func only(m mask, n parser.NodeID) reach {
	r := always
	r.mask = m
	if !m.in(production, free) || !m.in(other, free) {
		r.prod = n
	}
	if !m.in(unasked, refused) {
		r.appr = n
	}
	if m&noMaybeLimit == 0 {
		r.limit = n
	}
	return r
}

// first is a, or b where there is no a.
func first(a, b parser.NodeID) parser.NodeID {
	if a != parser.NoNode {
		return a
	}
	return b
}

// then is what is left of the worlds of r where also, further in, next holds. Two conditions on the
// environment that exclude each other ask about different things (NODE_ENV is production in
// previews too): the inner one counts.
func (r reach) then(next reach) reach {
	m := r.mask & next.mask
	if next.clashes(r) {
		for who := range 3 {
			if r.in(unasked, who) {
				m |= next.mask & (1<<(3*production+who) | 1<<(3*other+who))
			}
		}
		return reach{m, next.prod, first(next.appr, r.appr), first(next.limit, r.limit), next.about}
	}
	about := next.about
	if about == "" {
		about = r.about
	}
	return reach{m, first(next.prod, r.prod), first(next.appr, r.appr), first(next.limit, r.limit), about}
}

// runs reports whether it can happen in production, or in another environment.
func (r reach) runs() bool { return r.in(production, free) || r.in(other, free) }

func (r reach) clashes(outer reach) bool {
	if r.about == outer.about && r.about != "" || !r.runs() || !outer.runs() {
		return false
	}
	both := r.mask & outer.mask
	return !both.in(production, free) && !both.in(other, free) && both.in(unasked, free)
}

// or is where r or other happens.
func (r reach) or(s reach) reach {
	if r.mask == 0 {
		return s
	}
	if s.mask == 0 {
		return r
	}
	out := always
	if out.mask, out.about = r.mask|s.mask, r.about; out.about == "" {
		out.about = s.about
	}
	if !out.in(production, free) || !out.in(other, free) {
		out.prod = first(r.prod, s.prod)
	}
	if !out.in(production, refused) || !out.in(unasked, refused) {
		out.appr = first(r.appr, s.appr)
	}
	if out.mask&noMaybeLimit == 0 {
		out.limit = first(r.limit, s.limit)
	}
	return out
}

// production is whether it happens in production.
func (r reach) production() Answer {
	switch p, o := r.in(production, free), r.in(other, free); {
	case p && !o:
		return Yes
	case o && !p:
		return No
	}
	return Unknown
}

// approved is whether a person has approved wherever it happens: in production, if it happens there.
func (r reach) approved() Answer {
	env := unasked
	switch {
	case r.in(production, free):
		env = production
	case r.in(other, free):
		env = other
	case !r.in(unasked, free): // never runs, as far as can be seen
		return No
	}
	switch {
	case !r.in(env, asked):
		return Yes
	case !r.in(env, refused) && r.appr != parser.NoNode:
		return Unknown
	}
	return No
}

// limitedBy is whether a limiter must let it through.
func (r reach) limitedBy() Answer {
	switch {
	case !r.in(unasked, free):
		return No
	case r.mask&noLimiter == 0:
		return Yes
	case r.mask&noMaybeLimit == 0:
		return Unknown
	}
	return No
}

// cond is in which worlds a condition can be true, and in which it can be false.
type cond struct{ t, f reach }

var open = cond{always, always}

func (c cond) not() cond { return cond{c.f, c.t} }

func (c cond) and(d cond) cond { return cond{c.t.then(d.t), c.f.or(c.t.then(d.f))} }

func (c cond) or(d cond) cond { return c.not().and(d.not()).not() }

// either is one of c and d, nobody knows which.
func (c cond) either(d cond) cond { return cond{c.t.or(d.t), c.f.or(d.f)} }

// at puts n as the reason of what c excludes.
func (c cond) at(n parser.NodeID) cond {
	set := func(r reach) reach {
		if r.appr != parser.NoNode {
			r.appr = n
		}
		if r.limit != parser.NoNode {
			r.limit = n
		}
		return r
	}
	c = c.says(n)
	return cond{set(c.t), set(c.f)}
}

// says puts n as the reason of what c excludes of the environment: there the whole condition tells more than
// the name in it, while of an approval it is the question.
func (c cond) says(n parser.NodeID) cond {
	if c.t.prod != parser.NoNode {
		c.t.prod = n
	}
	if c.f.prod != parser.NoNode {
		c.f.prod = n
	}
	return c
}

package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// closure is the function that a lambda or a definition makes.
func (in *interp) closure(n tree.ID) *value {
	frame := in.frame
	for c := in.get(frame); c != nil && c.kind == classCell; c = in.get(frame) {
		frame = c.up // the names of a class are not seen in its methods
	}
	fn := &callee{kind: function, unit: in.unit, node: n, frame: frame, use: new(usage)}
	in.remember(fn)
	// Defaults are evaluated where the function is defined.
	for _, p := range in.unit.params(n) {
		if d := in.unit.kid(p, tree.Default); d >= 0 {
			in.eval(d)
		}
	}
	return &value{fn: fn}
}

// remember notes that a function or class was defined; a loop defines the same one several times.
func (in *interp) remember(fn *callee) {
	if in.act == nil {
		return
	}
	for _, m := range in.act.made {
		if m.node == fn.node && m.unit == fn.unit {
			fn.use = m.use
			return
		}
	}
	in.act.made = append(in.act.made, fn)
}

// define runs the definition of a function.
func (in *interp) define(n tree.ID) {
	u := in.unit
	v := in.closure(n)
	name := u.kid(n, tree.Name)
	if name < 0 {
		return
	}
	bare := v
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.DecoratorOf {
			v = in.decorated(c, v)
		}
	}
	if v == nil || v.fn == nil {
		v = bare
	}
	in.setVariable(in.name(name), v, tree.OpConst)
}

// decorated is what a decorator makes of a function. Those that are not known are taken to leave it as it is.
func (in *interp) decorated(d tree.ID, v *value) *value {
	expr := in.unit.kid(d, tree.Value)
	if expr < 0 {
		return v
	}
	if in.unit.tree.Is(expr, tree.Synthetic) { // Python's @f is a call of f without arguments
		expr = in.unit.kid(expr, tree.Callee)
	}
	d2 := in.eval(expr)
	if d2 == nil || d2.fn == nil || d2.fn.kind != function || v == nil || v.fn == nil || in.st == nil {
		return v
	}
	made := in.invoke(d2.fn, []arg{{v: v, node: tree.None}}, expr)
	if made == nil || made.fn == nil || made.fn.kind != function {
		return v
	}
	return made
}

// classDef runs the body of a class.
func (in *interp) classDef(n tree.ID) *value {
	u := in.unit
	fn := &callee{kind: class, unit: u, node: n, use: new(usage)}
	for c := range u.tree.Children(n) {
		switch u.tree.Nodes[c].Role {
		case tree.Base:
			if u.tree.Kind(c) != tree.KwArg {
				fn.bases = append(fn.bases, in.eval(c))
			} else {
				in.eval(c)
			}
		case tree.DecoratorOf:
			in.eval(u.kid(c, tree.Value))
		}
	}
	if in.st == nil {
		return nil
	}
	id, c := in.alloc(classCell)
	c.exact = false
	fn.frame = id
	c.up = in.frame
	c.class = fn
	if body := u.kid(n, tree.Body); body >= 0 {
		was := in.frame
		in.frame = id
		for m := range u.tree.Children(body) {
			if in.st == nil {
				break
			}
			if u.tree.Kind(m) == tree.Func {
				in.define(m)
			} else {
				in.exec(m)
			}
		}
		in.frame = was
	}
	in.remember(fn)
	return &value{fn: fn}
}

// follow runs a function or makes an instance of a class. It declines where it would go too deep.
func (in *interp) follow(fn *callee, args []arg, n tree.ID) (*value, bool) {
	if in.depth >= deepest || in.st == nil {
		return nil, false
	}
	if in.inlined > mostInlined || in.visits < in.reserve || fn.use.visits > mostUsage {
		return nil, false
	}
	for _, s := range in.stack {
		if s.node == fn.node && s.unit == fn.unit {
			return nil, false // it calls itself
		}
	}
	if fn.kind == class {
		return in.instance(fn, args, n), true
	}
	if fn.self != nil && fn.unit.isAbstract(fn.node) {
		return nil, false
	}
	if in.idle(fn, args) {
		return nil, true
	}
	if len(fn.fixed) > 0 {
		all := append(append([]arg(nil), fn.fixed...), args...)
		args = all
	}
	fn.use.calls++
	return in.run(fn, args, n)
}

// idle reports whether nothing comes of running a function: it is not a small one, nothing tainted
// goes in, and no taint arises in it or below it.
func (in *interp) idle(fn *callee, args []arg) bool {
	nodes := fn.unit.tree.Nodes
	if fn.node < 0 || int(nodes[fn.node].Next-fn.node) < smallBody || fn.unit.gives(in, fn.node) {
		return false
	}
	for i := range args {
		if v := args[i].v; v != nil && (v.fn != nil || v.ext != nil || len(in.deep(v)) > 0) {
			return false
		}
	}
	if fn.self != nil && len(in.deep(fn.self)) > 0 {
		return false
	}
	return !in.taintedAround(fn)
}

// taintedAround reports whether a variable around a function is tainted.
func (in *interp) taintedAround(fn *callee) bool {
	frame := fn.frame
	if fn.kind == class {
		if c := in.get(frame); c != nil {
			frame = c.up
		}
	}
	for f := frame; f != 0; {
		c := in.get(f)
		if c == nil {
			break
		}
		for _, v := range c.fields {
			if v.v != nil && (len(v.v.marks) > 0 || v.v.cell != 0) && len(in.deep(v.v)) > 0 {
				return true
			}
		}
		f = c.up
	}
	return false
}

// smallBody is how many nodes a function has that is run for what it may return.
const smallBody = 100

// invoke runs a function where the caller has no use for a refusal.
func (in *interp) invoke(fn *callee, args []arg, n tree.ID) *value {
	if v, ok := in.follow(fn, args, n); ok {
		return v
	}
	var marks []mark
	for i := range args {
		marks = union(marks, in.deep(args[i].v))
	}
	return tainted(marks)
}

// run runs the body of a function.
func (in *interp) run(fn *callee, args []arg, n tree.ID) (*value, bool) {
	key, ok := in.memoKey(fn, args)
	if ok {
		for _, e := range in.memo[key] {
			if e.same(args) {
				return e.result, true
			}
		}
	}
	visits, inlined := in.visits, in.inlined
	v, act := in.body(fn, args, n)
	used := visits - in.visits
	in.inlined = inlined + used
	fn.use.visits += used
	if ok && in.st != nil && !act.global && v.cellOf(nil) == 0 && (v == nil || v.fn == nil) && len(in.memo[key]) < 8 {
		in.memo[key] = append(in.memo[key], memoEntry{values(args), v})
	}
	return v, true
}

// body runs a function's body in a frame of its own.
func (in *interp) body(fn *callee, args []arg, n tree.ID) (*value, *activation) {
	wasUnit, wasFrame, wasAct, wasEntry := in.unit, in.frame, in.act, in.entry
	if wasUnit == in.root && fn.unit != in.root {
		in.entry = n
		// The finding is shown where the tainted argument stands, if there is one.
		for i := range args {
			if args[i].node >= 0 && len(in.deep(args[i].v)) > 0 {
				break
			}
		}
	}
	id, frame := in.alloc(frameCell)
	frame.up = fn.frame
	act := &activation{frame: id}
	// The steps of arguments stand in the caller's file.
	passed := make([]arg, len(args))
	for i, a := range args {
		if a.node >= 0 && len(a.v.taint()) > 0 {
			a.v = in.through(a.v, CallStep, a.node)
		}
		passed[i] = a
	}
	in.unit, in.frame, in.act = fn.unit, id, act
	in.depth++
	in.stack = append(in.stack, fn)
	in.bindParams(fn, passed)
	u := fn.unit
	body := u.kid(fn.node, tree.Body)
	if body >= 0 {
		in.exec(body)
	}
	exit := in.join(act.exit, in.st)
	result := act.returns
	if in.st != nil && act.some { // it may also end without a return
		result = result.or(nil)
		if act.exit == nil {
			result = nil
		}
	}
	in.st = exit
	in.leftovers(act)
	if act.yielded && in.st != nil {
		list, c := in.alloc(listCell)
		c.exact, c.rest = false, act.yields
		result = &value{cell: list}
	}
	in.stack = in.stack[:len(in.stack)-1]
	in.depth--
	in.unit, in.frame, in.act, in.entry = wasUnit, wasFrame, wasAct, wasEntry
	if in.st == nil {
		return nil, act
	}
	return in.through(result, ReturnStep, n), act
}

// leftovers runs the functions that a body defined and nobody has called: somebody will, later.
func (in *interp) leftovers(act *activation) {
	for i := 0; i < len(act.made) && in.st != nil; i++ {
		fn := act.made[i]
		if fn.use.calls > 0 || in.visits < 0 {
			continue
		}
		if !in.unit.reaches(in, fn.node) || !in.unit.gives(in, fn.node) && !in.taintedAround(fn) {
			continue
		}
		switch fn.kind {
		case class:
			in.methods(fn)
		case function:
			fn.use.calls++
			before := in.st.fork()
			in.body(fn, nil, tree.None)
			in.st = in.join(before, in.st)
		}
	}
}

// bindParams gives parameters their values.
func (in *interp) bindParams(fn *callee, args []arg) {
	u := fn.unit
	frame := in.own(in.frame)
	at := 0
	params := u.params(fn.node)
	if fn.self != nil {
		if u.python {
			if len(params) > 0 {
				in.bindParam(params[0], fn.self)
				params = params[1:]
			}
		} else {
			frame.put(in.known.this, fn.self)
		}
	}
	used := make([]bool, len(args))
	positional := func() (*value, bool) {
		for at < len(args) {
			a := &args[at]
			if a.name != 0 || a.star == 2 {
				at++
				continue
			}
			if a.star == 1 { // it gives as many as are asked for
				used[at] = true
				return in.iterate(a.v), true
			}
			used[at] = true
			at++
			return a.v, true
		}
		return nil, false
	}
	for _, p := range params {
		node := &u.tree.Nodes[p]
		name := u.kid(p, tree.Name)
		if name < 0 {
			continue
		}
		switch {
		case node.Flags&tree.DoubleStar != 0:
			id, c := in.alloc(dictCell)
			for i := range args {
				if args[i].name != 0 && !used[i] {
					c.put(args[i].name, args[i].v)
				} else if args[i].star == 2 {
					c.exact = false
					c.rest = c.rest.or(tainted(in.deep(args[i].v)))
				}
			}
			in.bindParam(p, &value{cell: id})
			continue
		case node.Flags&tree.Star != 0:
			id, c := in.alloc(listCell)
			for at < len(args) {
				a := &args[at]
				at++
				switch {
				case a.star == 1:
					c.exact = false
					c.rest = c.rest.or(in.iterate(a.v))
				case a.name == 0 && a.star == 0:
					c.elems = append(c.elems, a.v)
				}
			}
			if in.act != nil && len(args) == 0 {
				c.exact = false
			}
			in.bindParam(p, &value{cell: id})
			continue
		}
		var v *value
		found := false
		if u.tree.Kind(name) == tree.Ident {
			key := in.name(name)
			for i := range args {
				if args[i].name == key {
					v, found, used[i] = args[i].v, true, true
				}
			}
		}
		if !found {
			v, found = positional()
		}
		if !found {
			for i := range args {
				if args[i].star == 2 && u.tree.Kind(name) == tree.Ident {
					v = in.element(args[i].v, strValue(u.tree.Text(name)))
					found = true
				}
			}
		}
		if d := u.kid(p, tree.Default); d >= 0 && (!found || v.konst() == null) {
			def := in.quiet(d)
			if len(in.stack) > 1 || in.depth > 1 || len(args) > 0 {
				v = in.either(v, def)
				if !found {
					v = def
				}
			} else {
				v = tainted(union(v.taint(), in.deep(def)))
			}
		}
		in.bindParam(p, v)
	}
}

// bindParam binds one parameter, which may itself be a source.
func (in *interp) bindParam(p tree.ID, v *value) {
	u := in.unit
	if f := u.flags[p]; f != 0 {
		v = in.applyTarget(p, f, v)
	}
	name := u.kid(p, tree.Name)
	if f := u.flags[name]; f&(isSource|inSource) != 0 {
		v = in.applyTarget(name, f, v)
	}
	if v != nil && v.cell == 0 && u.python {
		if c := in.annotated(p); c != nil {
			fresh := *v
			fresh.typed = c
			v = &fresh
		}
	}
	in.assign(name, v, tree.OpConst)
}

// annotated is the class that a parameter is annotated with, or nil.
func (in *interp) annotated(p tree.ID) *callee {
	t := in.unit.kid(p, tree.TypeOf)
	if t < 0 {
		return nil
	}
	name := in.unit.kid(t, tree.Elem)
	if name < 0 || in.unit.tree.Kind(name) != tree.Ident {
		return nil
	}
	if v := in.variable(name); v != nil && v.fn != nil && v.fn.kind == class {
		return v.fn
	}
	return nil
}

// isNumber reports whether a class declares an attribute to be a number, a truth or a date.
func (c *callee) isNumber(name string) bool {
	if c.node < 0 {
		return false
	}
	u := c.unit
	body := u.kid(c.node, tree.Body)
	if body < 0 {
		return false
	}
	for m := range u.tree.Children(body) {
		if m = u.assigns(m); u.tree.Kind(m) != tree.Assign || u.tree.Text(u.kid(m, tree.Target)) != name {
			continue
		}
		switch t := u.kid(m, tree.TypeOf); u.tree.Text(t) {
		case "int", "float", "bool", "Decimal", "datetime", "date", "UUID", "int | None", "float | None", "bool | None", "Optional[int]", "Optional[float]", "Optional[bool]":
			return true
		}
	}
	return false
}

// isAbstract reports whether a function is there to be overridden: what it does says nothing.
func (u *unit) isAbstract(n tree.ID) bool {
	switch d := u.decorator(n); d {
	case "abstractmethod", "abc.abstractmethod", "overload", "typing.overload":
		return true
	}
	body := u.kid(n, tree.Body)
	if body < 0 {
		return true
	}
	for s := range u.tree.Children(body) {
		switch u.tree.Kind(s) {
		case tree.Pass:
		case tree.ExprStmt:
			if k := u.tree.Kind(u.kid(s, tree.Value)); k != tree.String && k != tree.Dots {
				return false
			}
		case tree.Raise:
			text := strings.ToLower(u.tree.Text(s))
			if !strings.Contains(text, "notimplemented") && !strings.Contains(text, "not implemented") && !strings.Contains(text, "abstract") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// instance is a new object of a class.
func (in *interp) instance(fn *callee, args []arg, n tree.ID) *value {
	id, c := in.alloc(objectCell)
	c.class = fn
	self := &value{cell: id}
	init := in.known.init
	if !fn.unit.python {
		init = in.known.constructor
	} else if v, ok := in.classMember(fn, in.intern("__new__"), 0); ok && v != nil && v.fn != nil {
		made := in.invoke(bind(v, &value{fn: fn}).fn, args, n)
		if mc := in.cell(made); mc != nil && mc.class != nil {
			self = made
		}
	}
	if in.st == nil {
		return nil
	}
	if v, ok := in.classMember(fn, init, 0); ok && v != nil && v.fn != nil {
		in.invoke(bind(v, self).fn, args, n)
		return self
	}
	in.defaultInit(fn, self, args)
	return self
}

// defaultInit is the constructor of a class that writes none: of a data class, or of one whose
// base is not known.
func (in *interp) defaultInit(fn *callee, self *value, args []arg) {
	c := in.own(self.cell)
	if c == nil {
		return
	}
	fields := fn.fields
	u := fn.unit
	if fn.node == tree.None {
		c.exact = true
	} else if body := u.kid(fn.node, tree.Body); body >= 0 && u.python {
		for m := range u.tree.Children(body) {
			if m = u.assigns(m); u.tree.Kind(m) == tree.Assign && u.kid(m, tree.TypeOf) >= 0 {
				if t := u.kid(m, tree.Target); t >= 0 && u.tree.Kind(t) == tree.Ident {
					fields = append(fields, in.intern(u.tree.Text(t)))
				}
			}
		}
	}
	at := 0
	for i := range args {
		a := &args[i]
		switch {
		case a.name != 0:
			c.put(a.name, a.v)
		case a.star == 0 && at < len(fields):
			c.put(fields[at], a.v)
			at++
		default:
			c.rest = c.rest.or(tainted(in.deep(a.v)))
		}
	}
}

// memoKey names a call that gives the same each time: of a function of a module, with arguments
// that nothing can be changed through.
func (in *interp) memoKey(fn *callee, args []arg) (memoKey, bool) {
	if fn.self != nil || len(fn.fixed) > 0 || fn.unit.module != fn.frame || len(in.tries) > 0 || in.muted {
		return memoKey{}, false
	}
	for i := range args {
		if v := args[i].v; v != nil && (v.cell != 0 || v.fn != nil || len(v.marks) > 0 && fn.unit != in.root) {
			return memoKey{}, false
		}
	}
	return memoKey{fn.unit, fn.node, len(args)}, true
}

type memoKey struct {
	unit *unit
	node tree.ID
	args int
}

type memoEntry struct {
	args   []arg
	result *value
}

func values(args []arg) []arg { return append([]arg(nil), args...) }

func (e *memoEntry) same(args []arg) bool {
	for i := range args {
		a, b := &args[i], &e.args[i]
		if a.name != b.name || a.star != b.star {
			return false
		}
		if a.v == b.v {
			continue
		}
		if !sameConst(a.v, b.v) && (a.v.konst() != unknown || b.v.konst() != unknown) || !sameMarks(a.v.taint(), b.v.taint()) {
			return false
		}
	}
	return true
}

func sameMarks(a, b []mark) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

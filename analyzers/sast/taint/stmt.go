package taint

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// isStatement reports whether n is run rather than evaluated.
func (in *interp) isStatement(n tree.ID) bool {
	k := in.unit.tree.Nodes[n].Kind
	return k >= tree.Module && k <= tree.Labeled && k != tree.ExprStmt
}

// block runs statements one after the other.
func (in *interp) block(n tree.ID) {
	if n < 0 {
		return
	}
	nodes := in.unit.tree.Nodes
	end := nodes[n].Next
	if !in.unit.python {
		in.hoist(n)
	}
	shadowed := in.shadow(n)
	for c := n + 1; c < end && in.st != nil; c = nodes[c].Next {
		in.exec(c)
		if n := len(in.tries); n > 0 && in.tries[n-1].act == in.act && in.mightRaise(c) {
			in.mayRaise()
		}
	}
	in.unshadow(shadowed)
}

// mightRaise reports whether a handler may see the state behind a statement: not behind a block,
// whose statements have been asked, nor behind what only stores something.
func (in *interp) mightRaise(n tree.ID) bool {
	nodes := in.unit.tree.Nodes
	switch nodes[n].Kind {
	case tree.Assign, tree.Augment, tree.ExprStmt, tree.Return, tree.Del, tree.Assert, tree.Import, tree.ImportFrom:
		a := in.unit.assigns(n)
		for i, end := a+1, nodes[n].Next; i < end; i++ {
			switch nodes[i].Kind {
			case tree.Call, tree.New, tree.Index, tree.Await, tree.Yield, tree.Augment, tree.Assign:
				return true
			}
		}
		return nodes[a].Kind != tree.Assign
	case tree.If, tree.For, tree.While, tree.With, tree.Switch:
		return false
	}
	return true
}

// hoist defines the functions of a block before it runs, as JavaScript does.
func (in *interp) hoist(n tree.ID) {
	nodes := in.unit.tree.Nodes
	for c, end := n+1, nodes[n].Next; c < end && in.st != nil; c = nodes[c].Next {
		if nodes[c].Kind == tree.Func && nodes[c].Role == tree.Elem {
			in.define(c)
		}
	}
}

// shadow remembers the variables that a block's own declarations hide.
func (in *interp) shadow(n tree.ID) []field {
	if in.unit.python || in.unit.tree.Kind(n) != tree.Block || in.act == nil || in.st == nil {
		return nil
	}
	if p := in.unit.tree.Parent(n); p >= 0 {
		if k := in.unit.tree.Kind(p); k == tree.Func || k == tree.Lambda {
			return nil
		}
	}
	var out []field
	nodes := in.unit.tree.Nodes
	frame := in.get(in.frame)
	if frame == nil {
		return nil
	}
	for c, end := n+1, nodes[n].Next; c < end; c = nodes[c].Next {
		a := in.unit.assigns(c)
		if nodes[a].Kind != tree.Assign || nodes[a].Op != tree.OpConst && nodes[a].Op != tree.OpLet {
			continue
		}
		if t := in.unit.kid(a, tree.Target); t >= 0 && nodes[t].Kind == tree.Ident {
			name := in.name(t)
			if v, ok := frame.field(name); ok {
				out = append(out, field{name, v})
			}
		}
	}
	return out
}

func (in *interp) unshadow(hidden []field) {
	if len(hidden) == 0 || in.st == nil {
		return
	}
	if c := in.own(in.frame); c != nil {
		for _, f := range hidden {
			c.put(f.key, f.v)
		}
	}
}

// exec runs a statement.
func (in *interp) exec(n tree.ID) {
	if n < 0 || in.st == nil {
		return
	}
	if in.visits--; in.visits < 0 {
		in.st = nil
		return
	}
	u := in.unit
	node := &u.tree.Nodes[n]
	switch node.Kind {
	case tree.Block, tree.Module:
		in.block(n)
	case tree.ExprStmt:
		in.eval(u.kid(n, tree.Value))
	case tree.Return:
		in.returns(n)
	case tree.Raise:
		v := in.eval(u.kid(n, tree.Value))
		in.eval(u.kid(n, tree.Cause))
		if len(in.tries) > 0 && in.st != nil {
			t := in.tries[len(in.tries)-1]
			t.raised = union(t.raised, in.deep(v))
		}
		in.mayRaise()
		in.st = nil
	case tree.If:
		in.ifStatement(n)
	case tree.For:
		in.forStatement(n)
	case tree.ForClassic:
		in.forClassic(n)
	case tree.While:
		in.whileStatement(n)
	case tree.Try:
		in.try(n)
	case tree.With:
		in.with(n)
	case tree.Func:
		if u.python || node.Role != tree.Elem {
			in.define(n)
		}
	case tree.Class:
		v := in.classDef(n)
		if name := u.kid(n, tree.Name); name >= 0 && in.st != nil {
			in.setVariable(in.name(name), v, tree.OpConst)
		}
	case tree.Switch:
		if u.python {
			in.match(n)
		} else {
			in.switchStatement(n)
		}
	case tree.Break, tree.Continue:
		in.jump(n)
	case tree.Labeled:
		in.labeled(n)
	case tree.Global:
		in.globals(n)
	case tree.Del:
		in.del(n)
	case tree.Assert:
		test := u.kid(n, tree.Test)
		if in.test(test) == no {
			in.st = nil
			return
		}
		in.refine(test, true)
	case tree.Pass:
	case tree.Import, tree.ImportFrom:
		in.importStatement(n)
	default:
		in.eval(n)
	}
}

// importStatement binds names that are imported below the top of a file: the frames around may have others of that name.
func (in *interp) importStatement(n tree.ID) {
	bind := func(id tree.ID) {
		if id < 0 || in.unit.tree.Kind(id) != tree.Ident {
			return
		}
		name := in.name(id)
		if im := in.imported(in.unit, name); im != nil {
			in.setVariable(name, in.importValue(im), tree.OpConst)
		}
	}
	u := in.unit
	if u.tree.Kind(n) == tree.Import {
		bind(u.kid(n, tree.Name))
		return
	}
	for c := range u.tree.Children(n) {
		if u.tree.Kind(c) == tree.ImportName {
			if alias := u.kid(c, tree.Alias); alias >= 0 {
				bind(alias)
			} else {
				bind(u.kid(c, tree.Name))
			}
		}
	}
}

func (in *interp) returns(n tree.ID) {
	value := in.unit.kid(n, tree.Value)
	v := in.eval(value)
	if in.st == nil {
		return
	}
	if a := in.act; a != nil {
		if value < 0 {
			v = nullValue
		}
		if a.exit == nil {
			a.returns, a.exit = v, in.st
		} else {
			j := joiner{in: in, a: a.exit, b: in.st}
			if a.returns != v {
				a.returns = j.values(a.returns, v)
			}
			a.exit = in.join(a.exit, in.st)
		}
		a.some = true
	}
	in.mayRaise() // a finally block sees it
	in.st = nil
}

func (in *interp) globals(n tree.ID) {
	c := in.own(in.frame)
	if c == nil || in.act == nil {
		return
	}
	in.act.global = true
	for id := range in.unit.tree.Children(n) {
		c.put(in.name(id), outerValue)
	}
}

func (in *interp) del(n tree.ID) {
	u := in.unit
	for c := range u.tree.Children(n) {
		switch u.tree.Kind(c) {
		case tree.Ident:
			in.setVariable(in.name(c), nil, tree.OpAssign)
		case tree.Index:
			o := in.eval(u.kid(c, tree.Object))
			i := in.eval(u.kid(c, tree.Arg))
			in.remove(o, i)
		default:
			in.eval(c)
		}
	}
}

package trust

import "github.com/open-policy-agent/opa/v1/ast"

// OPA types refs that begin with input. It knows nothing of a variable of every, of a
// parameter of a function, of what object.get reads, and of the values of an enum. So the
// fields of the document are followed through the compiled rules: which of them may a
// variable stand for? It is a fixed point over sets that only grow, regardless of the order.

// maxRounds is how often all rules are gone through; names of names of names end the sooner.
const maxRounds = 20

// flow is what the variables and rules of a policy may stand for.
type flow struct {
	compiler *ast.Compiler
	rules    []*ast.Rule // in which it looks, else branches apart
	vars     map[*ast.Rule]map[ast.Var]*value
	results  map[*ast.Rule]*value // of functions and rules: of a set its elements
	grew     bool
}

// follow finds what the variables of rules and of those that they use stand for.
func follow(compiler *ast.Compiler, rules []*ast.Rule) *flow {
	f := &flow{compiler: compiler, rules: reachable(compiler, rules), vars: map[*ast.Rule]map[ast.Var]*value{}, results: map[*ast.Rule]*value{}}
	for _, r := range f.rules {
		f.vars[r], f.results[r] = map[ast.Var]*value{}, &value{}
	}
	f.grew = true
	for round := 0; f.grew && round < maxRounds; round++ {
		f.grew = false
		for _, r := range f.rules {
			for branch := r; branch != nil; branch = branch.Else {
				f.body(r, branch.Body)
				f.head(r, branch.Head)
			}
		}
	}
	return f
}

func (f *flow) head(r *ast.Rule, h *ast.Head) {
	switch {
	case h.RuleKind() == ast.MultiValue && h.Key != nil:
		f.grew = f.results[r].add(f.of(r, h.Key)) || f.grew
	case h.Value != nil:
		f.grew = f.results[r].add(f.of(r, h.Value)) || f.grew
	}
}

func (f *flow) body(r *ast.Rule, body ast.Body) {
	for _, e := range body {
		f.expr(r, e)
		// Comprehensions have bodies of their own, in the scope of the rule.
		for _, t := range e.Operands() {
			f.inner(r, t)
		}
		if t, ok := e.Terms.(*ast.Term); ok {
			f.inner(r, t)
		}
	}
}

func (f *flow) inner(r *ast.Rule, t *ast.Term) {
	ast.WalkClosures(t, func(x any) bool {
		switch c := x.(type) {
		case *ast.ArrayComprehension:
			f.body(r, c.Body)
		case *ast.SetComprehension:
			f.body(r, c.Body)
		case *ast.ObjectComprehension:
			f.body(r, c.Body)
		}
		return true // body walks those within
	})
}

func (f *flow) expr(r *ast.Rule, e *ast.Expr) {
	if every, ok := e.Terms.(*ast.Every); ok {
		f.bind(r, every.Value, f.of(r, every.Domain).elements())
		f.body(r, every.Body)
		return
	}
	if !e.IsCall() {
		return
	}
	operands := e.Operands()
	if e.IsEquality() {
		f.bind(r, operands[0], f.of(r, operands[1]))
		f.bind(r, operands[1], f.of(r, operands[0]))
		return
	}
	for _, fn := range f.called(e) {
		for i, arg := range fn.Head.Args {
			if i >= len(operands) {
				break
			}
			v := f.of(r, operands[i])
			v.consts = nil // a parameter has many
			f.bind(fn, arg, v)
		}
		if len(operands) == len(fn.Head.Args)+1 {
			out := *f.results[fn]
			out.consts = nil
			f.bind(r, operands[len(operands)-1], out)
		}
	}
	switch e.Operator().String() {
	case ast.ObjectGet.Name:
		if len(operands) == 4 {
			v, _ := f.get(r, operands[0], operands[1])
			f.bind(r, operands[3], v)
		}
	case ast.ArrayConcat.Name, ast.And.Name, ast.Or.Name, ast.Minus.Name:
		if len(operands) == 3 {
			out := value{of: map[place]bool{}}
			for _, o := range operands[:2] {
				for p := range f.of(r, o).elements().is {
					out.of[p] = true
				}
			}
			f.bind(r, operands[2], out)
		}
	}
}

// called are the functions that are known to f and that a call may run.
func (f *flow) called(e *ast.Expr) []*ast.Rule {
	var fns []*ast.Rule
	for _, fn := range f.compiler.GetRulesExact(e.Operator()) {
		if f.vars[fn] != nil && len(fn.Head.Args) > 0 {
			fns = append(fns, fn)
		}
	}
	return fns
}

func (f *flow) bind(r *ast.Rule, t *ast.Term, v value) {
	name, ok := t.Value.(ast.Var)
	if !ok {
		return
	}
	at := f.vars[r][name]
	if at == nil {
		at = &value{}
		f.vars[r][name] = at
	}
	f.grew = at.add(v) || f.grew
}

// of is what a term may stand for in a rule.
func (f *flow) of(r *ast.Rule, t *ast.Term) value {
	switch v := t.Value.(type) {
	case ast.Var:
		if at := f.vars[r][v]; at != nil {
			return *at
		}
		if v.Equal(ast.InputRootDocument.Value) {
			return value{is: map[place]bool{{}: true}}
		}
	case ast.Ref:
		return f.ref(r, v)
	case *ast.ArrayComprehension:
		return value{of: f.of(r, v.Term).is}
	case *ast.SetComprehension:
		return value{of: f.of(r, v.Term).is}
	case *ast.ObjectComprehension:
		return value{of: f.of(r, v.Value).is}
	case *ast.Array, ast.Set, ast.String, ast.Boolean, ast.Number, ast.Null:
		if t.IsGround() {
			return value{consts: []*ast.Term{t}}
		}
	}
	return value{}
}

func (f *flow) ref(r *ast.Rule, ref ast.Ref) value {
	var v value
	rest := ref[1:]
	if ref[0].Equal(ast.DefaultRootDocument) {
		v, rest = f.rule(ref)
	} else {
		v = f.of(r, ref[0])
	}
	for _, operand := range rest {
		v = step(v, operand)
	}
	return v
}

// rule is the value of the rules that a ref names, and what of the ref is left.
func (f *flow) rule(ref ast.Ref) (value, ast.Ref) {
	for n := 2; n <= len(ref); n++ {
		rules := f.compiler.GetRulesExact(ref[:n].GroundPrefix())
		if len(rules) == 0 {
			continue
		}
		var v value
		for _, rule := range rules {
			result := f.results[rule]
			if result == nil {
				continue
			}
			switch {
			case rule.Head.RuleKind() == ast.MultiValue:
				v.add(value{of: result.is})
			case len(rule.Head.Reference) > 1: // p[k] := v
				v.add(value{of: result.is})
			default:
				v.add(*result)
			}
		}
		return v, ref[n:]
	}
	return value{}, nil
}

// get is what object.get reads, and what of its key no object has: a name or a path of names.
func (f *flow) get(r *ast.Rule, object, key *ast.Term) (v value, missing *ast.Term) {
	v = f.of(r, object)
	steps := []*ast.Term{key}
	if path, ok := key.Value.(*ast.Array); ok {
		steps = steps[:0]
		path.Foreach(func(t *ast.Term) { steps = append(steps, t) })
	}
	for _, s := range steps {
		if missing == nil && lacks(v, s) {
			missing = s
		}
		v = step(v, s)
	}
	return v, missing
}

// reachable are rules and all that they use, in the order of their discovery.
func reachable(compiler *ast.Compiler, rules []*ast.Rule) []*ast.Rule {
	seen := map[*ast.Rule]bool{}
	var all []*ast.Rule
	var visit func(r *ast.Rule)
	visit = func(r *ast.Rule) {
		if seen[r] {
			return
		}
		seen[r] = true
		all = append(all, r)
		ast.WalkRefs(r, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.DefaultRootDocument) {
				for _, used := range compiler.GetRules(ref) {
					visit(used)
				}
			}
			return false
		})
	}
	for _, r := range rules {
		visit(r)
	}
	return all
}

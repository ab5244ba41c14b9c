package taint

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// merged are the metavariables of a sink, and those of the source that it has not.
func merged(sink, source []pattern.Bound) []pattern.Bound {
	out := sink
	for _, b := range source {
		if !slices.ContainsFunc(sink, func(o pattern.Bound) bool { return o.Name == b.Name }) {
			out = append(slices.Clip(out), b)
		}
	}
	if len(out) > len(sink) {
		slices.SortFunc(out, func(a, b pattern.Bound) int { return strings.Compare(a.Name, b.Name) })
	}
	return out
}

// apply is what the rules make of the value of node n.
func (in *interp) apply(n tree.ID, f flag, v *value) *value {
	var cleaned uint64
	if f&(isClean|inClean) != 0 {
		cleaned = in.cleaned(n)
		v = in.clean(v, cleaned)
		in.callTaint = without(in.callTaint, cleaned)
	}
	if f&(isSource|inSource) != 0 {
		v = in.source(n, v, cleaned)
	}
	if f&isEnd != 0 {
		v = in.propagate(n, v)
	}
	if f&(isSink|inSink) != 0 {
		in.sink(n, f, v)
	}
	if f&(isSource|inSource|isClean|inClean) != 0 {
		in.sideEffects(n, v, cleaned)
	}
	return v
}

// cleaned are the bits that the sanitizers at n, or around it, take away.
func (in *interp) cleaned(n tree.ID) uint64 {
	var bits uint64
	for at := n; at >= 0; at = in.unit.tree.Nodes[at].Parent {
		if in.unit.flags[at]&isClean != 0 {
			for _, h := range in.unit.cleans[at] {
				if at == n || !h.spec.Exact {
					bits |= h.rule.mask
				}
			}
		}
		if in.unit.flags[at]&inClean == 0 {
			break
		}
	}
	return bits
}

// clean is v without some bits, in all that it holds.
func (in *interp) clean(v *value, bits uint64) *value {
	if v == nil || bits == 0 || in.st == nil {
		return v
	}
	if v.cell != 0 && bitsOf(in.deep(v))&bits != 0 {
		v = in.cleanCell(v, bits, 0)
	}
	return v.with(without(v.marks, bits))
}

// cleanCell is a copy of a container without some bits.
func (in *interp) cleanCell(v *value, bits uint64, depth int) *value {
	c := in.cell(v)
	if in.looks--; c == nil || depth > 4 || in.looks < 0 || c.kind == frameCell || c.kind == classCell {
		return v.with(without(v.taint(), bits))
	}
	fresh := *c
	fresh.owner = in.st.owner
	fresh.elems, fresh.fields = slices.Clone(c.elems), slices.Clone(c.fields)
	for i, e := range fresh.elems {
		fresh.elems[i] = in.cleanCell(e, bits, depth+1)
	}
	for i, f := range fresh.fields {
		fresh.fields[i].v = in.cleanCell(f.v, bits, depth+1)
	}
	fresh.rest = in.cleanCell(c.rest, bits, depth+1)
	id := in.newID()
	in.st.set(id, &fresh)
	out := *v
	out.cell, out.marks = id, without(v.marks, bits)
	return &out
}

// source adds the taint of the sources at n, and of those around it that are not exact.
func (in *interp) source(n tree.ID, v *value, cleaned uint64) *value {
	marks := v.taint()
	var at *step
	for p := n; p >= 0; p = in.unit.tree.Nodes[p].Parent {
		if in.unit.flags[p]&isSource != 0 {
			for i := range in.unit.sources[p] {
				h := &in.unit.sources[p][i]
				if p != n && h.spec.Exact || h.spec.Only || h.bit&cleaned != 0 || h.bit == 0 {
					continue
				}
				if h.spec.Requires != nil && !h.rule.holds(h.spec.Requires, bitsOf(in.deep(v))|bitsOf(in.callTaint)) {
					continue
				}
				if at == nil || len(h.match.Vars) > 0 && len(at.from.Vars) == 0 {
					at = &step{unit: in.unit, node: n, kind: SourceStep, from: h.match}
					if in.unit.tree.IsExpression(p) {
						at.node = p
					}
				}
				marks = union(marks, []mark{{h.bit, at}})
			}
		}
		if in.unit.flags[p]&inSource == 0 {
			break
		}
	}
	return v.with(marks)
}

// sideEffects taints or cleans the variable at n where a source or sanitizer says so.
func (in *interp) sideEffects(n tree.ID, v *value, cleaned uint64) {
	if !in.assignable(n) || in.st == nil {
		return
	}
	var clean uint64
	var add []mark
	for p := n; p >= 0; p = in.unit.tree.Nodes[p].Parent {
		for _, h := range in.unit.cleans[p] {
			if h.spec.BySideEffect && (p == n || !h.spec.Exact) {
				clean |= h.rule.mask
			}
		}
		for i := range in.unit.sources[p] {
			h := &in.unit.sources[p][i]
			if (h.spec.BySideEffect || h.spec.Only) && (p == n || !h.spec.Exact) && h.bit&cleaned == 0 {
				add = union(add, []mark{{h.bit, &step{unit: in.unit, node: n, kind: SourceStep, from: h.match}}})
			}
		}
		if in.unit.flags[p]&(inSource|inClean) == 0 {
			break
		}
	}
	if clean != 0 {
		v = in.clean(v, clean)
	}
	if len(add) > 0 {
		v = v.with(union(v.taint(), add))
	}
	if clean != 0 || len(add) > 0 {
		in.store(n, v)
	}
}

// assignable reports whether n is a variable, an attribute or an element.
func (in *interp) assignable(n tree.ID) bool {
	switch in.unit.tree.Nodes[n].Kind {
	case tree.Ident, tree.Attr, tree.Index:
		return in.unit.tree.Nodes[n].Role != tree.Callee
	}
	return false
}

// propagate carries taint between the two ends of propagators.
func (in *interp) propagate(n tree.ID, v *value) *value {
	for _, h := range in.unit.ends[n] {
		if !h.to {
			marks := in.deep(v)
			bits := bitsOf(marks) & h.rule.mask
			if h.spec.Requires != nil && !h.rule.holds(h.spec.Requires, bits) {
				continue
			}
			marks = without(marks, ^h.rule.mask)
			if h.spec.Label != "" && bits != 0 {
				marks = in.relabel(h, marks, bits)
			}
			h.flow.taint = union(marks, nil)
			continue
		}
	}
	for _, h := range in.unit.ends[n] {
		if h.to && len(h.flow.taint) > 0 {
			v = v.with(union(v.taint(), h.flow.taint))
		}
	}
	// The receiver is mostly evaluated before the argument that taints it.
	for _, h := range in.unit.ends[n] {
		if to := h.flow.to; !h.to && len(h.flow.taint) > 0 && h.spec.BySideEffect && in.assignable(to) {
			old := in.quiet(to)
			in.store(to, old.with(union(old.taint(), h.flow.taint)))
		}
	}
	return v
}

// quiet is the value of n without anything that is reported or done on the way.
func (in *interp) quiet(n tree.ID) *value {
	var v *value
	in.peek(n, func(found *value) { v = found })
	return v
}

// peek shows the value of n, with the cells that evaluating it makes.
func (in *interp) peek(n tree.ID, look func(*value)) {
	if n < 0 || in.st == nil {
		return
	}
	muted, st := in.muted, in.st
	in.muted = true
	in.st = st.fork()
	look(in.expr(n))
	in.muted, in.st = muted, st
}

// relabel gives taint the label of a propagator.
func (in *interp) relabel(h endHit, marks []mark, bits uint64) []mark {
	var replaced uint64
	for _, l := range h.spec.ReplaceLabels {
		replaced |= h.rule.bit(l)
	}
	if len(h.spec.ReplaceLabels) > 0 && bits&replaced == 0 {
		return marks
	}
	label := mark{h.rule.bit(h.spec.Label), marks[0].step}
	return union(without(marks, replaced), []mark{label})
}

// sink reports taint at the sinks at n, and at those around it that are not exact.
func (in *interp) sink(n tree.ID, f flag, v *value) {
	marks := in.deep(v)
	if k := in.unit.tree.Nodes[n].Kind; k == tree.Call || k == tree.New {
		marks = union(marks, in.callTaint)
	}
	if len(marks) == 0 {
		return
	}
	bits := bitsOf(marks)
	for p := n; p >= 0; p = in.unit.tree.Nodes[p].Parent {
		if in.unit.flags[p]&isSink != 0 {
			hits := in.unit.sinks[p]
			for i := range hits {
				h := &hits[i]
				if p != n && h.spec.Exact || bits&h.rule.mask == 0 {
					continue
				}
				if len(h.spec.RequiresOf) > 0 {
					if !in.requiresOf(h) {
						continue
					}
				} else if !h.rule.holds(h.spec.Requires, bits) {
					continue
				}
				in.report(h, n, marks)
			}
		}
		if in.unit.flags[p]&inSink == 0 {
			break
		}
	}
}

// requiresOf checks what a sink asks of each of its metavariables.
func (in *interp) requiresOf(h *sinkHit) bool {
	for name, r := range h.spec.RequiresOf {
		n := bound(h.match, name)
		if n == tree.None || !h.rule.holds(r, bitsOf(in.deep(in.quiet(n)))) {
			return false
		}
	}
	return true
}

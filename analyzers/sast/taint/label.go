package taint

import "github.com/qodacode/qodacode/analyzers/sast/rule"

// plain is the label of sources that name none.
const plain = "__SOURCE__"

// tracked is a rule that is followed, and its bits.
type tracked struct {
	rule   *rule.Rule
	labels []string
	base   int
	mask   uint64 // of all labels
}

// labelsOf are the labels that a rule's sources and propagators give.
func labelsOf(r *rule.Rule) []string {
	out := []string{plain}
	add := func(label string) {
		if label == "" {
			return
		}
		for _, l := range out {
			if l == label {
				return
			}
		}
		out = append(out, label)
	}
	for i := range r.Taint.Sources {
		add(r.Taint.Sources[i].Label)
	}
	for i := range r.Taint.Propagators {
		add(r.Taint.Propagators[i].Label)
	}
	return out
}

// bit is the bit of a label; 0 for one that no source gives.
func (t *tracked) bit(label string) uint64 {
	if label == "" {
		label = plain
	}
	for i, l := range t.labels {
		if l == label {
			return 1 << (t.base + i)
		}
	}
	return 0
}

// holds reports whether labels fulfil a formula. nil asks for taint that has no label.
func (t *tracked) holds(r *rule.Requires, bits uint64) bool {
	if r == nil {
		return bits&t.bit(plain) != 0
	}
	switch r.Op {
	case "true":
		return true
	case "label":
		return bits&t.bit(r.Name) != 0
	case "not":
		return len(r.Args) == 1 && !t.holds(r.Args[0], bits)
	case "and":
		for _, a := range r.Args {
			if !t.holds(a, bits) {
				return false
			}
		}
		return true
	case "or":
		for _, a := range r.Args {
			if t.holds(a, bits) {
				return true
			}
		}
	}
	return false
}

// plan shares out the 64 bits: each list of rules is followed in a pass of its own.
func plan(rules []*rule.Rule) [][]*tracked {
	var out [][]*tracked
	base := 64
	for _, r := range rules {
		labels := labelsOf(r)
		if len(labels) > 64 {
			labels = labels[:64]
		}
		if base+len(labels) > 64 {
			out, base = append(out, nil), 0
		}
		t := &tracked{rule: r, labels: labels, base: base}
		for i := range labels {
			t.mask |= 1 << (base + i)
		}
		base += len(labels)
		out[len(out)-1] = append(out[len(out)-1], t)
	}
	return out
}

package taint

import "slices"

// sinkClass is a class of weaknesses that a check of its own rules out.
type sinkClass uint8

const (
	pathClass  sinkClass = iota // the place of a file
	urlClass                    // where an address leads
	quoteClass                  // text that is put between quotes
	sinkClasses
)

// weaknesses are the CWEs of each class.
var weaknesses = [sinkClasses][]string{
	pathClass:  {"CWE-22", "CWE-23", "CWE-36", "CWE-73"},
	urlClass:   {"CWE-601", "CWE-918"},
	quoteClass: {"CWE-643", "CWE-94", "CWE-95"},
}

// classify sorts the bits of rules by their options and by the weakness that they look for.
func (in *interp) classify(rules []*tracked) {
	for _, r := range rules {
		o := &r.rule.Taint.Options
		if o.SafeFunctions {
			in.noCalls |= r.mask
		}
		if !o.SafeNumbers && !o.SafeBooleans {
			in.numbers |= r.mask
		}
		if !o.SafeBooleans {
			in.truths |= r.mask
		}
		if !o.SafeComparisons {
			in.comparisons |= r.mask
		}
		if o.SafeIndexes {
			in.noIndexes |= r.mask
		}
		if o.OnlyAssignments {
			in.noOperators |= r.mask
		}
	}
	for class, cwes := range weaknesses {
		for _, r := range rules {
			if slices.ContainsFunc(r.rule.Metadata.CWE, func(c string) bool { return slices.Contains(cwes, c) }) {
				in.classes[class] |= r.mask
			}
		}
	}
}

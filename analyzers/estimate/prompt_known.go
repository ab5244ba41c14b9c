package estimate

import (
	"math"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// maxTexts is how many texts a variable may have in the file and still be measured by them.
const maxTexts = 64

// knownSize is how many tokens the variable at n has, as far as this file gives it a value:
// each call of its function passes a constant, or it goes over a list of constants. Others may
// give it another one, so that it bounds nothing.
func (r *reader) knownSize(f *parser.File, n parser.NodeID) (Range, bool) {
	if n == parser.NoNode {
		return Range{}, false
	}
	texts, ok := textsOf(f, n, maxCallers)
	if !ok || len(texts) == 0 || len(texts) > maxTexts {
		return Range{}, false
	}
	var out Range
	for i, text := range texts {
		tokens := float64(pricing.Count(text))
		if i == 0 {
			out.Low = tokens
		}
		out.Low, out.High = min(out.Low, tokens), max(out.High, tokens)
		out.Expected += tokens / float64(len(texts))
	}
	low, mid, high := pricing.Factor(r.tokenizer())
	return Range{out.Low * low, math.Round(out.Expected * mid), out.High * high}, true
}

// tokenizer is that of the site's model.
func (r *reader) tokenizer() string {
	if m, ok := r.env.Model(r.site.Model.ID); ok {
		return m.Tokenizer
	}
	return pricing.OtherTokenizer
}

// textsOf are the constants that n may be, through parameters and loops; false where it may be
// something else. callers is how many calls up it looks.
func textsOf(f *parser.File, n parser.NodeID, callers int) ([]string, bool) {
	if v := f.Eval(n); v.Kind == parser.String {
		return []string{v.Str}, true
	}
	n = f.Unwrap(n)
	if f.Kind(n) != parser.KindIdentifier {
		return nil, false
	}
	defs := f.DefsOf(n)
	if len(defs) != 1 || defs[0].Path != "" {
		return nil, false
	}
	switch d := defs[0]; d.Kind {
	case parser.LoopDef:
		return elementsOf(f, d.Value)
	case parser.ParamDef:
		if callers == 0 {
			return nil, false
		}
		return passed(f, d, callers-1)
	}
	return nil, false
}

// elementsOf are the elements of a list of constants.
func elementsOf(f *parser.File, n parser.NodeID) ([]string, bool) {
	v := f.Eval(n)
	if v.Kind != parser.List || len(v.Elems) > maxTexts {
		return nil, false
	}
	var out []string
	for _, e := range v.Elems {
		if e.Kind != parser.String {
			return nil, false
		}
		out = append(out, e.Str)
	}
	return out, len(out) > 0
}

// passed are the constants that the calls in f pass for a parameter.
func passed(f *parser.File, d *parser.Def, callers int) ([]string, bool) {
	fn := f.EnclosingFunc(d.Node)
	if fn == nil {
		return nil, false
	}
	at := -1
	for i := range fn.Params {
		if fn.Params[i].Node == d.Node {
			at = i
		}
	}
	switch per, ok := perElementOf(f, fn.Node); {
	case at < 0:
		return nil, false
	case ok && at == 0 && isInline(f, fn.Node):
		return elementsOf(f, per)
	case fn.Name == "":
		return nil, false
	}
	if fn.Class >= 0 && !f.Language.IsScript() {
		at-- // self
	}
	var out []string
	for _, place := range callersOf(f, fn) {
		var texts []string
		ok := false
		if place.mapped != parser.NoNode {
			texts, ok = elementsOf(f, place.mapped)
		} else if c := f.CallAt(place.node); c != nil {
			if a, given := f.Argument(c, d.Name, at); given && a.Spread == 0 {
				texts, ok = textsOf(f, a.Value, callers)
			} else if !given && d.Value != parser.NoNode {
				v := f.Eval(d.Value)
				texts, ok = []string{v.Str}, v.Kind == parser.String
			}
		}
		if out = append(out, texts...); !ok || len(out) > maxTexts {
			return nil, false
		}
	}
	return out, len(out) > 0
}

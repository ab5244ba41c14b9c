package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// argument is an argument of a site, one of a dictionary that it spreads, or one in the object
// that its SDK keeps such settings in: model_settings=ModelSettings(temperature=0).
func (s *swap) argument(site *llm.Site, name string) (llm.Value, bool) {
	if v, ok := llm.Argument(s.File, site.Call, name, -1); ok {
		return v, true
	}
	row, seated := seatOf(s.File, site, llm.OutputCap)
	if row == nil {
		return llm.Value{}, false
	}
	object, _, nested := strings.Cut(row.path, ".")
	if !nested {
		return llm.Argument(s.File, seated.Call, name, -1)
	}
	v, ok := llm.Argument(s.File, seated.Call, object, -1)
	if !ok {
		return llm.Value{}, false
	}
	w := &writer{draft: &draft{File: s.File}}
	found, ok := member{}, false
	if n := s.Unwrap(v.Expr); s.Kind(n) == parser.KindDict {
		found, ok, _ = w.entry(n, name)
	} else if c := s.CallAt(n); c != nil {
		found, ok, _ = w.find(c, -1, name)
	}
	return llm.Value{Value: s.Eval(found.value), File: s.File, Expr: found.value, Arg: found.node}, ok
}

// drop takes out arguments that the new model refuses.
func (s *swap) drop(site *llm.Site, names ...string) {
	var gone []string
	for _, name := range names {
		if v, ok := s.argument(site, name); ok && !slices.Contains(s.removed, v.Arg) {
			s.removed = append(s.removed, v.Arg)
			gone = append(gone, name)
		}
	}
	if len(gone) > 0 {
		s.note("removes " + strings.Join(gone, " and "))
	}
}

// hidden reports whether c takes arguments from somewhere that the file does not spell out.
func hidden(f *parser.File, c *parser.Call) bool {
	for i := range c.Args {
		a := &c.Args[i]
		if a.Spread == 0 && !f.Language.IsScript() {
			continue
		}
		v := f.Eval(a.Value)
		if a.Spread > 0 && v.Kind != parser.Dict || a.Spread == 0 && i == 0 && v.Kind != parser.Dict && v.Kind != parser.String {
			return true
		}
		for _, e := range v.Entries {
			if e.Key.Kind != parser.String {
				return true
			}
		}
	}
	return false
}

func (s *swap) hasTools(site *llm.Site) bool {
	_, tools := s.argument(site, "tools")
	_, functions := s.argument(site, "functions")
	return tools || functions
}

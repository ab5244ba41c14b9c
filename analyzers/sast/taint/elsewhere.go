package taint

import (
	"context"
	"slices"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/parser"
)

// part is what is sought for a rule in another file; each only when it is asked for.
type part uint8

const (
	sourcePart part = iota
	sinkPart
	restPart
)

type partKey struct {
	rule *rule.Rule
	part part
}

// background is for what is kept: it must not be cut short because somebody types on.
var background = context.Background()

// part is a part of what a rule matches in another file of the workspace. It is kept with the file.
func (w *work) part(f *parser.File, r *rule.Rule, p part) *found {
	return parser.Memo(f, partKey{r, p}, func() *found {
		s := w.searches[f]
		if s == nil {
			s = search.New(background, tree.Of(f))
			w.searches[f] = s
		}
		out := &found{}
		switch p {
		case sourcePart:
			out.findSources(s, r)
		case sinkPart:
			out.findSinks(s, r)
		default:
			out.rest(s, r)
		}
		return out
	})
}

// foundIn is all that a rule matches in another file.
func (w *work) foundIn(f *parser.File, r *rule.Rule) *found {
	rest := w.part(f, r, restPart)
	return &found{sources: w.part(f, r, sourcePart).sources, sinks: w.part(f, r, sinkPart).sinks, cleans: rest.cleans, propagators: rest.propagators}
}

// matches reports whether a rule has sources or sinks in another file.
func (w *work) matches(f *parser.File, r *rule.Rule) bool {
	return anyOf(w.part(f, r, sourcePart).sources) || anyOf(w.part(f, r, sinkPart).sinks)
}

// elsewhere reports whether a rule has sources or sinks in a file that is imported.
func (w *work) elsewhere(r *rule.Rule, p part) bool {
	return slices.ContainsFunc(w.files, func(f *parser.File) bool {
		o := w.part(f, r, p)
		return anyOf(o.sources) || anyOf(o.sinks)
	})
}

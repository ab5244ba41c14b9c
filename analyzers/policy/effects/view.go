package effects

import (
	"slices"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// view is a file with the files that it imports.
type view struct {
	*parser.File
	modules diagnostics.Modules
	links   int                             // how many imports in a row led here
	work    int                             // expressions that the question about a text may still look at
	steps   int                             // names that the question about a name may still look at
	total   int                             // names and expressions that all questions together may still look at
	asking  bool                            // about a name
	files   map[string]*view                // by what was imported; nil: none of the project
	rebased map[string]string               // names of imports → what they are in the file that defines them
	bases   map[string]parser.NodeID        // what is assigned to the bases of clients; nil: not asked yet
	results map[parser.NodeID]texts         // what functions return
	returns map[parser.NodeID]parser.NodeID // their only return expressions
	others  map[string]bool                 // names of functions that may have another one's work; nil: not asked yet
}

// maxSteps is how many names are looked at for one; real code needs ten.
const maxSteps = 64

// What all questions about a file may look at together, so that code made to be slow is not.
const (
	perFile = 20000
	perCall = 100
)

// maxLinks is how many imports in a row are followed.
const maxLinks = 4

func newView(f *parser.File, modules diagnostics.Modules, links int) *view {
	return &view{File: f, modules: modules, links: links, work: maxWork, files: map[string]*view{}, rebased: map[string]string{}, results: map[parser.NodeID]texts{}, returns: map[parser.NodeID]parser.NodeID{},
		total: perFile + perCall*len(f.Calls)}
}

// mayBeOther reports whether a name may stand for a function of another name: it is imported,
// or assigned from something that has a name.
func (v *view) mayBeOther(name string) bool {
	if v.others == nil {
		v.others = map[string]bool{}
		for i := range v.Defs {
			d := &v.Defs[i]
			switch d.Kind {
			case parser.ImportDef, parser.UnpackDef:
				v.others[d.Name] = true
			case parser.AssignDef:
				switch v.Kind(v.Unwrap(d.Value)) {
				case parser.KindIdentifier, parser.KindAttribute, parser.KindCall, parser.KindConditional, parser.KindBinary:
					v.others[d.Name] = true
				}
			}
		}
	}
	return v.others[name]
}

// content is what stands between the quotes of a literal.
func (v *view) content(n parser.NodeID) (text.Span, bool) {
	i, ok := slices.BinarySearchFunc(v.Strings, n, func(s parser.Str, n parser.NodeID) int { return int(s.Node - n) })
	if !ok {
		return text.Span{}, false
	}
	return v.Strings[i].Content, true
}

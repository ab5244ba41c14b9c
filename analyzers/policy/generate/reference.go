package generate

import (
	"fmt"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// reference tells a model of the fields of the facts. What several facts have in common is
// told once, at its first place.
var reference = sync.OnceValue(func() string {
	var b strings.Builder
	told := map[string]string{}
	var tell func(fields []*facts.Field)
	tell = func(fields []*facts.Field) {
		for _, f := range fields {
			kind := f.Type
			if f.Elem != "" {
				kind += " of " + f.Elem
			}
			if len(f.Enum) > 0 {
				kind = strings.Join(f.Enum, "|")
			}
			doc := f.Doc
			first, again := told[f.Of]
			if again {
				doc += " Its fields are those of " + first + "."
			}
			fmt.Fprintf(&b, "- %s (%s): %s\n", f.Path, kind, doc)
			if f.Of != "" && !again {
				told[f.Of] = f.Path
				tell(f.Fields)
			}
		}
	}
	tell(facts.Fields())
	return strings.TrimSpace(b.String())
})

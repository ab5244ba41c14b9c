package estimate

import (
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// batches are the methods of LangChain that ask once per element of their first argument.
var batches = map[string]bool{
	"batch": true, "abatch": true, "batch_as_completed": true, "abatch_as_completed": true,
}

// own is how often one execution of a site's call asks: once, or once per element of a batch.
func (e Env) own(s *llm.Site) Rounds {
	if s.Call == nil || !batches[s.Call.Name] || len(s.Call.Args) == 0 || s.SDK != "langchain" && s.SDK != "langgraph" {
		return once
	}
	for _, name := range []string{"inputs", "input"} {
		if inputs, ok := s.File.Argument(s.Call, name, 0); ok && s.File.Kind(inputs.Node) != parser.KindDictSpread {
			return e.countOf(s.File, inputs.Value, 0)
		}
	}
	return e.uncounted(unknownItems)
}

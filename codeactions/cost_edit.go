package codeactions

import (
	"strconv"
	"sync"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// attempt is an action that edits f, or one that is disabled with the reason that edit gives.
// What it makes of the file is read once more when it is asked for, and dropped if it can't be.
func attempt(f *parser.File, title string, edit func(*draft) (reason string)) Action {
	d := &draft{File: f}
	if reason := edit(d); reason != "" {
		return Action{Title: title, Disabled: reason}
	}
	return Action{Title: title, edits: sync.OnceValue(func() []Edit {
		edits := d.done()
		if !f.Broken() && parser.Parse(f.Path, "", text.New(applied(f.Source.String(), edits))).Broken() {
			return nil
		}
		return edits
	})}
}

// atHand reports whether a site's nodes are those of f: a finding of a whole project may be
// older than the text.
func atHand(f *parser.File, s *llm.Site) bool {
	return s != nil && s.File != nil && s.Call != nil && (s.File == f || sameText(s.File.Source, f.Source) && len(s.File.Nodes) == len(f.Nodes))
}

// needs is what a title says about packages that the file does not import yet.
func needs(f *parser.File, packages ...string) string {
	missing := ""
	for _, p := range packages {
		if importsPackage(f, p) {
			continue
		}
		if missing != "" {
			missing += " and "
		}
		missing += p
	}
	if missing == "" {
		return ""
	}
	return " (needs " + missing + ")"
}

func importsPackage(f *parser.File, name string) bool {
	module := map[string]string{"langchain-community": "langchain_community"}[name]
	for i := range f.Imports {
		m := moduleName(f.Imports[i].Module)
		if m == name || rootModule(m) == name || module != "" && rootModule(m) == module {
			return true
		}
	}
	return false
}

// freshName is name, or name with a number behind it where what stands in around has that
// already: a function, or 0 for the file.
func freshName(f *parser.File, name string, around parser.NodeID) string {
	used := map[string]bool{}
	for n := around; f.Within(n, around); n++ {
		if k := f.Kind(n); k == parser.KindIdentifier || k == parser.KindShorthand || k == parser.KindShorthandPattern {
			used[f.Slice(n)] = true
		}
	}
	out := name
	for i := 2; used[out]; i++ {
		out = name + strconv.Itoa(i)
	}
	return out
}

// functionAround is the innermost function that n stands in, or 0.
func functionAround(f *parser.File, n parser.NodeID) parser.NodeID {
	if fn := f.EnclosingFunc(n); fn != nil {
		return fn.Node
	}
	return 0
}

// rootOf is a in a.b[0].c(), or NoNode where the expression does not begin with a name.
func rootOf(f *parser.File, n parser.NodeID) parser.NodeID {
	for range 64 {
		n = f.Unwrap(n)
		switch f.Kind(n) {
		case parser.KindIdentifier, parser.KindThis:
			return n
		case parser.KindAttribute:
			n = f.Field(n, parser.FieldObject)
		case parser.KindSubscript:
			n = f.FirstChild(n)
		case parser.KindCall:
			n = f.Field(n, parser.FieldFunction)
		default:
			return parser.NoNode
		}
	}
	return parser.NoNode
}

// topLevel is the statement of the module that n stands in.
func topLevel(f *parser.File, n parser.NodeID) parser.NodeID {
	for n > 0 && f.Parent(n) > 0 {
		n = f.Parent(n)
	}
	return n
}

// streams reports whether a site's answer comes in pieces.
func streams(s *llm.Site) bool {
	v, presence := s.Setting(llm.Stream)
	if presence == llm.Present && (v.Kind != parser.Bool || v.Bool) {
		return true
	}
	switch s.Call.Name {
	case "stream", "astream", "astream_events", "astream_log", "streamText", "streamObject", "streamUI", "generate_content_stream", "generateContentStream", "create_partial", "create_iterable":
		return true
	}
	return false
}

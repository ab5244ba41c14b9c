package codeactions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// swapModel writes another model's id, and changes the arguments that the new model takes
// under another name or refuses. It is preferred only where the id is all that changes.
func swapModel(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.SwapFix)
	if !ok || fix.To == nil || fix.Literal == parser.NoNode || isFineTuned(fix.ID) {
		return nil
	}
	literal, ok := stringOf(f, fix.Literal)
	if !ok {
		return nil
	}
	s := &swap{File: f, from: fix.From, to: fix.To}
	s.literal = fix.Literal
	for _, site := range fix.Sites {
		s.check(site)
	}
	price := s.price(fix)
	action := Action{
		Title:     fmt.Sprintf("Replace %s with %s (%s)", fix.ID, fix.New, price.Short()),
		Preferred: len(s.notes) == 0 && !s.review && s.blocked == "" && !fix.Cheaper,
		Disabled:  s.blocked,
		edits: func() []Edit {
			d := &draft{File: f, leaving: s.removed}
			d.replace(literal.Content, fix.New)
			for _, companion := range s.companions {
				companion(d)
			}
			d.removeArguments(s.removed)
			return d.done()
		},
	}
	if n := uses(f, fix); n > 1 {
		action.Preferred = false
		s.note(fmt.Sprintf("affects %d uses", n))
	} else if n == 0 {
		action.Preferred = false
		s.note("check what else uses the value")
	}
	if old := fix.From.Price; !fix.Cheaper && (price.Input > old.Input || price.Output > old.Output) {
		s.note("dearer than " + old.Short())
	}
	if fix.From.Tokenizer == "claude-old" && fix.To.Tokenizer == "claude-new" {
		s.note("about 30 % more tokens for the same text") // Anthropic's figure, 2026-11-22
	}
	if fix.Cheaper {
		s.note("compare the answers")
	}
	if fix.Saving > 0 {
		action.Title += fmt.Sprintf(", saves about %s a month", estimate.FormatUSD(fix.Saving))
	}
	if len(s.notes) > 0 {
		action.Title += ": " + strings.Join(s.notes, ", ")
	}
	return []Action{action}
}

// isFineTuned reports whether an id is a model that somebody has trained: another one knows
// nothing of that.
func isFineTuned(id string) bool {
	_, name := pricing.SplitGateway(id)
	return strings.HasPrefix(name, "ft:")
}

// price is what the new model costs for the prompts that the calls send. A model that costs more
// for long prompts may save nothing.
func (s *swap) price(fix *cost.SwapFix) pricing.Price {
	price := tiered(fix.To, fix.Input)
	if price == fix.To.Price {
		return price
	}
	s.note(fmt.Sprintf("prompts above %s tokens cost %g times as much", pricing.Tokens(fix.To.Tier.Above), fix.To.Tier.Input))
	if old := tiered(fix.From, fix.Input); fix.Cheaper && (price.Input >= old.Input || price.Output >= old.Output) {
		s.block(fmt.Sprintf("prompts of about %s tokens cost no less with %s (%s)", pricing.Tokens(int(fix.Input)), fix.To.ID, price.Short()))
	}
	return price
}

// tiered is a model's price for a prompt of some tokens.
func tiered(m *pricing.Model, input float64) pricing.Price {
	price := m.Price
	if t := m.Tier; t != nil && input > float64(t.Above) {
		price.Input, price.Output = price.Input*t.Input, price.Output*t.Output
		price.CacheRead, price.CacheWrite = price.CacheRead*t.Cache, price.CacheWrite*t.Cache
	}
	return price
}

// swap is what the change of a model asks of the calls that use it.
type swap struct {
	*parser.File
	from, to *pricing.Model
	literal  parser.NodeID

	companions []func(*draft)
	removed    []parser.NodeID // arguments that go
	asked      []*parser.Call  // for no reasoning
	// beside are the values that are written beside the model's id.
	beside  map[*parser.Call]*string
	notes   []string // for the title
	review  bool     // something that can't be seen needs a look
	blocked string
}

func (s *swap) note(n string) {
	for _, known := range s.notes {
		if known == n {
			return
		}
	}
	s.notes = append(s.notes, n)
}

func (s *swap) block(reason string) {
	if s.blocked == "" {
		s.blocked = reason
	}
}

// stringOf is the facts of the string literal n.
func stringOf(f *parser.File, n parser.NodeID) (parser.Str, bool) {
	span := f.Span(n)
	return stringAround(f, text.Span{Start: span.End - 1, End: span.End - 1})
}

// uses counts what a change of fix's literal changes: 1 for a literal in its only call, or in
// a constant that is read once; 0 where that can't be told.
func uses(f *parser.File, fix *cost.SwapFix) int {
	sites := slices.DeleteFunc(slices.Clone(fix.Sites), func(s *llm.Site) bool {
		return s.Config != nil && slices.Contains(fix.Sites, s.Config) // what runs on another of them
	})
	if len(sites) == 1 {
		for s := sites[0]; s != nil; s = s.Config {
			if s.File == f && f.Within(fix.Literal, s.Call.Node) {
				return 1
			}
		}
	}
	if n := reads(f, fix.Literal); n > len(sites) {
		return n
	} else if n == 0 && len(sites) == 1 {
		return 0
	}
	return len(sites)
}

// reads counts how often the constant that literal is assigned to is read in the file: 0
// when it is no plain constant, or when other files can import it by an export.
func reads(f *parser.File, literal parser.NodeID) int {
	assignment := f.Parent(literal)
	for f.Kind(assignment) == parser.KindCast {
		assignment = f.Parent(assignment)
	}
	target := f.Field(assignment, parser.FieldLeft)
	if f.Kind(assignment) == parser.KindDeclarator {
		target = f.Field(assignment, parser.FieldName)
	}
	if f.Kind(target) != parser.KindIdentifier || f.Kind(f.Parent(f.Parent(assignment))) == parser.KindExport {
		return 0
	}
	name, n := f.Slice(target), 0
	for id := range f.Nodes {
		node := parser.NodeID(id)
		if k := f.Kind(node); (k == parser.KindIdentifier || k == parser.KindShorthand) && node != target && f.Slice(node) == name && !isLabel(f, node) {
			n++
		}
	}
	return n
}

// isLabel reports whether an identifier is a keyword's, key's or attribute's name and no read.
func isLabel(f *parser.File, n parser.NodeID) bool {
	switch field := f.FieldOf(n); f.Kind(f.Parent(n)) {
	case parser.KindKeywordArgument:
		return field == parser.FieldName
	case parser.KindPair:
		return field == parser.FieldKey
	case parser.KindAttribute:
		return field == parser.FieldAttribute || field == parser.FieldProperty
	}
	return false
}

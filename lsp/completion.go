package lsp

import (
	"context"
	"fmt"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers/policy/complete"
	"github.com/qodacode/qodacode/parser/text"
)

// completionTriggers are characters after which a client asks for completion by itself.
var completionTriggers = []string{".", `"`}

// completionKinds are the protocol's kinds of items.
var completionKinds = map[complete.Kind]protocol.CompletionItemKind{
	complete.Field:    protocol.CompletionItemKindField,
	complete.Value:    protocol.CompletionItemKindEnumMember,
	complete.Variable: protocol.CompletionItemKindVariable,
	complete.Keyword:  protocol.CompletionItemKindKeyword,
	complete.Function: protocol.CompletionItemKindFunction,
	complete.Snippet:  protocol.CompletionItemKindSnippet,
}

// completion tells what may stand at a place of a policy. It reads the text alone, so that it
// never waits; in other documents there is nothing to tell.
func completion(_ context.Context, s snapshot, p *protocol.CompletionParams) ([]protocol.CompletionItem, error) {
	if !s.isPolicy() {
		return nil, nil
	}
	items := complete.At(s.text.String(), s.offset(p.Position), s.config().Policy.Params)
	out := make([]protocol.CompletionItem, len(items))
	for i, item := range items {
		out[i] = s.completionItem(item, i)
	}
	return out, nil
}

func (s snapshot) completionItem(item complete.Item, place int) protocol.CompletionItem {
	features := s.client.TextDocument.Completion.Item
	kind, order, format := completionKinds[item.Kind], fmt.Sprintf("%04d", place), protocol.InsertTextFormatPlainText
	out := protocol.CompletionItem{Label: item.Label, Kind: &kind, SortText: &order}
	if item.Detail != "" {
		out.Detail = &item.Detail
	}
	if item.Doc != "" {
		out.Documentation = s.markup(item.Doc, features.DocumentationFormat)
	}
	if item.Kind == complete.Snippet || item.Kind == complete.Function {
		if format = protocol.InsertTextFormatSnippet; !features.SnippetSupport {
			format, item.Insert = protocol.InsertTextFormatPlainText, complete.Plain(item.Insert)
		}
	}
	out.InsertTextFormat = &format
	out.TextEdit = protocol.TextEdit{Range: s.rangeOf(item.Replace), NewText: item.Insert}
	return out
}

// isPolicy reports whether the document is a policy that the server knows.
func (s snapshot) isPolicy() bool { return s.opts.Policies.Concerns(s.path) }

// policyHover explains the name at an offset of a policy.
func (s snapshot) policyHover(offset int) (markdown string, span text.Span) {
	if !s.isPolicy() {
		return "", text.Span{}
	}
	return complete.Hover(s.text.String(), offset, s.config().Policy.Params)
}

package lsp

import (
	"context"
	"strings"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/parser/text"
)

// formatting gives a file of Rego the form of opa fmt, also one that is none of the project's
// policies: the client offers it for all of them. A text that can't be parsed stays as it is:
// its diagnostics say why.
func formatting(ctx context.Context, s snapshot, _ *protocol.DocumentFormattingParams) ([]protocol.TextEdit, error) {
	if s.opts.Policies == nil || !policy.IsPolicy(s.path) {
		return nil, nil
	}
	formatted, err := s.opts.Policies.Sandbox().Format(ctx, s.policyName(s.document), s.text.String())
	if err != nil {
		s.log.Info("a policy was not formatted", "file", s.name, "error", err)
		return nil, ctx.Err()
	}
	if strings.Contains(s.text.String(), "\r\n") { // which the formatter does not keep
		formatted = strings.ReplaceAll(formatted, "\n", "\r\n")
	}
	span, text, changed := changedLines(s.text.String(), formatted)
	if !changed {
		return []protocol.TextEdit{}, nil
	}
	return []protocol.TextEdit{{Range: s.rangeOf(span), NewText: text}}, nil
}

// changedLines are the lines of old that differ from those of new, and what they become: a
// cursor in the others stays where it is.
func changedLines(old, new string) (span text.Span, replacement string, changed bool) {
	if old == new {
		return text.Span{}, "", false
	}
	before, after := strings.SplitAfter(old, "\n"), strings.SplitAfter(new, "\n")
	same := 0
	for same < len(before)-1 && same < len(after)-1 && before[same] == after[same] {
		span.Start += len(before[same])
		same++
	}
	span.End = len(old)
	end := len(new)
	for b, a := len(before)-1, len(after)-1; b > same && a > same && before[b] == after[a]; b, a = b-1, a-1 {
		span.End -= len(before[b])
		end -= len(after[a])
	}
	return span, new[span.Start:end], true
}

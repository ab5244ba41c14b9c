package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/generate"
	"github.com/qodacode/qodacode/codeactions"
	"github.com/qodacode/qodacode/parser/text"
)

// generatePolicy is the command that makes a policy of a comment.
const generatePolicy = "qodacode.generatePolicy"

// policyActions are offered on a comment that asks for a policy.
func (s snapshot) policyActions(a *analyzers.Analysis, at text.Span, only []string) []action {
	if s.opts.Policies == nil || !wanted(codeactions.QuickFix, only) {
		return nil
	}
	comment, ok := policy.CommentAt(a.File, at.Start)
	if !ok {
		return nil
	}
	offer := func(title string, free bool) action {
		return action{Title: title, Kind: codeactions.QuickFix, Command: &actionCommand{title, generatePolicy, []any{s.uri, s.position(comment.Span.Start), free}}}
	}
	actions := []action{offer("Generate Rego policy", false)}
	if model, err := s.endpoint(); err == nil && model != nil {
		actions = append(actions, offer("Generate Rego policy in free form, by "+model.Model(), true))
	}
	return actions
}

// endpoint is the language model that the user has configured, nil for none.
func (s snapshot) endpoint() (*endpoint.Client, error) {
	if s.opts.Endpoint == nil {
		return nil, nil
	}
	return s.opts.Endpoint(s.config())
}

// generated is the result of qodacode.generatePolicy.
type generated struct {
	*generate.Result
	Applied bool `json:"applied"`
}

// runGeneratePolicy makes a policy of the comment at a position of a document: the arguments
// are its URI, the position, and whether a language model may write the Rego itself. The user sees the
// policy with its examples and decides; then one edit creates it and its test.
func runGeneratePolicy(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	var uri string
	var at protocol.Position
	free := false
	if len(p.Arguments) < 2 || json.Unmarshal(p.Arguments[0], &uri) != nil || json.Unmarshal(p.Arguments[1], &at) != nil ||
		len(p.Arguments) > 2 && json.Unmarshal(p.Arguments[2], &free) != nil {
		return nil, invalidParams("%s takes the URI of a document and a position", p.Command)
	}
	v := s.head(uri)
	if v == nil || s.opts.Policies == nil {
		return nil, invalidParams("the document is not open")
	}
	snap := snapshot{s, v}
	a, err := snap.analyzed(ctx)
	if err != nil {
		return nil, err
	}
	comment, ok := policy.CommentAt(a.File, snap.offset(at))
	if !ok {
		s.showMessage(protocol.MessageTypeInfo, "There is no comment that asks for a policy here. Write one like: # policy: no shell commands without approval")
		return nil, nil
	}
	result, err := snap.generate(ctx, comment.Sentence, free, p.WorkDoneToken)
	if err != nil {
		return nil, err
	}
	if result.Status != "ok" {
		s.showMessage(protocol.MessageTypeWarning, refusal(result))
		return generated{result, false}, nil
	}
	if !snap.agreed(ctx, result) {
		return generated{result, false}, nil
	}
	applied, err := snap.create(ctx, result)
	if path := snap.resolve(policy.Folder + "/" + result.Name + ".rego"); applied && path != "" {
		s.sentences.Store(path, comment.Sentence)
	}
	return generated{result, applied}, err
}

func (s snapshot) generate(ctx context.Context, sentence string, free bool, token json.RawMessage) (*generate.Result, error) {
	model, err := s.endpoint()
	if err != nil {
		return nil, err
	}
	shown := s.begin(ctx, token, "Generating a policy")
	result, err := generate.Policy(shown.context(ctx), sentence, generate.Options{Sandbox: s.opts.Policies.Sandbox(), Endpoint: model, FreeForm: free,
		Taken: s.policies(s.document).Has, Progress: shown.say})
	if err != nil {
		shown.end("No policy")
		return nil, err
	}
	shown.end(result.Title)
	return result, nil
}

// refusal tells why there is no policy, and what can be said instead.
func refusal(r *generate.Result) string {
	message := "No policy: " + r.Reason
	if len(r.Instead) > 0 {
		message += " What can be said: “" + strings.Join(r.Instead, "”, “") + "”."
	}
	return message
}

// agreed shows a policy and asks whether it is to be created. A client that can't ask has
// asked for it already, and its edit can be undone.
func (s snapshot) agreed(ctx context.Context, r *generate.Result) bool {
	create := protocol.MessageActionItem{Title: "Create the policy"}
	if s.client.Window.ShowDocument.Support {
		if path, err := s.pictures.write("policy "+r.Name, r.Name, ".md", []byte(preview(r))); err == nil {
			focus := false
			_ = s.call(ctx, "window/showDocument", protocol.ShowDocumentParams{URI: uriOf(path), TakeFocus: &focus}, nil)
		}
	}
	message := fmt.Sprintf("%s: %s", r.Title, examples(r))
	var answer *protocol.MessageActionItem
	err := s.ask(ctx, "window/showMessageRequest", protocol.ShowMessageRequestParams{Type: protocol.MessageTypeInfo, Message: message,
		Actions: []protocol.MessageActionItem{create, {Title: "Discard"}}}, &answer)
	if unknown := (*jsonrpc2.Error)(nil); errors.As(err, &unknown) {
		return unknown.Code == jsonrpc2.CodeMethodNotFound
	}
	return answer != nil && answer.Title == create.Title
}

func examples(r *generate.Result) string {
	fires, silent := 0, 0
	for _, e := range r.Examples {
		if e.Fires {
			fires++
		} else {
			silent++
		}
	}
	return fmt.Sprintf("it reports %d examples and is silent on %d. Create %s.rego with its test?", fires, silent, r.Name)
}

// preview is a policy as a page of Markdown: what it says, in examples of code, and its Rego.
func preview(r *generate.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", r.Title)
	for _, paragraph := range slices.Concat([]string{r.Explanation}, r.Warnings) {
		if paragraph != "" {
			b.WriteString(paragraph + "\n\n")
		}
	}
	part := func(heading string, fires bool) {
		b.WriteString("## " + heading + "\n\n")
		for _, e := range r.Examples {
			if e.Fires == fires {
				fmt.Fprintf(&b, "%s\n\n```%s\n%s\n```\n\n", e.Why, e.Language, strings.TrimRight(e.Code, "\n"))
			}
		}
	}
	part("It reports", true)
	part("It is silent on", false)
	fmt.Fprintf(&b, "## The policy: %s/%s.rego\n\n```rego\n%s```\n\n## Its test\n\n```rego\n%s```\n", policy.Folder, r.Name, r.Rego, r.Test)
	return b.String()
}

// create has the client create the files of a policy in the project's folder.
func (s snapshot) create(ctx context.Context, r *generate.Result) (bool, error) {
	edit, missing := s.workspaceEdit([]codeactions.Edit{
		{Path: policy.Folder + "/" + r.Name + ".rego", New: r.Rego},
		{Path: policy.Folder + "/" + r.Name + "_test.rego", New: r.Test},
	})
	if missing != "" { // the document has no folder, or the client creates no files
		s.showMessage(protocol.MessageTypeWarning, "The policy could not be created by this editor ("+missing+"). In a terminal: qodacode policy generate --write, with the sentence")
		return false, nil
	}
	label := "Generate Rego policy"
	var answer protocol.ApplyWorkspaceEditResponse
	if err := s.call(ctx, "workspace/applyEdit", protocol.ApplyWorkspaceEditParams{Label: &label, Edit: *edit}, &answer); err != nil {
		return false, err
	}
	return answer.Applied, nil
}

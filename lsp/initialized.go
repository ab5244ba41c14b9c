package lsp

import (
	"context"

	"github.com/tliron/glsp/protocol_3_16"
)

// initialized registers what can't be announced statically, and asks for the settings.
func initialized(s *session, _ *none) error {
	s.spawn("registration with the client", func(ctx context.Context) error {
		if err := s.register(ctx); err != nil {
			return err
		}
		return s.pullSettings(ctx)
	})
	s.startProjects()
	s.scanIfWanted()
	return nil
}

func (s *session) register(ctx context.Context) error {
	var registrations []protocol.Registration
	w := s.client.Workspace
	if w.DidChangeConfiguration.DynamicRegistration {
		registrations = append(registrations, protocol.Registration{
			ID: "configuration", Method: "workspace/didChangeConfiguration",
			RegisterOptions: map[string]any{"section": source},
		})
	}
	if w.DidChangeWatchedFiles.DynamicRegistration {
		registrations = append(registrations, protocol.Registration{
			ID: "files", Method: "workspace/didChangeWatchedFiles",
			RegisterOptions: map[string]any{"watchers": s.watchers()},
		})
	}
	if s.opts.Policies != nil {
		registrations = append(registrations, s.forPolicies()...)
	}
	if len(registrations) == 0 {
		return nil
	}
	return s.call(ctx, "client/registerCapability", protocol.RegistrationParams{Registrations: registrations}, nil)
}

// forPolicies are the features that only policies have. A client that knows so asks for nothing
// in other documents, and offers no second formatter for them.
func (s *session) forPolicies() (registrations []protocol.Registration) {
	policies := []any{map[string]any{"scheme": "file", "pattern": "**/*.rego"}}
	if s.client.TextDocument.Completion.DynamicRegistration {
		registrations = append(registrations, protocol.Registration{
			ID: "completion", Method: "textDocument/completion",
			RegisterOptions: map[string]any{"documentSelector": policies, "triggerCharacters": completionTriggers},
		})
	}
	if s.client.TextDocument.Formatting.DynamicRegistration {
		registrations = append(registrations, protocol.Registration{
			ID: "formatting", Method: "textDocument/formatting",
			RegisterOptions: map[string]any{"documentSelector": policies},
		})
	}
	return registrations
}

package lsp

import (
	"context"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/agents"
)

// documentSymbol lists the agents, tools, tasks and steps of a document, under the graphs that
// are built in it. Clients ask once per version and can't be told to ask again, so it waits for the project.
func documentSymbol(ctx context.Context, s snapshot, _ *none) (any, error) {
	a, err := s.inProject(ctx)
	if err != nil {
		return nil, err
	}
	symbols := a.Symbols()
	if s.client.TextDocument.DocumentSymbol.Hierarchical {
		return s.tree(symbols), nil
	}
	return s.flat(symbols, "", []protocol.SymbolInformation{}), nil
}

// inProject waits for the snapshot's analysis with that of its project in the same state.
func (s snapshot) inProject(ctx context.Context) (*analyzers.Analysis, error) {
	if _, err := s.analyzed(ctx); err != nil {
		return nil, err
	}
	for {
		p := s.project(s.document)
		if err := s.waitForDocuments(ctx, p); err != nil {
			return nil, err
		}
		if err := p.wait(ctx); err != nil {
			return nil, err
		}
		if p.ctx.Err() == nil || s.session.ctx.Err() != nil {
			break // else the projects are read anew
		}
	}
	return s.analyzed(ctx)
}

// waitForDocuments waits until the project has heard of every document that is being analysed.
func (s *session) waitForDocuments(ctx context.Context, p *project) error {
	for _, v := range s.heads() {
		v.mu.Lock()
		r := v.run
		v.mu.Unlock()
		if r == nil || s.project(v.document) != p {
			continue
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// symbolKinds are the kinds of the protocol that stand for those of graphs, for which it has none.
var symbolKinds = map[agents.Kind]protocol.SymbolKind{
	"":          protocol.SymbolKindModule,
	agents.Team: protocol.SymbolKindNamespace, agents.Subgraph: protocol.SymbolKindNamespace,
	agents.Agent: protocol.SymbolKindClass, agents.Manager: protocol.SymbolKindClass,
	agents.Step: protocol.SymbolKindFunction, agents.Router: protocol.SymbolKindFunction,
	agents.Tool: protocol.SymbolKindMethod, agents.Toolset: protocol.SymbolKindInterface,
	agents.Task: protocol.SymbolKindEvent, agents.Human: protocol.SymbolKindObject,
}

func symbolKind(kind agents.Kind) protocol.SymbolKind {
	if k, ok := symbolKinds[kind]; ok {
		return k
	}
	return protocol.SymbolKindObject
}

func (s snapshot) tree(symbols []analyzers.Symbol) []protocol.DocumentSymbol {
	out := make([]protocol.DocumentSymbol, 0, len(symbols))
	for _, y := range symbols {
		out = append(out, protocol.DocumentSymbol{
			Name: named(y.Name), Detail: &y.Detail, Kind: symbolKind(y.Kind),
			Range: s.rangeOf(y.Span), SelectionRange: s.rangeOf(y.Head), Children: s.tree(y.Children),
		})
	}
	return out
}

func (s snapshot) flat(symbols []analyzers.Symbol, container string, out []protocol.SymbolInformation) []protocol.SymbolInformation {
	for _, y := range symbols {
		info := protocol.SymbolInformation{Name: named(y.Name), Kind: symbolKind(y.Kind), Location: protocol.Location{URI: s.uri, Range: s.rangeOf(y.Span)}}
		if container != "" {
			info.ContainerName = &container
		}
		out = s.flat(y.Children, y.Name, append(out, info))
	}
	return out
}

// named is a name that clients accept: VS Code refuses a list with an empty one.
func named(name string) string {
	if name == "" {
		return "(no name)"
	}
	return name
}

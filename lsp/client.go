package lsp

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/qodacode/qodacode/parser/text"
)

// client is what the client says it can do; what it does not say it cannot. The fields are
// those of LSP 3.17's ClientCapabilities that make a difference here, and one of ours.
type client struct {
	General struct {
		PositionEncodings []string `json:"positionEncodings"`
	} `json:"general"`
	Window struct {
		WorkDoneProgress bool `json:"workDoneProgress"`
		ShowDocument     struct {
			Support bool `json:"support"`
		} `json:"showDocument"`
	} `json:"window"`
	Workspace struct {
		Configuration bool `json:"configuration"`
		WorkspaceEdit struct {
			DocumentChanges    bool     `json:"documentChanges"`
			ResourceOperations []string `json:"resourceOperations"`
		} `json:"workspaceEdit"`
		DidChangeConfiguration dynamic `json:"didChangeConfiguration"`
		DidChangeWatchedFiles  dynamic `json:"didChangeWatchedFiles"`
		Diagnostics            refresh `json:"diagnostics"`
		Diagnostic             refresh `json:"diagnostic"` // what Helix calls it
		InlayHint              refresh `json:"inlayHint"`
		CodeLens               refresh `json:"codeLens"`
	} `json:"workspace"`
	Experimental struct {
		ShowsGraphs bool `json:"showsGraphs"` // the result of qodacode.showGraph, in a view of its own
		ShowsCosts  bool `json:"showsCosts"`  // that of qodacode.showCost
	} `json:"experimental"`
	TextDocument struct {
		PublishDiagnostics diagnosticFeatures  `json:"publishDiagnostics"`
		Diagnostic         *diagnosticFeatures `json:"diagnostic"` // declared by clients that pull
		Hover              struct {
			ContentFormat []string `json:"contentFormat"`
		} `json:"hover"`
		Completion struct {
			dynamic
			Item struct {
				SnippetSupport      bool     `json:"snippetSupport"`
				DocumentationFormat []string `json:"documentationFormat"`
			} `json:"completionItem"`
		} `json:"completion"`
		Formatting     dynamic `json:"formatting"`
		DocumentSymbol struct {
			Hierarchical bool `json:"hierarchicalDocumentSymbolSupport"`
		} `json:"documentSymbol"`
		InlayHint  *struct{} `json:"inlayHint"`
		CodeLens   *struct{} `json:"codeLens"`
		CodeAction struct {
			LiteralSupport     *struct{} `json:"codeActionLiteralSupport"`
			IsPreferredSupport bool      `json:"isPreferredSupport"`
			DisabledSupport    bool      `json:"disabledSupport"`
			DataSupport        bool      `json:"dataSupport"`
			ResolveSupport     struct {
				Properties []string `json:"properties"`
			} `json:"resolveSupport"`
		} `json:"codeAction"`
	} `json:"textDocument"`
}

type dynamic struct {
	DynamicRegistration bool `json:"dynamicRegistration"`
}

type refresh struct {
	RefreshSupport bool `json:"refreshSupport"`
}

type diagnosticFeatures struct {
	RelatedInformation bool `json:"relatedInformation"`
	TagSupport         struct {
		ValueSet []int `json:"valueSet"`
	} `json:"tagSupport"`
	VersionSupport         bool `json:"versionSupport"`
	CodeDescriptionSupport bool `json:"codeDescriptionSupport"`
	DataSupport            bool `json:"dataSupport"`
}

// UnmarshalJSON skips what has an unexpected type: one odd capability must not cost the
// session.
func (c *client) UnmarshalJSON(data []byte) error {
	type plain client
	return lenient(json.Unmarshal(data, (*plain)(c)))
}

// lenient accepts a value of a wrong type, which decoding has skipped.
func lenient(err error) error {
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return nil
	}
	return err
}

// pulls reports whether the client asks for diagnostics; the server then never pushes any.
func (c *client) pulls() bool { return c.TextDocument.Diagnostic != nil }

// pullsAgain reports whether a client that pulls can be asked to do so again.
func (c *client) pullsAgain() bool {
	return c.pulls() && (c.Workspace.Diagnostics.RefreshSupport || c.Workspace.Diagnostic.RefreshSupport)
}

// showsLenses reports whether the client shows code lenses. lsp-mode says no more than that
// it refreshes them.
func (c *client) showsLenses() bool {
	return c.TextDocument.CodeLens != nil || c.Workspace.CodeLens.RefreshSupport
}

// diagnostics are the features of the diagnostics that this client gets. Pulling clients of
// LSP 3.17 declare them with publishDiagnostics, those of 3.18 with diagnostic.
func (c *client) diagnostics() diagnosticFeatures {
	f := c.TextDocument.PublishDiagnostics
	if d := c.TextDocument.Diagnostic; d != nil {
		f.RelatedInformation = f.RelatedInformation || d.RelatedInformation
		f.CodeDescriptionSupport = f.CodeDescriptionSupport || d.CodeDescriptionSupport
		f.DataSupport = f.DataSupport || d.DataSupport
		f.TagSupport.ValueSet = append(slices.Clip(f.TagSupport.ValueSet), d.TagSupport.ValueSet...)
	}
	return f
}

// resolvesEdits reports whether the client fetches a code action's edit when it is chosen.
func (c *client) resolvesEdits() bool {
	a := c.TextDocument.CodeAction
	return a.DataSupport && slices.Contains(a.ResolveSupport.Properties, "edit")
}

// takesDocumentChanges reports whether a workspace edit may have documentChanges. Neovim names
// only the operations that stand in them.
func (c *client) takesDocumentChanges() bool {
	e := c.Workspace.WorkspaceEdit
	return e.DocumentChanges || len(e.ResourceOperations) > 0
}

// createsFiles reports whether a workspace edit may create a file.
func (c *client) createsFiles() bool {
	e := c.Workspace.WorkspaceEdit
	return slices.Contains(e.ResourceOperations, "create")
}

// encoding is the first of the client's position encodings that the server has, which is
// all of them; without a list it is utf-16.
func (c *client) encoding() text.Encoding {
	for _, name := range c.General.PositionEncodings {
		for _, e := range []text.Encoding{text.UTF8, text.UTF16, text.UTF32} {
			if e.String() == name {
				return e
			}
		}
	}
	return text.UTF16
}

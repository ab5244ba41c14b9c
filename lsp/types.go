package lsp

import (
	"encoding/json"

	"github.com/tliron/glsp/protocol_3_16"
)

// The types of LSP 3.17 that glsp's protocol_3_16 lacks, and those it decodes wrongly. They
// have the specification's names.

type serverCapabilities struct {
	PositionEncoding       string                           `json:"positionEncoding"`
	TextDocumentSync       protocol.TextDocumentSyncOptions `json:"textDocumentSync"`
	HoverProvider          bool                             `json:"hoverProvider"`
	CodeActionProvider     *protocol.CodeActionOptions      `json:"codeActionProvider,omitempty"`
	CodeLensProvider       *protocol.CodeLensOptions        `json:"codeLensProvider,omitempty"`
	DocumentSymbolProvider bool                             `json:"documentSymbolProvider"`
	InlayHintProvider      bool                             `json:"inlayHintProvider,omitempty"`
	CompletionProvider     *protocol.CompletionOptions      `json:"completionProvider,omitempty"`
	FormattingProvider     bool                             `json:"documentFormattingProvider,omitempty"`
	DiagnosticProvider     *diagnosticOptions               `json:"diagnosticProvider,omitempty"`
	ExecuteCommandProvider protocol.ExecuteCommandOptions   `json:"executeCommandProvider"`
	Workspace              struct {
		WorkspaceFolders struct {
			Supported           bool `json:"supported"`
			ChangeNotifications bool `json:"changeNotifications"`
		} `json:"workspaceFolders"`
	} `json:"workspace"`
}

type diagnosticOptions struct {
	Identifier            string `json:"identifier"`
	InterFileDependencies bool   `json:"interFileDependencies"`
	WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
}

type initializeResult struct {
	Capabilities serverCapabilities `json:"capabilities"`
	ServerInfo   struct {
		Name    string `json:"name"`
		Version string `json:"version,omitempty"`
	} `json:"serverInfo"`
}

type inlayHintParams struct {
	Range protocol.Range `json:"range"`
}

type hint struct {
	Position     protocol.Position       `json:"position"`
	Label        string                  `json:"label"`
	Tooltip      *protocol.MarkupContent `json:"tooltip,omitempty"`
	PaddingLeft  bool                    `json:"paddingLeft"`
	PaddingRight bool                    `json:"paddingRight"`
}

type documentDiagnosticParams struct {
	TextDocument     protocol.TextDocumentIdentifier `json:"textDocument"`
	PreviousResultID string                          `json:"previousResultId"`
}

// report is a full or an unchanged DocumentDiagnosticReport, and with a URI an item of a
// WorkspaceDiagnosticReport.
type report struct {
	Kind     string // "full" or "unchanged"
	ResultID string
	Items    []protocol.Diagnostic // of a full report
	URI      string                // of an item of a workspace report
	Version  *int32                // with URI: null for a file that is not open
}

// MarshalJSON leaves out what the specification does not allow in each kind.
func (r report) MarshalJSON() ([]byte, error) {
	m := map[string]any{"kind": r.Kind, "resultId": r.ResultID}
	if r.Kind == "full" {
		m["items"] = r.Items
	}
	if r.URI != "" {
		m["uri"], m["version"] = r.URI, r.Version
	}
	return json.Marshal(m)
}

type workspaceDiagnosticParams struct {
	PreviousResultIDs []struct {
		URI   string `json:"uri"`
		Value string `json:"value"`
	} `json:"previousResultIds"`
	progressParams
}

type workspaceDiagnosticReport struct {
	Items []report `json:"items"`
}

// progressParams has the tokens of a request; null or absent when the client wants none.
type progressParams struct {
	WorkDoneToken      json.RawMessage `json:"workDoneToken"`
	PartialResultToken json.RawMessage `json:"partialResultToken"`
}

type progressToken struct {
	Token json.RawMessage `json:"token"`
}

type progressValue struct {
	Token json.RawMessage `json:"token"`
	Value any             `json:"value"`
}

type codeActionParams struct {
	Range   protocol.Range `json:"range"`
	Context struct {
		Diagnostics []json.RawMessage `json:"diagnostics"`
		Only        []string          `json:"only"`
	} `json:"context"`
}

// action is a CodeAction. It is also read back by codeAction/resolve, so the client's own
// diagnostics stay as they came.
type action struct {
	Title       string                  `json:"title"`
	Kind        string                  `json:"kind,omitempty"`
	Diagnostics []json.RawMessage       `json:"diagnostics,omitempty"`
	IsPreferred bool                    `json:"isPreferred,omitempty"`
	Disabled    *disabled               `json:"disabled,omitempty"`
	Edit        *protocol.WorkspaceEdit `json:"edit,omitempty"`
	Command     *actionCommand          `json:"command,omitempty"`
	Data        *actionData             `json:"data,omitempty"`
}

type actionCommand struct {
	Title     string `json:"title"`
	Command   string `json:"command"`
	Arguments []any  `json:"arguments"`
}

type disabled struct {
	Reason string `json:"reason"`
}

type executeCommandParams struct {
	Command   string            `json:"command"`
	Arguments []json.RawMessage `json:"arguments"`
	progressParams
}

// contentChange replaces a range, or the whole text without one.
type contentChange struct {
	Range *anyRange `json:"range"`
	Text  string    `json:"text"`
}

// anyRange has signed positions, since clients have sent negative ones.
type anyRange struct{ Start, End anyPosition }

type anyPosition struct{ Line, Character int }

type fileSystemWatcher struct {
	GlobPattern string `json:"globPattern"`
}

// Package lsp is the language server: the transport, the session, and one file per LSP
// method. It knows no rules; what it shows comes from an analysis of the engine.
//
// Messages are read and handled in order. A handler captures the state that its request is
// about and returns a task, which runs beside later messages. Documents are immutable
// versions, so a task never sees an edit that came after its request.
package lsp

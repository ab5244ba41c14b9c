package lsp

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/codeactions"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// workspaceEdit is edits in the form that the client can apply: documentChanges where it
// takes them, else changes. A file that it can't create is left out with a message.
func (s snapshot) workspaceEdit(edits []codeactions.Edit) *protocol.WorkspaceEdit {
	w := editWriter{snapshot: s, edit: &protocol.WorkspaceEdit{}}
	for path, own := range byPath(edits) {
		w.write(path, own)
	}
	return w.edit
}

// byPath yields the edits of each file together, in the order in which files are first named.
func byPath(edits []codeactions.Edit) func(func(string, []codeactions.Edit) bool) {
	return func(yield func(string, []codeactions.Edit) bool) {
		var paths []string
		for _, e := range edits {
			if !slices.Contains(paths, e.Path) {
				paths = append(paths, e.Path)
			}
		}
		for _, path := range paths {
			own := slices.DeleteFunc(slices.Clone(edits), func(e codeactions.Edit) bool { return e.Path != path })
			if !yield(path, own) {
				return
			}
		}
	}
}

type editWriter struct {
	snapshot
	edit *protocol.WorkspaceEdit
}

func (w *editWriter) write(name string, edits []codeactions.Edit) {
	if name == "" {
		w.add(w.uri, &w.number, w.text, edits)
		return
	}
	path := w.resolve(name)
	if v := w.openPath(path); v != nil {
		w.add(v.uri, &v.number, v.text, edits)
		return
	}
	t, err := workspace.Read(path, maxMessage)
	switch _, statErr := os.Lstat(path); {
	case err == nil:
		w.add(uriOf(path), nil, t, edits)
	case !errors.Is(statErr, fs.ErrNotExist):
		w.showMessage(protocol.MessageTypeWarning, "qodacode could not read "+name+"; please edit it by hand")
	case !w.client.createsFiles():
		w.showMessage(protocol.MessageTypeWarning, "This editor can't create files for qodacode; please add the entry to "+name+" by hand")
	default:
		w.edit.DocumentChanges = append(w.edit.DocumentChanges, protocol.CreateFile{
			Kind: "create", URI: uriOf(path), Options: &protocol.CreateFileOptions{IgnoreIfExists: &protocol.True},
		})
		w.add(uriOf(path), nil, text.New(""), edits)
	}
}

func (w *editWriter) add(uri protocol.DocumentUri, number *int32, t *text.Text, edits []codeactions.Edit) {
	var out []protocol.TextEdit
	for _, e := range edits {
		span, with := e.Span, e.New
		if e.Append {
			span = text.Span{Start: t.Len(), End: t.Len()}
			if last := t.Line(t.Lines() - 1); last.Len() > 0 {
				with = t.EOL() + with
			}
			with = strings.TrimSuffix(with, "\n") + t.EOL()
		}
		out = append(out, protocol.TextEdit{Range: rangeOf(t, span, w.encoding), NewText: with})
	}
	if !w.client.Workspace.WorkspaceEdit.DocumentChanges {
		if w.edit.Changes == nil {
			w.edit.Changes = map[protocol.DocumentUri][]protocol.TextEdit{}
		}
		w.edit.Changes[uri] = append(w.edit.Changes[uri], out...)
		return
	}
	change := protocol.TextDocumentEdit{Edits: make([]any, len(out))}
	change.TextDocument.URI, change.TextDocument.Version = uri, number
	for i, e := range out {
		change.Edits[i] = e
	}
	w.edit.DocumentChanges = append(w.edit.DocumentChanges, change)
}

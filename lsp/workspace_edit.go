package lsp

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/codeactions"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

// workspaceEdit is edits in the form that the client can apply: documentChanges where it
// takes them, else changes. What can't be done for it is left out, and missing tells the user
// what that is; "" when all is there.
func (s snapshot) workspaceEdit(edits []codeactions.Edit) (edit *protocol.WorkspaceEdit, missing string) {
	w := editWriter{snapshot: s, edit: &protocol.WorkspaceEdit{}}
	for path, own := range byPath(edits) {
		w.write(path, own)
	}
	return w.edit, w.missing
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
	edit    *protocol.WorkspaceEdit
	missing string
}

func (w *editWriter) write(name string, edits []codeactions.Edit) {
	if name == "" {
		w.add(w.uri, &w.number, w.text, edits)
		return
	}
	path := w.resolve(name)
	if path == "" {
		w.missing = "The document has no folder for " + name + "; please edit that file by hand"
		return
	}
	if v := w.openPath(path); v != nil {
		w.add(v.uri, &v.number, v.text, edits)
		return
	}
	switch t, err := workspace.Read(path, maxMessage); {
	case err == nil:
		w.add(uriOf(path), nil, t, edits)
	case !errors.Is(err, fs.ErrNotExist):
		w.missing = name + " could not be read; please edit it by hand"
	case !w.client.createsFiles():
		w.missing = "This editor can't create files for qodacode; please add the entry to " + name + " by hand"
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
	if !w.client.takesDocumentChanges() {
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

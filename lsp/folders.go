package lsp

import (
	"path/filepath"
	"slices"

	"github.com/tliron/glsp/protocol_3_16"
)

// folder is a workspace folder that is on disk.
type folder struct {
	uri  string
	path string
}

func foldersOf(p *initializeParams) []folder {
	if folders := onDisk(p.WorkspaceFolders); len(folders) > 0 {
		return folders
	}
	if p.RootURI != nil && pathOf(*p.RootURI) != "" {
		return []folder{{*p.RootURI, pathOf(*p.RootURI)}}
	}
	if p.RootPath != nil && filepath.IsAbs(*p.RootPath) {
		path := filepath.Clean(*p.RootPath)
		return []folder{{uriOf(path), path}}
	}
	return nil
}

func onDisk(folders []protocol.WorkspaceFolder) []folder {
	var out []folder
	for _, f := range folders {
		if path := pathOf(f.URI); path != "" {
			out = append(out, folder{f.URI, path})
		}
	}
	return out
}

// place is the folder that a file's name is relative to, and that name with slashes. The
// folder is that of its qodacode.toml, whose globs speak of such names; without one it is its
// workspace folder, the innermost of several. A file outside of both keeps its path.
func place(root string, folders []folder, path string) (in, name string) {
	if root == "" {
		for _, f := range folders {
			if len(f.path) > len(root) && within(f.path, path) {
				root = f.path
			}
		}
	}
	if root == "" || !within(root, path) {
		return "", filepath.ToSlash(path)
	}
	name, _ = filepath.Rel(root, path)
	return root, filepath.ToSlash(name)
}

func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// unresolved is the path below f of a file that was found below what f links to, so that it
// has the name that the editor gives it.
func (f folder) unresolved(path string) string {
	if within(f.path, path) {
		return path
	}
	real, err := filepath.EvalSymlinks(f.path)
	if err != nil || !within(real, path) {
		return path
	}
	rel, _ := filepath.Rel(real, path)
	return filepath.Join(f.path, rel)
}

// workspaceFolders is a copy of the session's folders.
func (s *session) workspaceFolders() []folder {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.folders)
}

// resolve is the absolute path of a name as findings and edits use it: relative to what the
// name of their own document is relative to. It is "" where there is no such folder.
func (d *document) resolve(name string) string {
	path := filepath.FromSlash(name)
	base := d.folder
	switch {
	case filepath.IsAbs(path):
		return filepath.Clean(path)
	case base == "" && d.path != "":
		base = filepath.Dir(d.path)
	case base == "":
		return ""
	}
	return filepath.Join(base, path)
}

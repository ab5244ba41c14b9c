package workspace

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// manifests are the files in which a project declares the versions of its libraries.
var manifests = []string{"pyproject.toml", "uv.lock", "poetry.lock", "Pipfile", "package.json", "langgraph.json"}

// isData reports whether frameworks read a data file of that name.
func isData(name string) bool {
	base := path.Base(name)
	if slices.Contains(manifests, base) || strings.HasPrefix(base, "requirements") && strings.HasSuffix(base, ".txt") {
		return true
	}
	switch path.Ext(base) {
	case ".yaml", ".yml":
		dir := path.Base(path.Dir(name))
		return dir == "config" || dir == "configs" || strings.Contains(base, "agent") || strings.Contains(base, "task") || strings.Contains(base, "crew")
	case ".json":
		return true
	}
	return false
}

// Matters reports whether a project may have something to do with a file of that name.
func Matters(name string) bool {
	return parser.LanguageOf(name, "").IsCode() || isData(filepath.ToSlash(name))
}

// relevant reports whether the content of a data file is worth keeping. Of JSON files these
// are, but for manifests, those that hold an AutoGPT graph.
func relevant(name, src string) bool {
	if path.Ext(name) != ".json" || slices.Contains(manifests, path.Base(name)) {
		return true
	}
	return strings.Contains(src, `"block_id"`) && strings.Contains(src, `"nodes"`) && strings.Contains(src, `"links"`)
}

// Root is the root of the project that dir belongs to: the highest folder of its git
// repository, or else of all above it, that has a manifest; dir itself where none has.
func Root(dir string) string {
	root := dir
	for at := dir; ; at = filepath.Dir(at) {
		if len(Manifests(at, at)) > 0 {
			root = at
		}
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil || filepath.Dir(at) == at {
			return root
		}
	}
}

// Manifests are the manifests in the folders from dir, which is below root, up to root.
func Manifests(root, dir string) []string {
	var found []string
	for at := dir; ; at = filepath.Dir(at) {
		entries, _ := os.ReadDir(at)
		for _, e := range entries {
			if name := e.Name(); e.Type().IsRegular() && path.Ext(name) != ".yaml" && path.Ext(name) != ".yml" && isData(name) && (path.Ext(name) != ".json" || slices.Contains(manifests, name)) {
				found = append(found, filepath.Join(at, name))
			}
		}
		if at == root || filepath.Dir(at) == at {
			return found
		}
	}
}

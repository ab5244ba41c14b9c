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

// declares reports whether a file of that name says which packages a project uses, besides manifests.
func declares(base string) bool {
	switch base {
	case "setup.py", "setup.cfg", "tox.ini", "noxfile.py", "Pipfile.lock", "pdm.lock", "pylock.toml",
		"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "deno.json", "deno.jsonc", "deno.lock",
		"conda.yml", "conda.yaml", "jsconfig.json":
		return true
	}
	lower := strings.ToLower(base)
	switch path.Ext(lower) {
	case ".txt", ".in":
		return strings.Contains(lower, "requirements") || strings.HasPrefix(lower, "constraints")
	case ".yml", ".yaml":
		return strings.HasPrefix(lower, "environment")
	case ".json":
		return strings.HasPrefix(lower, "tsconfig")
	}
	return strings.HasPrefix(lower, "dockerfile") || strings.HasSuffix(lower, ".dockerfile")
}

// isManifest reports whether a file of that name tells that its folder is a project's.
func isManifest(base string) bool {
	return slices.Contains(manifests, base) || strings.HasPrefix(base, "requirements") && strings.HasSuffix(base, ".txt")
}

// isData reports whether frameworks read a data file of that name.
func isData(name string) bool {
	base := path.Base(name)
	if isManifest(base) {
		return true
	}
	if declares(base) || path.Base(path.Dir(name)) == "requirements" && (path.Ext(base) == ".txt" || path.Ext(base) == ".in") {
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
	if path.Ext(name) != ".json" || slices.Contains(manifests, path.Base(name)) || declares(path.Base(name)) {
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
			if name := e.Name(); e.Type().IsRegular() && isManifest(name) {
				found = append(found, filepath.Join(at, name))
			}
		}
		if at == root || filepath.Dir(at) == at {
			return found
		}
	}
}

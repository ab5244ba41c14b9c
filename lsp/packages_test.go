package lsp

import (
	"os"
	"path/filepath"
	"testing"
)

// What a manifest or a new module changes in other files is shown, in those that are open and in those that are not.
func TestManifestOnDisk(t *testing.T) {
	root := inFolder(t, map[string]string{"requirements.txt": "flask\n", "open.py": "import fastjsonllm\n", "closed.py": "import fastjsonllm\n"})
	opened, closed, manifest := uriOf(filepath.Join(root, "open.py")), uriOf(filepath.Join(root, "closed.py")), filepath.Join(root, "requirements.txt")
	e := dial(t, scanOptions())
	e.startWith(root, nil, scanOn)
	e.open(opened, "python", "import fastjsonllm\n")
	e.shows(opened, "DEPS-002@0")
	e.shows(closed, "DEPS-002@0")
	write(t, manifest, "flask\nfastjsonllm\n")
	e.changedOnDisk(manifest)
	e.shows(opened, "")
	e.shows(closed, "")
	if err := os.Remove(manifest); err != nil {
		t.Fatal(err)
	}
	write(t, manifest, "flask\n")
	e.changedOnDisk(manifest)
	e.shows(opened, "DEPS-002@0")
	e.shows(closed, "DEPS-002@0")
	module := filepath.Join(root, "lib", "fastjsonllm.py")
	write(t, module, "x = 1\n")
	e.changedOnDisk(module)
	e.shows(opened, "")
	e.shows(closed, "")
}

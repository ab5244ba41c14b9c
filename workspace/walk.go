// Package workspace finds the files of a project that qodacode reads.
package workspace

import (
	"bufio"
	"context"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// skipped are folders of tools and of other people's code. What is named here is left out
// without a .gitignore too; a file that is named on the command line is always read.
var skipped = map[string]bool{
	".git": true, ".hg": true, ".svn": true, ".jj": true, ".bzr": true,
	"node_modules": true, "bower_components": true, "__pypackages__": true, "site-packages": true,
	".venv": true, ".tox": true, ".nox": true, ".eggs": true, ".direnv": true, ".pyenv": true,
	"__pycache__": true, ".mypy_cache": true, ".pytest_cache": true, ".ruff_cache": true, ".ipynb_checkpoints": true,
	".next": true, ".nuxt": true, ".svelte-kit": true, ".turbo": true, ".parcel-cache": true, ".yarn": true,
}

// binary are endings of files without text. Those of other files are found out by their bytes.
var binary = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".ico": true, ".bmp": true, ".tiff": true,
	".pdf": true, ".zip": true, ".gz": true, ".tgz": true, ".bz2": true, ".xz": true, ".zst": true, ".7z": true, ".rar": true, ".whl": true, ".jar": true,
	".so": true, ".dylib": true, ".dll": true, ".exe": true, ".o": true, ".a": true, ".wasm": true, ".pyc": true, ".pyd": true, ".class": true,
	".mp3": true, ".mp4": true, ".mov": true, ".avi": true, ".webm": true, ".wav": true, ".ogg": true, ".flac": true,
	".woff": true, ".woff2": true, ".ttf": true, ".otf": true, ".eot": true,
	".parquet": true, ".arrow": true, ".npy": true, ".npz": true, ".pt": true, ".pth": true, ".onnx": true, ".safetensors": true, ".gguf": true, ".bin": true, ".db": true, ".sqlite": true,
}

// Files yields the regular files below root in lexical order, each once. It leaves out what
// .gitignore files and .git/info/exclude name, folders of tools and of dependencies, and
// files whose name says that they hold no text. Symbolic links below root are not
// followed, so that no loop and no way out of the project exists; root itself may be one.
// exclude, which may be nil, is asked for each file and folder. Folders that can not be read are left out.
func Files(ctx context.Context, root string, exclude func(path string) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if resolved, err := filepath.EvalSymlinks(root); err == nil && resolved != root {
			if info, err := os.Lstat(root); err == nil && info.Mode()&fs.ModeSymlink != 0 {
				root = resolved
			}
		}
		w := &walk{ctx: ctx, exclude: exclude, yield: yield}
		base, domain := repository(root)
		w.inherit(base, domain)
		w.folder(root, domain)
	}
}

type walk struct {
	ctx      context.Context
	exclude  func(string) bool
	yield    func(string) bool
	patterns []gitignore.Pattern
	done     bool
}

// repository is the root of the git repository that dir lies in, and dir's path in it;
// dir itself where there is none.
func repository(dir string) (base string, domain []string) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir, nil
	}
	for at := abs; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			if rel, err := filepath.Rel(at, abs); err == nil && rel != "." {
				domain = strings.Split(filepath.ToSlash(rel), "/")
			}
			return at, domain
		}
		if filepath.Dir(at) == at {
			return abs, nil
		}
	}
}

// inherit reads the patterns of the repository and of the folders from its root down to,
// but without, the one that the walk begins in.
func (w *walk) inherit(base string, domain []string) {
	w.read(filepath.Join(base, ".git", "info", "exclude"), nil)
	for i := range domain {
		w.read(filepath.Join(base, filepath.Join(domain[:i]...), ".gitignore"), domain[:i])
	}
}

// maxIgnoreFile bounds a .gitignore; GitHub's longest template has 8 KB.
const maxIgnoreFile = 1 << 20

func (w *walk) read(path string, domain []string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxIgnoreFile {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := strings.TrimRight(lines.Text(), " \t\r"); line != "" && line[0] != '#' {
			w.patterns = append(w.patterns, gitignore.ParsePattern(line, domain))
		}
	}
}

func (w *walk) folder(dir string, domain []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	outer := len(w.patterns)
	w.read(filepath.Join(dir, ".gitignore"), domain)
	defer func() { w.patterns = w.patterns[:outer] }()
	matcher := gitignore.NewMatcher(w.patterns[:len(w.patterns):len(w.patterns)])
	for _, entry := range entries {
		if w.done || w.ctx.Err() != nil {
			return
		}
		name, path := entry.Name(), filepath.Join(dir, entry.Name())
		isDir := entry.IsDir()
		if !isDir && !entry.Type().IsRegular() || isDir && skippedFolder(path, name) || !isDir && binary[strings.ToLower(filepath.Ext(name))] {
			continue
		}
		place := append(domain[:len(domain):len(domain)], name)
		if len(w.patterns) > 0 && matcher.Match(place, isDir) || w.exclude != nil && w.exclude(path) {
			continue
		}
		if isDir {
			w.folder(path, place)
		} else if !w.yield(path) {
			w.done = true
		}
	}
}

// skippedFolder also knows a virtual environment by its marker, whatever its name.
func skippedFolder(path, name string) bool {
	if skipped[name] || name == "history" && filepath.Base(filepath.Dir(path)) == ".qodacode" { // former policies
		return true
	}
	_, err := os.Lstat(filepath.Join(path, "pyvenv.cfg"))
	return err == nil
}

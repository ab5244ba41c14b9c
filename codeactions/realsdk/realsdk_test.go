// Package realsdk holds the edits of code actions against the SDKs themselves: TypeScript is
// type-checked, and Python, and what TypeScript says something about the wire, runs against an
// endpoint that answers and refuses as the providers do.
//
// It takes the golden archives of codeactions that say "real SDKs" in their comment: the files
// themselves and what each action makes of them. A comment in a file says what its actions
// change on the wire:
//
//	# wire: REGEXP    a request of one of the results, as "path body" with the body in compact
//	                  JSON, matches, and none of the file as it was does
//	# requests: N     one of the results sends N requests
//
// It runs where QODACODE_REAL_SDK is set, and takes the SDKs from the registries.
package realsdk

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// program is a file of an archive, or what an action makes of one.
type program struct {
	name   string // for messages: archive/file, and the action
	run    string // an id that can stand in paths
	file   string // its own name
	source []byte
	before *program // the file that an action has edited; nil for the file itself
}

func TestRealSDKs(t *testing.T) {
	if os.Getenv("QODACODE_REAL_SDK") == "" {
		t.Skip("QODACODE_REAL_SDK is not set: edits are not tried on the real SDKs")
	}
	var out, problems bytes.Buffer
	install := exec.Command("./install.sh")
	install.Stdout, install.Stderr = &out, &problems
	var exit *exec.ExitError
	switch err := install.Run(); {
	case errors.As(err, &exit) && exit.ExitCode() == 3 && os.Getenv("CI") == "":
		t.Skipf("edits are not tried on the real SDKs: %s", problems.String())
	case err != nil:
		t.Fatalf("install.sh: %v\n%s", err, problems.String())
	}
	sdks := strings.TrimSpace(out.String())
	all := programs(t)
	t.Run("typescript", func(t *testing.T) { checkTypeScript(t, sdks, all) })
	t.Run("python", func(t *testing.T) { runPython(t, sdks, all) })
}

// programs are those of all archives that want the real SDKs.
func programs(t *testing.T) []*program {
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []*program
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(archive.Comment, []byte("real SDKs")) {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		var before *program
		for i, f := range archive.Files {
			p := &program{name: name + "/" + f.Name, run: fmt.Sprintf("%s-%d", name, i), file: f.Name, source: f.Data}
			if title, made := strings.CutPrefix(f.Name, "> "); made {
				p.name, p.file, p.before = before.name+": "+title, before.file, before
			} else {
				before = p
			}
			server := p.before != nil && strings.Contains(p.name, "in Redis") // none runs here
			if p.before == nil || len(p.source) > 0 && !server {              // a disabled action makes nothing
				all = append(all, p)
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no archive wants the real SDKs")
	}
	return all
}

// write puts the programs with one of the endings into folders of their own.
func write(t *testing.T, root string, all []*program, endings ...string) map[string]*program {
	paths := map[string]*program{}
	for _, p := range all {
		for _, ending := range endings {
			if filepath.Ext(p.file) != ending {
				continue
			}
			path := filepath.Join(root, p.run, filepath.Base(p.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, p.source, 0o644); err != nil {
				t.Fatal(err)
			}
			paths[path] = p
		}
	}
	return paths
}
